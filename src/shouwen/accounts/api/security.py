"""The access of others: sessions, passwords, second factors and tokens of staff; the policy."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from shouwen.kit.api import command, principal

from .. import actions, queries
from ..rules import Policy
from .schemas import (
    PasswordSetIn,
    SecondFactorOut,
    SecurityPolicyIn,
    SecurityPolicyOut,
    SessionOut,
    StaffSessionsEndedOut,
    TokenOut,
)

security_router = Router(tags=["staff"])


@security_router.get("/staff/{staff_id}/sessions", operation_id="listStaffSessions", response=list[SessionOut])
def list_staff_sessions(request: HttpRequest, staff_id: int) -> list[queries.SessionView]:
    """List where somebody is signed in."""
    return queries.sessions_of(staff_id, principal(request))


@security_router.delete("/staff/{staff_id}/sessions", operation_id="endStaffSessions", response=StaffSessionsEndedOut)
@command()
def end_staff_sessions(request: HttpRequest, staff_id: int) -> StaffSessionsEndedOut:
    """Sign somebody out everywhere."""
    return StaffSessionsEndedOut(ended=actions.end_sessions_of(staff_id=staff_id, by=principal(request)))


@security_router.delete("/staff/{staff_id}/sessions/{session_id}", operation_id="endStaffSession", response={204: None})
@command(status=204)
def end_staff_session(request: HttpRequest, staff_id: int, session_id: UUID) -> None:
    """Sign somebody out in one browser."""
    actions.end_session_of(staff_id=staff_id, session_id=session_id, by=principal(request))


@security_router.put("/staff/{staff_id}/password", operation_id="setStaffPassword", response={204: None})
@command(status=204)
def set_staff_password(request: HttpRequest, staff_id: int, body: PasswordSetIn) -> None:
    """Give somebody a password that he changes at his next sign-in."""
    actions.set_password(staff_id=staff_id, password=body.password, by=principal(request))


@security_router.get("/staff/{staff_id}/second-factor", operation_id="getStaffFactor", response=SecondFactorOut)
def get_staff_factor(request: HttpRequest, staff_id: int) -> queries.FactorView:
    """Return how it stands with somebody's second factor."""
    return queries.factor_of(queries.managed(staff_id, principal(request)).pk)


@security_router.delete("/staff/{staff_id}/second-factor", operation_id="resetStaffFactor", response={204: None})
@command(status=204)
def reset_staff_factor(request: HttpRequest, staff_id: int) -> None:
    """Take somebody's second factor away: his phone is lost."""
    actions.reset_factor(staff_id=staff_id, by=principal(request))


@security_router.get("/staff/{staff_id}/tokens", operation_id="listStaffTokens", response=list[TokenOut])
def list_staff_tokens(request: HttpRequest, staff_id: int) -> list[queries.TokenView]:
    """List somebody's tokens."""
    return queries.tokens_of(staff_id, principal(request))


@security_router.delete("/staff/{staff_id}/tokens/{token_id}", operation_id="revokeStaffToken", response={204: None})
@command(status=204)
def revoke_staff_token(request: HttpRequest, staff_id: int, token_id: UUID) -> None:
    """Make one of somebody's tokens useless."""
    actions.revoke_token_of(staff_id=staff_id, token_id=token_id, by=principal(request))


@security_router.get("/security-policy", operation_id="getSecurityPolicy", response=SecurityPolicyOut)
def get_policy(request: HttpRequest) -> Policy:
    """Return what is asked of passwords and sessions."""
    return queries.policy_for(principal(request))


@security_router.put("/security-policy", operation_id="setSecurityPolicy", response=SecurityPolicyOut)
@command()
def set_policy(request: HttpRequest, body: SecurityPolicyIn) -> SecurityPolicyOut:
    """Change what is asked of passwords and sessions."""
    actions.set_policy(**body.model_dump(), by=principal(request))
    return SecurityPolicyOut.from_orm(queries.policy())
