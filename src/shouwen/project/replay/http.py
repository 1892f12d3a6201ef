"""One simulated person's browser: cookies, CSRF token, and commands that are sent again until they are answered."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx

AGAIN = frozenset({500, 502, 503, 504})
BUSY = 429
BROKEN_TRIES = 8
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 2.0


class Refused(Exception):
    """The product said no, and meant it."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        self.status, self.code, self.detail = status, code, detail
        super().__init__(f"{status} {code}: {detail}")


class GaveUp(Exception):
    """No answer in all our patience: nobody knows whether it was done."""


@dataclass
class Tally:
    """What all browsers of a replay have done together."""

    commands: int = 0
    reads: int = 0
    retried: int = 0
    gave_up: int = 0
    refusals: dict[str, int] = field(default_factory=dict)


@dataclass
class Line:
    """The way to the product that all browsers share: connections are kept and used again."""

    url: str
    transport: httpx.AsyncBaseTransport
    patience: float = 90.0
    tally: Tally = field(default_factory=Tally)

    @classmethod
    def to(cls, url: str, *, patience: float = 90.0) -> Line:
        """Open the way to an address; a certificate of the product's own making is good enough for a trial."""
        limits = httpx.Limits(max_connections=None, max_keepalive_connections=200, keepalive_expiry=20)
        return cls(url.rstrip("/"), httpx.AsyncHTTPTransport(verify=False, limits=limits), patience)

    async def close(self) -> None:
        """Hang up."""
        await self.transport.aclose()


class Browser:
    """Reads and presses for one person."""

    def __init__(self, line: Line, *, address: str = "") -> None:
        headers = {"Accept-Language": "zh-CN"} | ({"X-Forwarded-For": address} if address else {})
        self.line = line
        self.client = httpx.AsyncClient(
            base_url=line.url, transport=line.transport, headers=headers, timeout=30, trust_env=False
        )

    async def get(self, path: str, **query: str | int) -> Any:
        """Read something."""
        self.line.tally.reads += 1
        return (await self._answered("GET", path, params=query or None)).json()

    async def version(self, path: str) -> tuple[Any, str]:
        """Read something together with its entity tag."""
        self.line.tally.reads += 1
        answer = await self._answered("GET", path)
        return answer.json(), answer.headers.get("ETag", "")

    async def send(self, method: str, path: str, body: Any = None, *, match: str = "", waits: bool = True) -> Any:
        """Press once, however often it has to be sent; `waits` also when told that it is too often."""
        if "csrftoken" not in self.client.cookies:
            await self._answered("GET", "/api/csrf")
        headers = {"Idempotency-Key": uuid.uuid4().hex} | ({"If-Match": match} if match else {})
        answer = await self._answered(method, path, waits=waits, json=body, headers=headers)
        self.line.tally.commands += 1
        return answer.json() if answer.content else None

    async def post(self, path: str, body: Any = None, *, match: str = "", waits: bool = True) -> Any:
        """Press a button."""
        return await self.send("POST", path, body, match=match, waits=waits)

    async def put(self, path: str, body: Any = None) -> Any:
        """Save a form."""
        return await self.send("PUT", path, body)

    async def _answered(self, method: str, path: str, *, waits: bool = True, **what: Any) -> httpx.Response:
        """Send until there is an answer: again with the same key while the product is away, broken or busy."""
        end, pause, broken = time.monotonic() + self.line.patience, FIRST_PAUSE, 0
        while True:
            answer = await self._once(method, path, what)
            broken += answer is not None and answer.status_code == 500
            if answer is not None and not self._worth_again(answer, broken, waits=waits):
                return self._accepted(answer)
            if time.monotonic() > end:
                self.line.tally.gave_up += 1
                raise GaveUp(f"{method} {path}")
            self.line.tally.retried += 1
            wait = (
                float(answer.headers.get("Retry-After", 5))
                if answer is not None and answer.status_code == BUSY
                else pause
            )
            await asyncio.sleep(wait * random.uniform(0.7, 1.3))  # noqa: S311  so that not all come back at once
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _once(self, method: str, path: str, what: dict[str, Any]) -> httpx.Response | None:
        if token := self.client.cookies.get("csrftoken"):
            what["headers"] = {**what.get("headers", {}), "X-CSRFToken": token}
        try:
            return await self.client.request(method, path, **what)
        except httpx.TransportError:
            return None

    @staticmethod
    def _worth_again(answer: httpx.Response, broken: int, *, waits: bool) -> bool:
        if answer.status_code == 500:
            return broken < BROKEN_TRIES
        return answer.status_code in AGAIN or (waits and answer.status_code == BUSY)

    def _accepted(self, answer: httpx.Response) -> httpx.Response:
        if answer.is_success:
            return answer
        try:
            problem = answer.json()
        except ValueError:
            problem = {}
        code = str(problem.get("code", "unreadable"))
        refusals = self.line.tally.refusals
        refusals[code] = refusals.get(code, 0) + 1
        raise Refused(answer.status_code, code, str(problem.get("detail", answer.text[:200])))
