"""How full the platform is: its media servers, their ports and trunks, who is on the line, who was not taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, Sum

from .. import rules
from ..models import Call, Leg, MediaServer, RefusedCall, Trunk


@dataclass(frozen=True)
class TrunkView:
    """A switch of the operator's: whether it answers, and since when."""

    id: int
    address: str
    up: bool
    since: datetime


@dataclass(frozen=True)
class ServerView:
    """One media server: how many calls it may take at once, how many it has, and its trunks.

    One that is `gone` takes none, and no trunk of it is up, whatever it told last.
    """

    name: str
    ports: int
    in_use: int
    gone: bool
    trunks: tuple[TrunkView, ...]


@dataclass(frozen=True)
class OnLine:
    """A call that has a port now."""

    interaction_id: int
    queue_code: str
    staff_id: int | None
    step: str
    since: datetime


@dataclass(frozen=True)
class Refused:
    """A call that was not taken, and why."""

    id: int
    dialled: str
    why: str
    at: datetime


def servers(at: datetime) -> list[ServerView]:
    """Return the media servers that were told of in the last day; none where no telephone calls are taken."""
    told = MediaServer.objects.filter(seen_at__gte=at - rules.FORGOTTEN_AFTER).order_by("name")
    rows = list(told.values_list("name", "ports", "seen_at"))
    if not rows:
        return []
    trunks: dict[str, list[TrunkView]] = {}
    gone = {name: seen for name, _, seen in rows if at - seen > rules.GONE_AFTER}
    found = Trunk.objects.order_by("address").values_list("server_id", "id", "address", "up", "since")
    for server, id_, address, up, since in found:
        trunk = TrunkView(id_, address, up and server not in gone, gone.get(server, since) if up else since)
        trunks.setdefault(server, []).append(trunk)
    living = Leg.objects.filter(side="customer", ended_at=None)
    busy = dict(living.values_list("call__asterisk").annotate(n=Count("id")))
    return [
        ServerView(name, 0 if name in gone else ports, busy.get(name, 0), name in gone, tuple(trunks.get(name, ())))
        for name, ports, _ in rows
    ]


def ports_installed(since: datetime) -> int:
    """Return how many ports the media servers have that were there at some time since then."""
    found: int | None = MediaServer.objects.filter(seen_at__gte=since).aggregate(n=Sum("ports"))["n"]
    return found or 0


def port_is_free(asterisk: str) -> bool:
    """Tell whether a media server has a port for one call more: every call has one, also one that we are to make.

    One that no gateway told of has as many as it likes.
    """
    ports = MediaServer.objects.filter(name=asterisk).values_list("ports", flat=True).first()
    return not ports or Call.objects.filter(~Q(step=Call.Step.OVER), asterisk=asterisk).count() < ports


def on_line(queue_codes: Iterable[str]) -> list[OnLine]:
    """Return the calls of some queues that have a port now, the longest first."""
    rows = Leg.objects.filter(side="customer", ended_at=None)
    mine = rows.filter(call__interaction__queue_code__in=list(queue_codes)).order_by("begun_at", "id")
    found = mine.values_list("call_id", "call__interaction__queue_code", "call__staff_id", "call__step", "begun_at")
    return [OnLine(*row) for row in found]


def refused(since: datetime, until: datetime) -> list[Refused]:
    """Return the calls that were not taken, the first one first; one that another media server took is none."""
    taken = Call.objects.filter(network_id=OuterRef("network_id")).exclude(network_id="")
    rows = RefusedCall.objects.filter(~Exists(taken), at__gte=since, at__lte=until).order_by("at", "id")
    return [Refused(*row) for row in rows.values_list("id", "dialled", "why", "at")]


def entered_count(since: datetime, until: datetime) -> int:
    """Return how many calls to us found a port."""
    rows = Leg.objects.filter(side="customer", begun_at__gte=since, begun_at__lte=until)
    return rows.filter(call__outbound=False).count()


def port_levels(since: datetime, until: datetime) -> list[tuple[datetime, int]]:
    """Return how many ports were in use, from the moments at which their number changed."""
    during = Q(begun_at__lt=until) & (Q(ended_at=None) | Q(ended_at__gt=since))
    spans = Leg.objects.filter(during, side="customer").values_list("begun_at", "ended_at")
    changes = {since: 0}
    for begun, ended in spans:
        first = max(begun, since)
        changes[first] = changes.get(first, 0) + 1
        if ended is not None and ended < until:
            changes[ended] = changes.get(ended, 0) - 1
    level, levels = 0, []
    for at in sorted(changes):
        level += changes[at]
        levels.append((at, level))
    return levels
