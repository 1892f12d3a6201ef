from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.customers import rules

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
moments = st.integers(0, 90_000).map(lambda s: AT - timedelta(seconds=s))


@given(st.lists(moments, max_size=15))
def test_after_the_wait_one_more_request_is_inside_every_limit(asked):
    wait = rules.wait_for_code(asked, rules.PER_NUMBER, AT)

    for span, most in rules.PER_NUMBER:
        recent = [moment for moment in asked if moment > AT + wait - span]
        assert len(recent) < most


@given(st.lists(moments, max_size=15))
def test_a_wait_is_never_longer_than_needed(asked):
    wait = rules.wait_for_code(asked, rules.PER_NUMBER, AT)

    if wait:
        sooner = AT + wait - timedelta(microseconds=1)
        assert any(
            len([moment for moment in asked if moment > sooner - span]) >= most for span, most in rules.PER_NUMBER
        )


@given(st.booleans(), st.integers(-400, 400), st.integers(0, 5), st.booleans(), st.booleans())
def test_a_session_opens_only_for_the_right_code_alive_unused_and_within_five_tries(
    made, seconds, attempts, used, matches
):
    state = rules.CodeState(made, AT + timedelta(seconds=seconds), attempts, used)

    verdict = rules.judge(state, matches=matches, at=AT)

    alive = made and not used and seconds >= 0 and attempts < 5
    assert (verdict is rules.Verdict.SPENT) == (alive and matches)
    assert (verdict is rules.Verdict.WRONG) == (alive and not matches)


def test_a_code_is_good_at_the_very_end_of_its_five_minutes():
    state = rules.CodeState(made=True, expires_at=AT, attempts=0, used=False)

    assert rules.judge(state, matches=True, at=AT) is rules.Verdict.SPENT


@given(st.sampled_from(["customer", "visitor"]), st.integers(0, 100_000), st.integers(0, 100_000))
def test_a_session_in_use_ends_later_but_never_beyond_its_longest_life(kind, first, more):
    opened = AT
    end = rules.session_end(kind, opened, opened + timedelta(minutes=first))
    later = rules.session_end(kind, opened, opened + timedelta(minutes=first + more))

    longest = rules.CUSTOMER_LONGEST if kind == "customer" else rules.VISITOR_LONGEST
    assert end <= later <= opened + longest


@given(st.dates(date(1900, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 1), date(2040, 1, 1)))
def test_age_grows_by_one_a_year(born, today):
    years = rules.age(born, today)

    assert years is not None
    assert years == rules.age(born, today - timedelta(days=1)) or (today.month, today.day) >= (
        born.month,
        born.day,
    )
    assert years <= today.year - born.year <= years + 1


def test_sixty_five_on_the_birthday_itself():
    assert rules.is_elderly(date(1961, 11, 23), date(2026, 11, 23)) is True
    assert rules.is_elderly(date(1961, 11, 24), date(2026, 11, 23)) is False


@pytest.mark.parametrize(
    ("kind", "star", "key"),
    [("public", None, False), ("public", 4, False), ("public", 5, True), ("gov_ent", None, True)],
)
def test_key_customers_have_five_stars_or_are_government_or_enterprise(kind, star, key):
    assert rules.is_key(kind, star) is key


@given(st.from_regex(r"[0-9]{6}", fullmatch=True), st.from_regex(r"861[3-9][0-9]{9}", fullmatch=True))
def test_a_service_password_is_weak_when_it_is_part_of_the_number(pin, number):
    plain = len(set(pin)) == 1 or pin in "01234567890123" or pin in "98765432109876"

    assert rules.pin_is_weak(pin, numbers=[number], birth_date=None) is (plain or pin in number)


@pytest.mark.parametrize(
    "pin", ["", "12345", "1234567", "12a456", "１２３４５６", "123456", "987654", "111111", "610203", "196102"]
)
def test_a_service_password_that_can_be_guessed_is_weak(pin):
    assert rules.pin_is_weak(pin, numbers=[], birth_date=date(1961, 2, 3)) is True


@pytest.mark.parametrize("address", ["chen@example.com", "a.b+c@mail.example.cn"])
def test_an_email_address_has_a_name_and_a_domain(address):
    assert rules.is_email(address) is True


@pytest.mark.parametrize(
    "text", ["", "chen", "chen@", "@example.com", "a b@example.com", "a@b..com", "a@example.com\nBcc: x"]
)
def test_other_texts_are_no_email_address(text):
    assert rules.is_email(text) is False


def test_five_wrong_service_passwords_lock_for_a_quarter_of_an_hour():
    assert rules.pin_after_failure(3, AT) == (4, None)
    assert rules.pin_after_failure(4, AT) == (0, AT + timedelta(minutes=15))


SECRETS = ["陈明远", "8615400006620", "15400006620", "chen@example.com", "C20260778"]


@given(st.lists(st.sampled_from([*SECRETS, "宽带", " ", "，", "已恢复", "1", "GD20261123-000001"]), max_size=12))
def test_no_secret_is_left_in_a_scrubbed_text(pieces):
    text = rules.scrub("".join(pieces), SECRETS)

    assert not any(secret in text for secret in SECRETS)


def test_numbers_and_addresses_of_others_are_hidden_and_ticket_numbers_and_dates_are_not():
    plain = "；GD20261123-000001 于 2026-11-23 10:30 恢复"

    assert rules.scrub(f"拨打 154-0000 1111、wang@example.com，证件 11010519900101123X{plain}", []) == (
        f"拨打 *******、***@***，证件 *******{plain}"
    )


@given(st.sampled_from(["public", "business"]), st.fixed_dictionaries(dict.fromkeys(rules.WANTED, st.booleans())))
def test_completeness_is_full_exactly_when_nothing_is_missing(kind, known):
    score = rules.completeness(kind, known)

    assert 0 <= score <= 100
    assert (score == 100) == (rules.missing(kind, known) == [])
