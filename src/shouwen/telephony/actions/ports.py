"""What a gateway tells of its media server: its ports, its trunks, and callers who found no port free."""

from __future__ import annotations

from collections.abc import Mapping

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
def refuse_full(*, asterisk: str, channel: str, dialled: str) -> bool:
    """Note a call that found no port free; told twice, it is one."""
    values = {"asterisk": asterisk, "dialled": rules.number_of(dialled), "at": clock.now()}
    return RefusedCall.objects.get_or_create(channel=channel, defaults=values)[1]
