"""Tables about files: what was handed in and what the house made."""

from __future__ import annotations

from django.db import models

from .ids import PublicId


class StoredFile(models.Model):
    """A file that somebody handed in, or that the house made; its content lies sealed in the store.

    `subject` says what took it up; "" while nothing has, and then it goes after a day.
    """

    public_id = PublicId()
    owner = models.TextField()
    upload_key = models.TextField()
    purpose = models.TextField()
    subject = models.TextField(default="")
    subject_id = models.BigIntegerField(null=True)
    name = models.TextField()
    media_type = models.TextField()
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    place = models.CharField(max_length=32, unique=True)
    sealed_key = models.BinaryField()
    key_name = models.CharField(max_length=16)
    recorded_at = models.DateTimeField()
    keep_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "kit_file"
        constraints = [
            models.UniqueConstraint(fields=["owner", "upload_key"], name="kit_file_once"),
            models.CheckConstraint(name="kit_file_size", condition=models.Q(size__gte=0)),
            models.CheckConstraint(
                name="kit_file_taken_up",
                condition=models.Q(subject="", subject_id=None)
                | ~models.Q(subject="") & models.Q(subject_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="kit_file_subject"),
            models.Index(fields=["recorded_at"], name="kit_file_unused", condition=models.Q(subject="")),
            models.Index(fields=["keep_until"], name="kit_file_over", condition=models.Q(keep_until__isnull=False)),
        ]
