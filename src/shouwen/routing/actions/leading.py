"""What leaders change on the floor: skills and queues, effective with the next contact."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from shouwen.accounts import queries as accounts
from shouwen.kit import audit, clock, events
from shouwen.kit.actions import action, after_commit
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from ..errors import LevelInvalid, OtherDomain, OutOfScope, SkillNotFound
from ..events import QueueChanged, SkillsChanged
from ..models import AgentSkill, Presence, Queue, Skill
from ..permissions import LEAD, SKILLS
from ..queries.queues import queue_row
from .matching import sweep_domain


@action
def set_skill(*, staff_id: int, skill: str, level: int, by: Principal) -> None:
    """Set how well somebody handles one thing (1 to 10; 0 takes it away)."""
    _set(staff_id, {skill: level}, by)


@action
def set_skills(*, staff_id: int, levels: Mapping[str, int], by: Principal) -> None:
    """Set all that somebody handles; skills not named are taken away."""
    held = AgentSkill.objects.filter(staff_id=staff_id, wanted_level__gt=0)
    gone = dict.fromkeys(held.values_list("skill__code", flat=True), 0)
    _set(staff_id, {**gone, **levels}, by)


def _set(staff_id: int, levels: Mapping[str, int], by: Principal) -> None:
    """Note what is wanted; the matching adopts it inside its lock, right after the commit."""
    require(by, SKILLS)
    home = accounts.staff_card(staff_id).organisation_id
    if not by.sees(home):
        raise OutOfScope
    skills = {row.code: row for row in Skill.objects.filter(code__in=levels)}
    _check(staff_id, levels, skills)
    before = dict(AgentSkill.objects.filter(staff_id=staff_id).values_list("skill__code", "wanted_level"))
    for code, level in levels.items():
        values = {"wanted_level": level, "barred": _lacks(staff_id, skills[code])}
        AgentSkill.objects.update_or_create(staff_id=staff_id, skill=skills[code], defaults=values)
    audit.record(by, "routing.skills", subject="staff", subject_id=staff_id, before=before, after={**before, **levels})
    at = clock.now()
    events.publish(SkillsChanged(staff_id), audience=[f"staff:{staff_id}", f"board:{home}"], at=at)
    for domain_id in {row.domain_id for row in skills.values()}:
        after_commit(partial(sweep_domain, domain_id=domain_id, at=at))


def _lacks(staff_id: int, skill: Skill) -> bool:
    """Tell whether somebody lacks the qualification that a skill needs."""
    if not skill.qualification:
        return False
    needed, level = skill.qualification, skill.qualification_level
    return not accounts.qualified([staff_id], needed, level=level, at=clock.now())


def _check(staff_id: int, levels: Mapping[str, int], skills: Mapping[str, Skill]) -> None:
    home = Presence.objects.filter(staff_id=staff_id).values_list("domain_id", flat=True).first()
    for code, level in levels.items():
        if code not in skills:
            raise SkillNotFound(skill=code)
        if not 0 <= level <= 10:
            raise LevelInvalid
        if home is not None and skills[code].domain_id != home:
            raise OtherDomain(skill=code)


@action
def pause_queue(*, queue_code: str, paused: bool, by: Principal) -> None:
    """Stop giving out what waits in a queue, or go on; contacts may still enter it."""
    require(by, LEAD)
    row = Queue.objects.select_for_update(no_key=True).get(id=queue_row(queue_code).id)
    if not by.sees(row.organisation_id):
        raise OutOfScope
    before, row.paused = row.paused, paused
    row.save(update_fields=["paused"])
    audit.record(by, "routing.pause", subject="queue", subject_id=row.id, before=before, after=paused)
    at, domain_id = clock.now(), row.domain_id
    events.publish(
        QueueChanged(row.code, paused), audience=[f"queue:{row.code}", f"board:{row.organisation_id}"], at=at
    )
    after_commit(lambda: sweep_domain(domain_id=domain_id, at=at))
