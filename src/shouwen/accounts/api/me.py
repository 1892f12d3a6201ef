"""One's own account: sessions, password, second factor, tokens.

What shows a secret is no stored command: its answer must not be kept.
"""

from __future__ import annotations

from uuid import UUID

import segno
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest
from ninja import Router, Status

from shouwen.kit.api import principal
from shouwen.kit.api.limits import limit

from .. import actions, queries
from ..models import Staff
from .schemas import (
    CodeIn,
    EnrolmentOut,
    MeOut,
    PasswordChangeIn,
    RecoveryCodesOut,
    SecondFactorOut,
    SessionOut,
    StaffSessionsEndedOut,
    TokenIn,
    TokenIssuedOut,
    TokenOut,
)
from .session import due_done, me, session_of

me_router = Router(tags=["session"])


@me_router.get("/me/sessions", operation_id="listOwnSessions", response=list[SessionOut])
def list_own_sessions(request: HttpRequest) -> list[queries.SessionView]:
    """List where one is signed in."""
    return queries.sessions(principal(request).id, current=session_of(request))


@me_router.delete("/me/sessions", operation_id="endOtherSessions", response=StaffSessionsEndedOut)
def end_other_sessions(request: HttpRequest) -> StaffSessionsEndedOut:
    """Sign oneself out in every other browser."""
    ended = actions.end_other_sessions(current=session_of(request), by=principal(request))
    return StaffSessionsEndedOut(ended=ended)


@me_router.delete("/me/sessions/{session_id}", operation_id="endOwnSession", response={204: None})
def end_own_session(request: HttpRequest, session_id: UUID) -> Status[None]:
    """Sign oneself out in one browser."""
    actions.end_session(session_id=session_id, by=principal(request))
    return Status(204, None)


@me_router.post("/me/password", operation_id="changePassword", response=MeOut)
@limit("accounts.password", per_minute=10, by="principal")
def change_password(request: HttpRequest, body: PasswordChangeIn) -> MeOut:
    """Give oneself a new password; the other sessions end, this one goes on under a new key."""
    by, before = principal(request), session_of(request)
    actions.change_password(old=body.old, password=body.password, current=before, by=by)
    update_session_auth_hash(request, Staff.objects.get(id=by.id))
    actions.session_moved(before=before, after=session_of(request))
    due_done(request, "password")
    return me(request, by.id)


@me_router.get("/me/second-factor", operation_id="getSecondFactor", response=SecondFactorOut)
def get_second_factor(request: HttpRequest) -> queries.FactorView:
    """Return how it stands with one's second factor."""
    return queries.factor_of(principal(request).id)


@me_router.post("/me/second-factor", operation_id="beginSecondFactor", response=EnrolmentOut)
def begin_second_factor(request: HttpRequest) -> EnrolmentOut:
    """Make a secret to scan; it counts once a code was confirmed."""
    made = actions.begin_factor(by=principal(request))
    path, size = qr(made.uri)
    return EnrolmentOut(secret=made.secret, uri=made.uri, qr_path=path, qr_size=size)


@me_router.post("/me/second-factor/confirm", operation_id="confirmSecondFactor", response=RecoveryCodesOut)
@limit("accounts.second-factor", per_minute=10, by="principal")
def confirm_second_factor(request: HttpRequest, body: CodeIn) -> RecoveryCodesOut:
    """Switch the second factor on; the recovery codes are shown this once."""
    codes = actions.confirm_factor(code=body.code, by=principal(request), current=session_of(request))
    due_done(request, "second_factor")
    return RecoveryCodesOut(codes=codes)


@me_router.post("/me/second-factor/codes", operation_id="renewRecoveryCodes", response=RecoveryCodesOut)
@limit("accounts.second-factor", per_minute=10, by="principal")
def renew_recovery_codes(request: HttpRequest, body: CodeIn) -> RecoveryCodesOut:
    """Replace the recovery codes."""
    return RecoveryCodesOut(codes=actions.renew_codes(code=body.code, by=principal(request)))


@me_router.post("/me/second-factor/end", operation_id="endSecondFactor", response=SecondFactorOut)
@limit("accounts.second-factor", per_minute=10, by="principal")
def end_second_factor(request: HttpRequest, body: CodeIn) -> queries.FactorView:
    """Switch the second factor off."""
    by = principal(request)
    actions.end_factor(code=body.code, by=by, current=session_of(request))
    return queries.factor_of(by.id)


@me_router.get("/me/tokens", operation_id="listOwnTokens", response=list[TokenOut])
def list_own_tokens(request: HttpRequest) -> list[queries.TokenView]:
    """List one's tokens."""
    return queries.tokens(principal(request).id)


@me_router.post("/me/tokens", operation_id="issueToken", response={201: TokenIssuedOut})
def issue_token(request: HttpRequest, body: TokenIn) -> Status[TokenIssuedOut]:
    """Make a token; it is shown this once."""
    return Status(201, TokenIssuedOut(secret=actions.issue_token(**body.model_dump(), by=principal(request))))


@me_router.delete("/me/tokens/{token_id}", operation_id="revokeOwnToken", response={204: None})
def revoke_own_token(request: HttpRequest, token_id: UUID) -> Status[None]:
    """Make one of one's tokens useless."""
    actions.revoke_token(token_id=token_id, by=principal(request))
    return Status(204, None)


def qr(text: str) -> tuple[str, int]:
    """Return a QR code as the path of its dark squares, and how many squares it is wide."""
    rows = list(segno.make(text, error="m").matrix_iter(border=4))
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, one in enumerate(row) if one)
    return "".join(dark), len(rows)
