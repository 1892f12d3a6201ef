"""Every test gets a PostgreSQL: the one in DATABASE_URL, or a throw-away embedded server made here.

Django reads its settings before this file, so the server's address is put into them afterwards. Workers of
pytest-xdist inherit the address from the process that started them.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from shouwen.project.databases import database
from shouwen.project.postgres import Cluster

pytest_plugins = ["shouwen.kit.testing"]
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "128MB"}
BROWSERS = ("chromium", "chromium-browser")
NO_BROWSER = "Debian's chromium is not installed"
BUDGETS = {"lint and types": 240, "unit and database": 360, "browser": 360, "kill": 180}
_server: tuple[Cluster, Path] | None = None
_left_out = pytest.StashKey[int]()
_groups = pytest.StashKey[dict[str, str]]()


def _start_server() -> None:
    """Start the throw-away server and point Django at it."""
    global _server  # noqa: PLW0603
    folder = Path(tempfile.mkdtemp(prefix="shouwen-test-"))
    folder.chmod(0o711)  # the server's own user passes through
    cluster = Cluster(folder / "postgres", settings=FAST)
    cluster.start()
    _server = (cluster, folder)
    os.environ["DATABASE_URL"] = cluster.url("shouwen")
    settings.DATABASES["default"] = database(cluster.url("shouwen"), pooled=False)
    vars(connections).pop("settings", None)  # a room may have looked at the address while it was loading
    with contextlib.suppress(AttributeError):  # none was made yet
        del connections["default"]


if not os.environ.get("DATABASE_URL"):
    _start_server()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the throw-away server where it was started."""
    if _server:
        cluster, folder = _server
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
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


def _browser_present() -> bool:
    return bool(os.environ.get("SHOUWEN_BROWSER")) or any(map(shutil.which, BROWSERS))


def _group(item: pytest.Item) -> str:
    return next((name for name in ("kill", "browser") if item.get_closest_marker(name)), "unit and database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Quick tests first. Leave the browser suite out where there is no browser; CI insists on one."""
    groups = {item.nodeid: _group(item) for item in items}
    config.stash[_groups] = groups
    items.sort(key=lambda item: list(BUDGETS).index(groups[item.nodeid]))
    if _browser_present() or os.environ.get("CI"):
        return
    chosen = [item for item in items if groups[item.nodeid] == "browser"]
    for item in chosen:
        item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
    config.stash[_left_out] = len(chosen)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what was not run, and after `make check` what each part cost."""
    count = config.stash.get(_left_out, 0)
    if count:
        terminalreporter.write_line(f"NOT RUN: {count} browser tests, because {NO_BROWSER} (apt-get install chromium).")
    if "CHECK_STEPS" in os.environ:
        _show_budgets(terminalreporter, config.stash.get(_groups, {}))


def _show_budgets(reporter: pytest.TerminalReporter, groups: dict[str, str]) -> None:
    steps = json.loads(os.environ["CHECK_STEPS"])
    spent: Counter[str] = Counter()
    for step in steps:
        spent["lint and types"] += step["seconds"]
    for report in (report for kind in reporter.stats.values() for report in kind if hasattr(report, "duration")):
        spent[groups.get(report.nodeid, "unit and database")] += report.duration
    reporter.section("what it cost")
    for step in steps:
        reporter.write_line(f"  {'ok    ' if step['ok'] else 'FAILED'} {step['name']:<20} {step['seconds']:6.0f} s")
    for name, budget in BUDGETS.items():
        over = "   OVER BUDGET" if spent[name] > budget else ""
        reporter.write_line(f"  {name:<27} {spent[name]:6.0f} s of {budget} s{over}")
