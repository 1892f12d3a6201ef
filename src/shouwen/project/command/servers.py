"""The processes of a running system, each of which may also be run by hand or by systemd."""

from __future__ import annotations

import os
import shutil
import signal
import threading
from pathlib import Path
from typing import Any

import click

from shouwen.project.config import load
from shouwen.project.processes import die_with_parent

LIVE_STOP_SECONDS = 2
WEB_STOP_SECONDS = 10
BACKLOG = 2048
_listen = click.option("--listen", metavar="HOST:PORT", help="Listen there instead of on a socket in the data folder.")


def _place(name: str, listen: str | None) -> dict[str, Any]:
    """Return where to listen: the given address, or a socket that a killed predecessor may have left."""
    if listen:
        host, _, port = listen.rpartition(":")
        return {"host": host.strip("[]") or "127.0.0.1", "port": int(port)}
    path = load().socket(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return {"uds": path}


@click.command()
@_listen
def web(listen: str | None) -> None:
    """Serve the API (WSGI)."""
    from granian.constants import Interfaces
    from granian.server import Server

    config, place = load(), _place("web", listen)
    where = {"address": place["host"], "port": place["port"]} if listen else {"uds": place["uds"]}
    _count_together(config.run_folder / "figures")
    server = Server(
        "shouwen.project.wsgi:application",
        **where,
        interface=Interfaces.WSGI,
        workers=config.web_processes,
        blocking_threads=config.web_threads,
        websockets=False,
        backlog=BACKLOG,
        respawn_failed_workers=True,
        respawn_interval=0.0,
        workers_kill_timeout=WEB_STOP_SECONDS,
    )
    server.serve(target_loader=load_api, wrap_loader=False)


def _count_together(folder: Path) -> None:
    """Have all workers of this process count in one folder, so that a scrape of any of them tells of all."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _show_life(kind: str) -> None:
    """Write signs of life from now on, and trace if that is wished."""
    from shouwen.kit import spans
    from shouwen.kit.health.beats import Heart

    spans.start(load().otel_endpoint, process=kind)
    Heart(kind).start()


def load_api() -> Any:
    """Load the API in a worker, which dies with its parent, so that no worker is left over."""
    die_with_parent(signal.SIGKILL)
    from django.urls import get_resolver

    from shouwen.project.wsgi import application

    _show_life("web")
    _ = get_resolver().url_patterns  # the first customer shall not wait for imports
    return application


@click.command()
@_listen
def live(listen: str | None) -> None:
    """Serve the live stream (ASGI, server-sent events)."""
    import uvicorn

    place = _place("live", listen)
    where = {"uds": str(place["uds"])} if "uds" in place else place
    _django()
    _show_life("live")
    uvicorn.run(
        "shouwen.project.asgi:application",
        **where,
        lifespan="on",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=BACKLOG,
        timeout_graceful_shutdown=LIVE_STOP_SECONDS,
    )


@click.command()
def worker() -> None:
    """Run jobs, deliveries, deadlines and periodic work."""
    _django()
    from shouwen.project.worker import run

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run(stop)


@click.command()
def door() -> None:
    """Serve the front door: one port for pages, API and live stream."""
    import logging

    import uvloop

    from shouwen.kit.health.logs import JsonFormatter
    from shouwen.project.front_door.serve import serve

    config = load()
    logging.basicConfig(level=config.log_level, format="%(levelname)s %(name)s %(message)s")
    if config.log_format == "json":
        logging.root.handlers[0].setFormatter(JsonFormatter())
    uvloop.install()
    serve(config)


def _django() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.project.settings")
    import django

    django.setup()
