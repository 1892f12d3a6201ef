"""Every test gets a PostgreSQL: the one in DATABASE_URL, or a throw-away embedded server made here.

Django reads its settings before this file, so the server's address is put into them afterwards. Workers of
pytest-xdist inherit the address from the process that started them.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pytest
from django.conf import settings

from shouwen.project.databases import database
from shouwen.project.postgres import Cluster

pytest_plugins = ["shouwen.kit.testing"]
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "128MB"}
BROWSERS = ("chromium", "chromium-browser")
NO_BROWSER = "Debian's chromium is not installed"
_server: tuple[Cluster, Path] | None = None


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


if not os.environ.get("DATABASE_URL"):
    _start_server()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the throw-away server where it was started."""
    if _server:
        cluster, folder = _server
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _browser_present() -> bool:
    return bool(os.environ.get("SHOUWEN_BROWSER")) or any(map(shutil.which, BROWSERS))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the browser suite out where there is no browser; CI insists on one."""
    if _browser_present() or os.environ.get("CI"):
        return
    chosen = [item for item in items if item.get_closest_marker("browser")]
    for item in chosen:
        item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
    config.stash[_left_out] = len(chosen)


_left_out = pytest.StashKey[int]()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say in one sentence that the browser suite was not run."""
    count = config.stash.get(_left_out, 0)
    if count:
        terminalreporter.write_line(f"NOT RUN: {count} browser tests, because {NO_BROWSER} (apt-get install chromium).")
