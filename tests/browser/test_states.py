"""Every page of the workspace shows its state: not allowed, nothing there, still waiting. None throws."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page, Route, expect

from .pages import DEFINITIONS, LIMITS, PAGES
from .people import Company

OWN = re.compile(r"/api/(session|csrf|operator)$")
"""What says who is signed in is answered as ever."""
GO = "(path) => { history.pushState(null, '', path); dispatchEvent(new PopStateEvent('popstate', { state: null })) }"
REFUSED = {
    "type": "about:blank",
    "title": "没有权限",
    "status": 403,
    "code": "permission-refused",
    "detail": "您没有「试看」的权限。需要时请联系班长或系统管理员。",
    "errors": [],
    "trace": "t-1",
}
ALIKE = {"/nowhere", *LIMITS[1:], *DEFINITIONS[1:]}
"""Asks the API for nothing, or asks as its neighbour does."""


class Door:
    """What the API answers the page: held back, refused, or as it is but with every list empty."""

    def __init__(self, page: Page) -> None:
        self._held: list[Route] = []
        self._holds = self._empties = False
        page.route(re.compile(r"/api/"), self._asked)

    def hold(self) -> None:
        """Let every request wait."""
        self._holds = True

    def refuse(self) -> None:
        """Refuse what waits, and whatever comes."""
        self._holds = False
        held, self._held = self._held, []
        for route in held:
            self._refuse(route)

    def empty(self) -> None:
        """Answer with empty lists."""
        self._empties = True

    def _asked(self, route: Route) -> None:
        if OWN.search(route.request.url):
            route.fallback()
        elif self._holds:
            self._held.append(route)
        elif self._empties:
            self._empty(route)
        else:
            self._refuse(route)

    def _refuse(self, route: Route) -> None:
        route.fulfill(status=403, content_type="application/problem+json", body=json.dumps(REFUSED))

    def _empty(self, route: Route) -> None:
        answer = route.fetch()
        said: Any = answer.json() if answer.ok and "json" in answer.headers.get("content-type", "") else None
        if isinstance(said, list):
            said = []
        elif isinstance(said, dict) and isinstance(said.get("items"), list):
            said |= {"items": [], "next": None}
        if said is None:
            return route.fulfill(response=answer)
        return route.fulfill(response=answer, json=said)


@contextmanager
def _walking(company: Company, number: str) -> Iterator[tuple[Page, Door]]:
    """Open a window whose API answers as the door says; nothing may be thrown in it, caught by the framework or not."""
    page = company.staff(number).go("/nowhere")
    expect(page.locator("main .empty")).to_be_visible()
    thrown: list[str] = []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            thrown.append(f"{page.url}: {message.text}")

    page.on("console", heard)
    yield page, Door(page)
    page.unroute_all(behavior="ignoreErrors")
    assert thrown == []


def _pages(number: str) -> list[str]:
    return sorted({*PAGES[number]} - ALIKE)


def test_every_page_of_the_workspace_is_walked() -> None:
    areas = Path(__file__).parents[2] / "web" / "src" / "areas"
    written = "".join(file.read_text() for file in areas.glob("*/area.ts"))
    routes = re.findall(r"path: '(/[^']*)',\s+name", written)
    walked = ["/admin", *(path.partition("?")[0] for paths in PAGES.values() for path in paths)]
    patterns = {path: re.sub(r"/:\w+(\(.*?\))?(\?)?", lambda m: r"(/[\w-]+)" + (m[2] or ""), path) for path in routes}
    assert routes
    assert [path for path, pattern in patterns.items() if not any(re.fullmatch(pattern, one) for one in walked)] == []


@pytest.mark.parametrize("number", PAGES)
def test_a_page_says_that_it_waits_and_when_refused_whom_to_ask(company: Company, number: str) -> None:
    with _walking(company, number) as (page, door):
        for path in _pages(number):
            door.hold()
            page.evaluate(GO, path)
            expect(page.locator("main .skeleton").first, path).to_be_visible()
            door.refuse()
            told = page.locator("main").get_by_role("alert").filter(has_text="需要时请联系班长或系统管理员").first
            expect(told, path).to_be_visible()
            expect(page.locator("main").get_by_role("button", name="重试"), path).to_have_count(0)


@pytest.mark.parametrize("number", PAGES)
def test_a_page_with_nothing_to_show_says_so(company: Company, number: str) -> None:
    with _walking(company, number) as (page, door):
        door.empty()
        for path in _pages(number):
            page.evaluate(GO, path)
            expect(page.locator("main"), path).not_to_be_empty()
            expect(page.locator("main .skeleton"), path).to_have_count(0)
