"""What somebody answered: which questions were there, what follows from them, what is wrong. Pure."""

from __future__ import annotations

import functools
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from shouwen.kernel import phones
from shouwen.kernel.errors import InvalidInput

from . import logic
from .definition import Fault, fields, property_of

if TYPE_CHECKING:
    from jsonschema import FormatChecker
    from jsonschema.exceptions import ValidationError


@functools.cache
def _formats() -> FormatChecker:
    """Return how dates and phone numbers are told; whoever asks first loads the library, which takes its time."""
    from jsonschema import FormatChecker

    known = FormatChecker(formats=())
    known.checks("date", raises=ValueError)(_is_date)
    known.checks("phone", raises=InvalidInput)(_is_phone)
    return known


def _is_date(value: object) -> bool:
    return not isinstance(value, str) or (len(value) == 10 and bool(date.fromisoformat(value)))


def _is_phone(value: object) -> bool:
    return not isinstance(value, str) or bool(phones.normalise(value))


def take(content: dict[str, Any], given: dict[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """Return the answers as they are kept, and what is wrong with them.

    Questions are gone through in their order: one that is not shown has no answer, one that is computed has the value
    that follows from those before it, whatever was sent. Phone numbers are kept in their one canonical form.
    """
    kept: dict[str, Any] = {}
    wrong: list[Fault] = []
    for field in fields(content):
        name = field["name"]
        if not shown(field, kept):
            continue
        if field["kind"] == "computed":
            kept[name] = logic.evaluate(field["value"], kept)
            continue
        answer = _trimmed(given.get(name))
        fault = _fault(field, answer)
        if fault:
            wrong.append((name, *fault))
        elif not _is_empty(answer):
            kept[name] = phones.normalise(answer) if field["kind"] == "phone" else answer
    unknown = set(given) - {field["name"] for field in fields(content)}
    wrong += [(name[:40], "表单里没有这个字段", "The form does not ask this") for name in sorted(unknown)]
    return kept, wrong


def named_files(content: dict[str, Any], answers: dict[str, Any]) -> list[UUID]:
    """Return the files that answers name."""
    named = {f["name"] for f in fields(content) if f["kind"] in ("attachment", "signature")} & answers.keys()
    found = [answers[name] for name in sorted(named)]
    return [UUID(one) for many in found for one in (many if isinstance(many, list) else [many])]


def shown(field: dict[str, Any], answers: dict[str, Any]) -> bool:
    """Tell whether a question is asked after these answers."""
    condition = field.get("show")
    return condition is None or logic.evaluate(condition, answers) is True


def _trimmed(answer: Any) -> Any:
    if isinstance(answer, str):
        return answer.strip()
    if isinstance(answer, dict):
        return {key: _trimmed(value) for key, value in answer.items()}
    return answer


def _is_empty(answer: Any) -> bool:
    if isinstance(answer, dict):
        return not any(answer.values())
    return answer is None or answer in ("", [])


def _fault(field: dict[str, Any], answer: Any) -> tuple[str, str] | None:
    if _is_empty(answer):
        return ("必须填写", "Required") if field.get("required") else None
    from jsonschema import Draft202012Validator

    checker = Draft202012Validator(property_of(field), format_checker=_formats())
    error = next(iter(checker.iter_errors(answer)), None)
    return None if error is None else _say(error)


def _say(error: ValidationError) -> tuple[str, str]:
    """Say what a schema refuses as a person would, with the remedy."""
    most = error.validator_value
    said = {
        "maxLength": (f"最多 {most} 个字", f"At most {most} characters"),
        "minimum": (f"不能小于 {most}", f"Must be at least {most}"),
        "maximum": (f"不能大于 {most}", f"Must be at most {most}"),
        "enum": ("请从选项中选择", "Choose from the options"),
        "uniqueItems": ("不能重复选择", "Choose each once"),
        "maxItems": (f"最多 {most} 个", f"At most {most}"),
        "required": ("请填写完整", "Fill in every part"),
        "pattern": ("请重新上传", "Upload it again"),
    }
    if error.validator == "format":
        return {
            "date": ("日期格式不对，例如 2026-11-23", "Not a date, e.g. 2026-11-23"),
            "phone": ("请填 11 位手机号，或带区号的固定电话", "Give 11 digits, or a fixed line with its area code"),
        }[str(most)]
    return said.get(str(error.validator), ("填写的内容不符合要求", "The value does not fit"))
