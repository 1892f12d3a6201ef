"""Staff, organisations, roles."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from ..rules import SCOPES


class Organisation(models.Model):
    """A unit of the operator: the group, a province, a city, or a team in it."""

    class Level(models.TextChoices):
        GROUP = "group"
        PROVINCE = "province"
        CITY = "city"
        TEAM = "team"

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    level = models.CharField(max_length=10, choices=Level)
    name = models.CharField(max_length=60)
    path = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="accounts_organisation_group_has_no_parent",
                condition=models.Q(level="group", parent=None) | ~models.Q(level="group") & ~models.Q(parent=None),
            ),
            models.UniqueConstraint(fields=["parent", "name"], name="accounts_organisation_name", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """A seat type (台席) with the permissions it gives.

    `permissions` is what counts. It follows from what the rooms declare for the code, with what an administrator
    added (`granted`) and took away (`withheld`): so his changes outlive an update, and an update's new permissions
    arrive. A role that was made here (`own`) has only what was granted.
    """

    code = models.CharField(max_length=40, unique=True)
    zh = models.CharField(max_length=40)
    en = models.CharField(max_length=60)
    permissions = ArrayField(models.TextField(), default=list)
    granted = ArrayField(models.TextField(), default=list)
    withheld = ArrayField(models.TextField(), default=list)
    own = models.BooleanField(default=False)
    second_factor = models.BooleanField(default=False)
    """Whether its holders must have a second factor."""

    def __str__(self) -> str:
        return self.code


class StaffManager(BaseUserManager["Staff"]):
    """Lets Django's authentication find staff by number."""


class Staff(AbstractBaseUser):
    """A person who works here, known by the number customers hear (工号)."""

    number = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    roles = models.ManyToManyField(Role, related_name="held_by")
    active = models.BooleanField(default=True)
    covered_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5, default="zh-CN")
    theme = models.CharField(max_length=10, default="system")
    time_zone = models.CharField(max_length=40, blank=True)
    """By which clock his screens show times; empty goes by the operator's."""
    keys = models.JSONField(default=dict)
    """The keys he changed: what a key does, and the combination he gave it."""
    business = models.CharField(max_length=40, blank=True)
    scope = models.CharField(max_length=10, blank=True)
    """How far somebody sees: own, team, city, province, group; empty goes by his organisation and seat type."""
    failed_sign_ins = models.IntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    password_set_at = models.DateTimeField(null=True)
    password_due = models.BooleanField(default=False)
    """Whether somebody else set the password, so that it is changed at the next sign-in."""

    USERNAME_FIELD = "number"
    objects = StaffManager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="accounts_staff_language", condition=models.Q(language__in=["zh-CN", "en"])),
            models.CheckConstraint(
                name="accounts_staff_theme", condition=models.Q(theme__in=["system", "light", "dark"])
            ),
            models.CheckConstraint(name="accounts_staff_scope", condition=models.Q(scope__in=["", *SCOPES])),
            models.CheckConstraint(
                name="accounts_staff_not_own_cover",
                condition=models.Q(covered_by=None) | ~models.Q(covered_by=models.F("id")),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "number"], name="accounts_staff_organisation")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Django's word for `active`."""
        return self.active
