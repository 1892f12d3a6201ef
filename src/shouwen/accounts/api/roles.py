"""Organisations, seat types, and what may be allowed."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from shouwen.kit.api import command, principal
from shouwen.kit.permissions import Permission

from .. import actions, queries
from ..queries import RoleView
from .schemas import (
    OrganisationIn,
    OrganisationOut,
    OrganisationPatchIn,
    PermissionOut,
    RoleIn,
    RoleOut,
    RolePatchIn,
)

roles_router = Router(tags=["staff"])


@roles_router.get("/organisations", operation_id="listOrganisations", response=list[OrganisationOut])
def list_organisations(request: HttpRequest) -> list[dict[str, object]]:
    """List the organisations in the data scope, parents first."""
    return queries.organisations(principal(request))


@roles_router.post("/organisations", operation_id="addOrganisation", response={201: OrganisationOut})
@command(status=201)
def add_organisation(request: HttpRequest, body: OrganisationIn) -> OrganisationOut:
    """Add a unit below another."""
    by = principal(request)
    made = actions.add_organisation(name=body.name, parent_id=body.parent_id, by=by)
    return OrganisationOut(**queries.organisation(made))


@roles_router.patch("/organisations/{organisation_id}", operation_id="renameOrganisation", response=OrganisationOut)
@command()
def rename_organisation(request: HttpRequest, organisation_id: int, body: OrganisationPatchIn) -> OrganisationOut:
    """Call a unit something else."""
    actions.rename_organisation(organisation_id=organisation_id, name=body.name, by=principal(request))
    return OrganisationOut(**queries.organisation(organisation_id))


@roles_router.get("/permissions", operation_id="listPermissions", response=list[PermissionOut])
def list_permissions(request: HttpRequest) -> list[Permission]:
    """List everything that a seat type may allow."""
    return queries.permission_list(principal(request))


@roles_router.get("/roles", operation_id="listRoles", response=list[RoleOut])
def list_roles(request: HttpRequest) -> list[RoleView]:
    """List the seat types with their permissions."""
    return queries.roles(principal(request))


@roles_router.post("/roles", operation_id="openRole", response={201: RoleOut})
@command(status=201)
def open_role(request: HttpRequest, body: RoleIn) -> RoleOut:
    """Make a seat type of our own."""
    by = principal(request)
    return _shape(queries.role(actions.open_role(**body.model_dump(), by=by), by))


@roles_router.patch("/roles/{code}", operation_id="changeRole", response=RoleOut)
@command()
def change_role(request: HttpRequest, code: str, body: RolePatchIn) -> RoleOut:
    """Allow and deny things to a seat type."""
    by = principal(request)
    actions.change_role(code=code, **body.model_dump(), by=by)
    return _shape(queries.role(code, by))


@roles_router.delete("/roles/{code}", operation_id="removeRole", response={204: None})
@command(status=204)
def remove_role(request: HttpRequest, code: str) -> None:
    """Remove a seat type of our own that nobody holds."""
    actions.remove_role(code=code, by=principal(request))


def _shape(view: RoleView) -> RoleOut:
    return RoleOut.from_orm(view)
