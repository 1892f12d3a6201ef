"""Shapes of the registry of figures."""

from __future__ import annotations

from ninja import Schema


class WordsOut(Schema):
    key: str
    zh: str
    en: str


class DefinitionOut(Schema):
    key: str
    unit: str
    group: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    formula_zh: str
    formula_en: str
    source: str
    options: list[str]
    needs_zh: str
    needs_en: str


class OptionOut(Schema):
    key: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    value: str


class DefinitionsOut(Schema):
    groups: list[WordsOut]
    sources: list[WordsOut]
    definitions: list[DefinitionOut]
    options: list[OptionOut]
