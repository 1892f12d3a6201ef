"""Which form is asked where, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shouwen.kernel import masking
from shouwen.kit import files, versions
from shouwen.kit.principals import Principal

from .models import TAKEN_UP, Answers
from .rules.definition import fields

FORM = "forms.form"


@dataclass(frozen=True)
class FormCard:
    """A form in force: its key and version, and the definition that screens draw."""

    key: str
    number: int
    definition: dict[str, Any]


@dataclass(frozen=True)
class AnswerLine:
    """One answered question, as a person reads it."""

    name: str
    kind: str
    label_zh: str
    label_en: str
    zh: str
    en: str
    files: list[str]


@dataclass(frozen=True)
class Answered:
    """What was answered about a subject, by the version that asked."""

    form: str
    number: int
    title_zh: str
    title_en: str
    filled_at: datetime
    lines: list[AnswerLine]


@dataclass(frozen=True)
class HandedIn:
    """Files that came with answers: who gave them, and when."""

    by: str
    at: datetime
    cards: list[files.FileCard]


def handed_in(subject: str, subject_id: int) -> HandedIn | None:
    """Return the files that came with the answers about a subject, or None where none did."""
    rows = Answers.objects.filter(subject=subject, subject_id=subject_id).order_by("id")
    row = rows.values_list("id", "filled_by", "filled_at").first()
    cards = files.cards_of(TAKEN_UP, row[0]) if row else []
    return HandedIn(row[1], row[2], cards) if row and cards else None


def form_at(places: Sequence[str], at: datetime) -> FormCard | None:
    """Return the form asked at the first of some places that has one."""
    in_force = versions.all_current(FORM, at)
    for place in places:
        for found in in_force:
            if place in found.content["places"]:
                return FormCard(found.key, found.number, found.content)
    return None


def answered(subject: str, subject_id: int, *, by: Principal) -> Answered | None:
    """Return what was answered about a subject, telephone numbers masked for staff."""
    row = Answers.objects.filter(subject=subject, subject_id=subject_id).order_by("id").first()
    if row is None:
        return None
    asked = versions.version(FORM, row.form, row.number).content
    lines = [_line(f, row.values[f["name"]], by) for f in fields(asked) if row.values.get(f["name"]) is not None]
    return Answered(row.form, row.number, asked["title"]["zh"], asked["title"]["en"], row.filled_at, lines)


def _line(field: dict[str, Any], value: Any, by: Principal) -> AnswerLine:
    given = value if field["kind"] == "attachment" else [value] if field["kind"] == "signature" else []
    zh, en = ("", "") if given else _read(field, value, masked=by.kind == "staff")
    return AnswerLine(field["name"], field["kind"], field["label"]["zh"], field["label"]["en"], zh, en, list(given))


def _read(field: dict[str, Any], value: Any, *, masked: bool) -> tuple[str, str]:
    """Return an answer in words."""
    kind = field["kind"]
    if kind in ("choice", "choices"):
        chosen = [o for o in field["options"] if o["value"] in ([value] if kind == "choice" else value)]
        return "、".join(o["zh"] for o in chosen), ", ".join(o["en"] for o in chosen)
    if isinstance(value, bool):
        return ("是", "Yes") if value else ("否", "No")
    if kind == "money" or (kind == "computed" and field.get("unit") == "fen"):
        yuan = f"{value // 100:,}.{value % 100:02}"
        return f"{yuan} 元", f"{yuan} yuan"
    text = _plain(kind, value, masked=masked)
    unit = field.get("unit")
    return (f"{text} {unit}", f"{text} {unit}") if unit and kind in ("number", "computed") else (text, text)


def _plain(kind: str, value: Any, *, masked: bool) -> str:
    if kind == "address":
        return f"{value['area']} {value['detail']}"
    if kind == "phone":
        digits = str(value)
        return masking.phone(digits) if masked else digits.removeprefix("86") if len(digits) == 13 else digits
    return str(value)
