"""Every personal field of the house is declared: nobody adds one that has no purpose, no period and no end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from shouwen import adapters
from shouwen.kit.models import StoredFile
from shouwen.kit.privacy import HOLDINGS, NOT_PERSONAL, Blank, Holding
from shouwen.project.rooms import ROOMS

TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField, models.FileField)
PLACES = (models.GenericIPAddressField, ArrayField)


def texts(model: type[models.Model]) -> Iterator[str]:
    """Return the columns that could hold something about a person; a closed choice cannot."""
    for field in model._meta.concrete_fields:
        day = isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField)
        if (isinstance(field, (*TEXTS, *PLACES)) or day) and not field.choices:
            yield field.name


def models_of_the_house() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in ROOMS]


@pytest.mark.req("R-CRM-012")
def test_every_text_is_declared_personal_or_not() -> None:
    """R-CRM-012: personal data is collected for a declared purpose only; an undeclared column fails this test.

    Add it to the room's `privacy.py`: to `hold` with purpose, basis, period and end, or to `not_personal`.
    """
    undeclared = [
        f"{model._meta.label}.{name}"
        for model in models_of_the_house()
        for name in texts(model)
        if name not in _declared(model)
    ]
    assert undeclared == []


def _declared(model: type[models.Model]) -> set[str]:
    holding = HOLDINGS.get(model._meta.label)
    return set(holding.fields if holding else ()) | NOT_PERSONAL.get(model._meta.label, frozenset())


def test_the_test_sees_an_undeclared_column() -> None:
    """The walk itself: take one declaration away, and its column is found."""
    model = apps.get_model("customers", "ContactPoint")
    assert list(texts(model)) == ["value"]
    assert "value" in _declared(model)
    assert _declared(apps.get_model("contenttypes", "ContentType")) == set()


def test_nothing_is_declared_that_is_not_there() -> None:
    known = {model._meta.label: {field.name for field in model._meta.get_fields()} for model in apps.get_models()}
    held = {label: set(holding.fields) for label, holding in HOLDINGS.items()}
    strange = [
        f"{label}.{name}"
        for listed in (held, NOT_PERSONAL)
        for label, names in listed.items()
        for name in names
        if name not in known.get(label, set())
    ]
    assert strange == []


def test_nothing_is_personal_and_not_personal_at_once() -> None:
    both = {label: set(HOLDINGS[label].fields) & names for label, names in NOT_PERSONAL.items() if label in HOLDINGS}
    assert {label: names for label, names in both.items() if names} == {}


@pytest.mark.parametrize("holding", HOLDINGS.values(), ids=lambda one: one.code)
def test_a_declaration_says_what_why_how_long_and_how_it_ends(holding: Holding) -> None:
    """In both languages; what is blanked is a real column; what goes by age says since when."""
    assert all((*holding.what, *holding.purpose, holding.keep.zh, holding.keep.en))
    assert holding.keep.days is None or holding.keep.since
    assert holding.keep.least <= (holding.keep.days or holding.keep.least)
    names = {field.name for field in holding.model._meta.get_fields()}
    assert set(holding.fate.values if isinstance(holding.fate, Blank) else ()) <= names


CLEAR_THEMSELVES = {"kit.ExportRun.file", "kit.ImportRun.file", "kit.ImportRun.error_file"}
"""Files that go on a day of their own."""


def test_every_column_that_names_a_file_says_how_the_file_goes() -> None:
    naming = {
        f"{model._meta.label}.{field.name}"
        for model in models_of_the_house()
        for field in model._meta.concrete_fields
        if field.related_model is StoredFile
    }
    told = {f"{label}.{name}" for label, holding in HOLDINGS.items() for name in holding.files}
    assert naming == told | CLEAR_THEMSELVES


PASSED_ON = {
    "asterisk": {"telephony.Call"},
    "clamav": {"kit.StoredFile"},
    "console": set(),
    "oidc": {"accounts.ProviderIdentity", "accounts.ProviderSession"},
    "s3": {"kit.StoredFile"},
    "smtp": {"notifications.Notification"},
}
"""What each adapter carries out of the house about people; a new adapter is named here with what it carries."""


def test_whatever_leaves_the_house_says_who_receives_it() -> None:
    places = {path.name for path in Path(adapters.__path__[0]).iterdir() if (path / "__init__.py").exists()} - {"tests"}
    assert places == set(PASSED_ON)
    told = {code for code, holding in HOLDINGS.items() if holding.recipients}
    assert told == set().union(*PASSED_ON.values())
