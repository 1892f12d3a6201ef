"""The tree of categories and the rules of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet

from shouwen.forms.queries import FormCard, form_at
from shouwen.kit import clock
from shouwen.kit.prepared import Prepared
from shouwen.kit.statements import Row
from shouwen.sla import queries as sla

from ..models import Category, KindPolicy

METRICS = ("response", "handling", "feedback")


@dataclass(frozen=True)
class CategoryNode:
    """A node of the tree; a ticket may stand on it when nothing finer is below (`leaf`)."""

    code: str
    parent: str | None
    level: int
    name_zh: str
    name_en: str
    super_class: str
    business: str
    leaf: bool


@dataclass(frozen=True)
class Topic:
    """What a ticket is about, as accepting it needs to know: who may, which queues would serve, what is above it.

    Queues and codes are told nearest first.
    """

    id: int
    name_zh: str
    business: str
    leaf: bool
    queue_codes: tuple[str | None, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True)
class KindPolicyCard:
    """The three policies of a kind: first asked, limited time (metric → its words), revisit."""

    kind: str
    owner_rule: str
    limits: dict[str, tuple[str, str]]
    attempts_required: int
    attempt_gap_hours: int
    reopenings_before_escalation: int
    default_category: str


def categories() -> list[CategoryNode]:
    """Return the active tree, each node before those below it."""
    ordered = _active().annotate(above=F("parent__code")).order_by("position")
    fields = ("code", "above", "level", "name_zh", "name_en", "super_class", "business", "leaf")
    return [CategoryNode(*values) for values in ordered.values_list(*fields)]


def topic(code: str) -> Topic | None:
    """Return an active category."""
    return next(map(_topic, _TOPIC(code=code)), None)


def default_topic(kind: str) -> Topic:
    """Return what tickets of a kind are about until somebody says so."""
    return next(map(_topic, _DEFAULT(kind=kind)))


def _topic(row: Row) -> Topic:
    topic_id, name_zh, business, leaf, *rest = row
    return Topic(topic_id, name_zh, business, leaf, tuple(rest[:3]), tuple(code for code in rest[3:] if code))


def _active() -> QuerySet[Category]:
    finer = Category.objects.filter(parent=OuterRef("pk"), active=True)
    return Category.objects.filter(active=True).annotate(leaf=~Exists(finer))


_UPWARDS = ("", "parent__", "parent__parent__")
_TOPIC_COLUMNS = (
    *("id", "name_zh", "business", "leaf"),
    *(f"{above}queue_code" for above in _UPWARDS),
    *(f"{above}code" for above in _UPWARDS),
)
_TOPIC = Prepared(lambda code: _active().filter(code=code).values_list(*_TOPIC_COLUMNS))
_DEFAULT = Prepared(
    lambda kind: (
        _active()
        .filter(id__in=KindPolicy.objects.filter(kind=kind).values("default_category_id"))
        .values_list(*_TOPIC_COLUMNS)
    )
)


def form_for(kind: str, code: str, at: datetime) -> FormCard | None:
    """Return the form asked for a kind of ticket and a category: the category's, one's above it, or the kind's."""
    found = topic(code) if code else default_topic(kind)
    return form_at(form_places(kind, found.codes if found else ()), at)


def form_places(kind: str, codes: Sequence[str]) -> list[str]:
    """Return where a form may be asked for, the most particular place first."""
    return [*(f"ticket.category.{code}" for code in codes), f"ticket.kind.{kind}"]


def kind_policies() -> list[KindPolicyCard]:
    """Return the rules of every kind."""
    rows = KindPolicy.objects.select_related("default_category").order_by("id")
    limits = sla.usual_limits([row.kind for row in rows], METRICS, at=clock.now())
    return [_card(row, limits[row.kind]) for row in rows]


def kind_policy(kind: str) -> KindPolicyCard:
    """Return the rules of one kind."""
    row = KindPolicy.objects.select_related("default_category").get(kind=kind)
    return _card(row, sla.usual_limits([kind], METRICS, at=clock.now())[kind])


def _card(row: KindPolicy, limits: dict[str, tuple[str, str]]) -> KindPolicyCard:
    return KindPolicyCard(
        kind=row.kind,
        owner_rule=row.owner_rule,
        limits=limits,
        attempts_required=row.attempts_required,
        attempt_gap_hours=row.attempt_gap_hours,
        reopenings_before_escalation=row.reopenings_before_escalation,
        default_category=row.default_category.code,
    )
