"""`shouwen up`: everything on one machine under one supervisor."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import click

from shouwen.project import demo_removal
from shouwen.project.config import load, read
from shouwen.project.installation import Installation, Wishes
from shouwen.project.speech import say


@click.command()
@click.option("--host", help="Address to listen on. Default: 127.0.0.1, this machine only.")
@click.option("--port", type=int, help="Port of the front door. Default: 8066.")
@click.option("--data", type=click.Path(path_type=Path), help="Folder of database, keys and logs.")
@click.option("--tls", type=click.Choice(["self-signed"]), help="https with a certificate of our own.")
@click.option("--tls-cert", type=click.Path(exists=True, path_type=Path), help="https: certificate (PEM).")
@click.option("--tls-key", type=click.Path(exists=True, path_type=Path), help="https: its key (PEM).")
@click.option("--demo", is_flag=True, help="Fill an empty database with the demo operator 江海通信.")
@click.option("--voice", is_flag=True, help="Take telephone calls: run Asterisk as well (see: make voice).")
@click.option("--trial-speed", type=click.FloatRange(1, 100_000), help="Empty database: run time N times faster.")
@click.option("--reload", is_flag=True, help="Start anew when the code changes (for developers).")
@click.option("--quiet", is_flag=True, help="Log to the file only.")
def up(  # noqa: PLR0917
    host: str | None,
    port: int | None,
    data: Path | None,
    tls: str | None,
    tls_cert: Path | None,
    tls_key: Path | None,
    demo: bool,  # noqa: FBT001
    voice: bool,  # noqa: FBT001
    trial_speed: float | None,
    reload: bool,  # noqa: FBT001
    quiet: bool,  # noqa: FBT001
) -> None:
    """Start the database and all processes, and keep them running until Ctrl+C."""
    if bool(tls_cert) != bool(tls_key):
        raise click.UsageError("--tls-cert and --tls-key go together.")
    mode = "files" if tls_cert else tls
    _put(HOST=host, PORT=port, DATA=data, TLS_MODE=mode, TLS_CERT=tls_cert, TLS_KEY=tls_key)
    _put(DEMO=1 if demo else None, VOICE=1 if voice else None)
    wishes = Wishes(demo=demo and not _demo_was_removed(), trial_speed=trial_speed, reload=reload, quiet=quiet)
    asyncio.run(_run(wishes))


def _put(**given: object) -> None:
    """Hand options on the way that settings travel, so that every process sees the same ones."""
    for name, value in given.items():
        if value is not None:
            os.environ[f"SHOUWEN_{name}"] = str(value)


def _demo_was_removed() -> bool:
    """Tell whether the demo was taken away here; then this is a centre of one's own, whatever the option says."""
    if not demo_removal.was_done(read()):
        return False
    os.environ.pop("SHOUWEN_DEMO", None)
    zh = "演示数据已在这里清除，不再写入。要重新写入，先执行 shouwen demo。"
    en = "The demo was removed here and stays so. To have it again, run shouwen demo first."
    click.echo(say(zh, en))
    return True


async def _run(wishes: Wishes) -> None:
    await Installation(load(), wishes).run()
