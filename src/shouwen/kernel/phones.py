"""Telephone numbers of mainland China (formats: numbering plan, E.164 country code 86)."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from .errors import InvalidInput

Kind = Literal["mobile", "fixed", "service"]

_SHAPES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("mobile", re.compile(r"^1[3-9]\d{9}$")),
    ("fixed", re.compile(r"^0(?:10|2\d)[2-8]\d{7}$|^0[3-9]\d{2}[2-8]\d{6,7}$")),
    ("service", re.compile(r"^[48]00\d{7}$|^9[56]\d{3,4}$|^1\d{2,5}$")),
)


class InvalidPhone(InvalidInput):
    """The text is no telephone number we know the shape of."""

    code = "invalid-phone"
    field = "phone"
    zh = "「{text}」不是有效的电话号码。请填 11 位手机号，或带区号的固定电话。"
    en = "“{text}” is not a telephone number. Give 11 digits, or a fixed line with its area code."


def normalise(text: str) -> str:
    """Return the canonical form: `86` + 11 digits for a mobile, area code + number for a fixed line.

    Accepts +86, 0086, spaces, hyphens and full-width digits.
    """
    digits = _digits(text)
    match kind_of(digits):
        case "mobile":
            return f"86{digits}"
        case None:
            raise InvalidPhone(text=text[:30])
        case _:
            return digits


def kind_of(digits: str) -> Kind | None:
    """Tell what sort of number bare national digits are."""
    return next((kind for kind, shape in _SHAPES if shape.match(digits)), None)


def _digits(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = re.sub(r"[\s\-()‐-―]", "", plain)
    plain = re.sub(r"^(\+86|0086)", "", plain)
    if not re.fullmatch(r"[0-9]+", plain):
        raise InvalidPhone(text=text[:30])
    return plain[2:] if len(plain) == 13 and plain.startswith("861") else plain
