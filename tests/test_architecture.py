"""Rules of the house that imports alone cannot show."""

from __future__ import annotations

import configparser
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.apps import apps
from ninja import Schema

from shouwen.project.rooms import ROOMS

ROOT = Path(__file__).parent.parent


def contracts() -> configparser.ConfigParser:
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter", encoding="utf-8")
    return config


def floors() -> dict[str, int]:
    """How high each room stands, read from the layers contract itself."""
    lines = contracts()["importlinter:contract:layers"]["layers"].split("\n")
    names = [line.replace("(", "").replace(")", "").split("|") for line in lines if line.strip()]
    return {name.strip(): -floor for floor, line in enumerate(names) for name in line}


def test_foreign_keys_point_downwards() -> None:
    """Strings such as "tickets.Ticket" are invisible to import linters."""
    floor = floors()
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in floor
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and field.related_model._meta.app_label in floor
        and field.related_model._meta.app_label != model._meta.app_label
        and floor[field.related_model._meta.app_label] >= floor[model._meta.app_label]
    ]
    assert upward == []


def test_relations_between_rooms_have_no_way_back_up() -> None:
    """A reverse accessor would let a lower room read a higher one."""
    leaking = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in ROOMS
        for field in model._meta.get_fields()
        if field.is_relation
        and field.concrete
        and field.related_model
        and field.related_model._meta.app_label != model._meta.app_label
        and not str(getattr(field.remote_field, "related_name", "") or "").endswith("+")
    ]
    assert leaking == []


def test_the_contract_about_the_inside_of_rooms_names_every_room() -> None:
    named = contracts()["importlinter:contract:room"]["containers"].split()
    assert named == [f"shouwen.{room}" for room in ROOMS if room != "kit"]


def test_every_room_says_what_it_is() -> None:
    silent = [room for room in ROOMS if not (ROOT / "src/shouwen" / room / "__init__.py").read_text().strip()]
    assert silent == []


def test_no_two_schemas_of_the_api_share_a_name() -> None:
    """The API description merges schemas by name, silently: one of two would be lost."""
    import_module("shouwen.project.api")
    places: dict[str, set[str]] = {}
    for schema in _below(Schema):
        if schema.__module__.startswith("shouwen.") and "[" not in schema.__name__:
            places.setdefault(schema.__name__, set()).add(schema.__module__)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def _below(kind: type) -> Iterator[type]:
    child: type
    for child in kind.__subclasses__():
        yield child
        yield from _below(child)
