"""Many people at once on one floor: each does random things, and refusals are part of the game."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from shouwen.kernel.errors import DomainError
from shouwen.kit import clock
from shouwen.kit.principals import SYSTEM, Principal
from shouwen.routing import actions
from shouwen.routing.models import WorkItem

from .factories import agent, ask, queue

CODES = ("broadband", "mobile")


def crowded_floor(offer_seconds: int = 30) -> list[Principal]:
    """Make two queues and six seats."""
    for code in CODES:
        queue(code, offer_seconds=offer_seconds)
    return [agent(f"80{n:02}", {"broadband": n + 1, "mobile": 9 - n}, slots=1 + n % 3) for n in range(6)]


class Worker:
    """Does random things to the floor, as one of many."""

    def __init__(self, number: int, people: list[Principal]) -> None:
        self.random, self.people = Random(number), people
        self.next_subject = number * 10_000

    def once(self) -> bool:
        """Do one thing; tell whether it was not refused."""
        weighted = [self.arrive, self.arrive, self.answer, self.answer, self.complete, self.complete]
        what: Callable[[], None] = self.random.choice([*weighted, self.leave, self.presence, self.skill, self.sweep])
        try:
            what()
        except DomainError:
            return False
        return True

    def arrive(self) -> None:
        self.next_subject += 1
        ask(self.next_subject, self.random.choice(CODES), klass=self.random.choice(("plain", "vip")))

    def answer(self) -> None:
        who = self.random.choice(self.people)
        offered = WorkItem.objects.filter(state="offered", offered_to=who.id).values_list("id", flat=True).first()
        if offered and self.random.random() < 0.8:
            actions.accept_offer(work_item_id=offered, by=who)
        elif offered:
            actions.decline_offer(work_item_id=offered, by=who)

    def complete(self) -> None:
        served = list(WorkItem.objects.filter(state="assigned").values_list("subject_id", "staff_id"))
        if served:
            subject_id, _ = self.random.choice(served)
            actions.finish(subject="conversation", subject_id=subject_id, at=clock.now())
            actions.complete_wrap_up(subject="conversation", subject_id=subject_id, by=SYSTEM)

    def leave(self) -> None:
        ids = WorkItem.objects.filter(state__in=["waiting", "offered"]).values_list("subject_id", flat=True)
        if subjects := list(ids):
            actions.abandon(subject="conversation", subject_id=self.random.choice(subjects), at=clock.now())

    def presence(self) -> None:
        actions.set_presence(state=self.random.choice(["ready", "ready", "break"]), by=self.random.choice(self.people))

    def skill(self) -> None:
        who, code = self.random.choice(self.people), self.random.choice(CODES)
        actions.set_skill(staff_id=who.id, skill=code, level=self.random.randint(0, 9), by=SYSTEM)

    def sweep(self) -> None:
        actions.sweep(clock.now())
