"""What this room offers for analysis: columns with their unit and meaning."""

from __future__ import annotations

from django.db.models import QuerySet

from .models import Interaction, JournalEntry

CONTACT_COLUMNS = {
    "medium": ("code", "channel of the contact"),
    "contact_mode": ("code", "direct manual, automatic, or indirect manual"),
    "direction": ("code", "inbound, or proactive outbound"),
    "queue_code": ("code", "queue of the latest visit"),
    "organisation_id": ("id", "unit that serves the contact"),
    "opened_at": ("time", "when the contact began"),
    "ended_at": ("time", "when nothing more was said"),
    "ended_by": ("code", "who ended it"),
    "closed_at": ("time", "when its record was complete"),
    "reason": ("code", "why the customer came"),
    "handling": ("code", "what was done"),
    "score": ("1-5", "the customer's rating"),
}
JOURNAL_COLUMNS = {
    "at": ("time", "when it happened"),
    "interaction_id": ("id", "to which contact"),
    "name": ("code", "what happened, handbook's event model"),
    "queue_code": ("code", "in which queue"),
    "staff_id": ("id", "with whom"),
}


def contacts() -> QuerySet[Interaction]:
    """Return one row a contact, with `reason`, `handling` and `score` of its record and rating."""
    return Interaction.objects.select_related("service_record", "rating")


def journal() -> QuerySet[JournalEntry]:
    """Return one row an event."""
    return JournalEntry.objects.all()
