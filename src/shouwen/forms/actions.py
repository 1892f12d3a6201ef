"""Filling forms, and putting the shipped ones in force."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from shouwen.kit import audit, files, versions
from shouwen.kit.actions import action
from shouwen.kit.principals import Principal
from shouwen.kit.versions.errors import VersionNotFound

from .errors import AnswersInvalid, FormNotFound
from .models import TAKEN_UP, Answers
from .rules.answers import named_files, take
from .shipped import forms

FORM = "forms.form"


class Filled(BaseModel):
    """Answers on their way in: to which form, to which version of it."""

    form: str = Field(max_length=120)
    number: int = Field(ge=1, le=2**31 - 1)
    answers: dict[str, Any]


@action
def fill(
    *, by: Principal, filled: Filled, subject: str, subject_id: int, customer_id: int | None, at: datetime
) -> None:
    """Keep the answers to a form about a subject, checked by the version that asked.

    Somebody who began before a new version came into force finishes with the one he sees.
    """
    try:
        asked = versions.version(FORM, filled.form, filled.number)
    except VersionNotFound:
        raise FormNotFound from None
    values, wrong = take(asked.content, filled.answers)
    if wrong:
        raise AnswersInvalid(wrong)
    row = Answers.objects.create(
        form=filled.form,
        number=filled.number,
        subject=subject,
        subject_id=subject_id,
        customer_id=customer_id,
        values=values,
        filled_by=by.key,
        filled_at=at,
    )
    files.attach(by=by, files=named_files(asked.content, values), subject=TAKEN_UP, subject_id=row.pk)
    which = {"form": filled.form, "number": filled.number, "answers": row.pk}
    audit.record(by, "forms.fill", subject=subject, subject_id=subject_id, **which)


@action
def install_forms() -> None:
    """Put the forms that the product ships in force where there are none. Done by every migrate."""
    for key, content in forms().items():
        versions.install(kind=FORM, key=key, title=content["title"]["zh"], content=content)
