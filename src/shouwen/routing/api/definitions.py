"""What users define about queues, skills, codes and breaks, with its versions."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router

from shouwen.kit import clock
from shouwen.kit.api import Shape, principal
from shouwen.kit.permissions import require

from .. import queries
from ..permissions import VIEW
from ..rules.definitions import MEDIA
from ..rules.precedence import Discipline

definitions_router = Router(tags=["routing"])
DefinitionKind = Literal["queue", "skill", "code", "break", "reason"]
SHARES = timedelta(days=30)


class RoutingVersionOut(Shape):
    """A version of a definition, with what it says."""

    id: int
    number: int
    state: str
    valid_from: datetime | None
    author_name: str
    content: dict[str, Any]


class RoutingDefinitionOut(Shape):
    """A queue, a skill, a dialled code, a break reason or a wrap-up code."""

    key: str
    name_zh: str
    name_en: str
    summary_zh: str
    summary_en: str
    content: dict[str, Any]
    in_force: RoutingVersionOut | None
    coming: RoutingVersionOut | None
    under_way: RoutingVersionOut | None


class RoutingDefinitionsOut(Shape):
    """Every definition of a kind, by key."""

    items: list[RoutingDefinitionOut]


class RoutingWordsOut(Shape):
    """What queue rules choose from."""

    media: list[str]
    disciplines: list[str]


class CodeShareOut(Shape):
    """How many of the contacts that came by a code came by this one."""

    code: str
    share: float


class CodeSharesOut(Shape):
    """The shares of the last thirty days, by code."""

    items: list[CodeShareOut]


@definitions_router.get(
    "/routing-definitions/{kind}", operation_id="listRoutingDefinitions", response=RoutingDefinitionsOut
)
def list_definitions(request: HttpRequest, kind: DefinitionKind) -> RoutingDefinitionsOut:
    """List the definitions of a kind with what holds, what comes and what is being written."""
    found = queries.definitions(kind, by=principal(request), at=clock.now())
    return RoutingDefinitionsOut(items=[_definition(one) for one in found])


@definitions_router.get("/routing-words", operation_id="getRoutingWords", response=RoutingWordsOut)
def get_words(request: HttpRequest) -> RoutingWordsOut:  # noqa: ARG001 - everybody signed in may
    """Return what queue rules choose from."""
    return RoutingWordsOut(media=list(MEDIA), disciplines=[one.value for one in Discipline])


@definitions_router.get("/dialled-codes", operation_id="listCodeShares", response=CodeSharesOut)
def list_code_shares(request: HttpRequest) -> CodeSharesOut:
    """Say what share of the contacts of thirty days came by each dialled code."""
    require(principal(request), VIEW)
    found = queries.code_shares(clock.now() - SHARES)
    return CodeSharesOut(items=[CodeShareOut(code=code, share=share) for code, share in found.items()])


def _definition(one: queries.Definition) -> RoutingDefinitionOut:
    values = asdict(one)
    name, summary = values.pop("name"), values.pop("summary")
    return RoutingDefinitionOut(
        **values, name_zh=name[0], name_en=name[1], summary_zh=summary[0], summary_en=summary[1]
    )
