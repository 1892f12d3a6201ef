"""What simulated people were told was done, and how it compares with what is there. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from .http import GaveUp

R = TypeVar("R")


@dataclass(frozen=True, order=True)
class Deed:
    """Something that a press did to a conversation (`chat`) or a ticket."""

    subject: Literal["chat", "ticket"]
    ref: str
    verb: str
    text: str = ""


@dataclass(frozen=True, order=True)
class Fault:
    """A deed that is there too seldom or too often."""

    kind: Literal["lost", "doubled"]
    deed: Deed
    told: int
    there: int

    def __str__(self) -> str:
        text = f" “{self.deed.text[:40]}”" if self.deed.text else ""
        where = f"{self.deed.subject} {self.deed.ref} {self.deed.verb}{text}"
        return f"{self.kind}: {where}: told {self.told} times, there {self.there} times"


@dataclass
class Book:
    """Deeds acknowledged with a 2xx, and those of which nobody knows."""

    told: Counter[Deed] = field(default_factory=Counter)
    unsure: Counter[Deed] = field(default_factory=Counter)

    async def note(self, deed: Deed, press: Awaitable[R]) -> R:
        """Press, and write down what came of it."""
        try:
            answer = await press
        except GaveUp:
            self.unsure[deed] += 1
            raise
        self.told[deed] += 1
        return answer

    def of(self, subject: str, ref: str) -> tuple[Counter[Deed], Counter[Deed]]:
        """Return what was told and what is unsure about one conversation or ticket."""
        told = Counter({d: n for d, n in self.told.items() if (d.subject, d.ref) == (subject, ref)})
        unsure = Counter({d: n for d, n in self.unsure.items() if (d.subject, d.ref) == (subject, ref)})
        return told, unsure

    def refs(self, subject: str) -> list[str]:
        """Return every conversation or ticket that something was done to."""
        return sorted({deed.ref for deed in [*self.told, *self.unsure] if deed.subject == subject})


def compare(told: Mapping[Deed, int], unsure: Mapping[Deed, int], there: Mapping[Deed, int]) -> list[Fault]:
    """Find what is there fewer times than told, or more often than pressed."""
    faults: list[Fault] = []
    for deed in sorted({*told, *unsure, *there}):
        least, found = told.get(deed, 0), there.get(deed, 0)
        if found < least:
            faults.append(Fault("lost", deed, least, found))
        elif found > least + unsure.get(deed, 0):
            faults.append(Fault("doubled", deed, least, found))
    return faults
