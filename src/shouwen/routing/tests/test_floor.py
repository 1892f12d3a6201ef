"""What leaders do for a while, and what is known of the past."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.accounts.tests.factories import by, staff, staff_client
from shouwen.kernel.calendars import BEIJING
from shouwen.kit import versions
from shouwen.kit.models import AuditRow
from shouwen.kit.permissions import PermissionRefused
from shouwen.kit.testing import FrozenClock, facts
from shouwen.routing import actions, jobs, queries
from shouwen.routing.errors import AnnouncementInvalid, BreakUsedUp, LoanInvalid, NotWaiting, SeatNotReady
from shouwen.routing.models import AgentSkill
from shouwen.routing.rules.ledger import Carried, Doing, seconds, signed_in
from shouwen.routing.rules.presence import State

from .factories import agent, ask, item, leader, queue, serve

pytestmark = pytest.mark.django_db(transaction=True)
T0 = datetime(2026, 11, 23, 10, 0, tzinfo=BEIJING)


def test_only_a_ready_seat_can_be_given_a_contact() -> None:
    queue()
    who, work = agent(ready=False), ask(1)
    with pytest.raises(SeatNotReady):
        actions.pull(work_item_id=work, staff_id=who.id, by=by(leader()))


@pytest.mark.req("R-AGT-006")
def test_a_pulled_contact_is_offered_to_the_seat_it_was_pulled_for() -> None:
    """A shift leader re-skills, forces states, re-queues and pulls a contact for one seat; each is on record."""
    queue()
    low, high = agent("8021", {"broadband": 2}, ready=False), agent("8022", {"broadband": 9}, ready=False)
    work = ask(1)
    actions.pause_queue(queue_code="broadband", paused=True, by=by(leader()))
    for who in (low, high):
        actions.set_presence(state="ready", by=who)
    actions.pull(work_item_id=work, staff_id=high.id, by=by(leader()))
    actions.pause_queue(queue_code="broadband", paused=False, by=by(leader()))
    assert (item(work).offered_to_id, item(work).klass) == (high.id, "re_offer")
    assert AuditRow.objects.filter(verb="routing.pull").exists()
    with pytest.raises(NotWaiting):
        actions.pull(work_item_id=work, staff_id=low.id, by=by(leader()))


def test_an_agent_leads_nobody() -> None:
    queue()
    who, work = agent(ready=False), ask(1)
    with pytest.raises(PermissionRefused):
        actions.pull(work_item_id=work, staff_id=who.id, by=who)


def test_everybody_who_waits_hears_an_announcement_until_it_ends(clock_at: FrozenClock) -> None:
    queue()
    ask(1)
    head, until = by(leader()), clock_at.now() + timedelta(hours=1)
    number = actions.announce(
        queue_code="broadband", zh="光缆中断，正在抢修", en="A cable is cut", until=until, by=head
    )
    assert [one.zh for one in queries.notices("broadband", clock_at.now())] == ["光缆中断，正在抢修"]
    assert facts("routing.AnnouncementChanged")[0]["audience"] == ["queue:broadband", "visitor:7"]
    assert queries.notices("mobile", clock_at.now()) == []
    actions.withdraw_announcement(announcement_id=number, by=head)
    assert queries.notices("broadband", clock_at.now()) == []
    actions.announce(queue_code="broadband", zh="一", en="one", until=until, by=head)
    assert queries.notices("broadband", clock_at.advance(hours=1)) == []
    with pytest.raises(AnnouncementInvalid):
        actions.announce(queue_code="broadband", zh="一", en="", until=clock_at.now() + timedelta(hours=1), by=head)


def test_a_borrowed_skill_goes_back_at_its_time(clock_at: FrozenClock) -> None:
    queue()
    queue("mobile")
    who, head = agent("8021", {"broadband": 5, "mobile": 2}, ready=False), by(leader())
    actions.borrow(staff_id=who.id, levels={"mobile": 8}, until=clock_at.now() + timedelta(hours=2), by=head)
    assert queries.skills_of([who.id])[who.id] == {"broadband": 5, "mobile": 8}
    jobs.sweep(clock_at.advance(hours=2))
    assert queries.skills_of([who.id])[who.id] == {"broadband": 5, "mobile": 2}
    assert dict(AgentSkill.objects.values_list("skill__code", "level")) == {"broadband": 5, "mobile": 2}
    with pytest.raises(LoanInvalid):
        actions.borrow(staff_id=who.id, levels={}, until=clock_at.now() + timedelta(hours=2), by=head)


def test_each_past_offer_can_be_explained(clock_at: FrozenClock) -> None:
    queue()
    who = agent("8021", {"broadband": 7})
    clock_at.advance(seconds=65)
    work = ask(1, klass="vip")
    serve(work, who)
    told = queries.why("conversation", 1)
    assert [(one.staff_id, one.outcome) for one in told] == [(who.id, "taken")]
    assert [reason.en for reason in told[0].reasons] == [
        "waited 0:00; key customer",
        "a key customer gets the highest grade: level 7",
        "at the queue's own site",
        "idle for 1:05, the longest among equals",
    ]


def test_an_offer_nobody_answered_is_explained_with_the_next_one(clock_at: FrozenClock) -> None:
    queue()
    first = agent("8021", {"broadband": 3})
    work = ask(1)
    actions.sweep(clock_at.advance(seconds=30))
    second = agent("8022", {"broadband": 9})
    assert item(work).offered_to_id == second.id
    assert [(one.staff_id, one.outcome) for one in queries.why("conversation", 1)] == [
        (first.id, "no_answer"),
        (second.id, ""),
    ]


def test_writing_up_has_its_limit_and_the_seat_takes_the_next_contact(clock_at: FrozenClock) -> None:
    queue(wrap_up_seconds=60)
    who = agent()
    first, second = ask(1), ask(2)
    actions.accept_offer(work_item_id=first, by=who)
    actions.finish(subject="conversation", subject_id=1, at=clock_at.now())
    actions.sweep(clock_at.advance(seconds=59))
    assert (item(first).state, item(second).state) == ("wrap", "waiting")
    actions.sweep(clock_at.advance(seconds=1))
    assert (item(first).state, item(second).offered_to_id) == ("done", who.id)


def test_a_break_of_which_nothing_is_left_is_refused_but_a_leader_may_still_give_one(clock_at: FrozenClock) -> None:
    queue()
    content = {"zh": "用餐", "en": "Meal", "minutes_a_day": 30, "times_a_day": 2}
    versions.install(kind="routing.break", key="meal", title="用餐", content=content)
    who = agent()
    actions.set_presence(state="break", reason="meal", by=who)
    clock_at.advance(minutes=30)
    actions.set_presence(state="ready", by=who)
    assert [(b.code, b.minutes_used, b.times_used, b.used_up) for b in queries.breaks_of(who.id, clock_at.now())] == [
        ("meal", 30, 1, True)
    ]
    with pytest.raises(BreakUsedUp):
        actions.set_presence(state="break", reason="meal", by=who)
    actions.set_presence(state="break", reason="meal", by=by(leader()), staff_id=who.id)
    clock_at.advance(days=1)
    assert not queries.breaks_of(who.id, clock_at.now())[0].used_up or queries.presence_of(who.id).state == "break"


def test_every_second_of_a_seat_is_told_apart_and_sums_to_the_signed_in_time(clock_at: FrozenClock) -> None:
    queue()
    start = clock_at.now()
    who = agent()
    clock_at.advance(seconds=10)
    work = ask(1)
    clock_at.advance(seconds=5)
    actions.accept_offer(work_item_id=work, by=who)
    actions.finish(subject="conversation", subject_id=1, at=clock_at.advance(seconds=100))
    clock_at.advance(seconds=20)
    actions.complete_wrap_up(subject="conversation", subject_id=1, by=who)
    actions.set_presence(state="break", by=who)
    clock_at.advance(seconds=60)
    actions.set_presence(state="offline", by=who)
    told = queries.ledger(who.id, start, clock_at.advance(seconds=500))
    parts = {name: spent for name, spent in told.seconds.items() if spent}
    assert parts == {"ready": 10, "offered": 5, "busy": 100, "acw": 20, "break": 60, "offline": 500}
    assert sum(parts.values()) - parts["offline"] == told.signed_in == 195
    assert [one.doing for one in told.spans] == ["ready", "offered", "busy", "acw", "break", "offline"]
    assert all(a.ended_at == b.started_at for a, b in pairwise(told.spans))
    assert sum((one.ended_at - one.started_at).total_seconds() for one in told.spans) == 695


moments = st.integers(0, 1000).map(lambda s: T0 + timedelta(seconds=s))
stretches = st.tuples(st.sampled_from([Doing.BUSY, Doing.ACW, Doing.OFFERED]), moments, moments)


@given(
    st.lists(moments, min_size=2, max_size=8, unique=True),
    st.lists(st.sampled_from(list(State)), min_size=7, max_size=7),
    st.lists(stretches, max_size=8),
)
def test_the_parts_always_sum_exactly_to_the_whole(
    cuts: list[datetime], states: list[State], carried: list[tuple[Doing, datetime, datetime]]
) -> None:
    cuts.sort()
    spans = [(state, "", a, b) for state, a, b in zip(states, cuts, cuts[1:], strict=False)]
    held = [Carried(doing, min(a, b), max(a, b)) for doing, a, b in carried]
    shares = seconds(spans, held)
    assert sum(shares.values(), timedelta()) == cuts[-1] - cuts[0]
    assert sum(shares.values(), timedelta()) - shares[Doing.OFFLINE] == signed_in(spans)


def test_told_waits_are_measured_against_those_that_came(clock_at: FrozenClock) -> None:
    queue()
    who = agent(slots=1)
    for n in (1, 2, 3):
        ask(n)
        clock_at.advance(seconds=60)
        serve(queries.work_of("conversation", [n])[n].id, who)
    told = queries.wait_accuracy(clock_at.now() - timedelta(days=1))["broadband"]
    assert (told.answers, told.median_error, told.bias) == (1, 30.0, -30.0)


def test_a_day_under_other_rules_is_tried_before_they_are_published(clock_at: FrozenClock) -> None:
    """Two contacts at once, one specialist: with a ring the generalist would have taken the second one at once."""
    queue()
    queue("general", general=True)
    specialist = agent("8021", {"broadband": 9})
    agent("8022", {"general": 8})
    first, second = ask(1), ask(2)
    for n, work in enumerate((first, second), 1):
        actions.accept_offer(work_item_id=work, by=specialist)
        clock_at.advance(seconds=100)
        actions.finish(subject="conversation", subject_id=n, at=clock_at.now())
        actions.complete_wrap_up(subject="conversation", subject_id=n, by=specialist)
    clock_at.advance(hours=1)
    client = staff_client(leader())
    content = {"rings": [{"after_seconds": 0, "skill": "general", "level": 6}]}
    answer = client.post("/api/queues/broadband/what-if", {"day": "2026-11-23", "content": content})
    assert answer.status_code == 200, answer.content
    tried = answer.json()["lines"][0]
    assert (tried["real"]["answered"], tried["real"]["offered"]) == (2, 2)
    moved = answer.json()["moved"]
    assert (answer.json()["moved_count"], len(moved)) == (1, 1)
    assert (moved[0]["wait_now"], moved[0]["wait_changed"]) == (100.0, 0.0)
    assert (tried["now"]["answered"], tried["changed"]["answered"]) == (2, 2)
    assert tried["changed"]["p95_wait"] < tried["now"]["p95_wait"]
    assert tried["changed"]["within_15"] == 1.0


def test_leaders_endpoints_answer(clock_at: FrozenClock) -> None:
    queue()
    who, head = agent(), staff_client(leader())
    work = ask(1)
    serve(work, who)
    until = (clock_at.now() + timedelta(hours=1)).isoformat()
    assert head.get("/api/work/conversation/1/why").json()[0]["number"] == "8021"
    said = {"queue_code": "broadband", "zh": "一", "en": "one", "until": until}
    number = head.post("/api/announcements", said).json()["id"]
    assert [a["id"] for a in head.get("/api/announcements").json()] == [number]
    assert head.post(f"/api/announcements/{number}/withdraw").status_code == 204
    mark = head.post("/api/nuisances", {"contact": "visitor:7", "level": "slow", "reason": "重复", "until": until})
    assert head.post(f"/api/nuisances/{mark.json()['id']}/lift").status_code == 204
    assert head.get("/api/nuisances").json() == []
    assert head.post(f"/api/agents/{who.id}/borrow", {"skills": {"broadband": 9}, "until": until}).status_code == 204
    clock_at.advance(hours=1)
    spent = head.get(f"/api/agents/{who.id}/ledger", since=T0.isoformat(), until=until)
    assert spent.json()["signed_in"] == 3600
    own = staff_client(staff("8021"))
    assert own.get(f"/api/agents/{who.id}/ledger", since=T0.isoformat(), until=until).json()["number"] == "8021"
    assert own.get(f"/api/agents/{leader().id}/ledger", since=T0.isoformat(), until=until).status_code == 403
    assert head.get(f"/api/agents/{who.id}/ledger", since=until, until=T0.isoformat()).status_code == 422
    assert head.get("/api/queues/broadband/rules").json()["content"]["offer_seconds"] == 30
    assert head.get("/api/waits").json() == []
