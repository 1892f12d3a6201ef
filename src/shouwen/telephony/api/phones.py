"""The house's phones and the rules for calling out."""

from __future__ import annotations

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router

from shouwen.kit import clock
from shouwen.kit.api import Page, command, page_of, principal
from shouwen.kit.permissions import require

from .. import actions, queries
from ..permissions import SET_PHONES
from . import schemas as s

router = Router(tags=["phones"])


@router.get("/phones", operation_id="listPhones", response=Page[s.PhoneRowOut])
def list_phones(
    request: HttpRequest,
    *,
    q: str = "",
    seating: Literal["", "own", "seat", "browser"] = "",
    state: Literal["", "registered", "lost", "fixed"] = "",
    cursor: str = "",
    limit: int = 50,
) -> Page[s.PhoneRowOut]:
    """Return phones by number: whose they are, who sits there, and whether they can be reached."""
    rows = queries.phone_book(by=principal(request), q=q.strip(), seating=seating, state=state)
    return page_of(rows, order=("number", "id"), cursor=cursor, limit=limit, shape=_shaped)


@router.post("/phones", operation_id="addPhone", response={201: s.PhoneRowOut})
@command(status=201)
def add_phone(request: HttpRequest, body: s.PhoneAddIn) -> s.PhoneRowOut:
    """Set up a phone; its password is asked for afterwards."""
    actions.add_phone(by=principal(request), **body.model_dump())
    return _one(request, body.number)


@router.put("/phones/{number}", operation_id="changePhone", response=s.PhoneRowOut)
@command()
def change_phone(request: HttpRequest, number: str, body: s.PhoneChangeIn) -> s.PhoneRowOut:
    """Change where a phone stands and whose it is."""
    actions.change_phone(by=principal(request), number=number, **body.model_dump())
    return _one(request, number)


@router.post("/phones/{number}/secret", operation_id="renewPhoneSecret", response=s.PhoneSecretOut)
def renew_secret(request: HttpRequest, response: HttpResponse, number: str) -> s.PhoneSecretOut:
    """Give a phone another password; it is shown this once and kept in no answer."""
    response["Cache-Control"] = "no-store"
    return s.PhoneSecretOut(secret=actions.renew_secret(by=principal(request), number=number))


@router.delete("/phones/{number}", operation_id="retirePhone", response={204: None})
@command()
def retire_phone(request: HttpRequest, number: str) -> None:
    """Take a phone out of service."""
    actions.retire_phone(by=principal(request), number=number)


@router.get("/dial-rules", operation_id="getDialRules", response=s.DialRulesOut)
def get_dial_rules(request: HttpRequest) -> s.DialRulesOut:
    """Return which numbers may be called, when and how often."""
    require(principal(request), SET_PHONES)
    return s.DialRulesOut(**queries.dial_rules_content(clock.now()))


@router.put("/dial-rules", operation_id="setDialRules", response=s.DialRulesOut)
@command()
def set_dial_rules(request: HttpRequest, body: s.DialRulesIn) -> s.DialRulesOut:
    """Put other rules for calling out in force at once."""
    actions.set_dial_rules(by=principal(request), content=body.model_dump())
    return s.DialRulesOut(**queries.dial_rules_content(clock.now()))


def _one(request: HttpRequest, number: str) -> s.PhoneRowOut:
    return _shaped(queries.phone_book(by=principal(request)).get(number=number))


def _shaped(row: dict[str, Any]) -> s.PhoneRowOut:
    return s.PhoneRowOut(
        number=row["number"],
        seating="browser" if row["kind"] == "browser" else "own" if row["owner__number"] else "seat",
        address=row["address"],
        seat=row["seat"],
        owner=_person(row, "owner"),
        holder=_person(row, "holder"),
        registered=row["registered"],
        registered_at=row["registered_at"],
    )


def _person(row: dict[str, Any], who: str) -> s.PersonRefOut | None:
    number = row[f"{who}__number"]
    return s.PersonRefOut(number=number, name=row[f"{who}__name"]) if number else None
