"""Every test gets a PostgreSQL: the one in DATABASE_URL, or a throw-away embedded server started when one is needed.

Django reads its settings before this file, so the server's address is put into them afterwards. Every worker of
pytest-xdist has a server of its own: what is counted up to the oldest running transaction would otherwise wait for
the other workers' tests, for that is a fact of the whole server. Its data are a copy (`tests/prepared.py`), so the
tables are there already.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from shouwen.project.databases import database
from shouwen.project.postgres import Cluster
from tests import prepared

pytest_plugins = ["shouwen.kit.testing"]
BROWSERS = ("chromium", "chromium-browser")
NO_BROWSER = "Debian's chromium is not installed"
NO_VOICE = "Asterisk or sipp is missing"
# a busy machine is no failure; in CI the same examples each time
hypothesis.register_profile(
    "shouwen", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=bool(os.environ.get("CI"))
)
hypothesis.load_profile("shouwen")
_left_out = pytest.StashKey[dict[str, int]]()


@pytest.fixture(scope="session")
def database_server() -> Iterator[None]:
    """Have a server: the given one, or a throw-away one with the tables in it."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    folder = Path(tempfile.mkdtemp(prefix="shouwen-test-"))
    cluster = Cluster(prepared.copy("tables", folder) / "postgres", settings=prepared.FAST)
    cluster.start()
    _point_django_at(cluster)
    yield
    cluster.stop()
    shutil.rmtree(folder, ignore_errors=True)


def _point_django_at(cluster: Cluster) -> None:
    """Put the server's address into the settings; the database of the tests begins as a copy of the prepared one."""
    os.environ["DATABASE_URL"] = cluster.url(prepared.DATABASE)
    found = database(cluster.url(prepared.DATABASE), pooled=False)
    settings.DATABASES["default"] = found | {"TEST": {"TEMPLATE": prepared.DATABASE}}
    vars(connections).pop("settings", None)  # a room may have looked at the address while it was loading
    with contextlib.suppress(AttributeError):  # none was made yet
        del connections["default"]


@pytest.fixture(scope="session")
def django_db_setup(database_server: None, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After the migrations, do what every start does; after the tests, let go of the database."""
    from django.test import TransactionTestCase

    from shouwen.kit import notifier
    from shouwen.kit.testing import empty_tables
    from shouwen.project.agreement import agree

    TransactionTestCase._fixture_teardown = empty_tables  # type: ignore[attr-defined]  # noqa: SLF001
    with django_db_blocker.unblock():
        agree()
    yield
    with django_db_blocker.unblock():
        notifier.stop()
        _send_away_others()


def _send_away_others() -> None:
    """End the sessions that threads of a test have left open: a database in use cannot be dropped."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
            " where datname = current_database() and pid <> pg_backend_pid()"
        )


def _browser_present() -> bool:
    return bool(os.environ.get("SHOUWEN_BROWSER")) or any(map(shutil.which, BROWSERS))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine has no browser or no Asterisk for; CI insists."""
    if os.environ.get("CI"):
        return
    left_out = {}
    if not _browser_present():
        left_out[f"browser tests, because {NO_BROWSER} (apt-get install chromium)"] = _skip(
            items, "browser", NO_BROWSER
        )
    if not _voice_present():
        left_out[f"tests of calls, because {NO_VOICE} (make voice; apt-get install sip-tester)"] = _skip(
            items, "voice", NO_VOICE
        )
    config.stash[_left_out] = left_out


def _skip(items: list[pytest.Item], marker: str, reason: str) -> int:
    chosen = [item for item in items if item.get_closest_marker(marker)]
    for item in chosen:
        item.add_marker(pytest.mark.skip(reason=reason))
    return len(chosen)


def _voice_present() -> bool:
    from shouwen.project.voice import AsteriskMissing, located

    try:
        located()
    except AsteriskMissing:
        return False
    return shutil.which("sipp") is not None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was not run."""
    for what, count in config.stash.get(_left_out, {}).items():
        if count:
            terminalreporter.write_line(f"NOT RUN: {count} {what}.")
