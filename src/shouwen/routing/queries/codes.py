"""Dialled codes: where they lead, and how many contacts came by each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from shouwen.kit import versions

from ..models import WorkItem

CODE = "routing.code"


@dataclass(frozen=True)
class Dialled:
    """A dialled code as it is known: kept as dialled, with the code it belongs to and the queue it leads to."""

    code: str
    main_code: str
    queue_code: str


def dialled(code: str, at: datetime) -> Dialled:
    """Say where a dialled code leads: an alias goes the way of its main code, an unknown one to the general queue."""
    found = versions.current(CODE, code, at)
    if found is None:
        return Dialled(code, code, "")
    if found.content["alias_of"]:
        main = versions.current(CODE, found.content["alias_of"], at)
        return Dialled(code, found.content["alias_of"], main.content["queue"] if main else "")
    return Dialled(code, code, found.content["queue"])


def main_code(at: datetime) -> str:
    """Return the code we promote, which is what customers see when we call; empty where none is promoted."""
    promoted = [one.key for one in versions.all_current(CODE, at) if one.content.get("main")]
    return promoted[0] if promoted else ""


def code_shares(since: datetime) -> dict[str, float]:
    """Return the share of contacts by dialled code, of those that came by one since then."""
    rows = WorkItem.objects.filter(requested_at__gte=since, previous=None).exclude(entry_code="")
    counted = dict(rows.values_list("entry_code").annotate(n=Count("id")).order_by("entry_code"))
    whole = sum(counted.values())
    return {code: n / whole for code, n in counted.items()}
