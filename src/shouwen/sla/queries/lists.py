"""The rules as administrators see them: what holds, what comes, what is being written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.kit.models import Version
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.kit.versions.queries import visible

from ..permissions import VIEW_RULES
from ..rules import summaries
from ..rules.words import Words


@dataclass(frozen=True)
class VersionCard:
    """One version of a rule."""

    id: int
    number: int
    state: str
    valid_from: datetime | None
    author_name: str
    content: dict[str, Any]


@dataclass(frozen=True)
class RuleCard:
    """A rule: its name and sum in words, the version in force, the next one, and the one being written."""

    key: str
    name: Words
    summary: Words
    organisation_id: int | None
    in_force: VersionCard | None
    coming: VersionCard | None
    under_way: VersionCard | None


def rules(kind: str, *, by: Principal, at: datetime) -> list[RuleCard]:
    """Return every rule of a kind that `by` may see, by key."""
    require(by, VIEW_RULES)
    grouped: dict[str, list[Version]] = {}
    for row in visible(by).filter(kind=kind).order_by("key", "number"):
        grouped.setdefault(row.key, []).append(row)
    return [_card(kind, key, rows, at) for key, rows in grouped.items()]


def _card(kind: str, key: str, rows: list[Version], at: datetime) -> RuleCard:
    published = [row for row in rows if row.state == "published" and row.valid_from]
    now = _latest([row for row in published if row.valid_from and row.valid_from <= at])
    ahead = sorted((row for row in published if row.valid_from and row.valid_from > at), key=_from)
    open_ = next((row for row in rows if row.state in ("draft", "in_review")), None)
    shown = now or (ahead[0] if ahead else open_ or rows[-1])
    return RuleCard(
        key=key,
        name=(shown.content["name"]["zh"], shown.content["name"]["en"]),
        summary=summaries.summary(kind, shown.content),
        organisation_id=rows[0].organisation_id,
        in_force=_version(now),
        coming=_version(ahead[0]) if ahead else None,
        under_way=_version(open_),
    )


def _latest(rows: list[Version]) -> Version | None:
    return max(rows, key=lambda row: (row.valid_from, row.number), default=None)


def _from(row: Version) -> datetime:
    assert row.valid_from is not None
    return row.valid_from


def _version(row: Version | None) -> VersionCard | None:
    if row is None:
        return None
    return VersionCard(row.pk, row.number, row.state, row.valid_from, row.author_name, row.content)
