from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shouwen.kernel import phones
from shouwen.kernel.calendars import BEIJING
from shouwen.project.replay import personas
from shouwen.project.replay.reading import Message

AT = datetime(2026, 11, 23, 10, tzinfo=BEIJING)


def message(subject: str = "咨询套餐", text: str = "请问怎么改套餐？", **changes: object) -> Message:
    return Message(**{"id": "1", "customer": "甲", "subject": subject, "text": text, "written_at": AT, **changes})  # type: ignore[arg-type]


def test_words_decide_what_a_message_is() -> None:
    assert personas.kind_of(message("投诉乱收费", "上月被扣费两次")) == "complaint"
    assert personas.kind_of(message("宽带断网", "掉线，打不开网页")) == "fault"
    assert personas.kind_of(message("建议增加网点", "希望在东区增加")) == "suggestion"
    assert personas.kind_of(message("咨询套餐", "请问怎么改？")) == "enquiry"
    assert personas.kind_of(message("您好", "在")) == "enquiry"


def test_only_short_questions_and_suggestions_are_answered_in_the_chat() -> None:
    assert personas.answered_at_once(message())
    assert not personas.answered_at_once(message(text="请问" * 100))
    assert not personas.answered_at_once(message("投诉", "乱收费"))


@given(st.integers(), st.text(min_size=1), st.text(), st.text())
def test_a_seed_gives_the_same_behaviour_twice(seed: int, number: str, subject: str, text: str) -> None:
    one = message(subject, text, id=number)
    assert personas.plan(one, seed=seed) == personas.plan(one, seed=seed)


def test_endings_have_their_shares() -> None:
    plans = [personas.plan(message(id=str(n)), seed=7) for n in range(3000)]
    share = {e: sum(p.ending is e for p in plans) / 3000 for e in personas.Ending}
    assert abs(share[personas.Ending.CONFIRM] - 0.7) < 0.04
    assert abs(share[personas.Ending.REOPEN] - 0.1) < 0.03
    assert abs(share[personas.Ending.SILENT] - 0.2) < 0.04


@given(st.timedeltas(timedelta(0), timedelta(days=900)))
def test_later_than_72_hours_counts_as_72_hours(took: timedelta) -> None:
    delay = personas.answer_delay(AT, AT + took)
    assert delay == (min(timedelta(hours=72), took))


def test_without_an_official_time_the_answer_takes_a_day() -> None:
    assert personas.answer_delay(AT, None) == timedelta(hours=24)


@given(st.text(max_size=5000).map(str.strip), st.integers(10, 1000))
def test_a_long_text_is_sent_in_parts_and_nothing_of_it_is_lost(text: str, length: int) -> None:
    found = personas.parts(text, length)
    assert all(0 < len(part) <= length for part in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@given(st.integers(0, 9_999_999), st.integers(0, 9_999_999))
def test_every_customer_has_a_number_of_his_own(one: int, other: int) -> None:
    assert phones.normalise(personas.phone_of(one)) == f"86{personas.phone_of(one)}"
    assert (personas.phone_of(one) == personas.phone_of(other)) == (one == other)


@given(st.integers(0, 2**24 - 1), st.integers(0, 2**24 - 1))
def test_every_person_calls_from_an_address_of_his_own(one: int, other: int) -> None:
    assert (personas.address_of(one) == personas.address_of(other)) == (one == other)
