"""Puts the door together: which path goes where, and what every answer carries."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from .files import Files
from .headers import HSTS, SECURITY
from .live import Live
from .phones import Phones
from .problems import problem
from .proxy import Proxy

BODY_LIMIT = 3 * 1024 * 1024
UPLOADS = ("/api/files", "/api/portal/files")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class Upstreams:
    """The sockets of the processes behind the door."""

    web: Path
    live: Path


def build(
    *,
    upstreams: Upstreams,
    files: Path,
    secure: bool = False,
    strict: bool = False,
    trusted: tuple[str, ...] = (),
    phones: int | None = None,
) -> web.Application:
    """Return the door. `secure`: browsers come by https; `strict`: by a certificate they trust.

    `phones`: the port of Asterisk whose `/ws` browsers' phones may reach; None where no calls are taken.
    """
    proxy = Proxy(upstreams.web, secure=secure, trusted=trusted)
    live = Live(upstreams.live, secure=secure, trusted=trusted)
    pages = Files(files)
    added = {**SECURITY, **(HSTS if strict else {})}

    async def add_headers(_request: web.Request, answer: web.StreamResponse) -> None:
        for name, value in added.items():
            answer.headers.setdefault(name, value)  # a file that is given out comes in a stricter sandbox
        answer.headers["Server"] = "shouwen"

    app = web.Application(client_max_size=BODY_LIMIT, middlewares=[_refusals])
    app.router.add_route("*", "/live", live.answer)
    for plain in ("/healthz", "/readyz", "/metrics"):
        app.router.add_route("*", plain, proxy.answer)
    for path in UPLOADS:
        app.router.add_post(path, proxy.carry)
    app.router.add_route("*", "/api{rest:(/.*)?}", proxy.answer)
    if phones is not None:
        _add_phones(app, Phones(phones, proxy))
    app.router.add_route("*", "/{rest:.*}", pages.answer)
    app.on_response_prepare.append(add_headers)
    app.on_startup.append(lambda _: proxy.open())
    app.on_shutdown.append(lambda _: live.close())
    app.on_cleanup.append(lambda _: proxy.close())
    return app


def _add_phones(app: web.Application, phones: Phones) -> None:
    app.router.add_get("/ws", phones.answer)
    app.on_startup.append(lambda _: phones.open())
    app.on_shutdown.append(lambda _: phones.close())


@web.middleware
async def _refusals(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPRequestEntityTooLarge:
        return problem(request, "body-too-large")
