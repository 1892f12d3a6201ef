"""How people are called in lists that know them by number alone: each room names those it keeps, as far as it may."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from shouwen.kit.principals import Principal

Names = Callable[[Collection[int], Principal], Mapping[int, str]]
_NAMED_BY: dict[str, Names] = {}


def named_by(person: str, names: Names) -> None:
    """Have a kind of people named by the room that keeps them: masked, and only whom the reader may see."""
    _NAMED_BY[person] = names


def names_of(people: Collection[tuple[str, int]], *, by: Principal) -> dict[tuple[str, int], str]:
    """Return the names of people, of those whom `by` may see; one question for each kind."""
    found: dict[tuple[str, int], str] = {}
    for person, names in _NAMED_BY.items():
        wanted = {id_ for kind, id_ in people if kind == person}
        if wanted:
            found |= {(person, id_): name for id_, name in names(wanted, by).items()}
    return found
