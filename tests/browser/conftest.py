"""One product, one browser; a test says who is there. Both go when the suite is through."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect, sync_playwright

from tests import prepared

from .people import PATIENCE_MS, Company
from .product import Product, build_front_end

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def product() -> Iterator[Product]:
    """A running product with the demo operator."""
    build_front_end()
    data = Path(tempfile.mkdtemp(prefix="shouwen-browser-"))
    running = Product(prepared.copy("demo", data), "--demo")
    yield running
    running.stop()
    shutil.rmtree(data, ignore_errors=True)


def browser_program() -> str | None:
    """Return which browser drives the suite."""
    return os.environ.get("SHOUWEN_BROWSER") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Debian's chromium."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser_program(), headless=True, args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture(scope="package")
def kept() -> dict[str, StorageState]:
    """Sessions of those who have signed in."""
    return {}


@pytest.fixture
def company(browser: Browser, product: Product, kept: dict[str, StorageState]) -> Iterator[Company]:
    """The people of this test; no page of theirs may throw or break the content policy."""
    people = Company(browser, product, kept)
    yield people
    assert people.go_home() == []


@pytest.fixture
def shoot() -> Callable[[Page, str], None]:
    """Keep a picture of a page for the docs, where BROWSER_SHOTS names a folder."""
    folder = os.environ.get("BROWSER_SHOTS")

    def take(page: Page, name: str) -> None:
        if folder:
            page.screenshot(path=str(Path(folder) / f"{name}.png"))

    return take
