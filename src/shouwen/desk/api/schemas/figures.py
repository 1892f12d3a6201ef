"""Shapes of the table of figures and of the tiles of service."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema


class ColumnOut(Schema):
    key: str
    unit: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    formula_zh: str
    formula_en: str
    opens: bool


class FigureLineOut(Schema):
    key: str
    label: str
    figures: dict[str, float | None]


class FiguresOut(Schema):
    counted_at: datetime | None
    columns: list[ColumnOut]
    lines: list[FigureLineOut]
    total: FigureLineOut


class TileOut(Schema):
    key: str
    unit: str
    zh: str
    en: str
    definition_zh: str
    definition_en: str
    value: float | None
    count: int
    base: int | None
    low: float | None
    high: float | None
    p50: float | None
    p90: float | None
    provisional: int | None
    list: str | None


class ServiceOut(Schema):
    tiles: list[TileOut]
