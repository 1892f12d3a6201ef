"""Which rules hold for calling out, and when a number was called lately."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from shouwen.kit import versions

from ..models import Call
from ..rules import dialling

LATELY = timedelta(days=1)


def dial_rules(at: datetime) -> dialling.DialRules:
    """Return the rules for calling out that are in force: those that somebody set, or those the product ships."""
    return dialling.read(dial_rules_content(at))


def dial_rules_content(at: datetime) -> dict[str, Any]:
    """Return them in the form in which they are written."""
    found = versions.current(dialling.KIND, dialling.KEY, at)
    return {**dialling.LATER, **found.content} if found else dict(dialling.SHIPPED)


def called_lately(number: str, at: datetime) -> list[datetime]:
    """Return when a number was called in the last day; a call whose maker never picked up was none."""
    rows = Call.objects.filter(outbound=True, calling=number, interaction__opened_at__gt=at - LATELY)
    return list(rows.exclude(outcome="not_taken").values_list("interaction__opened_at", flat=True))
