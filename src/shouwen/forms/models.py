"""Answers to forms."""

from __future__ import annotations

from django.db import models

TAKEN_UP = "form"
"""Under this name answers take files up."""


class Answers(models.Model):
    """What was answered about a subject, with the version of the form it answers. Never changed."""

    form = models.CharField(max_length=120)
    number = models.IntegerField()
    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    customer_id = models.BigIntegerField(null=True)
    values = models.JSONField()
    filled_by = models.CharField(max_length=40)
    filled_at = models.DateTimeField()

    class Meta:
        db_table = "forms_answers"
        constraints = [
            models.UniqueConstraint(fields=["subject", "subject_id", "form"], name="forms_answers_once"),
        ]
        indexes = [models.Index(fields=["customer_id"], name="forms_answers_customer")]

    def __str__(self) -> str:
        return f"{self.form} {self.number}: {self.subject} {self.subject_id}"
