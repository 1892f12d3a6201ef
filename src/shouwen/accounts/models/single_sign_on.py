"""Whom an identity provider vouches for."""

from __future__ import annotations

from django.db import models

from .access import SignIn
from .people import Staff


class ProviderIdentity(models.Model):
    """Who a subject of the provider is here; joined at his first sign-in, and from then on by the subject alone."""

    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    staff = models.ForeignKey(Staff, on_delete=models.CASCADE, related_name="+")
    joined_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_provider_identity"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="accounts_provider_identity_subject"),
            models.UniqueConstraint(fields=["issuer", "staff"], name="accounts_provider_identity_staff"),
        ]


class ProviderSession(models.Model):
    """A session that the provider vouched for: asked about again and again, and ended when he says no."""

    sign_in = models.OneToOneField(SignIn, on_delete=models.CASCADE, primary_key=True, related_name="provided")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    sid = models.CharField(max_length=255, blank=True)
    sealed = models.TextField()
    checked_at = models.DateTimeField()

    class Meta:
        db_table = "accounts_provider_session"
        indexes = [
            models.Index(fields=["checked_at"], name="accounts_provider_checked"),
            models.Index(fields=["issuer", "subject"], name="accounts_provider_subject"),
        ]
