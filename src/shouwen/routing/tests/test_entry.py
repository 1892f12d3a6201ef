"""How contacts come in: who goes straight to a person, by which channel, when we are closed, who is turned away."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial

import pytest

from shouwen.accounts.tests.factories import by, organisation, staff_client
from shouwen.customers.tests.factories import customer, customer_client
from shouwen.kernel.calendars import BEIJING
from shouwen.kit import versions
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.kit.testing import FrozenClock, at_once
from shouwen.notifications.models import Notification
from shouwen.responsibility import queries as duties
from shouwen.routing import actions, queries
from shouwen.routing.errors import AppealImpossible, ContactBlocked, DecisionInvalid, NuisanceInvalid, QueueClosed
from shouwen.routing.models import Nuisance, Queue
from shouwen.routing.queries.entry import Way
from shouwen.routing.rules.definitions import DefinitionInvalid
from shouwen.routing.rules.entry import Caller, enter
from shouwen.sla import queries as sla

from .factories import agent, ask, item, leader, queue

pytestmark = pytest.mark.django_db(transaction=True)
OFFICE = {"hours": "office"}


def way(
    at: datetime, queue_code: str = "broadband", *, customer_id: int | None = None, contact: str = "visitor:7"
) -> Way:
    """Let somebody come to the chat's door."""
    return queries.way(queue_code=queue_code, customer_id=customer_id, contact=contact, medium="web_chat", at=at)


def rules(code: str = "broadband", **content: object) -> None:
    """Put rules of a queue in force."""
    versions.install(kind="routing.queue", key=code, title=code, content={**content})


def at_evening(clock_at: FrozenClock) -> datetime:
    """Stand at Monday, 20:00."""
    clock_at.set(datetime(2026, 11, 23, 20, 0, tzinfo=BEIJING))
    return clock_at.now()


@pytest.mark.req("R-ACC-025")
def test_from_65_years_by_record_somebody_goes_straight_to_a_person(clock_at: FrozenClock) -> None:
    """Who is 65 or older by our record reaches a person without keys; a day younger he does not."""
    queue()
    old, young = (
        customer("刘桂英", birth_date=date(1961, 11, 23)),
        customer("何英", "15400003072", birth_date=date(1961, 11, 24)),
    )
    assert way(clock_at.now(), customer_id=old.pk).entry.straight == "age"
    assert way(clock_at.now(), customer_id=young.pk).entry.straight == ""


def test_who_asks_for_people_again_and_again_is_not_made_to_ask(clock_at: FrozenClock) -> None:
    queue()
    who = customer()
    for n in range(3):
        assert way(clock_at.now(), customer_id=who.pk).entry.straight == ""
        ask(n + 1, customer_id=who.pk)
        actions.abandon(subject="conversation", subject_id=n + 1, at=clock_at.now())
    assert way(clock_at.now(), customer_id=who.pk).entry.straight == "use"
    assert way(clock_at.advance(days=31), customer_id=who.pk).entry.straight == ""


def test_government_and_enterprise_have_a_queue_of_their_own_and_come_before_key_customers(
    clock_at: FrozenClock,
) -> None:
    """A GOV_ENT customer comes into the dedicated queue with a class at least as high as a VIP's."""
    queue()
    Queue.objects.filter(code=queue("green")).update(green=True)
    office, key = customer("恒远纺织", kind="gov_ent"), customer("陈", "15400003073", star=6)
    came = way(clock_at.now(), customer_id=office.pk)
    assert (came.queue.code, came.entry.klass) == ("green", "green")
    assert (way(clock_at.now(), customer_id=key.pk).queue.code, enter(Caller(key=True)).klass) == ("broadband", "vip")


@pytest.mark.req("R-ACD-004")
def test_an_unknown_need_goes_to_the_general_queue_and_never_to_specialists(clock_at: FrozenClock) -> None:
    """Who does not say what he wants never enters a specialist queue."""
    queue()
    queue("general", general=True)
    assert way(clock_at.now(), "").queue.code == "general"


@pytest.mark.req("R-ACC-026")
def test_a_queue_without_hours_is_always_open_and_others_have_their_treatment(clock_at: FrozenClock) -> None:
    """The hotline is there around the clock; outside its hours another waits, refuses or leads elsewhere."""
    queue()
    queue("general", general=True)
    assert way(at_evening(clock_at)).opens_at is None
    rules(**OFFICE)
    actions.adopt_published(clock_at.now())
    assert way(clock_at.now()).opens_at == datetime(2026, 11, 24, 9, 0, tzinfo=BEIJING)
    Queue.objects.filter(code="broadband").update(closed="refuse")
    with pytest.raises(QueueClosed) as refused:
        way(clock_at.now())
    assert "2026-11-24 09:00" in refused.value.text("zh")
    Queue.objects.filter(code="broadband").update(closed="other", closed_to=Queue.objects.get(code="general"))
    assert (way(clock_at.now()).queue.code, way(clock_at.now()).opens_at) == ("general", None)


def test_a_blocked_contact_is_told_until_when_and_that_he_may_appeal(clock_at: FrozenClock) -> None:
    queue()
    head, until = by(leader()), clock_at.now() + timedelta(days=2)
    mark = actions.mark_nuisance(contact="visitor:7", level="block", reason="辱骂", until=until, by=head)
    with pytest.raises(ContactBlocked) as refused:
        way(clock_at.now())
    assert "2026-11-25 10:00" in refused.value.text("en")
    actions.appeal_nuisance(text="不是我", by=Principal(kind="visitor", id=7))
    assert [(n.id, n.appeal) for n in queries.nuisances(clock_at.now())] == [(mark, "不是我")]
    actions.lift_nuisance(nuisance_id=mark, by=head)
    assert way(clock_at.now()).queue.code == "broadband"


def test_an_appeal_has_an_owner_and_a_clock_until_it_is_answered(clock_at: FrozenClock) -> None:
    """From the appeal on the duty leader answers for it; who is refused stays marked, and the duty ends."""
    queue()
    head, until = by(leader()), clock_at.now() + timedelta(days=2)
    mark = actions.mark_nuisance(contact="visitor:7", level="slow", reason="重复呼叫", until=until, by=head)
    visitor = Principal(kind="visitor", id=7)
    actions.appeal_nuisance(text="不是我", by=visitor)
    actions.appeal_nuisance(text="不是我，号码被冒用", by=visitor)
    duty = duties.of("nuisance_appeal", [mark])[mark]
    assert (duty.owner_id, sla.running_subjects("nuisance_appeal")) == (leader().id, {mark})
    assert queries.open_appeal_ids() == {mark}
    with pytest.raises(DecisionInvalid):
        actions.decide_appeal(nuisance_id=mark, lift=False, note=" ", by=head)
    actions.decide_appeal(nuisance_id=mark, lift=False, note="录音核实为同一号码", by=head)
    assert (queries.open_appeal_ids(), sla.running_subjects("nuisance_appeal")) == (set(), set())
    assert way(clock_at.now()).entry.delay_seconds == 600
    with pytest.raises(DecisionInvalid):
        actions.decide_appeal(nuisance_id=mark, lift=True, note="再看", by=head)
    with pytest.raises(AppealImpossible):
        actions.appeal_nuisance(text="再申诉", by=visitor)


def test_a_granted_appeal_takes_the_mark_away(clock_at: FrozenClock) -> None:
    queue()
    head, until = by(leader()), clock_at.now() + timedelta(days=2)
    mark = actions.mark_nuisance(contact="visitor:7", level="slow", reason="重复呼叫", until=until, by=head)
    actions.appeal_nuisance(text="不是我", by=Principal(kind="visitor", id=7))
    actions.decide_appeal(nuisance_id=mark, lift=True, note="已核实，解除", by=head)
    assert way(clock_at.now()).entry.delay_seconds == 0
    assert queries.nuisances(clock_at.now()) == []


def test_a_customer_hears_what_became_of_his_appeal_and_reads_the_answer(clock_at: FrozenClock) -> None:
    queue()
    head, until = by(leader()), clock_at.now() + timedelta(days=2)
    who = customer()
    contact = f"customer:{who.pk}"
    mark = actions.mark_nuisance(contact=contact, level="slow", reason="重复呼叫", until=until, by=head)
    portal = customer_client(who)
    assert portal.get("/api/portal/restriction").json()["level"] == "slow"
    assert portal.post("/api/portal/restriction/appeal", {"text": "不是我"}).status_code == 204
    actions.decide_appeal(nuisance_id=mark, lift=False, note="录音核实为同一号码", by=head)
    told = Notification.objects.filter(recipient_kind="customer", recipient_id=who.pk)
    assert sorted(told.values_list("template", "channel")) == [
        ("routing.appeal_kept", "inapp"),
        ("routing.appeal_kept", "sms"),
    ]
    answer = portal.get("/api/portal/restriction").json()
    assert (answer["lifted"], answer["appealed"], answer["decision"]) == (False, True, "录音核实为同一号码")
    clock_at.advance(days=9)
    assert portal.get("/api/portal/restriction").json() is None


def test_two_who_answer_an_appeal_at_once_answer_it_once_and_two_appeals_at_once_are_one(
    clock_at: FrozenClock,
) -> None:
    queue()
    head, until = by(leader()), clock_at.now() + timedelta(days=2)
    visitor = Principal(kind="visitor", id=7)
    mark = actions.mark_nuisance(contact="visitor:7", level="slow", reason="重复呼叫", until=until, by=head)
    assert at_once(*[partial(actions.appeal_nuisance, text=f"不是我 {n}", by=visitor) for n in range(2)]) == [
        None,
        None,
    ]
    assert duties.open_subjects("nuisance_appeal")[0].subject_id == mark
    assert len(duties.open_subjects("nuisance_appeal")) == 1
    yes = partial(actions.decide_appeal, nuisance_id=mark, lift=True, note="解除", by=head)
    no = partial(actions.decide_appeal, nuisance_id=mark, lift=False, note="维持", by=head)
    outcome = at_once(yes, no)
    assert sorted(outcome, key=str) == [None, "appeal-decision-invalid"]
    row = Nuisance.objects.get(id=mark)
    assert (row.lifted_at is not None, row.decision) == ((True, "解除") if outcome[0] is None else (False, "维持"))
    late = at_once(
        partial(actions.lift_nuisance, nuisance_id=mark, by=head),
        partial(actions.appeal_nuisance, text="再申诉", by=visitor),
    )
    assert late == [None, "appeal-impossible"]
    assert duties.open_subjects("nuisance_appeal") == []


def test_a_mark_ends_by_itself(clock_at: FrozenClock) -> None:
    queue()
    until = clock_at.now() + timedelta(hours=1)
    actions.mark_nuisance(contact="visitor:7", level="block", reason="辱骂", until=until, by=by(leader()))
    assert way(clock_at.advance(hours=1)).entry.delay_seconds == 0


def test_a_slowed_contact_stands_ten_minutes_behind(clock_at: FrozenClock) -> None:
    queue()
    until = clock_at.now() + timedelta(hours=1)
    actions.mark_nuisance(contact="visitor:7", level="slow", reason="重复呼叫", until=until, by=by(leader()))
    entry = way(clock_at.now()).entry
    slowed = ask(1, delay_seconds=entry.delay_seconds)
    assert item(slowed).vtime == clock_at.now() + timedelta(minutes=10)


def test_a_mark_needs_a_reason_and_an_end_within_a_month(clock_at: FrozenClock) -> None:
    head, at = by(leader()), clock_at.now()
    for reason, until in (("", at + timedelta(days=1)), ("辱骂", at), ("辱骂", at + timedelta(days=31))):
        with pytest.raises(NuisanceInvalid):
            actions.mark_nuisance(contact="visitor:7", level="block", reason=reason, until=until, by=head)
    with pytest.raises(AppealImpossible):
        actions.appeal_nuisance(text="?", by=Principal(kind="visitor", id=7))
    assert not Nuisance.objects.exists()


@pytest.mark.req("R-ACC-002")
def test_an_old_code_leads_where_its_main_code_leads_and_is_kept_as_dialled(clock_at: FrozenClock) -> None:
    """112, 114, 100 and 180 go their ways, contacts keep the code that was dialled, and a report shows the shares."""
    queue(media=())
    names = {"zh": "客服", "en": "Service"}
    versions.install(
        kind="routing.code", key="10000", title="10000", content={**names, "main": True, "queue": "broadband"}
    )
    versions.install(kind="routing.code", key="112", title="112", content={**names, "alias_of": "10000"})
    queue("mobile", media=())
    versions.install(kind="routing.code", key="180", title="180", content={**names, "queue": "mobile"})
    for old in ("114", "100"):
        versions.install(kind="routing.code", key=old, title=old, content={**names, "alias_of": "10000"})
    at = clock_at.now()
    ways = {code: queries.dialled(code, at).queue_code for code in ("112", "114", "100", "180", "10000", "999")}
    assert ways == {**dict.fromkeys(("112", "114", "100", "10000"), "broadband"), "180": "mobile", "999": ""}
    for n, code in enumerate(("10000", "10000", "10000", "112"), 1):
        ask(n, entry_code=code)
    report = staff_client(leader()).get("/api/dialled-codes").json()["items"]
    assert report == [{"code": "10000", "share": 0.75}, {"code": "112", "share": 0.25}]


def test_published_rules_change_a_queue_with_the_next_sweep(clock_at: FrozenClock) -> None:
    queue()
    queue("general", general=True)
    who = agent("8022", {"general": 8})
    work = ask(1)
    assert item(work).state == "waiting"
    rules(rings=[{"after_seconds": 0, "skill": "general", "level": 6}], offer_seconds=45, wrap_up_seconds=60)
    assert actions.adopt_published(clock_at.now()) == 1
    assert item(work).offered_to_id == who.id
    assert Queue.objects.get(code="broadband").offer_seconds == 45
    assert actions.adopt_published(clock_at.now()) == 0
    assert queries.queue_rules_of("broadband")["number"] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"needed_level": 11},
        {"discipline": "random"},
        {"rings": "all"},
        {"rings": [{"level": 0}]},
        {"most_waiting": 5},
        {"closed": "other"},
        {"callbacks_from": "22:00"},
        {"callbacks_from": "late"},
    ],
)
def test_rules_that_cannot_work_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(DefinitionInvalid):
        versions.KINDS["routing.queue"].check(wrong)


def test_rules_that_name_what_is_not_there_cannot_be_submitted() -> None:
    queue()
    with pytest.raises(DefinitionInvalid) as refused:
        versions.KINDS["routing.queue"].ready({"rings": [{"skill": "piano"}], "hours": ""})
    assert "piano" in refused.value.text("zh")


def test_who_serves_elsewhere_may_not_mark_anybody() -> None:
    assert SYSTEM.may("routing.nuisance")
    assert not by(leader("7002", "duty_leader")).may("routing.nuisance")
    assert organisation().name == "苏州"
