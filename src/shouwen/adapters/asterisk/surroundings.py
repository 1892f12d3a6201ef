"""What stands around the calls of one Asterisk: phones of staff, trunks, ports, and calls that nobody could take."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from shouwen.kit import clock
from shouwen.telephony import actions, queries

from .client import Ari, AriLost, AriRefused

PHONES_SECONDS = 0.5
TRUNKS_SECONDS = 5
TRUNK_ENDPOINT = "trunk-"
SILENCE_SECONDS = 3
"""A browser sends sound all the time; when none comes for so long, its page is gone."""
BROWSER = {"transport": "transport-ws", "webrtc": "yes", "rtp_timeout": str(SILENCE_SECONDS)}
T = TypeVar("T")


class Database(Protocol):
    """Calls something that asks the database, in a thread."""

    async def __call__(self, call: Callable[..., T], *arguments: object) -> T: ...


class Surroundings:
    """Tells Asterisk which phones there are, and the database how Asterisk stands."""

    def __init__(self, ari: Ari, database: Database, *, name: str, ports: int, refusals: Path | None) -> None:
        self._ari = ari
        self._database = database
        self._name = name
        self._ports = ports
        self._refusals = refusals
        self._pushed: dict[str, queries.PhoneView] = {}
        self._phones_of: tuple[datetime | None, int] | None = None
        self._registered: frozenset[str] | None = None
        self._phones_due = self._trunks_due = 0.0

    async def begin(self) -> None:
        """Tell an Asterisk that was just found all phones: it forgets them when it ends."""
        self._pushed.clear()
        await self._push_phones()

    async def know(self, number: str) -> None:
        """Have Asterisk know a phone that is to ring."""
        if number not in self._pushed:
            await self._push_phones()

    async def look(self) -> None:
        """See whether phones changed, and every few seconds tell how Asterisk stands."""
        now = asyncio.get_running_loop().time()
        if now >= self._phones_due:
            self._phones_due = now + PHONES_SECONDS
            await self._look_at_phones()
        if now >= self._trunks_due:
            self._trunks_due = now + TRUNKS_SECONDS
            await self._look_at_trunks()
            await self._look_at_refusals()

    async def _look_at_phones(self) -> None:
        """See whether somebody got another phone or another password."""
        as_of = await self._database(queries.phones_as_of)
        if as_of != self._phones_of:
            with contextlib.suppress(AriLost):
                await self._push_phones()
                self._phones_of = as_of

    async def _look_at_trunks(self) -> None:
        """Tell how many calls this Asterisk takes, which trunks and phones are there."""
        with contextlib.suppress(AriLost, AriRefused):
            found = await self._ari.order("GET", "endpoints/PJSIP")
            named = {one["resource"]: one["state"] == "online" for one in found}
            trunks = {n.removeprefix(TRUNK_ENDPOINT): up for n, up in named.items() if n.startswith(TRUNK_ENDPOINT)}
            await self._database(partial(actions.report, asterisk=self._name, ports=self._ports, trunks=trunks))
            await self._note_registered({name for name, online in named.items() if online})

    async def _look_at_refusals(self) -> None:
        """Count the calls that Asterisk refused while nobody led it: it left a note of each."""
        with contextlib.suppress(OSError):
            for file in sorted(self._refusals.iterdir()) if self._refusals else ():
                refused = _refused(file.read_text(errors="replace"))
                if refused is not None:
                    await self._database(partial(refused, asterisk=self._name, channel=file.name))
                    file.unlink()

    async def _push_phones(self) -> None:
        """Tell Asterisk the phones of staff that are new, changed or gone."""
        phones = await self._database(queries.phones)
        for number in self._pushed.keys() - {phone.number for phone in phones}:
            for kind in ("endpoint", "aor", "auth"):
                await self._ari.ensure("DELETE", f"asterisk/config/dynamic/res_pjsip/{kind}/{number}")
            del self._pushed[number]
        for phone in phones:
            if self._pushed.get(phone.number) == phone:
                continue
            for kind, fields in _phone(phone).items():
                pairs = [{"attribute": name, "value": value} for name, value in fields.items()]
                path = f"asterisk/config/dynamic/res_pjsip/{kind}/{phone.number}"
                await self._ari.ensure("PUT", path, body={"fields": pairs})
            self._pushed[phone.number] = phone

    async def _note_registered(self, online: set[str]) -> None:
        """Tell which phones can be reached, when that has changed."""
        there = frozenset(online & self._pushed.keys())
        if there != self._registered:
            await self._database(partial(actions.note_registered, numbers=there))
            self._registered = there


def _refused(note: str) -> Callable[..., bool] | None:
    """Read the note of a call that was refused; None for one that is still being written."""
    why, at, dialled, network_id, *_ = [*note.split(maxsplit=3), "", "", "", ""]
    if not (note.endswith("\n") and dialled and at.isdigit()):
        return None
    ago = timedelta(seconds=max(clock.wall().timestamp() - int(at), 0))
    return partial(actions.note_refused, dialled=dialled, why=why, network_id=network_id.strip(), ago=ago)


def _phone(phone: queries.PhoneView) -> dict[str, dict[str, str]]:
    """Return what Asterisk must know of a phone, in the order in which it can take it."""
    return {
        "auth": {"auth_type": "digest", "username": phone.number, "password": phone.secret},
        "aor": {"max_contacts": "1", "remove_existing": "yes"},
        "endpoint": {
            "context": "from-agent",
            "disallow": "all",
            "allow": "alaw,ulaw",
            "auth": phone.number,
            "aors": phone.number,
            "direct_media": "no",
            "rtp_symmetric": "yes",
            "dtmf_mode": "rfc4733",
            **(BROWSER if phone.browser else {"transport": "transport-udp"}),
        },
    }
