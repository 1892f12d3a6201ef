"""Keys with which programs act in somebody's name."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from shouwen.kit import audit, clock, sealing
from shouwen.kit.actions import action
from shouwen.kit.permissions import REGISTRY, require
from shouwen.kit.principals import Principal

from .. import rules
from ..errors import ScopeNotYours, TokenNotFound, TokenTooLong, UnknownPermission
from ..models import ApiToken
from ..permissions import ISSUE_TOKENS, MANAGE_STAFF
from .locks import locked_staff

PREFIX = "sw_"
HINT = 8


@action
def issue_token(*, name: str, scopes: Sequence[str], days: int, by: Principal) -> str:
    """Make a key that may do some of what its owner may, until a date; return it: it is shown this once."""
    require(by, ISSUE_TOKENS)
    if not 1 <= days <= rules.TOKEN_DAYS_MAX:
        raise TokenTooLong(days=rules.TOKEN_DAYS_MAX)
    for code in scopes:
        _refuse_scope(code, by)
    secret, at = PREFIX + secrets.token_urlsafe(32), clock.wall()
    row = ApiToken.objects.create(
        staff_id=by.id,
        name=name,
        digest=sealing.digest("accounts.token", secret),
        hint=secret[:HINT],
        scopes=sorted(set(scopes)),
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    told = {"name": name, "scopes": row.scopes, "expires_at": row.expires_at}
    audit.record(by, "accounts.token.open", subject="token", subject_id=row.pk, **told)
    return secret


def _refuse_scope(code: str, by: Principal) -> None:
    if code not in REGISTRY:
        raise UnknownPermission(permission=code)
    if not by.may(code):
        raise ScopeNotYours(permission=REGISTRY[code].zh)


@action
def revoke_token(*, token_id: UUID, by: Principal) -> None:
    """Make a key of one's own useless."""
    _revoke(by.id, token_id, by)


@action
def revoke_token_of(*, staff_id: int, token_id: UUID, by: Principal) -> None:
    """Make a key of one of the staff useless."""
    require(by, MANAGE_STAFF)
    _revoke(locked_staff(staff_id, by).id, token_id, by)


@action
def token_used(*, token_id: int, address: str) -> None:
    """Keep when and from where a key was last used, once a minute."""
    at = clock.wall()
    stale = ApiToken.objects.filter(id=token_id).exclude(used_at__gt=at - timedelta(minutes=1))
    stale.update(used_at=at, used_from=address[:45])


def _revoke(staff_id: int, token_id: UUID, by: Principal) -> None:
    row = ApiToken.objects.select_for_update().filter(staff_id=staff_id, public_id=token_id, revoked_at=None).first()
    if row is None:
        raise TokenNotFound
    row.revoked_at = clock.wall()
    row.save(update_fields=["revoked_at"])
    audit.record(by, "accounts.token.revoke", subject="token", subject_id=row.pk, name=row.name)
