"""Numbers and masking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.kernel import masking, phones


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("15400006620", "8615400006620"),
        ("+86 154-0000-6620", "8615400006620"),
        ("0086 15400006620", "8615400006620"),
        ("8615400006620", "8615400006620"),
        ("１５４００００６６２０", "8615400006620"),
        ("0512-65001234", "051265001234"),
        ("010 65001234", "01065001234"),
        ("10000", "10000"),
    ],
)
def test_a_number_has_one_canonical_form(text: str, canonical: str) -> None:
    assert phones.normalise(text) == canonical


@pytest.mark.parametrize("text", ["", "hello", "1540000662", "154000066200", "05121", "１２あ", "' or 1=1"])
def test_what_is_no_number_is_refused_naming_the_field(text: str) -> None:
    with pytest.raises(phones.InvalidPhone) as refusal:
        phones.normalise(text)
    assert refusal.value.field == "phone"


@given(st.integers(min_value=13000000000, max_value=19999999999))
def test_normalising_twice_changes_nothing(number: int) -> None:
    once = phones.normalise(str(number))
    assert phones.normalise(once) == once


@given(st.integers(min_value=13000000000, max_value=19999999999))
def test_a_masked_mobile_hides_its_four_middle_digits(number: int) -> None:
    text = str(number)
    assert masking.phone(f"86{text}") == f"{text[:3]} **** {text[-4:]}"


def test_names_and_addresses_keep_only_what_greets() -> None:
    assert masking.name("陈国栋") == "陈**"
    assert masking.name("陈") == "*"
    assert masking.email("chen@example.com") == "c***@example.com"
    assert masking.email("broken") == "***"
