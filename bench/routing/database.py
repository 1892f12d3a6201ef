"""A PostgreSQL of our own with everything durable, and Django on it."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django

from shouwen.project.postgres import Cluster

NAME = "shouwen"


@contextlib.contextmanager
def durable_database() -> Iterator[str]:
    """Start a server with the product's own settings, set Django up on it, and remove it all afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="shouwen-bench-"))
    folder.chmod(0o711)  # the server's own user passes through
    cluster = Cluster(folder / "postgres")
    try:
        cluster.start()
        cluster.ensure_database(NAME)
        os.environ["DATABASE_URL"] = cluster.url(NAME)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.project.settings")
        _prepare()
        yield cluster.url(NAME)
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _prepare() -> None:
    django.setup()
    from django.core.management import call_command  # after the set-up

    from shouwen.project.agreement import agree

    call_command("migrate", verbosity=0)
    agree()
