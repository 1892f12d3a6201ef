"""Skills that need a qualification: who has it no more is given nothing of them, until he has it again."""

from __future__ import annotations

from datetime import datetime

from shouwen.accounts import queries as accounts
from shouwen.kit import audit, events
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM

from ..events import SkillsChanged
from ..models import AgentSkill, Skill


def keep_qualified(at: datetime) -> int:
    """Bar from each skill who lacks what it needs, let in who has it again; return how many changed.

    The matching adopts it with the sweep that follows.
    """
    changed = 0
    free = AgentSkill.objects.filter(skill__qualification="", barred=True).values_list("staff_id", flat=True)
    if again := list(free):
        changed += turn(staff_ids=again, skill_ids=list(_free()), barred=False, at=at)
    for skill in Skill.objects.exclude(qualification="").order_by("id"):
        held = dict(AgentSkill.objects.filter(skill=skill).values_list("staff_id", "barred"))
        fit = accounts.qualified(held, skill.qualification, level=skill.qualification_level, at=at)
        for barred in (True, False):
            moved = [staff for staff, was in held.items() if was is not barred and (staff not in fit) is barred]
            if moved:
                changed += turn(staff_ids=moved, skill_ids=[skill.id], barred=barred, at=at)
    return changed


def _free() -> set[int]:
    return set(Skill.objects.filter(qualification="").values_list("id", flat=True))


@action
def turn(*, staff_ids: list[int], skill_ids: list[int], barred: bool, at: datetime) -> int:
    """Note that people lack, or have again, what skills need; return how many."""
    people = accounts.staff_cards(staff_ids)
    rows = AgentSkill.objects.filter(staff_id__in=staff_ids, skill_id__in=skill_ids, barred=not barred)
    count = rows.update(barred=barred)
    for staff_id, card in sorted(people.items()):
        events.publish(SkillsChanged(staff_id), audience=[f"staff:{staff_id}", f"board:{card.organisation_id}"], at=at)
        audit.record(
            SYSTEM, "routing.skills.bar", subject="staff", subject_id=staff_id, skills=skill_ids, barred=barred
        )
    return count
