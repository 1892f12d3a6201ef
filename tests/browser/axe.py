"""WCAG 2.1 A and AA by axe-core, on what stands on the screen at this moment."""

from __future__ import annotations

from typing import Any, Literal

from playwright.sync_api import Page, expect

from .product import AXE

RUN = "async (only) => (await axe.run(document, { runOnly: only })).violations"
STILL = "() => Promise.all(document.getAnimations().map((one) => one.finished.catch(() => 0)))"

THEMES: dict[Literal["light", "dark"], dict[str, Any]] = {
    "light": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]},
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
"""What is judged in each theme: everything once, and what colours change in the other as well."""


def violations(page: Page) -> list[str]:
    """Return what axe finds in both themes, one line each."""
    found: list[str] = []
    for theme, only in THEMES.items():
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        expect(page.locator("html.dark")).to_have_count(int(theme == "dark"))
        page.evaluate(STILL)
        if not page.evaluate("() => 'axe' in window"):
            page.evaluate(AXE.read_text(encoding="utf-8"))
        found += [line for one in page.evaluate(RUN, only) for line in _lines(page, theme, one)]
    page.emulate_media(color_scheme="light")
    return found


def _lines(page: Page, theme: str, violation: dict[str, Any]) -> list[str]:
    return [
        f"{page.url} {theme}: {violation['id']}: {node['target']} {' '.join(node['failureSummary'].split())}"
        for node in violation["nodes"]
    ]
