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
    scan = models.CharField(max_length=10, default="", db_default="")
    """Where a virus scanner is connected: waiting, clean, infected. What waits is given to nobody."""

    class Meta:
        db_table = "kit_file"
        constraints = [
            models.UniqueConstraint(fields=["owner", "upload_key"], name="kit_file_once"),
            models.CheckConstraint(
                name="kit_file_scan", condition=models.Q(scan__in=["", "waiting", "clean", "infected"])
            ),
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
            models.Index(fields=["id"], name="kit_file_unscanned", condition=models.Q(scan="waiting")),
            models.Index(fields=["keep_until"], name="kit_file_over", condition=models.Q(keep_until__isnull=False)),
        ]


class ExportRun(models.Model):
    """A list that somebody asked for as a file, how far it is, and the file once it is there."""

    public_id = PublicId()
    owner = models.TextField()
    kind = models.TextField()
    form = models.TextField()
    wanted = models.JSONField()
    language = models.TextField(default="zh")
    state = models.TextField(default="waiting")
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    tries = models.IntegerField(default=0)
    file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    error_zh = models.TextField(default="")
    error_en = models.TextField(default="")
    requested_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    keep_until = models.DateTimeField()

    class Meta:
        db_table = "kit_export"
        constraints = [
            models.CheckConstraint(
                name="kit_export_state",
                condition=models.Q(state__in=["waiting", "running"], finished_at=None)
                | models.Q(state__in=["done", "failed", "cancelled"], finished_at__isnull=False),
            ),
            models.CheckConstraint(name="kit_export_form", condition=models.Q(form__in=["csv", "xlsx"])),
            models.CheckConstraint(name="kit_export_rows", condition=models.Q(done__gte=0, total__gte=0)),
        ]
        indexes = [
            models.Index(fields=["owner", "-requested_at", "-id"], name="kit_export_mine"),
            models.Index(fields=["keep_until"], name="kit_export_over"),
        ]


class ImportRun(models.Model):
    """A table that somebody brings in, which column is which field, and how far it is."""

    public_id = PublicId()
    owner = models.TextField()
    kind = models.TextField()
    file = models.OneToOneField(StoredFile, on_delete=models.CASCADE, related_name="+")
    file_name = models.TextField()
    headings = models.JSONField()
    mapping = models.JSONField()
    state = models.TextField(default="draft")
    choice = models.TextField(default="")
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    good = models.IntegerField(default=0)
    bad = models.IntegerField(default=0)
    written = models.IntegerField(default=0)
    kept = models.IntegerField(default=0)
    error_file = models.ForeignKey(StoredFile, on_delete=models.SET_NULL, null=True, related_name="+")
    error_zh = models.TextField(default="")
    error_en = models.TextField(default="")
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    keep_until = models.DateTimeField()

    class Meta:
        db_table = "kit_import"
        constraints = [
            models.CheckConstraint(
                name="kit_import_state",
                condition=models.Q(
                    state__in=["draft", "checking", "checked", "running", "done", "failed", "undoing", "undone"]
                ),
            ),
            models.CheckConstraint(
                name="kit_import_choice",
                condition=models.Q(choice__in=["all", "good"]) | ~models.Q(state__in=["running", "done"]),
            ),
        ]
        indexes = [models.Index(fields=["keep_until"], name="kit_import_over")]


class ImportRow(models.Model):
    """One line of an import: whether it is good, what is wrong, what it became. Its content stays in the file."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="+")
    line = models.IntegerField()
    state = models.TextField()
    wrong = models.JSONField(default=list)
    subject_id = models.BigIntegerField(null=True)
    audit_id = models.BigIntegerField(null=True)

    class Meta:
        db_table = "kit_import_row"
        constraints = [
            models.UniqueConstraint(fields=["run", "line"], name="kit_import_row_once"),
            models.CheckConstraint(
                name="kit_import_row_state",
                condition=models.Q(state__in=["good", "bad"], subject_id=None)
                | models.Q(state__in=["written", "undone", "kept"], subject_id__isnull=False),
            ),
        ]
