"""What users define, as administrators see it: what holds, what comes, what is being written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.accounts import queries as accounts
from shouwen.interactions import queries as contacts
from shouwen.kit import versions
from shouwen.kit.models import Version
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal
from shouwen.kit.versions.queries import visible
from shouwen.sla import queries as sla

from ..models import Queue, Skill
from ..rules import summaries
from ..rules.summaries import Called, Words
from .queues import rules_content

KINDS = {
    "queue": "routing.queue",
    "skill": "routing.skill",
    "code": "routing.code",
    "break": "routing.break",
    "reason": "interactions.reason",
}


@dataclass(frozen=True)
class DefinitionVersion:
    """One version of a definition."""

    id: int
    number: int
    state: str
    valid_from: datetime | None
    author_name: str
    content: dict[str, Any]


@dataclass(frozen=True)
class Definition:
    """A definition: its names and sum, what it says now, and its versions in force, coming and being written."""

    key: str
    name: Words
    summary: Words
    content: dict[str, Any]
    in_force: DefinitionVersion | None
    coming: DefinitionVersion | None
    under_way: DefinitionVersion | None


def definitions(kind: str, *, by: Principal, at: datetime) -> list[Definition]:
    """Return every definition of a kind that `by` may see, by key; also what was set up before it had versions."""
    require(by, versions.VIEW)
    there = _there(kind, by)
    grouped: dict[str, list[Version]] = {key: [] for key in there}
    for row in visible(by).filter(kind=KINDS[kind]).order_by("key", "number"):
        grouped.setdefault(row.key, []).append(row)
    called = _called(kind, there, at)
    return [_definition(kind, key, rows, there.get(key), at, called=called) for key, rows in sorted(grouped.items())]


def _called(kind: str, there: dict[str, dict[str, Any]], at: datetime) -> Called:
    """Return what the things are called that definitions of a kind name."""
    named: dict[tuple[str, str], Words] = {}
    if kind in {"queue", "code"}:
        named |= {("queue", code): (name, name) for code, name in Queue.objects.values_list("code", "name")}
    if kind == "queue":
        named |= {("skill", code): (name, name) for code, name in Skill.objects.values_list("code", "name")}
        calendars = sla.calendar_names(at)
        named |= {("calendar", key): words for key, words in calendars.items()}
    if kind == "skill":
        named |= {("qualification", code): words for code, words in accounts.qualification_names().items()}
    if kind == "reason":
        named |= {("reason", code): (content["zh"], content["en"]) for code, content in there.items()}
    return lambda what, code: named.get((what, code), (code, code))


def _there(kind: str, by: Principal) -> dict[str, dict[str, Any]]:
    """Return what goes by a kind now, with or without versions."""
    if kind == "queue":
        rows = Queue.objects.select_related("overflow_to", "flow_out_to", "closed_to", "skill", "duty_leader")
        return {row.code: rules_content(row) for row in rows if by.sees(row.organisation_id)}
    if kind == "skill":
        return {row.code: _skill(row) for row in Skill.objects.all()}
    if kind == "reason":
        active = {one.code for one in contacts.reasons()}
        return {
            one.code: {"zh": one.zh, "en": one.en, "parent": one.parent or "", "active": one.code in active}
            for one in contacts.reasons(everything=True)
        }
    return {}


def _skill(row: Skill) -> dict[str, Any]:
    needed = {"qualification": row.qualification, "qualification_level": row.qualification_level}
    return {"zh": row.name, "en": row.name, **needed}


def _definition(
    kind: str, key: str, rows: list[Version], there: dict[str, Any] | None, at: datetime, *, called: Called
) -> Definition:
    published = sorted((row for row in rows if row.state == "published"), key=_since)
    held = [row for row in published if row.valid_from and row.valid_from <= at]
    ahead = [row for row in published if row.valid_from and row.valid_from > at]
    open_ = next((row for row in rows if row.state in ("draft", "in_review")), None)
    now = held[-1] if held else None
    content = now.content if now else there or (ahead[0] if ahead else open_ or rows[-1]).content
    if kind == "queue" and there:
        content = {**content, **{name: there[name] for name in ("name", "skill", "duty_leader", "media")}}
    return Definition(
        key=key,
        name=summaries.names(kind, key, content),
        summary=summaries.summary(kind, content, called),
        content=content,
        in_force=_version(now),
        coming=_version(ahead[0] if ahead else None),
        under_way=_version(open_),
    )


def _since(row: Version) -> tuple[datetime, int]:
    assert row.valid_from is not None
    return row.valid_from, row.number


def _version(row: Version | None) -> DefinitionVersion | None:
    if row is None:
        return None
    return DefinitionVersion(row.pk, row.number, row.state, row.valid_from, row.author_name, row.content)
