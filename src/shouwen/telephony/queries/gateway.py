"""What a gateway must know: what is to be done, which lines should be there, which phones there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max

from shouwen.kit.prepared import Prepared

from ..models import Instruction, Leg, Phone

_DUE = Prepared(
    lambda asterisk: (
        Instruction.objects.filter(asterisk=asterisk, done_at=None)
        .order_by("id")
        .values_list("id", "call_id", "verb", "arguments", "call__calling", "begun_at")
    )
)


@dataclass(frozen=True)
class Due:
    """An instruction that has not been carried out, with the number its call comes from."""

    id: int
    interaction_id: int
    verb: str
    arguments: dict[str, Any]
    calling: str
    begun: bool = False
    """Somebody began to carry it out, where doing it twice would matter."""


@dataclass(frozen=True)
class Line:
    """A leg that has not ended, as the database knows it."""

    channel: str
    interaction_id: int
    side: str
    step: str
    up: bool


@dataclass(frozen=True)
class PhoneView:
    """How a phone proves itself."""

    number: str
    secret: str
    address: str
    browser: bool


def due(asterisk: str) -> list[Due]:
    """Return what a media server has to do, in the order in which it was told."""
    return [
        Due(id_, call_id, verb, arguments, calling, begun=begun_at is not None)
        for id_, call_id, verb, arguments, calling, begun_at in _DUE(asterisk=asterisk)
    ]


def lines(asterisk: str) -> list[Line]:
    """Return the legs that should be there on a media server."""
    rows = Leg.objects.filter(call__asterisk=asterisk, ended_at=None).order_by("id")
    found = rows.values_list("channel", "call_id", "side", "call__step", "up_at")
    return [Line(channel, call, side, step, up is not None) for channel, call, side, step, up in found]


def phones() -> list[PhoneView]:
    """Return the phones of staff who work here, and those at seats."""
    rows = Phone.objects.exclude(owner__active=False).order_by("number")
    found = rows.values_list("number", "secret", "address", "kind")
    return [PhoneView(number, secret, address, kind == Phone.Kind.BROWSER) for number, secret, address, kind in found]


def phones_as_of() -> tuple[datetime | None, int]:
    """Return what changes whenever a phone is set up, taken, retired or given another password."""
    found = Phone.objects.aggregate(last=Max("changed_at"), many=Count("id"))
    return found["last"], found["many"]
