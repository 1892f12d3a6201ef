"""Every door that opens to somebody unknown has a limit, counted for all processes together."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.test import Client

from shouwen.kit.api import limits
from shouwen.project.api import api

from .test_doors import Operation, example, house, operations

UNKNOWN = {401, 429}


def knocked(one: Operation, client: Client, known: dict[str, str], parts: dict[str, Any]) -> int:
    """Knock as nobody, with what fits the description, and return the status."""
    place = one.path
    for name in one.path_names:
        place = place.replace("{" + name + "}", known.get(name, "1"))
    query = {name: known.get(name, "1") for name in one.query_names}
    body = example(one.schema, parts) if one.schema else {}
    body = {name: "13900001111" if name == "phone" else value for name, value in body.items()}
    if one.name == "providerLogout":
        return client.post(place, {"logout_token": "x"}).status_code
    if one.name == "uploadPortalFile":
        query = {"name": "a.txt"}
    if query and one.method == "get":
        place += "?" + "&".join(f"{name}={value}" for name, value in query.items())
    manners = {"X-CSRFToken": client.cookies["csrftoken"].value, "Idempotency-Key": uuid.uuid4().hex}
    sent = json.dumps(body)
    return client.generic(one.method.upper(), place, sent, content_type="application/json", headers=manners).status_code


@pytest.mark.django_db(transaction=True)
def test_whoever_is_unknown_meets_a_limit_or_is_told_to_sign_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """With every limit used up, each operation answers an unknown caller 429 or 401: none works without a limit."""
    _, known = house()
    client = Client(enforce_csrf_checks=True)
    client.get("/api/csrf")

    def used_up(_door: str, _caller: str, _per_minute: int) -> None:
        raise limits.TooMany

    monkeypatch.setattr(limits, "check", used_up)
    parts = api.get_openapi_schema()["components"]["schemas"]
    met = {one.name: knocked(one, client, known, parts) for one in operations()}
    assert {name: status for name, status in met.items() if status not in UNKNOWN} == {}
    assert sum(status == 429 for status in met.values()) >= 15, "the walk met too few public doors to prove anything"
