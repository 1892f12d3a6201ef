"""Who is away and who decides in his place, over HTTP."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from shouwen.kit.api import command, principal

from .. import actions, queries
from ..queries import OwnSubstitutions, SubstitutionView
from .schemas import OwnSubstitutionsOut, SubstitutionIn, SubstitutionOut

substitutes_router = Router(tags=["staff"])


@substitutes_router.get("/me/substitutions", operation_id="listOwnSubstitutions", response=OwnSubstitutionsOut)
def list_own(request: HttpRequest) -> OwnSubstitutions:
    """List when one is away, and for whom one stands in."""
    return queries.own_substitutions(principal(request))


@substitutes_router.post("/me/substitutions", operation_id="nameOwnSubstitute", response={201: SubstitutionOut})
@command(status=201)
def name_own(request: HttpRequest, body: SubstitutionIn) -> SubstitutionOut:
    """Name who decides approvals in one's place while one is away."""
    by = principal(request)
    return _made(actions.name_substitute(staff_id=by.id, **body.model_dump(), by=by))


@substitutes_router.get(
    "/staff/{staff_id}/substitutions", operation_id="listSubstitutions", response=list[SubstitutionOut]
)
def list_of(request: HttpRequest, staff_id: int) -> list[SubstitutionView]:
    """List when somebody is away."""
    return queries.substitutions_of(staff_id, principal(request))


@substitutes_router.post(
    "/staff/{staff_id}/substitutions", operation_id="nameSubstitute", response={201: SubstitutionOut}
)
@command(status=201)
def name_for(request: HttpRequest, staff_id: int, body: SubstitutionIn) -> SubstitutionOut:
    """Name who decides approvals in somebody's place while he is away."""
    return _made(actions.name_substitute(staff_id=staff_id, **body.model_dump(), by=principal(request)))


@substitutes_router.delete("/substitutions/{substitution_id}", operation_id="endSubstitution", response={204: None})
@command(status=204)
def end(request: HttpRequest, substitution_id: int) -> None:
    """Take a substitution back, or end it today."""
    actions.end_substitution(substitution_id=substitution_id, by=principal(request))


def _made(substitution_id: int) -> SubstitutionOut:
    return SubstitutionOut.model_validate(queries.substitution(substitution_id), from_attributes=True)
