"""Asterisk's REST interface, as little of it as calls need: orders over HTTP, events over one socket.

Orders do not share the events' socket: a slow one would hold up those behind it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

ORDER_SECONDS = 10
BEAT_SECONDS = 5
WANTED = (
    *("StasisStart", "StasisEnd", "ChannelStateChange", "ChannelDestroyed", "ChannelDtmfReceived"),
    *("PlaybackFinished", "RecordingFinished", "ApplicationReplaced"),
)


class AriRefused(Exception):
    """Asterisk did not do what it was told; 404: what it names is gone, 409: it is so already."""

    def __init__(self, status: int, order: str, reason: str) -> None:
        super().__init__(f"{status} {order}: {reason}")
        self.status = status
        self.reason = reason

    @property
    def settled(self) -> bool:
        """Tell whether it is so already, or what it is about is no more."""
        gone = self.status == 400 and "Channel not found" in self.reason
        elsewhere = self.status == 422 and "not in this bridge" in self.reason
        return self.status in {404, 409} or gone or elsewhere


class AriLost(Exception):
    """There is no connection to Asterisk."""


@dataclass(frozen=True)
class Event:
    """Something that happened in Asterisk. `subject` is the channel, playback or recording it is about."""

    kind: str
    subject: str
    arguments: tuple[str, ...] = ()
    cause: int | None = None
    dialled: str = ""
    calling: str = ""
    body: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)
    """All of it; never printed, for it may hold what a caller keyed in."""


def read_event(body: Mapping[str, Any]) -> Event:
    """Read an event as Asterisk sends it."""
    channel = body.get("channel") or {}
    subject = channel.get("id") or body.get("playback", {}).get("id") or body.get("recording", {}).get("name") or ""
    return Event(
        kind=body["type"],
        subject=subject,
        arguments=tuple(body.get("args", ())),
        cause=body.get("cause"),
        dialled=channel.get("dialplan", {}).get("exten", ""),
        calling=channel.get("caller", {}).get("number", ""),
        body=body,
    )


class Ari:
    """One connection to one Asterisk, for one application."""

    def __init__(self, address: str, *, app: str, password: str) -> None:
        self.app = app
        self._base = f"{address}/ari"
        self._headers = {"Authorization": aiohttp.encode_basic_auth(app, password)}
        self._session: aiohttp.ClientSession | None = None
        self._socket: aiohttp.ClientWebSocketResponse | None = None

    async def connect(self) -> None:
        """Become the application's control; raises AriLost while Asterisk does not answer."""
        timeout = aiohttp.ClientTimeout(total=ORDER_SECONDS)
        self._session = aiohttp.ClientSession(headers=self._headers, timeout=timeout)
        try:
            self._socket = await self._session.ws_connect(
                f"{self._base}/events", params={"app": self.app}, heartbeat=BEAT_SECONDS, max_msg_size=2**24
            )
        except (aiohttp.ClientError, TimeoutError, OSError) as failure:
            await self.close()
            raise AriLost(str(failure)) from None
        wanted = [{"type": kind} for kind in WANTED]
        await self.order("PUT", f"applications/{self.app}/eventFilter", body={"allowed": wanted})

    async def events(self) -> AsyncIterator[Event]:
        """Return what happens, in order, until the connection is lost."""
        assert self._socket is not None
        async for message in self._socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                yield read_event(message.json())
        raise AriLost("the line of events was cut")

    async def order(self, method: str, path: str, *, body: Any = None, **query: object) -> Any:
        """Have Asterisk do something and return its answer; raises AriRefused or AriLost."""
        assert self._session is not None
        given = {name: str(value) for name, value in query.items() if value is not None}
        try:
            async with self._session.request(method, f"{self._base}/{path}", params=given, json=body) as answer:
                if answer.status >= 300:
                    raise AriRefused(answer.status, f"{method} {path}", (await answer.text())[:200])
                return await answer.json(content_type=None) if answer.status != 204 else None
        except (aiohttp.ClientError, TimeoutError, OSError) as failure:
            raise AriLost(f"{method} {path}: {failure}") from None

    async def ensure(self, method: str, path: str, *, body: Any = None, **query: object) -> bool:
        """Have it so: what is so already, or gone already, is no fault. Tell whether it was done now."""
        try:
            await self.order(method, path, body=body, **query)
        except AriRefused as refused:
            if not refused.settled:
                raise
            return False
        return True

    async def close(self) -> None:
        """Let go."""
        if self._session is not None:
            await self._session.close()
        self._session = self._socket = None
        await asyncio.sleep(0)
