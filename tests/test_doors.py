"""Whatever is sent to whichever door by whoever: a clear answer, never a broken one.

Here it is what no description allows for: broken JSON, wrong types of content, half characters, strange keys and
addresses. `test_described.py` draws what fits and breaks each operation's own description.
"""

from __future__ import annotations

import json
import uuid
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import pytest
from django.test import Client

from shouwen.accounts.models import Role, Staff
from shouwen.accounts.tests.factories import by, staff_client
from shouwen.customers import actions as customers
from shouwen.customers.models import ContactPoint, Customer
from shouwen.customers.tests.factories import session_token
from shouwen.kit.api import limits
from shouwen.kit.testing import ApiClient
from shouwen.messaging.tests import scene
from shouwen.notifications.models import Notification
from shouwen.project.api import api
from shouwen.routing.models import WorkItem
from shouwen.tickets import actions as tickets

DEEP = b"[" * 100_000
RAW = (b"", b"{", b"[]", b"null", b'"x"', b"7", b"\xff\xfe\x00", DEEP, b'{"a": 1' + b"0" * 5000 + b"}", b"a=b&c=d")
TYPES = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "")
TEXTS = ("a\x00b", "\x01\x1b\u202e", "\ud800", "😀" * 3, "{zh} %s {0}", "x" * 100_000)
TIMES = ("2027-01-01T10:00:00", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00")
OTHERS: tuple[Any, ...] = (None, -1, 10**30, float("inf"), ["a\x00b"], {"a\x00b": -1})
CURSORS = (
    *("x", "中文", "W10", "bnVsbA", "WzEsMl0", "WyJ4IiwgIngiXQ"),
    *("W3t9LFtdXQ", "WzFlOTk5LDFd", "Wzk5OTk5OTk5OTk5OTk5OTk5OTk5XQ"),
)
QUERIES = (*TEXTS[:5], "", "-1", "1000000000", "9" * 40, *CURSORS)
PATHS = ("%00", "%F0%9F%98%80", "-1", "0", "9" * 40, "x" * 3000, "%ED%A0%80", "a%2Fb")
KEYS = ("", "short", "x" * 1000, "nul\x00nul-nul", "钥匙" * 8)
PORTAL = "/api/portal"
LAST = ("signOutCustomer", "endCustomerSessions", "changeSignIn", "signOut")


class Operation(NamedTuple):
    """One operation as the API describes it."""

    name: str
    method: str
    path: str
    path_names: list[str]
    query_names: list[str]
    schema: dict[str, Any] | None


class Answer(NamedTuple):
    """What came back for one nonsense."""

    sent: str
    status: int
    kind: str
    text: str


def operations() -> list[Operation]:
    """Return all operations, those last that end the caller's session."""
    found = []
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, entry in methods.items():
            named = {
                place: [p["name"] for p in entry.get("parameters", []) if p["in"] == place]
                for place in ("path", "query")
            }
            body = entry.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
            found.append(Operation(entry["operationId"], method, path, named["path"], named["query"], body))
    return sorted(found, key=lambda one: one.name in LAST)


def example(schema: dict[str, Any], parts: dict[str, Any]) -> Any:
    """Return the smallest value that fits a schema."""
    if "$ref" in schema:
        return example(parts[schema["$ref"].rpartition("/")[2]], parts)
    if "anyOf" in schema:
        return example(schema["anyOf"][0], parts)
    if "enum" in schema or "const" in schema:
        return schema.get("const", schema.get("enum", [""])[0])
    kind = schema.get("type")
    if kind == "object":
        return {name: example(part, parts) for name, part in schema.get("properties", {}).items()}
    simple: dict[str, Any] = {"integer": schema.get("minimum", 1), "number": 1, "boolean": True, "array": []}
    if kind in simple:
        return simple[kind]
    formats = {"date-time": "2026-12-01T10:00:00+08:00", "date": "1990-01-01", "uuid": str(uuid.uuid4())}
    return formats.get(schema.get("format", ""), "x" * max(schema.get("minLength", 1), 1))


class Door:
    """A caller at the doors: knocks with nonsense and keeps every answer."""

    def __init__(self, client: Any, known: dict[str, str]) -> None:
        self._client: Client = client.client
        self._known = known
        self._parts = api.get_openapi_schema()["components"]["schemas"]
        self._client.get("/api/csrf")
        self._client.raise_request_exception = False
        self.answers: list[Answer] = []

    def knock(self, chosen: list[Operation], *, strange: bool) -> list[Answer]:
        """Knock at some operations and return the answers; a stranger's body is never read, so he sends one only."""
        for one in chosen:
            self._paths(one)
            self._keys(one)
            if not strange:
                self._queries(one)
                self._bodies(one)
        return self.answers

    def _paths(self, one: Operation) -> None:
        for name in one.path_names:
            for bad in self._turn(PATHS, 6):
                self._send(one, path={name: bad}, body=self._valid(one))

    def _queries(self, one: Operation) -> None:
        for name in one.query_names:
            for bad in self._turn(CURSORS, 3) if name == "cursor" else self._turn(QUERIES, 14):
                self._send(one, query={name: bad})

    def _keys(self, one: Operation) -> None:
        for bad in self._turn(KEYS, 2):
            if one.method != "get":
                self._send(one, body=self._valid(one), headers={"Idempotency-Key": bad, "If-Match": bad})

    def _bodies(self, one: Operation) -> None:
        if one.schema is None:
            self._send(one)
            return
        valid = self._valid(one)
        for raw in self._turn(RAW, 5):
            self._send(one, raw=raw)
        for kind in self._turn(TYPES, 3):
            self._send(one, body=valid, kind=kind)
        for name in valid:
            for bad in (*(self._turn(TEXTS, 7) if isinstance(valid[name], str) else ()), *self._turn(OTHERS, 5)):
                self._send(one, body=valid | {name: bad})
            for bad in TIMES if name.endswith(("_at", "_date")) else ():
                self._send(one, body=valid | {name: bad})

    def _turn(self, nonsense: tuple[Any, ...], parts: int) -> tuple[Any, ...]:
        """Return a part of some nonsense, another with every call: each is tried many times over, nowhere all."""
        return nonsense[len(self.answers) % parts :: parts]

    def _valid(self, one: Operation) -> dict[str, Any]:
        body: dict[str, Any] = example(one.schema, self._parts) if one.schema else {}
        return {name: type(value)(self._known[name]) if name in self._known else value for name, value in body.items()}

    def _send(
        self,
        one: Operation,
        *,
        path: dict[str, str] | None = None,
        query: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
        raw: bytes | None = None,
        kind: str = "application/json",
        headers: dict[str, str] | None = None,
    ) -> None:
        place = self._address(one, path or {}, query or {})
        data = raw if raw is not None else json.dumps(body or {}).encode()
        manners = {
            "X-CSRFToken": self._client.cookies["csrftoken"].value,
            "Idempotency-Key": uuid.uuid4().hex,
            "If-Match": "*",
            **(headers or {}),
        }
        got = self._client.generic(one.method.upper(), place, data, content_type=kind, headers=manners)
        sent = f"{one.method.upper()} {place[:120]} {data[:120]!r} {kind} {headers or {}}"
        text = got.content[:400].decode(errors="replace")
        self.answers.append(Answer(sent, got.status_code, got.get("Content-Type", ""), text))

    def _address(self, one: Operation, path: dict[str, str], query: dict[str, str]) -> str:
        """Return the address of an operation with these names in it; what is not given is a thing that is there."""
        place = one.path
        for name in one.path_names:
            place = place.replace("{" + name + "}", path.get(name) or quote(self._known.get(name, "1"), safe=""))
        sent = urlencode({name: value.encode("utf-8", "surrogatepass") for name, value in query.items()})
        return f"{place}?{sent}" if sent else place


def house() -> tuple[Staff, dict[str, str]]:
    """Open a house in which there is something behind every door; return an agent and the names of things."""
    scene.open_house()
    fang, zhou = scene.agent("8021"), scene.agent("8022")
    chen = scene.customer()
    talk = scene.served(fang, chen)
    waiting = scene.write(scene.visitor())
    ticket = tickets.open_ticket(by=chen, kind="fault", title="断网", description="断网", customer_id=chen.id)
    tickets.take(by=by(fang), number=ticket.number)
    link = customers.issue_link(subject="ticket", subject_id=ticket.id, customer_id=chen.id)
    chat = scene.chat(talk)
    return fang, {
        "conversation": str(chat.interaction.public_id),
        "chat_id": str(chat.interaction.public_id),
        "customer_id": str(chen.id),
        "organisation_id": str(fang.organisation_id),
        "contact_id": str(ContactPoint.objects.get(customer_id=chen.id).pk),
        "number": ticket.number,
        "token": link,
        "staff_id": str(zhou.pk),
        "to_id": str(zhou.pk),
        "covered_by": str(fang.pk),
        "work_item_id": str(WorkItem.objects.get(subject_id=waiting).pk),
        "notice_id": str(Notification.objects.order_by("id").values_list("id", flat=True).first() or 1),
        "delivery_id": "1",
        "code": "general",
        "kind": "fault",
        "key": "waiting",
    }


def at_the_door(who: str, fang: Staff, known: dict[str, str]) -> Any:
    """Return the client of one sort of caller."""
    if who == "staff":
        fang.roles.set(Role.objects.all())
        return staff_client(fang)
    client = ApiClient()
    if who != "anonymous":
        client.client.cookies["sw_customer"] = session_token(Customer.objects.get(id=known["customer_id"]))
    return client


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """Open the public doors wide: here it is not their limits that are tried."""
    monkeypatch.setattr(limits, "check", lambda *_: None)


CALLERS = ("staff", "customer", "anonymous")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("unlimited")
@pytest.mark.parametrize("who", CALLERS)
def test_nonsense_gets_a_clear_answer_at_every_door(who: str) -> None:
    """Every operation refuses what it cannot use as a problem with a code, and never breaks."""
    fang, known = house()
    doors = [one for one in operations() if who == "anonymous" or one.path.startswith(PORTAL) == (who == "customer")]
    answers = Door(at_the_door(who, fang, known), known).knock(doors, strange=who == "anonymous")
    broken = [a for a in answers if a.status >= 500]
    assert broken == []
    unclear = [a for a in answers if (a.status >= 400 and "problem+json" not in a.kind) or 300 <= a.status < 400]
    assert unclear == []


@pytest.mark.django_db
def test_what_is_too_large_is_refused_in_the_readers_language() -> None:
    client = ApiClient()
    answer = client.post("/api/session", {"number": "8021", "password": "x" * 3_000_000}, accept_language="en")
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
    assert answer.json()["detail"].startswith("This is too large and was not kept")
