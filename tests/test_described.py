"""What the API describes, tried from its own description: whatever is sent, by whoever, no door breaks."""

from __future__ import annotations

import contextlib
import re
import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
import requests
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Case, GenerationMode
from schemathesis.config import GenerationConfig, SchemathesisConfig
from schemathesis.core.result import Ok

from shouwen.kit.api import limits
from shouwen.project.api import api

from .test_doors import CALLERS, LAST, PORTAL, at_the_door, house

MANNERS = settings(
    max_examples=2,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
HAN = re.compile(r"[\u4e00-\u9fff]")
AT_HOME = {("staff", False), ("customer", True)}
Described = APIOperation[Any, Any, Any, Any]
HERE = "http://testserver"


class Answer(NamedTuple):
    """What came back for one case."""

    who: str
    name: str
    operation: str
    tongue: str
    sent: str
    status: int
    body: Any

    @property
    def code(self) -> str:
        """The code of the refusal."""
        return str(self.body["code"]) if self.body else ""


def operations() -> list[Described]:
    """Return every operation the API describes, those last that end the caller's session."""
    config = SchemathesisConfig()
    config.projects.default.generation = GenerationConfig(with_security_parameters=False)
    described = schemathesis.openapi.from_dict(api.get_openapi_schema(), config=config)
    found = [result.ok() for result in described.get_all_operations() if isinstance(result, Ok)]
    return sorted(found, key=lambda one: _name(one) in LAST)


def _name(one: Described) -> str:
    return str(one.definition.raw["operationId"])


def cases(one: Described, known: dict[str, str]) -> Iterator[Case[Any]]:
    """Yield what fits one operation's description and what does not, about things that are there."""
    there = {part.name: known[part.name] for part in one.path_parameters if part.name in known}
    for mode in GenerationMode:
        yield from _drawn(one, mode, there)


def _drawn(one: Described, mode: GenerationMode, fixed: dict[str, str]) -> list[Case[Any]]:
    drawn: list[Case[Any]] = []

    @MANNERS
    @given(one.as_strategy(mode, path_parameters=fixed or None))
    def draw(case: Case[Any]) -> None:
        drawn.append(case)

    with contextlib.suppress(Unsatisfiable):  # nothing can be wrong about what takes nothing
        draw()
    return drawn


class Caller:
    """Somebody at the doors, with the manners of a browser."""

    def __init__(self, who: str, client: Client) -> None:
        self.who = who
        self._client = client
        self._client.raise_request_exception = False
        self._client.get("/api/csrf")

    def send(self, case: Case[Any], *, tongue: str) -> Answer:
        """Send a case and return the answer."""
        made = requests.Request(**{**case.as_transport_kwargs(base_url=HERE), "cookies": None}).prepare()
        manners = {
            "X-CSRFToken": self._client.cookies["csrftoken"].value,
            "Idempotency-Key": uuid.uuid4().hex,
            "If-Match": "*",
            "Accept-Language": tongue,
        }
        body = made.body or b""
        assert isinstance(body, str | bytes), "no operation describes a stream"
        data = body.encode() if isinstance(body, str) else body
        kind = str(made.headers.get("Content-Type", "application/json"))
        got = self._client.generic(case.method, made.path_url, data, content_type=kind, headers=manners)
        problem = got.json() if "problem+json" in got.get("Content-Type", "") else None
        sent = f"{made.path_url[:200]} {data[:400]!r}"
        return Answer(self.who, _name(case.operation), case.operation.label, tongue, sent, got.status_code, problem)


def at_home(caller: Caller, case: Case[Any]) -> bool:
    """Tell whether a door is the caller's own; at others he is turned away before anything is read."""
    return (caller.who, PORTAL in case.operation.label) in AT_HOME or caller.who == "anonymous"


@pytest.mark.django_db(transaction=True)
def test_every_operation_answers_whatever_is_sent_by_whoever(monkeypatch: pytest.MonkeyPatch) -> None:
    """No server error; every refusal is a problem; what does not fit names its fields, in the reader's language."""
    monkeypatch.setattr(limits, "check", lambda *_: None)
    fang, known = house()
    callers = [Caller(who, at_the_door(who, fang, known).client) for who in CALLERS]
    answers = [
        caller.send(case, tongue=("zh-CN", "en")[number % 2])
        for one in operations()
        for number, case in enumerate(cases(one, known))
        for caller in callers
        if number == 0 or at_home(caller, case)
    ]
    assert [a for a in answers if a.status >= 500] == []
    assert [a for a in answers if a.status >= 400 and a.body is None] == []
    invalid = [a for a in answers if a.status == 422]
    assert [a for a in invalid if not a.body["errors"]] == []
    assert [a for a in invalid if a.tongue == "zh-CN" and not HAN.search(a.body["detail"])] == []
    strangers = [a for a in answers if a.status == 401 and (a.who, PORTAL in a.operation) in AT_HOME]
    assert [a for a in strangers if a.code == "signed-out" and a.name not in LAST] == [], (
        "the session did not hold: this proves nothing"
    )
