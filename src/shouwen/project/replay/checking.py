"""After a replay: what the product shows of every request, laid beside what its people were told."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from .book import Book, Deed, Fault, compare
from .http import Browser, Refused
from .report import Outcome, State
from .world import Story, World

AT_A_TIME = 8
OVER = frozenset({"closed", "cancelled", "rejected"})
SEEN_IN_HISTORY = frozenset({"open", "take", "resolve", "reopen", "confirm"})
WITH_TEXT = frozenset({"resolve", "reopen"})


async def inspect(world: World, reader: Browser) -> tuple[list[Outcome], list[Fault]]:
    """Look every request up that was acknowledged, and compare it with the book."""
    gate = asyncio.Semaphore(AT_A_TIME)

    async def one(story: Story) -> tuple[Outcome, list[Fault]]:
        async with gate:
            return await _story(world.book, story, reader)

    begun = [story for story in world.stories if story.conversation]
    found = await asyncio.gather(*(one(story) for story in begun))
    faults = [fault for _, wrong in found for fault in wrong]
    known = {outcome.ticket for outcome, _ in found}
    others = [ref for ref in world.book.refs("ticket") if ref not in known]
    for number in others:
        faults += (await _ticket(world.book, number, reader))[1]
    return [outcome for outcome, _ in found], sorted(faults)


async def _story(book: Book, story: Story, reader: Browser) -> tuple[Outcome, list[Fault]]:
    try:
        view = await reader.get(f"/api/desk/conversations/{story.conversation}")
    except Refused:
        return Outcome("unanswered"), compare(*book.of("chat", story.conversation), {})
    told, unsure = book.of("chat", story.conversation)
    faults = compare(told, unsure, chat_deeds(view, told))
    numbers = [str(row["number"]) for row in view["tickets"]]
    if not numbers:
        return chat_outcome(view, story.wall), faults
    ticket, wrong = await _ticket(book, numbers[0], reader)
    return (ticket_outcome(ticket, view, story.wall) if ticket else Outcome("unanswered")), faults + wrong


async def _ticket(book: Book, number: str, reader: Browser) -> tuple[dict[str, Any] | None, list[Fault]]:
    told, unsure = book.of("ticket", number)
    try:
        view: dict[str, Any] = await reader.get(f"/api/tickets/{number}")
        history = (await reader.get(f"/api/tickets/{number}/timeline"))["items"]
    except Refused:
        return None, compare(told, unsure, {})
    return view, compare(told, unsure, ticket_deeds(number, history, told))


def chat_deeds(view: dict[str, Any], told: Counter[Deed]) -> Counter[Deed]:
    """Return the deeds that a conversation shows. An end is an end, however many were told of theirs."""
    ref = str(view["id"])
    there = Counter(
        Deed("chat", ref, f"say:{message['author_kind']}", message["body"])
        for message in view["messages"]
        if message["author_kind"] in {"customer", "staff"}
    )
    there[Deed("chat", ref, "ticket")] = len(view["tickets"])
    record = view["service_record"] or {}
    states = {
        Deed("chat", ref, "end"): view["state"] in {"ended", "closed"},
        Deed("chat", ref, "complete"): view["state"] == "closed",
        Deed("chat", ref, "record", str(record.get("handling", ""))): bool(record.get("handling")),
    }
    for deed, holds in states.items():
        there[deed] = told[deed] if holds else 0
    return +there


def ticket_deeds(number: str, history: Sequence[dict[str, Any]], told: Counter[Deed]) -> Counter[Deed]:
    """Return the deeds that a ticket's history shows; only pressed ones count, the house does some itself."""
    there = Counter(
        Deed("ticket", number, str(line["kind"]), str(line["body"]) if line["kind"] in WITH_TEXT else "")
        for line in history
        if line["kind"] in SEEN_IN_HISTORY
    )
    took = Deed("ticket", number, "take")
    if told[took] and there[took]:
        there[took] = told[took]  # taking one's own again changes nothing
    opened = Deed("ticket", number, "open")
    if not told[opened]:
        del there[opened]  # it was there before us
    return there


def chat_outcome(view: dict[str, Any], wall: timedelta | None) -> Outcome:
    """Return how a request without a ticket stands."""
    opened, ended, waited = _time(view["opened_at"]), _time(view["ended_at"]), _waited(view)
    clock = any(one["state"] not in {"met", "cancelled"} for one in view["clocks"])
    state: State = "unanswered"
    if view["state"] == "closed":
        state = "left" if view["answered_at"] is None else "answered"
    elif view["answered_at"] is not None:
        state = "open"
    return Outcome(
        state,
        owner=bool(view["owner"]),
        clock=clock,
        waited=waited,
        to_close=ended - opened if ended and opened and state == "answered" else None,
        wall=wall if state == "answered" else None,
    )


def ticket_outcome(ticket: dict[str, Any], view: dict[str, Any], wall: timedelta | None) -> Outcome:
    """Return how a request stands that became a ticket."""
    opened, closed = _time(view["opened_at"]), _time(ticket["closed_at"])
    over = ticket["state"] in OVER
    return Outcome(
        "closed" if over else "open",
        ticket=str(ticket["number"]),
        closed_reason=ticket["closed_reason"],
        reopened=ticket["reopened_count"],
        owner=bool(ticket["owner"]),
        clock=bool(ticket["clock"] or ticket["next_contact_at"]),
        waited=_waited(view),
        to_close=closed - opened if closed and opened else None,
        wall=wall if over else None,
    )


def _waited(view: dict[str, Any]) -> timedelta | None:
    opened, answered = _time(view["opened_at"]), _time(view["answered_at"])
    return answered - opened if opened and answered else None


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
