"""The product's API with the cookies of one person, for what a test needs around the behaviour it looks at."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from playwright.sync_api import APIRequestContext, APIResponse


class Refused(AssertionError):
    """The API answered with a problem."""


class Api:
    """One person's calls."""

    def __init__(self, request: APIRequestContext, url: str, root: str) -> None:
        self._request, self._url, self._root = request, url, root

    def _token(self) -> str:
        kept = {c["name"]: c["value"] for c in self._request.storage_state()["cookies"]}
        if "csrftoken" not in kept:
            self._request.get(f"{self._url}/api/csrf")
            kept = {c["name"]: c["value"] for c in self._request.storage_state()["cookies"]}
        return kept["csrftoken"]

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> APIResponse:
        """Send one request and return whatever came back."""
        given = {"Accept-Language": "zh-CN", **headers}
        if method != "GET":
            given |= {"X-CSRFToken": self._token(), "Idempotency-Key": str(uuid4())}
        return self._request.fetch(f"{self._url}{self._root}{path}", method=method, data=body, headers=given)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send one request that must succeed; return what it answered."""
        answer = self.ask(method, path, body, **headers)
        if not answer.ok:
            raise Refused(f"{method} {path}: {answer.status} {answer.text()}")
        return answer.json() if answer.body() else None

    def get(self, path: str) -> Any:
        """Read."""
        return self.call("GET", path)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """Do something."""
        return self.call("POST", path, body, **headers)

    def put(self, path: str, body: Any) -> Any:
        """Replace something."""
        return self.call("PUT", path, body)
