"""What no page may do, whatever the test looks at: break the content policy, or throw."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

REPORT = """
document.addEventListener('securitypolicyviolation', (e) =>
  console.error('CSP violation: ' + e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sourceFile + ':' + e.lineNumber))
"""
POLICY = ("CSP violation", "Content Security Policy")


class Watch:
    """Collects what went wrong on the pages of one browser context."""

    def __init__(self, context: BrowserContext) -> None:
        self.faults: list[str] = []
        context.add_init_script(REPORT)
        context.on("page", self._follow)

    def _follow(self, page: Page) -> None:
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))

    def _heard(self, message: ConsoleMessage) -> None:
        if any(word in message.text for word in POLICY):
            self.faults.append(f"{message.location.get('url', '')}: {message.text}")
