"""What leaders do for a while and ask about the past: pull, announce, borrow, nuisances, why, what if."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

from django.http import HttpRequest
from ninja import Router

from shouwen.accounts import queries as accounts
from shouwen.interactions import queries as contacts
from shouwen.kernel.calendars import BEIJING
from shouwen.kit import clock
from shouwen.kit.api import command, principal
from shouwen.kit.permissions import require

from .. import actions, queries
from ..errors import LedgerSpanInvalid, LevelInvalid, OutOfScope, SeatUnknown, SkillNotFound
from ..permissions import CONFIGURE, LEAD, NUISANCE, VIEW
from ..rules.definitions import queue_content, queue_rules
from . import floor_schemas as s

MAX_KEY = 2**63 - 1  # what the column holds
floor_router = Router(tags=["routing"])
DAY = timedelta(days=1)
LONGEST_LEDGER = timedelta(days=2)


@floor_router.post("/work/{work_item_id}/pull", operation_id="pullWork", response={204: None})
@command()
def pull(request: HttpRequest, work_item_id: int, body: s.PullIn) -> None:
    """Offer a waiting contact to one ready seat, before all others."""
    actions.pull(work_item_id=work_item_id, staff_id=body.staff_id, by=principal(request))


@floor_router.get("/work/{subject}/{subject_id}/why", operation_id="explainWork", response=list[s.ExplainedOut])
def explain(request: HttpRequest, subject: str, subject_id: int) -> list[s.ExplainedOut]:
    """Say for each offer of a contact why it went to just that seat."""
    by = principal(request)
    require(by, VIEW)
    held = queries.work_of(subject, [subject_id]).get(subject_id) if 0 < subject_id <= MAX_KEY else None
    if held is None or not by.sees(queries.queue(held.queue_code).organisation_id):
        raise OutOfScope
    found = queries.why(subject, subject_id)
    people = accounts.staff_cards({one.staff_id for one in found})
    return [
        s.ExplainedOut(
            number=people[one.staff_id].number,
            name=people[one.staff_id].name,
            at=one.at,
            outcome=one.outcome,
            reasons=[s.WhyOut(**asdict(reason)) for reason in one.reasons],
        )
        for one in found
    ]


@floor_router.get("/announcements", operation_id="listAnnouncements", response=list[s.AnnouncementOut])
def list_announcements(request: HttpRequest) -> list[s.AnnouncementOut]:
    """List what is said to everybody who waits now."""
    require(principal(request), VIEW)
    return [s.AnnouncementOut(**asdict(one)) for one in queries.notices("", clock.now())]


@floor_router.post("/announcements", operation_id="announce", response={201: s.MadeOut})
@command(status=201)
def announce(request: HttpRequest, body: s.AnnouncementIn) -> s.MadeOut:
    """Say something to everybody who waits in a queue, or in any."""
    return s.MadeOut(id=actions.announce(**body.model_dump(), by=principal(request)))


@floor_router.post(
    "/announcements/{announcement_id}/withdraw", operation_id="withdrawAnnouncement", response={204: None}
)
@command()
def withdraw(request: HttpRequest, announcement_id: int) -> None:
    """Stop saying it."""
    actions.withdraw_announcement(announcement_id=announcement_id, by=principal(request))


@floor_router.post("/agents/{staff_id}/borrow", operation_id="borrowAgent", response={204: None})
@command()
def borrow(request: HttpRequest, staff_id: int, body: s.BorrowIn) -> None:
    """Let somebody serve other skills until a time."""
    actions.borrow(staff_id=staff_id, levels=body.skills, until=body.until, by=principal(request))


@floor_router.get("/agents/{staff_id}/ledger", operation_id="getLedger", response=s.LedgerOut)
def ledger(request: HttpRequest, staff_id: int, since: datetime, until: datetime) -> s.LedgerOut:
    """Say where one's own time went, or as a leader anybody's; the seconds sum exactly to the signed-in time."""
    by = principal(request)
    if staff_id != by.id or by.kind != "staff":
        require(by, VIEW)
        if not queries.agents(by.organisations, staff_ids=[staff_id]):
            raise SeatUnknown(staff=staff_id)
    if not timedelta() < until - since <= LONGEST_LEDGER:
        raise LedgerSpanInvalid
    card = accounts.staff_card(staff_id)
    found = queries.ledger(staff_id, since, min(until, max(clock.now(), since)))
    return s.LedgerOut(number=card.number, name=card.name, **asdict(found))


@floor_router.get("/nuisances", operation_id="listNuisances", response=list[s.NuisanceOut])
def list_nuisances(request: HttpRequest) -> list[s.NuisanceOut]:
    """List the contacts that are put back or turned away now, appeals first."""
    require(principal(request), NUISANCE)
    return [s.NuisanceOut(**asdict(one)) for one in queries.nuisances(clock.now())]


@floor_router.post("/nuisances", operation_id="markNuisance", response={201: s.MadeOut})
@command(status=201)
def mark_nuisance(request: HttpRequest, body: s.NuisanceIn) -> s.MadeOut:
    """Put a contact back in line or turn it away, until a time and with a reason."""
    return s.MadeOut(id=actions.mark_nuisance(**body.model_dump(), by=principal(request)))


@floor_router.post("/nuisances/{nuisance_id}/lift", operation_id="liftNuisance", response={204: None})
@command()
def lift_nuisance(request: HttpRequest, nuisance_id: int) -> None:
    """Take a mark back."""
    actions.lift_nuisance(nuisance_id=nuisance_id, by=principal(request))


@floor_router.post("/nuisances/{nuisance_id}/decide", operation_id="decideAppeal", response={204: None})
@command()
def decide_appeal(request: HttpRequest, nuisance_id: int, body: s.AppealDecisionIn) -> None:
    """Answer an appeal: lift the mark, or let it stay."""
    actions.decide_appeal(nuisance_id=nuisance_id, **body.model_dump(), by=principal(request))


@floor_router.get("/queues/{code}/rules", operation_id="getQueueRules", response=s.QueueRulesOut)
def get_rules(request: HttpRequest, code: str) -> s.QueueRulesOut:
    """Return the rules a queue goes by now."""
    by = principal(request)
    require(by, VIEW)
    if not by.sees(queries.queue(code).organisation_id):
        raise OutOfScope
    return s.QueueRulesOut(**queries.queue_rules_of(code))


@floor_router.get("/waits", operation_id="listWaitAccuracy", response=list[s.AccuracyOut])
def wait_accuracy(request: HttpRequest) -> list[s.AccuracyOut]:
    """Say how good the waits were that customers of the last day were told."""
    require(principal(request), VIEW)
    found = queries.wait_accuracy(clock.now() - DAY)
    return [s.AccuracyOut(queue_code=code, **asdict(one)) for code, one in sorted(found.items())]


@floor_router.post("/queues/{code}/what-if", operation_id="tryQueueRules", response=s.TrialOut)
def what_if(request: HttpRequest, code: str, body: s.WhatIfIn) -> s.TrialOut:
    """Replay a day through changed rules of a queue; nothing is published."""
    by = principal(request)
    require(by, CONFIGURE if not by.may(LEAD) else LEAD)
    rules = queue_rules(queue_content(body.content))
    start = datetime.combine(body.day, datetime.min.time(), BEIJING)
    queue = queries.queue(code)
    if not by.sees(queue.organisation_id):
        raise OutOfScope
    return _trial(queries.what_if(queue.code, rules, start, start + DAY, _levels(body.skills)))


def _levels(skills: dict[int, dict[str, int]]) -> dict[int, dict[str, int]]:
    """Refuse levels that cannot be and skills that are not there; who is named may be anybody, nothing is changed."""
    names = queries.skill_names()
    for code, level in ((code, level) for held in skills.values() for code, level in held.items()):
        if code not in names:
            raise SkillNotFound(skill=code)
        if not 0 <= level <= 10:
            raise LevelInvalid
    return skills


def _trial(found: queries.Trial) -> s.TrialOut:
    people = accounts.staff_cards({n for one in found.moved for n in (one.from_id, one.to_id) if n})
    chats = contacts.conversations(one.subject_id for one in found.moved if one.subject == "conversation")
    moved = [
        s.MovedOut(
            subject=one.subject,
            reference=chats[one.subject_id].public_id if one.subject_id in chats else "",
            from_name=people[one.from_id].name if one.from_id else "",
            to_name=people[one.to_id].name if one.to_id else "",
            wait_now=one.wait_now,
            wait_changed=one.wait_changed,
        )
        for one in found.moved
    ]
    lines = [s.WhatIfOut.model_validate(asdict(one)) for one in found.lines]
    return s.TrialOut(lines=lines, moved_count=found.moved_count, moved=moved)
