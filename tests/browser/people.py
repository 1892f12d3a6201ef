"""The people of a test: each has a browser window of his own and the API's door beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, Response, StorageState, expect

from shouwen.project.demo.cast import PASSWORD

from .api import Api
from .product import Product
from .watching import Watch

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 20_000
"""How long a page may take on a machine that does much else; who waits in vain is told then."""
STILL: Mapping[str, Any] = {"reduced_motion": "reduce"}
"""People who want no motion on their screens; the software that draws them here has the more time."""
WALK = """
async (path) => {
  const frame = () => new Promise(requestAnimationFrame)
  document.title = ''  // the product gives the next page its own
  history.pushState({}, '', path)
  dispatchEvent(new PopStateEvent('popstate', { state: {} }))
  while (!document.title) await frame()
  await frame()
}
"""


class Person:
    """Somebody at a screen."""

    root = "/api"
    start = "/"

    def __init__(self, context: BrowserContext, product: Product) -> None:
        self.watch = Watch(context)
        self.context, self.product = context, product
        self.api = Api(context.request, product.url, self.root)
        self.page: Page = context.new_page()

    def settle(self) -> None:
        """Leave things as they were found."""

    def go(self, path: str = "") -> Page:
        """Open a page of the product."""
        self.page.goto(f"{self.product.url}{path or self.start}")
        return self.page

    def says(self, text: str | re.Pattern[str]) -> Locator:
        """Return what shows a text on this person's page."""
        return self.page.get_by_text(text).first

    @contextmanager
    def counting(self, method: str, path: str) -> Iterator[list[Response]]:
        """Collect the answers to the page's requests that end with a path."""
        found: list[Response] = []
        pattern = re.compile(path)

        def note(response: Response) -> None:
            if response.request.method == method and pattern.search(response.url):
                found.append(response)

        self.page.on("response", note)
        yield found
        self.page.remove_listener("response", note)


class Staff(Person):
    """A member of staff."""

    def __init__(self, context: BrowserContext, product: Product, number: str) -> None:
        super().__init__(context, product)
        self.number = number

    def walk(self, path: str) -> Page:
        """Go on to a page as its link does, without loading the workspace anew; the first page is opened."""
        if not self.page.url.startswith(self.product.url):
            return self.go(path)
        self.page.evaluate(WALK, path)
        return self.page

    def be(self, state: str) -> None:
        """Take a presence."""
        self.api.put("/desk/presence", {"state": state, "reason": ""})

    @property
    def offer(self) -> Locator:
        """Return the card of an offered conversation."""
        return self.page.get_by_role("group", name=re.compile("^新会话：")).first

    @property
    def box(self) -> Locator:
        """Return the composer."""
        return self.page.get_by_placeholder("回复")

    @property
    def transcript(self) -> Locator:
        """Return what was said in the open conversation."""
        return self.page.get_by_role("log", name="消息记录")

    @property
    def note(self) -> Locator:
        """Return the note in the form of this contact."""
        return self.page.get_by_label("服务记录")

    def accept(self) -> None:
        """Take the offered conversation with the key."""
        expect(self.offer).to_be_visible()
        self.page.keyboard.press("F2")
        expect(self.box).to_be_visible()

    def reply(self, text: str) -> None:
        """Send a message."""
        self.box.fill(text)
        self.box.press("Enter")
        expect(self.transcript.get_by_text(text, exact=True)).to_be_visible()

    def choose(self, field: str, *words: str) -> None:
        """Choose in a select or a cascade of the kit."""
        label = self.page.locator("label", has_text=re.compile(rf"^{field}"))
        self.page.locator(".field", has=label).last.locator(".el-select, .el-cascader").click()
        for word in words:
            self.page.locator(".el-popper:visible").get_by_text(word, exact=True).first.click()

    def act(self, number: str, verb: str, body: Any = None) -> Any:
        """Do something with a ticket, from its latest version."""
        tag = self.api.ask("GET", f"/tickets/{number}").headers["etag"]
        return self.api.post(f"/tickets/{number}/{verb}", body, **{"If-Match": tag})

    def settle(self) -> None:
        """Leave the seat as it was found: nothing in hand, offline."""
        me = self.api.ask("GET", "/session")
        if me.status != 200 or "routing.work" not in me.json()["permissions"]:
            return
        self.be("offline")
        for box in ("active", "follow_up"):
            for one in self.api.get(f"/desk/inbox?box={box}")["items"]:
                self._finish(one["id"])

    def _finish(self, conversation: str) -> None:
        place = f"/desk/conversations/{conversation}"
        found = self.api.get(place)
        if not found["mine"]:
            return
        if found["state"] == "open":
            self.api.post(f"{place}/end")
        choices = self.api.get("/desk/reasons")
        leaf = next(one for one in choices["reasons"] if one["parent"])
        version = found["service_record"]["version"]
        given = {"reason": leaf["code"], "handling": choices["handlings"][0]["code"], "note": "", "version": version}
        self.api.put(f"{place}/service-record", given)
        self.api.post(f"{place}/complete")


class Customer(Person):
    """Somebody in the portal, known or not."""

    root = "/api/portal"
    start = "/portal/"

    @property
    def box(self) -> Locator:
        """Return where he writes in a conversation."""
        return self.page.get_by_label("输入消息")

    @property
    def messages(self) -> Locator:
        """Return what was said."""
        return self.page.get_by_role("log", name="对话内容")

    def chat(self, text: str, topic: str = "宽带报障") -> None:
        """Begin a conversation on the chat page."""
        self.go("/portal/chat")
        self.page.get_by_role("button", name=topic).click()
        self.page.get_by_label("您的问题").fill(text)
        self.page.get_by_role("button", name="开始对话").click()
        expect(self.messages.get_by_text(text)).to_be_visible()

    def say(self, text: str) -> None:
        """Send a message."""
        self.box.fill(text)
        self.box.press("Enter")
        expect(self.messages.get_by_text(text)).to_be_visible()

    def open_matter(self, title: str, kind: str = "complaint") -> str:
        """Hand in a matter; return its number."""
        body = {"kind": kind, "title": title, "description": f"{title}，请尽快处理。"}
        return str(self.api.post("/matters", body)["number"])

    def settle(self) -> None:
        """Leave no conversation open."""
        current = self.api.ask("GET", "/chats/current")
        if (
            current.status == 200
            and current.body()
            and (chat := current.json())
            and chat["state"] in ("waiting", "answered")
        ):
            self.api.post(f"/chats/{chat['id']}/end")


class Company:
    """Brings people to their screens; each signs in once per run."""

    def __init__(self, browser: Browser, product: Product, kept: dict[str, StorageState]) -> None:
        self._browser, self._product, self._kept = browser, product, kept
        self._present: list[Person] = []

    def _window(self, who: str = "", **given: Any) -> BrowserContext:
        settings = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai", "viewport": DESK, **STILL, **given}
        context = self._browser.new_context(storage_state=self._kept.get(who), **settings)
        context.set_default_timeout(PATIENCE_MS)
        return context

    def staff(self, number: str, **given: Any) -> Staff:
        """Return a member of staff who is signed in."""
        person = Staff(self._window(number, **given), self._product, number)
        self._present.append(person)
        if number not in self._kept:
            person.api.post("/session", {"number": number, "password": PASSWORD})
            self._kept[number] = person.context.storage_state()
        return person

    def customer(self, phone: str, **given: Any) -> Customer:
        """Return a customer who is signed in."""
        person = Customer(self._window(phone, **given), self._product)
        self._present.append(person)
        if phone not in self._kept:
            place = self._product.journal.length
            person.api.post("/sign-in/code", {"phone": phone})
            code = self._product.code_for(phone, after=place)
            person.api.post("/sign-in", {"phone": phone, "code": code})
            self._kept[phone] = person.context.storage_state()
        return person

    def stranger(self, **given: Any) -> Customer:
        """Return somebody whom the portal does not know."""
        person = Customer(self._window(**given), self._product)
        self._present.append(person)
        return person

    def newcomer(self, **given: Any) -> Staff:
        """Return a member of staff who has not signed in."""
        person = Staff(self._window(**given), self._product, "")
        self._present.append(person)
        return person

    def go_home(self) -> list[str]:
        """Settle what is open, close every window, and return what went wrong in them."""
        for person in sorted(self._present, key=lambda one: isinstance(one, Staff)):
            person.settle()
            person.context.close()
        return [fault for person in self._present for fault in person.watch.faults]
