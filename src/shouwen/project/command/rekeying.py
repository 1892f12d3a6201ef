"""Another key for the files, when the old one may be known to somebody."""

from __future__ import annotations

import os
import sys

import click

from shouwen.project import keys
from shouwen.project.config import load, read
from shouwen.project.speech import say
from shouwen.project.supervisor import AlreadyRunning, running_supervisor

from .data import database_running, start_django

KEY = "files_key"


@click.command()
def rekey() -> None:
    """Bring every file under a new key; killed, it goes on the next time. Old backups keep needing the old key."""
    given = read()
    if running_supervisor(given.run_folder):
        raise AlreadyRunning("Shouwen runs with this data folder. Stop it first.")
    ours = "SHOUWEN_FILES_KEY" not in os.environ
    if ours:
        keys.set_aside(given.data, KEY)
    elif not given.files_key_before:
        raise click.UsageError("The environment gives SHOUWEN_FILES_KEY: give the old one as SHOUWEN_FILES_KEY_BEFORE.")
    load()
    with database_running():
        start_django()
        left = _rewrapped()
    if left:
        zh = f"有 {left} 个文件用别的密钥加密，仍无法打开；旧密钥保留。"
        en = f"{left} files are sealed under yet another key and stay closed; the old key is kept."
        click.echo(say(zh, en))
        sys.exit(1)
    if ours:
        keys.forget_before(given.data, KEY)
    click.echo(say("所有文件已换用新密钥。", "Every file is under the new key."))


def _rewrapped() -> int:
    """Bring files under the present key until none is left that can be; return how many cannot."""
    from shouwen.kit import files

    last: int | None = 0
    while last is not None:
        last = files.rewrap(after=last)
    return files.files_under_another_key()
