"""The process `front door`: listens where the configuration says until it is told to stop."""

from __future__ import annotations

import logging
from pathlib import Path

from aiohttp import web

from shouwen.project.config import Config

from .application import Upstreams, build
from .tls import context

WEB_DIST = Path(__file__).resolve().parents[2] / "web_dist"
STOP_SECONDS = 3.0


def serve(config: Config) -> None:
    """Run the door."""
    secure = context(config)
    app = build(
        upstreams=Upstreams(web=config.socket("web"), live=config.socket("live")),
        files=WEB_DIST,
        secure=secure is not None,
        strict=config.tls_mode == "files",
        trusted=config.trusted_proxies,
        phones=config.ari_port if config.voice else None,
    )
    logging.getLogger(__name__).info("front door on %s", config.base_url)
    web.run_app(
        app,
        host=config.host,
        port=config.port,
        ssl_context=secure,
        print=lambda *_: None,
        access_log=None,
        shutdown_timeout=STOP_SECONDS,
        handler_cancellation=True,
        reuse_port=False,
    )
