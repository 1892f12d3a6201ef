"""Making skills and queues."""

from __future__ import annotations

from collections.abc import Sequence

from shouwen.kit import audit, clock, events
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import Principal

from ..errors import QueueInvalid, QueueNotFound, SkillNotFound
from ..events import QueueChanged
from ..models import AgentSkill, Domain, Queue, Skill
from ..permissions import CONFIGURE
from ..rules.precedence import Discipline
from .seats import DOMAIN


@action
def add_skill(
    *,
    code: str,
    name: str,
    by: Principal,
    domain: str = DOMAIN,
    qualification: str = "",
    qualification_level: int = 1,
) -> int:
    """Add a skill, or change its name and the qualification it needs; return its id."""
    require(by, CONFIGURE)
    area, _ = Domain.objects.get_or_create(code=domain)
    values = {"name": name, "qualification": qualification, "qualification_level": qualification_level}
    row, _ = Skill.objects.update_or_create(code=code, defaults=values, create_defaults={**values, "domain": area})
    audit.record(by, "routing.skill.add", subject="skill", subject_id=row.id, code=code, after=values)
    return row.id


@action
def add_queue(
    *,
    code: str,
    name: str,
    skill: str,
    organisation_id: int,
    duty_leader_id: int,
    by: Principal,
    needed_level: int = 1,
    media: Sequence[str] = ("web_chat",),
    discipline: str = Discipline.WEIGHTED,
    general: bool = False,
    offer_seconds: int = 30,
    hold_seconds: int = 30,
    wrap_up_seconds: int = 300,
) -> int:
    """Add a queue with the duty leader who answers for what nobody has taken yet; return its id."""
    require(by, CONFIGURE)
    needs = Skill.objects.filter(code=skill).first()
    if needs is None:
        raise SkillNotFound(skill=skill)
    if not 1 <= needed_level <= 10 or offer_seconds < 1 or hold_seconds < 0 or wrap_up_seconds < 0:
        raise QueueInvalid(what="1 ≤ needed_level ≤ 10, offer_seconds ≥ 1, hold_seconds ≥ 0, wrap_up_seconds ≥ 0")
    if Queue.objects.filter(code=code).exists():
        raise QueueInvalid(what=f"code = {code} (已存在 / taken)")
    if general and Queue.objects.filter(domain_id=needs.domain_id, general=True).exists():
        raise QueueInvalid(what="general (已有 / there is one)")
    row = Queue.objects.create(
        code=code,
        name=name,
        skill=needs,
        domain_id=needs.domain_id,
        organisation_id=organisation_id,
        duty_leader_id=duty_leader_id,
        needed_level=needed_level,
        media=list(media),
        discipline=Discipline(discipline),
        general=general,
        offer_seconds=offer_seconds,
        hold_seconds=hold_seconds,
        wrap_up_seconds=wrap_up_seconds,
    )
    audit.record(by, "routing.queue.add", subject="queue", subject_id=row.id, code=code, skill=skill)
    at = clock.now()
    events.publish(QueueChanged(code, paused=False), audience=[f"queue:{code}", f"board:{organisation_id}"], at=at)
    return row.id


@action
def take_back_queue(*, queue_id: int, by: Principal) -> str:
    """Remove a queue added by mistake, with the skill of its name; one that was used stays. Return its code."""
    require(by, CONFIGURE)
    row = Queue.objects.select_for_update().filter(id=queue_id).first()
    if row is None:
        raise QueueNotFound(queue=str(queue_id))
    row.delete()
    AgentSkill.objects.filter(skill__code=row.code).delete()
    Skill.objects.filter(code=row.code).delete()
    audit.record(by, "routing.queue.take-back", subject="queue", subject_id=queue_id, code=row.code)
    return row.code
