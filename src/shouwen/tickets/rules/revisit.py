"""When a silent customer has been tried often enough (服务回访制)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["awaiting", "reached", "no_answer", "failed"]
Step = Literal["try", "close", "take_back"]


@dataclass(frozen=True)
class Attempt:
    """One attempt to reach the customer; `agreed` is what he said of the answer, if anything."""

    outcome: str
    agreed: bool | None = None


def failed(attempts: Sequence[Attempt]) -> int:
    """Count the attempts that failed since the customer was last reached."""
    count = 0
    for attempt in attempts:
        if attempt.outcome == "reached":
            count = 0
        count += attempt.outcome in ("no_answer", "failed")
    return count


def has_agreed(attempts: Sequence[Attempt]) -> bool:
    """Tell whether the customer, when last asked, said yes."""
    said = [a.agreed for a in attempts if a.outcome == "reached" and a.agreed is not None]
    return bool(said) and said[-1]


def settled(attempts: Sequence[Attempt], outcome: Outcome) -> list[Attempt]:
    """Return the attempts with those still awaiting an answer decided."""
    return [Attempt(outcome, a.agreed) if a.outcome == "awaiting" else a for a in attempts]


def next_step(state: str, attempts: Sequence[Attempt], required: int) -> Step:
    """Say what to do when the date of the next contact has come and the customer is still silent.

    A held ticket, and a question that nobody answers, come back to us: only an answer can be closed.
    """
    if state == "held":
        return "take_back"
    if failed(settled(attempts, "no_answer")) < required:
        return "try"
    return "close" if state == "resolved" else "take_back"
