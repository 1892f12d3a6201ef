"""A customer signs in although answers and codes cross each other."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx

from shouwen.project.replay.customers import Person, sign_in_by_code
from shouwen.project.replay.http import Browser, Line
from shouwen.project.replay.product import Letterbox

PHONE = "15490000001"


class Product:
    """Allows one code a minute, makes each when the one before was used, and takes only the newest."""

    def __init__(self, log: Path) -> None:
        self.log = log
        self.asked = 0
        self.offered: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/api/portal/sign-in/code":
            self.asked += 1
            if self.asked == 1:
                self._send("111111")  # the answer to this one was lost; the next is refused as too soon
            return httpx.Response(429 if self.asked == 1 else 200, json={"code": "too-many-codes"})
        if request.url.path == "/api/portal/sign-in":
            self.offered.append(request.read().decode())
            if "222222" in self.offered[-1]:
                return httpx.Response(200, json={})
            self._send("222222")
            return httpx.Response(422, json={"code": "code-refused"})
        return httpx.Response(204, headers={"Set-Cookie": "csrftoken=abc; Path=/"})

    def _send(self, code: str) -> None:
        with self.log.open("a") as log:
            log.write(f"SMS to 86{PHONE}: your sign-in code is {code}, good.\n")


def test_who_asks_too_often_uses_the_code_that_came_and_then_the_newest(tmp_path: Path) -> None:
    product = Product(tmp_path / "x.log")
    person = Person(Browser(Line("http://product", httpx.MockTransport(product))), PHONE)
    asyncio.run(sign_in_by_code(person, Letterbox(product.log)))
    assert (product.asked, len(product.offered)) == (2, 2)
