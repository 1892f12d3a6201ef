"""Where contacts wait, and what somebody must know to take them."""

from __future__ import annotations

from datetime import time

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ..rules.entry import Closed
from ..rules.precedence import Discipline


class Domain(models.Model):
    """The unit of matching: queues, skills and seats that share one lock (a site, a line of business)."""

    code = models.CharField(max_length=40, unique=True)

    class Meta:
        db_table = "routing_domain"

    def __str__(self) -> str:
        return self.code


class Skill(models.Model):
    """Something a seat can handle, in levels 1 to 10; with a `qualification` only who holds it, at that level, may."""

    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    qualification = models.CharField(max_length=40, blank=True, default="", db_default="")
    qualification_level = models.SmallIntegerField(default=1, db_default=1)

    class Meta:
        db_table = "routing_skill"

    def __str__(self) -> str:
        return self.code


class Queue(models.Model):
    """A line of contacts that need one skill.

    `paused` is what a leader wants; `stopped` is what the matching goes by and changes only inside its lock. So are
    `rings` and the rows of `Ring`. Who arrives when `most_waiting` wait already goes on to `overflow_to`; who has
    waited for `flow_out_seconds` goes on to `flow_out_to`; after `long_wait_seconds` leaders hear of it. `hours` names
    the opening hours (empty: always open), `closed` what happens outside them. A caller hears his place every
    `place_seconds` (None: never), and with `callback_offer` that he may be called back instead. `rules_number` is the
    version of the queue's published rules that the columns were last set from.
    """

    domain = models.ForeignKey(Domain, on_delete=models.PROTECT, related_name="+")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    needed_level = models.SmallIntegerField(default=1)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, related_name="+")
    duty_leader = models.ForeignKey("accounts.Staff", on_delete=models.PROTECT, related_name="+")
    media = ArrayField(models.CharField(max_length=20), default=list)
    discipline = models.CharField(
        max_length=10, choices=[(d.value, d.value) for d in Discipline], default=Discipline.WEIGHTED
    )
    general = models.BooleanField(default=False)
    offer_seconds = models.IntegerField(default=30)
    hold_seconds = models.IntegerField(default=30)
    wrap_up_seconds = models.IntegerField(default=300)
    paused = models.BooleanField(default=False)
    stopped = models.BooleanField(default=False)
    rings = models.JSONField(default=list)
    rings_changed = models.BooleanField(default=False)
    most_waiting = models.IntegerField(null=True)
    overflow_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    flow_out_seconds = models.IntegerField(null=True)
    flow_out_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    long_wait_seconds = models.IntegerField(null=True)
    green = models.BooleanField(default=False)
    hours = models.CharField(max_length=60, blank=True)
    closed = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Closed], default=Closed.WAIT)
    closed_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    callbacks_from = models.TimeField(default=time(8))
    callbacks_until = models.TimeField(default=time(21))
    place_seconds = models.IntegerField(null=True, default=60, db_default=60)
    callback_offer = models.BooleanField(default=True, db_default=True)
    rules_number = models.IntegerField(default=0)

    class Meta:
        db_table = "routing_queue"
        constraints = [
            models.CheckConstraint(name="routing_queue_level", condition=Q(needed_level__gte=1, needed_level__lte=10)),
            models.CheckConstraint(
                name="routing_queue_discipline",
                condition=Q(discipline__in=[d.value for d in Discipline]),
            ),
            models.CheckConstraint(
                name="routing_queue_seconds",
                condition=Q(offer_seconds__gte=1, hold_seconds__gte=0, wrap_up_seconds__gte=0),
            ),
            models.CheckConstraint(
                name="routing_queue_overflow",
                condition=Q(most_waiting=None, overflow_to=None) | Q(most_waiting__gte=0, overflow_to__isnull=False),
            ),
            models.CheckConstraint(
                name="routing_queue_flow_out",
                condition=Q(flow_out_seconds=None, flow_out_to=None)
                | Q(flow_out_seconds__gte=1, flow_out_to__isnull=False),
            ),
            models.CheckConstraint(
                name="routing_queue_closed",
                condition=Q(closed__in=["wait", "refuse"], closed_to=None) | Q(closed="other", closed_to__isnull=False),
            ),
            models.CheckConstraint(
                name="routing_queue_callbacks", condition=Q(callbacks_from__lt=models.F("callbacks_until"))
            ),
            models.CheckConstraint(
                name="routing_queue_place", condition=Q(place_seconds=None) | Q(place_seconds__gte=1)
            ),
            models.UniqueConstraint(fields=["domain"], name="routing_queue_one_general", condition=Q(general=True)),
            models.UniqueConstraint(fields=["domain"], name="routing_queue_one_green", condition=Q(green=True)),
        ]

    def __str__(self) -> str:
        return self.code


class Ring(models.Model):
    """Who else may take a queue's contacts after some waiting: another skill, or the same one at a lower level.

    Ring 0 is the queue's own skill at the level the contact needs; a seat in a lower ring comes first. Written only
    inside the matching's lock, from `Queue.rings`.
    """

    queue = models.ForeignKey(Queue, on_delete=models.CASCADE, related_name="+", db_index=False)
    ordinal = models.SmallIntegerField()
    after_seconds = models.IntegerField()
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    needed_level = models.SmallIntegerField()

    class Meta:
        db_table = "routing_ring"
        constraints = [
            models.UniqueConstraint(fields=["queue", "ordinal"], name="routing_ring_once"),
            models.CheckConstraint(
                name="routing_ring_sound",
                condition=Q(ordinal__gte=1, after_seconds__gte=0, needed_level__gte=1, needed_level__lte=10),
            ),
        ]


class AgentSkill(models.Model):
    """How well somebody handles something.

    `wanted_level` is what a leader set (0: taken away); `barred` says that he lacks the qualification it needs;
    `level` is what the matching goes by and changes only inside its lock: 0 while he is barred.
    """

    staff = models.ForeignKey("accounts.Staff", on_delete=models.CASCADE, related_name="+", db_index=False)
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+", db_index=False)
    level = models.SmallIntegerField(default=0)
    wanted_level = models.SmallIntegerField()
    barred = models.BooleanField(default=False, db_default=False)

    class Meta:
        db_table = "routing_agent_skill"
        constraints = [
            models.UniqueConstraint(fields=["staff", "skill"], name="routing_agent_skill_once"),
            models.CheckConstraint(
                name="routing_agent_skill_level",
                condition=Q(level__gte=0, level__lte=10, wanted_level__gte=0, wanted_level__lte=10),
            ),
        ]
        indexes = [
            models.Index(fields=["skill", "level", "staff"], name="routing_agent_skill_reverse"),
            models.Index(
                fields=["skill"],
                name="routing_agent_skill_wanted",
                condition=Q(barred=False) & ~Q(level=models.F("wanted_level")) | Q(barred=True) & ~Q(level=0),
            ),
        ]
