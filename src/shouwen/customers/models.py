"""Parties, contact points, proofs of identity, consents, and the timeline."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from shouwen.kit.ids import PublicId


class Customer(models.Model):
    """A party we serve: a household, a business, or a government or enterprise customer."""

    class Kind(models.TextChoices):
        PUBLIC = "public"
        BUSINESS = "business"
        GOV_ENT = "gov_ent"

    public_id = PublicId()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PUBLIC)
    star = models.SmallIntegerField(null=True)
    birth_date = models.DateField(null=True)
    organisation = models.ForeignKey("accounts.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    account_number = models.CharField(max_length=30, null=True, unique=True)
    language = models.CharField(max_length=5, default="zh-CN")
    registered_at = models.DateTimeField()
    restricted_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(name="customers_customer_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="customers_customer_star", condition=Q(star=None) | Q(star__gte=1, star__lte=7)
            ),
            models.CheckConstraint(
                name="customers_customer_kind", condition=Q(kind__in=["public", "business", "gov_ent"])
            ),
            models.CheckConstraint(name="customers_customer_language", condition=Q(language__in=["zh-CN", "en"])),
            models.CheckConstraint(
                name="customers_customer_account", condition=Q(account_number=None) | ~Q(account_number="")
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "id"], name="customers_customer_scope"),
            models.Index(fields=["id"], name="customers_customer_restricted", condition=Q(restricted_at__isnull=False)),
            models.Index(fields=["name"], name="customers_customer_name", opclasses=["text_pattern_ops"]),
            models.Index(Coalesce("star", 0).desc(), F("id").desc(), name="customers_customer_star_first"),
        ]

    def __str__(self) -> str:
        return f"customer {self.pk}"


class ContactPoint(models.Model):
    """A number or address under which a customer is reached; he signs in with one of the numbers."""

    class Kind(models.TextChoices):
        PHONE = "phone"
        EMAIL = "email"

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=254)
    verified_at = models.DateTimeField(null=True)
    preferred = models.BooleanField(default=False)
    signs_in = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "kind", "value"], name="customers_contact_once"),
            models.UniqueConstraint(fields=["value"], name="customers_contact_signs_in", condition=Q(signs_in=True)),
            models.UniqueConstraint(
                fields=["customer"], name="customers_contact_one_sign_in", condition=Q(signs_in=True)
            ),
            models.UniqueConstraint(
                fields=["customer", "kind"],
                name="customers_contact_one_preferred",
                condition=Q(preferred=True),
            ),
            models.CheckConstraint(name="customers_contact_kind", condition=Q(kind__in=["phone", "email"])),
            models.CheckConstraint(
                name="customers_contact_phone_signs_in", condition=Q(signs_in=False) | Q(kind="phone")
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "value"], name="customers_contact_value"),
            models.Index(fields=["value"], name="customers_contact_prefix", opclasses=["text_pattern_ops"]),
        ]


class ServicePin(models.Model):
    """The six-digit service password (服务密码) a customer proves himself with; only its hash is kept."""

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="service_pin")
    digest = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    failures = models.SmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="customers_pin_failures", condition=Q(failures__gte=0)),
        ]


class Consent(models.Model):
    """One answer a customer gave to one purpose, with the text he answered to. The newest counts."""

    class Purpose(models.TextChoices):
        MARKETING = "marketing"
        PROFILING = "profiling"
        SURVEY = "survey"

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    given = models.BooleanField()
    text_version = models.CharField(max_length=40)
    channel = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="customers_consent_purpose",
                condition=Q(purpose__in=["marketing", "profiling", "survey"]),
            ),
        ]
        indexes = [models.Index(fields=["customer", "purpose", "-id"], name="customers_consent_latest")]


class TimelineEntry(models.Model):
    """One line of a customer's life with us, written by the room in which it happened."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="timeline")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    channel = models.CharField(max_length=30)
    subject = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    line_zh = models.CharField(max_length=300)
    line_en = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(name="customers_timeline_two_languages", condition=~Q(line_zh="") & ~Q(line_en="")),
        ]
        indexes = [
            models.Index(fields=["customer", "-at", "-id"], name="customers_timeline_newest"),
            models.Index(fields=["subject", "subject_id"], name="customers_timeline_subject"),
        ]


class SignInCode(models.Model):
    """A request for a one-time code, written alike for every number; codes are made for known ones only.

    Times are wall times. `digest` is null until the code is made, and for ever if nobody is known there.
    """

    phone = models.CharField(max_length=20)
    address = models.CharField(max_length=45)
    requested_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, null=True, related_name="+")
    digest = models.CharField(max_length=64, null=True)
    attempts = models.SmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="customers_code_attempts", condition=Q(attempts__gte=0) & Q(attempts__lte=5)),
            models.CheckConstraint(name="customers_code_has_customer", condition=Q(digest=None) | ~Q(customer=None)),
            models.CheckConstraint(name="customers_code_used_was_made", condition=Q(used_at=None) | ~Q(digest=None)),
            models.CheckConstraint(name="customers_code_lives", condition=Q(expires_at__gt=F("requested_at"))),
        ]
        indexes = [
            models.Index(fields=["phone", "-requested_at"], name="customers_code_phone"),
            models.Index(fields=["address", "-requested_at"], name="customers_code_address"),
            models.Index(fields=["requested_at"], name="customers_code_age"),
        ]


class AccessSession(models.Model):
    """A browser that we know: a visitor's, or a customer's who proved his number. Times are wall times.

    Only the token's digest is kept. `visitor` is the visitor's session that this sign-in continued.
    """

    class Kind(models.TextChoices):
        VISITOR = "visitor"
        CUSTOMER = "customer"

    digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, null=True, related_name="+")
    visitor = models.OneToOneField("self", on_delete=models.SET_NULL, null=True, related_name="continued_by")
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="customers_session_kind",
                condition=Q(kind="visitor", customer=None) | Q(kind="customer") & ~Q(customer=None),
            ),
            models.CheckConstraint(
                name="customers_session_continues",
                condition=Q(visitor=None) | Q(kind="customer"),
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "expires_at"], name="customers_session_of"),
            models.Index(fields=["expires_at"], name="customers_session_age"),
        ]


class MatterLink(models.Model):
    """A link sent in a message: it opens one matter until it expires. Only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    subject = models.CharField(max_length=30)
    subject_id = models.BigIntegerField()
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="customers_link_lives", condition=Q(expires_at__gt=F("issued_at"))),
        ]
        indexes = [models.Index(fields=["subject", "subject_id"], name="customers_link_subject")]
