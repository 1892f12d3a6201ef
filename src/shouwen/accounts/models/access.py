"""How staff come in: sessions, second factors, tokens, passwords that were used."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from shouwen.kit.ids import PublicId

from .people import Staff

METHODS = ["password", "totp", "recovery", "oidc", "set-up"]
ENDINGS = ["self", "other", "administrator", "password", "factor", "provider", "idle", "expired"]


class SignIn(models.Model):
    """One time somebody came in, in one browser. Wall time: sessions do not run faster in a trial."""

    public_id = PublicId()
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    session_digest = models.CharField(max_length=40, unique=True)
    method = models.CharField(max_length=10)
    address = models.CharField(max_length=45, blank=True)
    device = models.CharField(max_length=80, blank=True)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=15, blank=True)

    class Meta:
        db_table = "accounts_sign_in"
        constraints = [
            models.CheckConstraint(name="accounts_sign_in_method", condition=Q(method__in=METHODS)),
            models.CheckConstraint(name="accounts_sign_in_ended", condition=Q(ended_at=None) ^ ~Q(ended_by="")),
        ]
        indexes = [
            models.Index(fields=["staff", "-seen_at"], name="accounts_sign_in_living", condition=Q(ended_at=None)),
        ]


class Totp(models.Model):
    """A second factor: the sealed secret of an authenticator, in force once a code of it was confirmed."""

    staff = models.OneToOneField(Staff, on_delete=models.CASCADE, primary_key=True, related_name="+")
    sealed = models.TextField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)
    """The time step of the last code that was used: no code works twice."""

    class Meta:
        db_table = "accounts_totp"


class RecoveryCode(models.Model):
    """A code for the day the authenticator is lost; kept as a digest, good once."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_recovery_code"


class PasswordUsed(models.Model):
    """A password that somebody had, as its hash, so that he does not return to it."""

    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    hash = models.CharField(max_length=128)
    at = models.DateTimeField()

    class Meta:
        db_table = "accounts_password_used"
        indexes = [models.Index(fields=["staff", "-at"], name="accounts_password_used_latest")]


class ApiToken(models.Model):
    """A key with which a program acts in somebody's name, as far as its scopes go; kept as a digest."""

    public_id = PublicId()
    staff = models.ForeignKey(Staff, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=12)
    """How it begins, to tell one from another."""
    scopes = ArrayField(models.TextField())
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_from = models.CharField(max_length=45, blank=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "accounts_api_token"
        constraints = [
            models.CheckConstraint(name="accounts_api_token_expires", condition=Q(expires_at__gt=F("made_at"))),
            models.CheckConstraint(name="accounts_api_token_scoped", condition=Q(scopes__len__gt=0)),
        ]
        indexes = [models.Index(fields=["staff", "-made_at"], name="accounts_api_token_of")]


class SecurityPolicy(models.Model):
    """The one row of what is asked of passwords and sessions."""

    password_min = models.SmallIntegerField(default=10)
    password_history = models.SmallIntegerField(default=5)
    password_days = models.SmallIntegerField(default=0)
    lock_after = models.SmallIntegerField(default=5)
    lock_minutes = models.SmallIntegerField(default=15)
    session_hours = models.SmallIntegerField(default=12)
    idle_minutes = models.SmallIntegerField(default=30)

    class Meta:
        db_table = "accounts_security_policy"
        constraints = [
            models.CheckConstraint(name="accounts_security_policy_one_row", condition=Q(id=1)),
            models.CheckConstraint(
                name="accounts_security_policy_bounds",
                condition=Q(password_min__range=(8, 64))
                & Q(password_history__range=(0, 24))
                & Q(password_days__range=(0, 366))
                & Q(lock_after__range=(3, 20))
                & Q(lock_minutes__range=(1, 1440))
                & Q(session_hours__range=(1, 24)),
            ),
            models.CheckConstraint(name="accounts_security_policy_idle", condition=Q(idle_minutes__range=(5, 240))),
        ]
