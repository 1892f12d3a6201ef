"""One-time codes, sessions and links, below HTTP: races, ends, and what is kept of secrets."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from shouwen.customers import actions, queries, rules
from shouwen.customers.errors import CodeRefused, PhoneTaken, TooManyCodes
from shouwen.customers.models import AccessSession, ContactPoint, SignInCode
from shouwen.kit.models import AuditRow
from shouwen.kit.principals import SYSTEM
from shouwen.kit.testing import facts

from .factories import PHONE, code_for, customer, held_by

db = pytest.mark.django_db
real_db = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run calls in threads of their own, with connections of their own; return results or refusals."""

    def run(call: Callable[[], object]) -> object:
        try:
            return call()
        except (CodeRefused, PhoneTaken, TooManyCodes) as refusal:
            return type(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@real_db
def test_one_code_used_twice_at_once_opens_one_session():
    customer()
    code = code_for(PHONE)

    results = at_once(*[lambda: actions.sign_in(phone=PHONE, code=code)] * 4)

    assert sorted(type(r).__name__ for r in results) == ["SignIn", "type", "type", "type"]
    assert AccessSession.objects.count() == 1


@real_db
def test_requests_at_once_for_one_number_make_one_code():
    customer()

    results = at_once(*[lambda: actions.request_sign_in_code(phone=PHONE)] * 4)

    assert results.count(TooManyCodes) == 3
    assert SignInCode.objects.count() == 1


@real_db
def test_wrong_codes_at_once_are_all_counted():
    customer()
    code = code_for(PHONE)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"

    at_once(*[lambda: actions.sign_in(phone=PHONE, code=wrong)] * 4)

    assert SignInCode.objects.get().attempts == 4


@real_db
def test_one_number_registered_twice_at_once_is_one_customer():
    results = at_once(*[lambda: actions.register(by=SYSTEM, name="林晓", phone="15400001234")] * 4)

    assert results.count(PhoneTaken) == 3
    assert ContactPoint.objects.filter(signs_in=True).count() == 1


@db
def test_secrets_are_kept_as_digests_only():
    customer()
    code = code_for(PHONE)
    signed_in = actions.sign_in(phone=PHONE, code=code)

    assert code not in str(SignInCode.objects.get().digest)
    assert signed_in.token not in AccessSession.objects.get().digest
    trail = str(list(AuditRow.objects.values_list("details", flat=True)))
    assert code not in trail
    assert signed_in.token not in trail


@db
def test_signing_in_proves_the_number():
    customer()
    code = code_for(PHONE)

    actions.sign_in(phone=PHONE, code=code)

    assert ContactPoint.objects.get().verified_at is not None


@db
@pytest.mark.usefixtures("clock_at")
def test_five_wrong_tries_end_a_code():
    customer()
    code = code_for(PHONE)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"

    for offered in [wrong] * 5 + [code]:
        with pytest.raises(CodeRefused):
            actions.sign_in(phone=PHONE, code=offered)

    assert SignInCode.objects.get().attempts == 5
    assert AccessSession.objects.count() == 0


@db
def test_a_code_ends_after_five_minutes_on_the_wall(wall):
    customer()
    code = code_for(PHONE)

    wall.advance(minutes=5, seconds=1)

    with pytest.raises(CodeRefused):
        actions.sign_in(phone=PHONE, code=code)


@db
def test_a_newer_request_ends_the_older_code(wall):
    customer()
    old = code_for(PHONE)
    wall.advance(seconds=61)
    new = code_for(PHONE)

    if old != new:
        with pytest.raises(CodeRefused):
            actions.sign_in(phone=PHONE, code=old)
    assert actions.sign_in(phone=PHONE, code=new).customer_id == customer().pk


@db
def test_a_request_for_an_unknown_number_is_kept_alike_but_no_code_is_made():
    request_id = actions.request_sign_in_code(phone="15400007777", address="192.0.2.8")

    assert actions.arm_sign_in_code(request_id=request_id) is None
    assert SignInCode.objects.get().digest is None


@db
def test_a_request_makes_its_code_once():
    customer()
    request_id = actions.request_sign_in_code(phone=PHONE)

    assert actions.arm_sign_in_code(request_id=request_id) is not None
    assert actions.arm_sign_in_code(request_id=request_id) is None


@db
def test_the_limits_of_a_number_and_of_an_address_say_how_long_to_wait(wall):
    actions.request_sign_in_code(phone=PHONE, address="192.0.2.8")
    wall.advance(seconds=20)

    with pytest.raises(TooManyCodes) as refusal:
        actions.request_sign_in_code(phone=PHONE, address="192.0.2.9")
    assert refusal.value.params == {"seconds": 40}
    for i in range(9):
        actions.request_sign_in_code(phone=f"1540000000{i}", address="192.0.2.8")
    with pytest.raises(TooManyCodes):
        actions.request_sign_in_code(phone="15400005555", address="192.0.2.8")


@db
def test_five_codes_an_hour_and_no_more(wall):
    for _ in range(5):
        actions.request_sign_in_code(phone=PHONE)
        wall.advance(minutes=2)

    with pytest.raises(TooManyCodes) as refusal:
        actions.request_sign_in_code(phone=PHONE)
    assert refusal.value.params == {"seconds": 50 * 60}


@db
def test_a_session_slides_while_it_is_used_and_ends_when_it_is_not(wall):
    customer()
    code = code_for(PHONE)
    token = actions.sign_in(phone=PHONE, code=code).token

    fresh = queries.session(token)
    wall.advance(hours=11)
    assert fresh is not None
    assert (fresh.slides, queries.session(token)) == (False, replace(fresh, slides=True))
    actions.keep_session(token=token)
    wall.advance(hours=11)
    assert held_by(token).key == f"customer:{customer().pk}"
    wall.advance(hours=1, seconds=1)

    assert queries.session_principal(token) is None


@db
def test_a_session_in_use_ends_after_thirty_days(wall):
    customer()
    code = code_for(PHONE)
    token = actions.sign_in(phone=PHONE, code=code).token

    for _ in range(60):
        wall.advance(hours=11, minutes=59)
        actions.keep_session(token=token)
    wall.advance(hours=2)

    assert queries.session(token) is None


@db
def test_signing_out_everywhere_ends_every_session_at_once(wall):
    row = customer()
    sessions = []
    for _ in range(2):
        code = code_for(PHONE)
        sessions.append(actions.sign_in(phone=PHONE, code=code).token)
        wall.advance(minutes=2)

    ended = actions.sign_out_everywhere(by=held_by(sessions[0]), customer_id=row.pk)

    assert ended == 2
    assert [queries.session(token) for token in sessions] == [None, None]


@db
def test_a_visitor_who_signs_in_is_continued_and_his_old_session_ends():
    row = customer()
    visitor = actions.open_visitor_session()
    visitor_id = held_by(visitor).id
    code = code_for(PHONE)

    signed_in = actions.sign_in(phone=PHONE, code=code, visitor_token=visitor)

    assert (signed_in.customer_id, signed_in.visitor_id) == (row.pk, visitor_id)
    assert queries.session(visitor) is None
    told = facts("customers.VisitorSignedIn")
    assert [f["payload"] for f in told] == [{"visitor_id": visitor_id, "customer_id": row.pk}]


@db
@pytest.mark.parametrize("token", ["", "x", "0" * 43])
def test_a_token_nobody_was_given_opens_nothing(token):
    assert queries.session(token) is None
    assert queries.link_of(token) is None


@db
def test_a_link_opens_its_one_matter_until_it_expires(clock_at):
    row = customer()
    token = actions.issue_link(subject="ticket", subject_id=7, customer_id=row.pk)

    link = queries.link_of(token)
    assert link is not None
    assert (link.subject, link.subject_id, link.customer_id) == ("ticket", 7, row.pk)
    assert link.principal.matter == ("ticket", 7)
    assert link.principal.permissions == frozenset()
    clock_at.advance(days=rules.LINK_LIFE / timedelta(days=1))

    assert queries.link_of(token) is None


@db
def test_a_link_taken_back_opens_nothing():
    token = actions.issue_link(subject="ticket", subject_id=7, customer_id=customer().pk)

    assert actions.revoke_links(subject="ticket", subject_id=7) == 1
    assert queries.link_of(token) is None


@db
def test_old_requests_are_forgotten_and_living_sessions_kept(wall):
    customer()
    code = code_for(PHONE)
    token = actions.sign_in(phone=PHONE, code=code).token
    wall.advance(hours=11)
    actions.keep_session(token=token)
    wall.advance(hours=11)

    assert actions.forget_expired() == 0
    wall.advance(days=2)
    assert actions.forget_expired() == 1
    assert SignInCode.objects.count() == 0
