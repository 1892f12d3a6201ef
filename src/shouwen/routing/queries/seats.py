"""Seats: what people are doing and what they carry."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from shouwen.accounts import queries as accounts

from ..models import AgentSkill, Presence, Skill, Slot, WorkItem
from ..rules import media
from ..rules.ledger import Doing
from ..rules.presence import State

EXCLUSIVE = tuple(name for name, kind in media.MEDIA.items() if kind.exclusive)


@dataclass(frozen=True)
class PresenceView:
    """What somebody is doing, and since when."""

    state: str
    reason: str
    since: datetime | None


@dataclass(frozen=True)
class Engaged:
    """What takes somebody wholly, as his ledger calls it, and since when; an empty word: nothing does."""

    doing: str
    since: datetime | None


@dataclass(frozen=True)
class SlotUse:
    """How much of one medium a seat carries."""

    medium: str
    total: int
    offered: int
    busy: int
    wrap_up: int


@dataclass(frozen=True)
class AgentCard:
    """A seat at this moment."""

    staff_id: int
    number: str
    name: str
    organisation_id: int
    organisation_name: str
    state: str
    reason: str
    since: datetime
    slots: list[SlotUse]
    skills: dict[str, int]
    barred: list[str]
    """Skills that he is given nothing of, because the qualification they need is missing or over."""


def presence_of(staff_id: int) -> PresenceView:
    """Return what somebody is doing; who never had a seat is offline."""
    row = Presence.objects.filter(staff_id=staff_id).values_list("state", "reason", "since").first()
    return PresenceView(*row) if row else PresenceView(State.OFFLINE, "", None)


def engaged(staff_id: int) -> Engaged:
    """Return whether a call, or the writing up of one, takes somebody, and since when."""
    rows = WorkItem.objects.filter(staff_id=staff_id, medium__in=EXCLUSIVE, state__in=("assigned", "wrap"))
    found = rows.order_by("state", "-id").values_list("state", "answered_at", "finished_at").first()
    if found is None:
        return Engaged("", None)
    state, answered, finished = found
    return Engaged(Doing.BUSY, answered) if state == "assigned" else Engaged(Doing.ACW, finished)


def agents(organisations: frozenset[int] | None = None, *, staff_ids: Iterable[int] | None = None) -> list[AgentCard]:
    """Return the seats of some organisations (None: of all), by staff number; or only those of some people."""
    rows = Presence.objects.all() if staff_ids is None else Presence.objects.filter(staff_id__in=set(staff_ids))
    if organisations is not None:
        rows = rows.filter(organisation_id__in=organisations)
    found = list(rows.values_list("staff_id", "state", "reason", "since"))
    ids = [row[0] for row in found]
    people, used, (skills, barred) = accounts.staff_cards(ids), _slots(ids), _skills(ids)
    cards = [
        AgentCard(
            staff_id=staff_id,
            number=people[staff_id].number,
            name=people[staff_id].name,
            organisation_id=people[staff_id].organisation_id,
            organisation_name=people[staff_id].organisation_name,
            state=state,
            reason=reason,
            since=since,
            slots=used[staff_id],
            skills=skills[staff_id],
            barred=barred[staff_id],
        )
        for staff_id, state, reason, since in found
    ]
    return sorted(cards, key=lambda card: card.number)


def skills_of(staff_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """Return what people handle, by skill and level as their leaders set them."""
    return _skills(staff_ids)[0]


def _skills(staff_ids: Iterable[int]) -> tuple[dict[int, dict[str, int]], dict[int, list[str]]]:
    """Return what people handle, and of that what they are barred from."""
    held: dict[int, dict[str, int]] = defaultdict(dict)
    barred: dict[int, list[str]] = defaultdict(list)
    rows = AgentSkill.objects.filter(staff_id__in=set(staff_ids), wanted_level__gt=0).order_by("skill__code")
    for staff_id, code, level, lacks in rows.values_list("staff_id", "skill__code", "wanted_level", "barred"):
        held[staff_id][code] = level
        if lacks:
            barred[staff_id].append(code)
    return held, barred


def _slots(staff_ids: Iterable[int]) -> dict[int, list[SlotUse]]:
    used: dict[int, list[SlotUse]] = defaultdict(list)
    counted = (
        Slot.objects.filter(staff_id__in=set(staff_ids))
        .values_list("staff_id", "medium")
        .annotate(
            total=Count("id"),
            offered=Count("id", filter=Q(state="offered")),
            busy=Count("id", filter=Q(state="busy")),
            wrap_up=Count("id", filter=Q(state="wrap")),
        )
    )
    for staff_id, *use in counted.order_by("staff_id", "medium"):
        used[staff_id].append(SlotUse(*use))
    return used


def skill_names() -> dict[str, str]:
    """Return what each skill is called, by code."""
    return dict(Skill.objects.order_by("code").values_list("code", "name"))
