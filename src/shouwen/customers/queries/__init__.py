"""What other rooms may ask about customers."""

from .access import LinkView, SessionView, link_of, session, session_principal
from .cards import (
    ContactView,
    CustomerCard,
    CustomerDetail,
    Reach,
    by_phone,
    card,
    cards,
    consents,
    detail,
    duplicates,
    organisation_of,
    reach,
    require_seen,
    scrub,
)
from .lists import TimelineLine, count, search, taken, timeline, unmasked

__all__ = [
    "ContactView",
    "CustomerCard",
    "CustomerDetail",
    "LinkView",
    "Reach",
    "SessionView",
    "TimelineLine",
    "by_phone",
    "card",
    "cards",
    "consents",
    "count",
    "detail",
    "duplicates",
    "link_of",
    "organisation_of",
    "reach",
    "require_seen",
    "scrub",
    "search",
    "session",
    "session_principal",
    "taken",
    "timeline",
    "unmasked",
]
