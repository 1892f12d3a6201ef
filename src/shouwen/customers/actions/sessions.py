"""Sessions of customers and visitors. All times here are wall times."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from shouwen.customers import permissions, queries, rules, tokens
from shouwen.customers.errors import CodeRefused
from shouwen.customers.events import SessionsEnded, VisitorSignedIn
from shouwen.customers.models import AccessSession, ContactPoint, SignInCode
from shouwen.kernel import phones
from shouwen.kit import audit, clock
from shouwen.kit.actions import action, forbid_inside_action
from shouwen.kit.events import publish
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal


@dataclass(frozen=True)
class SignIn:
    """A session just opened: its token leaves in a cookie and is kept nowhere."""

    token: str
    customer_id: int
    visitor_id: int | None


def sign_in(*, phone: str, code: str, visitor_token: str = "") -> SignIn:
    """Open a session for the customer who holds the code sent to his number; raises CodeRefused.

    A wrong code must cost a try although it is refused, so the try is kept first and refused after.
    """
    forbid_inside_action("Refusing a sign-in")
    signed_in = _offer(phone=phones.normalise(phone), code=code, visitor_token=visitor_token)
    if signed_in is None:
        raise CodeRefused
    return signed_in


@action
def _offer(*, phone: str, code: str, visitor_token: str) -> SignIn | None:
    """Judge an offered code against the newest request of its number.

    1. Lock that row, so that two uses of one code meet here.
    2. Wrong: count the try and keep it.
    3. Right: spend the code, mark the number as proven, open the session.
    """
    row = SignInCode.objects.select_for_update().filter(phone=phone).order_by("-id").first()
    if row is None:
        return None
    at = clock.wall()
    state = rules.CodeState(row.digest is not None, row.expires_at, row.attempts, row.used_at is not None)
    verdict = rules.judge(state, matches=tokens.code_matches(code, row.pk, row.digest), at=at)
    if verdict is rules.Verdict.WRONG:
        row.attempts += 1
        row.save(update_fields=["attempts"])
    if verdict is not rules.Verdict.SPENT or row.customer_id is None:
        return None
    row.used_at = at
    row.save(update_fields=["used_at"])
    _prove(row.customer_id, phone)
    return _open_for(row.customer_id, visitor_token)


def _prove(customer_id: int, phone: str) -> None:
    mine = ContactPoint.objects.filter(customer_id=customer_id, value=phone, verified_at=None)
    mine.update(verified_at=clock.now())


def _open_for(customer_id: int, visitor_token: str) -> SignIn:
    visitor = _continue_visitor(visitor_token)
    token = _open("customer", customer_id=customer_id, visitor=visitor)
    me = Principal(kind="customer", id=customer_id)
    visitor_id = visitor.pk if visitor else None
    audit.record(me, "customers.sign_in", subject="customer", subject_id=customer_id, visitor=visitor_id)
    if visitor_id is not None:
        fact = VisitorSignedIn(visitor_id=visitor_id, customer_id=customer_id)
        publish(fact, audience=[f"visitor:{visitor_id}"], at=clock.now())
    return SignIn(token, customer_id, visitor_id)


def _continue_visitor(token: str) -> AccessSession | None:
    """End the visitor's session that this browser held, and return it."""
    if not token:
        return None
    living = AccessSession.objects.select_for_update().filter(kind="visitor", revoked_at=None)
    row = living.filter(digest=tokens.digest(token), expires_at__gt=clock.wall()).first()
    if row is not None:
        row.revoked_at = clock.wall()
        row.save(update_fields=["revoked_at"])
    return row


def _open(kind: str, *, customer_id: int | None = None, visitor: AccessSession | None = None) -> str:
    token, at = tokens.new_token(), clock.wall()
    AccessSession.objects.create(
        digest=tokens.digest(token),
        kind=kind,
        customer_id=customer_id,
        visitor=visitor,
        opened_at=at,
        seen_at=at,
        expires_at=rules.session_end(kind, at, at),
    )
    return token


@action
def open_visitor_session() -> str:
    """Know a browser again without knowing who sits there; return its token."""
    return _open("visitor")


@action
def keep_session(*, token: str) -> None:
    """Write down that a session is in use, which moves its end."""
    row = AccessSession.objects.select_for_update().filter(digest=tokens.digest(token), revoked_at=None).first()
    if row is None or row.expires_at <= clock.wall():
        return
    row.seen_at = clock.wall()
    row.expires_at = rules.session_end(row.kind, row.opened_at, row.seen_at)
    row.save(update_fields=["seen_at", "expires_at"])


@action
def sign_out(*, by: Principal, token: str) -> None:
    """End the session of a token at once, on every device that copied it."""
    living = AccessSession.objects.filter(digest=tokens.digest(token), revoked_at=None)
    if living.update(revoked_at=clock.wall()):
        publish(SessionsEnded(by.kind, by.id), audience=[by.key], at=clock.now())
        audit.record(by, "customers.sign_out", subject="customer", subject_id=by.id)


@action
def sign_out_everywhere(*, by: Principal, customer_id: int) -> int:
    """End every session of a customer (a lost phone, a changed sign-in number); return how many."""
    if (by.kind, by.id) != ("customer", customer_id):
        require(by, permissions.UPDATE)
        queries.detail(customer_id, by=by)
    living = AccessSession.objects.filter(customer_id=customer_id, revoked_at=None)
    ended = living.filter(expires_at__gt=clock.wall()).update(revoked_at=clock.wall())
    publish(SessionsEnded("customer", customer_id), audience=[f"customer:{customer_id}"], at=clock.now())
    audit.record(by, "customers.sign_out_everywhere", subject="customer", subject_id=customer_id, sessions=ended)
    return ended


@action
def forget_expired() -> int:
    """Remove codes and customers' sessions that nothing looks at any more; return how many."""
    at = clock.wall()
    codes, _ = SignInCode.objects.filter(requested_at__lt=at - rules.KEEP_CODES).delete()
    over = Q(expires_at__lt=at - rules.CUSTOMER_LONGEST)
    sessions, _ = AccessSession.objects.filter(over, continued_by=None).delete()
    if codes or sessions:
        audit.record(SYSTEM, "customers.forget_expired", subject="house", subject_id=0, codes=codes, sessions=sessions)
    return codes + sessions
