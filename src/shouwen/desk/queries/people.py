"""People as they stand on screens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shouwen.accounts import queries as accounts


@dataclass(frozen=True)
class Person:
    """A colleague on a screen."""

    id: int
    number: str
    name: str


def people(ids: Iterable[int | None]) -> dict[int | None, Person]:
    """Return colleagues by id."""
    cards = accounts.staff_cards(i for i in ids if i is not None)
    return {i: Person(card.id, card.number, card.name) for i, card in cards.items()}
