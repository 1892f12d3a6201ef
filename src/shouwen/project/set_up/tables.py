"""Tables pasted from a spreadsheet or a CSV file. Pure: text in, rows out, what is wrong named by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field

MOST_ROWS = 300


@dataclass(frozen=True)
class Column:
    """One column: how it is called in a heading, and whether it may stay empty."""

    name: str
    zh: str
    en: str
    needed: bool = True

    @property
    def headings(self) -> frozenset[str]:
        """Return what a heading may say."""
        return frozenset({self.name, self.zh, self.en.lower()})


COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "organisations": (
        Column("province", "省", "Province"),
        Column("city", "市", "City", needed=False),
        Column("team", "班组", "Team", needed=False),
    ),
    "staff": (
        Column("number", "工号", "Number"),
        Column("name", "姓名", "Name"),
        Column("organisation", "单位", "Unit"),
        Column("role", "台席", "Seat type"),
        Column("password", "初始密码", "First password"),
        Column("email", "邮箱", "E-mail", needed=False),
    ),
    "queues": (
        Column("code", "代码", "Code"),
        Column("name", "名称", "Name"),
        Column("english", "英文名称", "English name"),
        Column("leader", "值班长工号", "Duty leader"),
        Column("agents", "坐席", "Agents"),
    ),
}


@dataclass(frozen=True)
class Row:
    """One line of a table, by the name of its columns."""

    line: int
    cells: dict[str, str]
    missing: list[str] = field(default_factory=list)


def read(kind: str, text: str) -> list[Row]:
    """Read pasted text: tabs, commas or semicolons; with or without a heading, whose order then counts."""
    columns = COLUMNS[kind]
    lines = [(number, cells) for number, cells in _lines(text) if any(cells)]
    order = [column.name for column in columns]
    if lines and _is_heading(lines[0][1], columns):
        order = [_named(cell, columns) for cell in lines.pop(0)[1]]
    return [_row(number, cells, order, columns) for number, cells in lines]


def _lines(text: str) -> list[tuple[int, list[str]]]:
    cleaned = text.lstrip("\ufeff").replace("，", ",").replace("；", ";")
    first = cleaned.strip().partition("\n")[0]
    separator = max("\t,;", key=first.count)
    reader = csv.reader(io.StringIO(cleaned), delimiter=separator, skipinitialspace=True)
    return [(number, [cell.strip() for cell in cells]) for number, cells in enumerate(reader, 1)]


def _is_heading(cells: list[str], columns: tuple[Column, ...]) -> bool:
    return _named(cells[0], columns) != "" and sum(_named(cell, columns) != "" for cell in cells) >= 2


def _named(cell: str, columns: tuple[Column, ...]) -> str:
    return next((column.name for column in columns if cell.lower() in column.headings), "")


def _row(number: int, cells: list[str], order: list[str], columns: tuple[Column, ...]) -> Row:
    given = {name: cell for name, cell in zip(order, cells, strict=False) if name}
    held = {column.name: given.get(column.name, "") for column in columns}
    return Row(number, held, [column.name for column in columns if column.needed and not held[column.name]])


def levels(text: str) -> dict[str, int]:
    """Read agents with their levels: `8021:8 8033`; without a level it is 5. Raises ValueError."""
    found = {}
    for part in text.replace("：", ":").replace("/", " ").split():
        number, _, level = part.partition(":")
        found[number] = int(level or 5)
        if not 1 <= found[number] <= 10:
            raise ValueError(part)
    return found
