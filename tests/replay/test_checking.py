from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from shouwen.project.replay.book import Deed, compare
from shouwen.project.replay.checking import chat_deeds, chat_outcome, ticket_deeds, ticket_outcome
from shouwen.project.replay.report import Outcome

CHAT: dict[str, Any] = {
    "id": "c1",
    "state": "closed",
    "opened_at": "2026-11-23T10:00:00+08:00",
    "answered_at": "2026-11-23T10:05:00+08:00",
    "ended_at": "2026-11-23T11:00:00+08:00",
    "owner": {"id": 1},
    "clocks": [],
    "messages": [
        {"author_kind": "customer", "body": "你好"},
        {"author_kind": "customer", "body": "你好"},
        {"author_kind": "staff", "body": "您好"},
        {"author_kind": "system", "body": "排队中"},
    ],
    "service_record": {"reason": "x", "handling": "answered", "note": "", "version": 1},
    "tickets": [],
}
TICKET: dict[str, Any] = {
    "number": "GD1",
    "state": "closed",
    "closed_at": "2026-11-25T10:00:00+08:00",
    "closed_reason": "confirmed",
    "reopened_count": 1,
    "owner": {"id": 1},
    "clock": None,
    "next_contact_at": None,
}


def deed(verb: str, text: str = "") -> Deed:
    return Deed("chat", "c1", verb, text)


def test_what_was_said_is_counted_by_author_and_words() -> None:
    told = Counter({deed("say:customer", "你好"): 2, deed("say:staff", "您好"): 1})
    assert compare(told, {}, chat_deeds(CHAT, told)) == []
    lost = compare(told + Counter({deed("say:staff", "再见"): 1}), {}, chat_deeds(CHAT, told))
    assert [(fault.kind, fault.deed.text) for fault in lost] == [("lost", "再见")]
    doubled = compare(told - Counter({deed("say:customer", "你好"): 1}), {}, chat_deeds(CHAT, told))
    assert [(fault.kind, fault.deed.text) for fault in doubled] == [("doubled", "你好")]


def test_an_end_told_to_both_sides_is_one_end() -> None:
    told = Counter({deed("end"): 2, deed("complete"): 1, deed("record", "answered"): 1})
    there = chat_deeds(CHAT, told)
    assert all(there[one] == count for one, count in told.items())
    still_open = chat_deeds({**CHAT, "state": "open"}, told)
    assert (still_open[deed("end")], still_open[deed("complete")]) == (0, 0)


def test_two_tickets_from_one_press_are_doubled() -> None:
    view = {**CHAT, "tickets": [{"number": "GD1"}, {"number": "GD2"}]}
    faults = compare({deed("ticket"): 1}, {}, {deed("ticket"): chat_deeds(view, Counter())[deed("ticket")]})
    assert [fault.kind for fault in faults] == ["doubled"]


def test_a_tickets_history_is_compared_with_the_book() -> None:
    def one(verb: str, text: str = "") -> Deed:
        return Deed("ticket", "GD1", verb, text)

    history = [{"kind": k, "body": b} for k, b in [("open", "…"), ("take", ""), ("resolve", "好了"), ("contact", "")]]
    told = Counter({one("open"): 1, one("take"): 2, one("resolve", "好了"): 1})
    assert compare(told, {}, ticket_deeds("GD1", history, told)) == []
    assert compare({}, {}, ticket_deeds("GD1", history[:1], Counter())) == []
    missing = told + Counter({one("confirm"): 1})
    assert [fault.kind for fault in compare(missing, {}, ticket_deeds("GD1", history, missing))] == ["lost"]


def test_a_request_is_sorted_by_what_the_product_shows() -> None:
    wall = timedelta(seconds=3)
    assert chat_outcome(CHAT, wall) == Outcome(
        "answered", owner=True, waited=timedelta(minutes=5), to_close=timedelta(hours=1), wall=wall
    )
    assert chat_outcome({**CHAT, "answered_at": None}, wall).state == "left"
    waiting = {**CHAT, "state": "open", "answered_at": None, "ended_at": None, "clocks": [{"state": "running"}]}
    assert chat_outcome(waiting, None) == Outcome("unanswered", owner=True, clock=True)
    assert ticket_outcome(TICKET, CHAT, wall) == Outcome(
        "closed",
        ticket="GD1",
        closed_reason="confirmed",
        reopened=1,
        owner=True,
        waited=timedelta(minutes=5),
        to_close=timedelta(days=2),
        wall=wall,
    )
    still = {**TICKET, "state": "resolved", "closed_at": None, "next_contact_at": "2026-11-26T10:00:00+08:00"}
    assert ticket_outcome(still, CHAT, None).clock
