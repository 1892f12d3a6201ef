"""What a gateway tells of its media server: its ports, its trunks, and callers it could not take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from shouwen.kit import clock
from shouwen.kit.actions import action

from .. import rules
from ..models import MediaServer, RefusedCall, Trunk


@action
def report(*, asterisk: str, ports: int, trunks: Mapping[str, bool]) -> bool:
    """Note how a media server stands; tell whether that was news. A trunk that it no longer has is forgotten."""
    at = clock.now()
    server, made = MediaServer.objects.select_for_update().get_or_create(
        name=asterisk, defaults={"ports": ports, "seen_at": at}
    )
    known = {row.address: row for row in server.trunks.all()}
    same = server.ports == ports and {address: row.up for address, row in known.items()} == dict(trunks)
    if same and not made and at - server.seen_at < rules.REPORTED_EVERY:
        return False
    server.ports, server.seen_at = ports, at
    server.save(update_fields=["ports", "seen_at"])
    Trunk.objects.filter(server=server).exclude(address__in=trunks).delete()
    for address, up in trunks.items():
        row = known.get(address)
        if row is None or row.up != up:
            Trunk.objects.update_or_create(server=server, address=address, defaults={"up": up, "since": at})
    return True


@action
def note_refused(
    *,
    asterisk: str,
    channel: str,
    dialled: str,
    why: str = RefusedCall.Why.FULL,
    network_id: str = "",
    ago: timedelta = timedelta(),
) -> bool:
    """Note a call that was refused some time ago; told twice, or by several media servers, it is one.

    Tell whether it was news.
    """
    named = rules.network_id(network_id)
    values = {
        "asterisk": asterisk,
        "channel": channel,
        "dialled": rules.number_of(dialled),
        "why": why if why in RefusedCall.Why.values else RefusedCall.Why.FULL,
        "network_id": named,
        "at": clock.now() - ago,
    }
    same: dict[str, Any] = {"network_id": named} if named else {"channel": channel}
    return RefusedCall.objects.get_or_create(**same, defaults=values)[1]
