"""Coming in by an identity provider, and out again when he says so. The provider is asked outside transactions."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db.models import Q

from shouwen.kit import audit, clock, sealing
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM, Principal

from .. import queries
from ..errors import IdentityUnknown, ProofTooWeak, ProviderUnavailable, SingleSignOnOff, SingleSignOnRefused
from ..models import ProviderIdentity, ProviderSession, SignIn, Staff
from ..ports import IdentityProvider, ProviderAway, ProviderRefused, Vouching, provider
from .sessions import end_rows
from .sign_in import Accepted, note_success, note_turned_away

PURPOSE = "accounts.provider"
CHECK_EVERY = timedelta(seconds=30)
AT_ONCE = 8


def provider_address(*, state: str, nonce: str, verifier: str) -> str:
    """Return where to send the browser to sign in."""
    try:
        return connected().address(state=state, nonce=nonce, verifier=verifier)
    except ProviderAway as failure:
        raise ProviderUnavailable from failure


def sign_in_by_provider(*, code: str, nonce: str, verifier: str) -> tuple[Accepted, Vouching]:
    """Let in who came back from the provider, if he works here."""
    try:
        vouched = connected().vouch(code=code, nonce=nonce, verifier=verifier)
    except ProviderAway as failure:
        raise ProviderUnavailable from failure
    except ProviderRefused as failure:
        raise SingleSignOnRefused from failure
    staff_id = _known(vouched=vouched)
    if not vouched.strong and queries.needs_factor(staff_id):
        note_turned_away(staff_id=staff_id, why=ProofTooWeak.code)
        raise ProofTooWeak
    note_success(staff_id=staff_id, method="oidc")
    return Accepted(staff_id, "oidc"), vouched


@action
def _known(*, vouched: Vouching) -> int:
    """Return whom the provider vouched for; the first time, the number joins his subject to a member of staff."""
    held = (
        ProviderIdentity.objects.filter(issuer=vouched.issuer, subject=vouched.subject).select_related("staff").first()
    )
    if held is None:
        return _join(vouched)
    if not held.staff.active:
        raise IdentityUnknown(number=held.staff.number)
    return held.staff_id


def _join(vouched: Vouching) -> int:
    row = Staff.objects.select_for_update(no_key=True).filter(number=vouched.number, active=True).first()
    taken = ProviderIdentity.objects.filter(issuer=vouched.issuer, staff=row).exists()
    if row is None or not vouched.number or taken:
        raise IdentityUnknown(number=vouched.number)
    given = {"issuer": vouched.issuer, "subject": vouched.subject, "joined_at": clock.wall()}
    ProviderIdentity.objects.create(staff=row, **given)
    who = Principal(kind="staff", id=row.pk)
    audit.record(who, "accounts.identity.join", subject="staff", subject_id=row.pk, provider=vouched.issuer)
    return row.pk


@action
def vouched_session(*, session: str, vouched: Vouching) -> None:
    """Keep what is needed to ask about a session again; `session` is the digest of its key."""
    ProviderSession.objects.create(
        sign_in=SignIn.objects.get(session_digest=session),
        issuer=vouched.issuer,
        subject=vouched.subject,
        sid=vouched.sid,
        sealed=sealing.seal(PURPOSE, vouched.keys),
        checked_at=clock.wall(),
    )


def provider_goodbye(*, session: str) -> str:
    """Return where to send the browser to sign out at the provider too, or ""."""
    row = ProviderSession.objects.filter(sign_in__session_digest=session).first()
    asked = provider()
    if row is None or asked is None:
        return ""
    try:
        return asked.goodbye(sealing.unseal(PURPOSE, row.sealed))
    except ProviderAway:
        return ""


def provider_says_out(*, token: str) -> int:
    """End the sessions of somebody who signed out at the provider, as a notice proven to be its own says."""
    try:
        said = connected().notice(token)
    except ProviderAway as failure:
        raise ProviderUnavailable from failure
    except ProviderRefused as failure:
        raise SingleSignOnRefused from failure
    named = Q(sid=said.sid) if said.sid else Q(subject=said.subject)
    if said.sid and said.subject:
        named = Q(sid=said.sid, subject=said.subject) | Q(sid="", subject=said.subject)
    return _end(which=Q(issuer=said.issuer) & named, why="logout")


def check_provided() -> int:
    """Ask the provider about every session that he vouched for and was not asked about lately; return how many.

    A session is taken by moving its time on, so that two workers do not spend one refresh token twice.
    """
    asked = provider()
    if asked is None:
        return 0
    due = _take_due()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for row, keys in zip(due, pool.map(lambda one: _ask(asked, one), due), strict=True):
            if keys is None:
                _end(which=Q(pk=row.pk), why="refused")
            elif keys:
                _renewed(sign_in_id=row.pk, keys=keys)
    return len(due)


@action
def _take_due() -> list[ProviderSession]:
    at = clock.wall()
    due = ProviderSession.objects.filter(sign_in__ended_at=None, checked_at__lte=at - CHECK_EVERY)
    rows = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("checked_at")[:500])
    ProviderSession.objects.filter(pk__in=[row.pk for row in rows]).update(checked_at=at)
    return rows


def _ask(asked: IdentityProvider, row: ProviderSession) -> str | None:
    """Return fresh keys; None when the provider says no; "" when he could not be asked."""
    try:
        return asked.again(sealing.unseal(PURPOSE, row.sealed))
    except ProviderRefused:
        return None
    except ProviderAway:
        return ""


@action
def _renewed(*, sign_in_id: int, keys: str) -> None:
    ProviderSession.objects.filter(pk=sign_in_id).update(sealed=sealing.seal(PURPOSE, keys))


@action
def _end(*, which: Q, why: str) -> int:
    found = ProviderSession.objects.filter(which, sign_in__ended_at=None).select_related("sign_in")
    rows = [row.sign_in for row in found]
    end_rows(rows, "provider")
    for staff_id in _whose(rows):
        audit.record(SYSTEM, "accounts.session.provider-end", subject="staff", subject_id=staff_id, why=why)
    return len(rows)


def _whose(rows: list[SignIn]) -> Iterator[int]:
    yield from sorted({row.staff_id for row in rows})


def connected() -> IdentityProvider:
    """Return who vouches for staff; refuse where nobody does."""
    found = provider()
    if found is None:
        raise SingleSignOnOff
    return found
