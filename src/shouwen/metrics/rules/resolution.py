"""Whether a matter was settled the first time (FCR).

The key is the customer with the second-level reason. Only contacts with a person count; a callback that we make as
promised repeats nothing; short abandons and wrong numbers are left out before. Until the window is over, a result is
provisional.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from .policy import Policy
from .shares import ratio


@dataclass(frozen=True)
class Handled:
    """One contact that a person handled, as far as resolution goes."""

    contact: int
    customer: int
    reason: str
    at: datetime
    inbound: bool = True
    transferred: bool = False
    escalated: bool = False
    settled: bool = True
    resolvable: bool = True
    """`settled`: its ticket, if it has one, was closed satisfied and not opened again. `resolvable`: of a kind that
    can be solved at once at all (no technician needed)."""


@dataclass(frozen=True)
class Judged:
    """A first contact: settled by itself or not; provisional while a repeat may still come."""

    contact: int
    resolved: bool
    provisional: bool
    resolvable: bool


@dataclass(frozen=True)
class Resolution:
    """First contacts judged, with the counts behind the shares."""

    judged: tuple[Judged, ...]
    contacts: int

    @property
    def issues(self) -> int:
        """Return how many matters were brought."""
        return len(self.judged)

    @property
    def resolved(self) -> int:
        """Return how many were settled the first time."""
        return sum(one.resolved for one in self.judged)

    @property
    def provisional(self) -> int:
        """Return how many results may still change."""
        return sum(one.provisional for one in self.judged)

    @property
    def by_contact(self) -> Fraction | None:
        """Return first-contact resolutions over all contacts."""
        return ratio(self.resolved, self.contacts)

    @property
    def by_issue(self) -> Fraction | None:
        """Return first-contact resolutions over matters (gross)."""
        return ratio(self.resolved, self.issues)

    @property
    def net(self) -> Fraction | None:
        """Return the same without what cannot be solved at once by policy."""
        able = [one for one in self.judged if one.resolvable]
        return ratio(sum(one.resolved for one in able), len(able))

    @property
    def repeats(self) -> Fraction | None:
        """Return the share of matters that came back: one less the issue-based share."""
        share = self.by_issue
        return None if share is None else 1 - share


def judge(contacts: Iterable[Handled], policy: Policy, now: datetime) -> Resolution:
    """Find the first contacts and judge each."""
    matters: dict[tuple[int, str], list[Handled]] = defaultdict(list)
    rows = [c for c in contacts if c.inbound]
    for contact in sorted(rows, key=lambda c: (c.at, c.contact)):
        matters[contact.customer, contact.reason].append(contact)
    judged = [one for line in matters.values() for one in _firsts(line, policy, now)]
    return Resolution(tuple(sorted(judged, key=lambda j: j.contact)), len(rows))


def _firsts(line: Sequence[Handled], policy: Policy, now: datetime) -> list[Judged]:
    found = []
    for place, contact in enumerate(line):
        if place and contact.at - line[place - 1].at <= policy.repeat:
            continue
        again = place + 1 < len(line) and line[place + 1].at - contact.at <= policy.repeat
        good = not (again or contact.transferred or contact.escalated) and contact.settled
        young = good and now - contact.at <= policy.repeat
        found.append(Judged(contact.contact, good, young, contact.resolvable))
    return found
