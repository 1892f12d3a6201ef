from __future__ import annotations

import asyncio
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.project.replay.book import Book, Deed, compare
from shouwen.project.replay.http import GaveUp

deeds = st.builds(
    Deed, st.sampled_from(["chat", "ticket"]), st.sampled_from("abc"), st.sampled_from(["say", "resolve"]), st.just("")
)
counts = st.dictionaries(deeds, st.integers(0, 3))


@given(counts, counts, counts)
def test_a_deed_is_lost_below_what_was_told_and_doubled_above_what_was_pressed(
    told: dict[Deed, int], unsure: dict[Deed, int], there: dict[Deed, int]
) -> None:
    faults = {fault.deed: fault.kind for fault in compare(told, unsure, there)}
    for deed in {*told, *unsure, *there}:
        least, most, found = told.get(deed, 0), told.get(deed, 0) + unsure.get(deed, 0), there.get(deed, 0)
        expected = "lost" if found < least else "doubled" if found > most else None
        assert faults.get(deed) == expected


@given(counts)
def test_exactly_what_was_told_is_no_fault(told: dict[Deed, int]) -> None:
    assert compare(told, {}, told) == []


async def _done() -> str:
    return "ok"


async def _gone() -> str:
    raise GaveUp("POST /x")


async def _refused() -> str:
    raise ValueError("no")


def test_the_book_tells_done_from_unsure_from_refused() -> None:
    book, one, two, three = Book(), *(Deed("chat", ref, "say") for ref in "abc")

    async def press() -> None:
        assert await book.note(one, _done()) == "ok"
        with pytest.raises(GaveUp):
            await book.note(two, _gone())
        with pytest.raises(ValueError, match="no"):
            await book.note(three, _refused())

    asyncio.run(press())
    assert (book.told, book.unsure) == (Counter({one: 1}), Counter({two: 1}))
    assert book.refs("chat") == ["a", "b"]
    assert book.of("chat", "a") == (Counter({one: 1}), Counter())
