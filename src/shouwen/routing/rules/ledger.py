"""Every second of a seat, told apart: what somebody said he was doing, and what he carried meanwhile. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from .presence import State

Span = tuple[State, str, datetime, datetime]


class Doing(StrEnum):
    """What a second of a seat was, the most telling first: with a contact, writing it up, being asked, idle."""

    BUSY = "busy"
    ACW = "acw"
    OFFERED = "offered"
    READY = "ready"
    NOT_READY = "not_ready"
    BREAK = "break"
    TRAINING = "training"
    MEETING = "meeting"
    OFFLINE = "offline"


@dataclass(frozen=True)
class Carried:
    """A stretch in which a seat had something of one kind."""

    doing: Doing
    started: datetime
    ended: datetime


_FIRST = (Doing.BUSY, Doing.ACW, Doing.OFFERED)


def doing(state: State, carried: Iterable[Doing]) -> Doing:
    """Return what a moment was: what is carried tells more than what was said, unless the person was away."""
    held = set(carried)
    if state is State.OFFLINE:
        return Doing.OFFLINE
    return next((one for one in _FIRST if one in held), Doing(state.value))


@dataclass(frozen=True)
class Piece:
    """A stretch in which a seat did one thing, with the reason it gave."""

    doing: Doing
    reason: str
    started: datetime
    ended: datetime


def pieces(spans: Iterable[Span], carried: Iterable[Carried]) -> list[Piece]:
    """Tell the moments of the spans apart, in the order of time and without gap; what goes on is one piece."""
    found: list[Piece] = []
    all_ = list(carried)
    for state, reason, started, ended in spans:
        inside = [c for c in all_ if c.started < ended and c.ended > started]
        cuts = sorted({started, ended, *(min(max(t, started), ended) for c in inside for t in (c.started, c.ended))})
        for left, right in pairwise(cuts):
            what = doing(state, [c.doing for c in inside if c.started <= left and c.ended >= right])
            _add(found, Piece(what, reason if what is Doing(state.value) else "", left, right))
    return found


def _add(found: list[Piece], piece: Piece) -> None:
    last = found[-1] if found else None
    if last and (last.doing, last.reason, last.ended) == (piece.doing, piece.reason, piece.started):
        found[-1] = Piece(last.doing, last.reason, last.started, piece.ended)
    else:
        found.append(piece)


def seconds(spans: Iterable[Span], carried: Iterable[Carried]) -> dict[Doing, timedelta]:
    """Share every moment of the spans out: the parts sum exactly to the whole."""
    sums = dict.fromkeys(Doing, timedelta())
    for piece in pieces(spans, carried):
        sums[piece.doing] += piece.ended - piece.started
    return sums


def signed_in(spans: Iterable[Span]) -> timedelta:
    """Return the time in any state but offline."""
    return sum((ended - started for state, _, started, ended in spans if state is not State.OFFLINE), timedelta())
