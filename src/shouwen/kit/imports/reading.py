"""A file as a table: headings, then rows of text; what a spreadsheet computes is told from what was written."""

from __future__ import annotations

import codecs
import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from .errors import ColumnsTooMany, EncodingUnknown, HeadingsDoubled, NothingInside, RowsTooMany, SheetBroken

ROWS_MOST = 100_000
COLUMNS_MOST = 60
CELL_MOST = 2000
UNPACKED_MOST = 400 * 1024 * 1024
FORMULA = "\x00formula"
"""Stands for a cell whose content is computed: no value of its own."""


@dataclass(frozen=True)
class Table:
    """Headings, and the rows below them with their line numbers."""

    headings: list[str]
    rows: Iterator[tuple[int, list[str]]]


def read(content: bytes, media_type: str) -> Table:
    """Open a file as a table; refuses what is none, with the reason."""
    lines = _sheet(content) if content[:2] == b"PK" or "sheet" in media_type else _text(content)
    headings: list[str] = []
    for _, cells in lines:
        headings = _trimmed(cells)
        break
    if not any(headings):
        raise NothingInside
    _check_headings(headings)
    return Table(headings, _below(lines, len(headings)))


def _check_headings(headings: list[str]) -> None:
    if len(headings) > COLUMNS_MOST:
        raise ColumnsTooMany(most=COLUMNS_MOST)
    named = [name for name in headings if name]
    doubled = next((name for name in named if named.count(name) > 1), None)
    if doubled is not None:
        raise HeadingsDoubled(name=doubled[:60])


def _below(lines: Iterator[tuple[int, list[str]]], width: int) -> Iterator[tuple[int, list[str]]]:
    """Return the rows that say anything, each as wide as the headings."""
    count = 0
    for number, cells in lines:
        row = [cell.strip()[:CELL_MOST] for cell in cells[:width]]
        if not any(row):
            continue
        count += 1
        if count > ROWS_MOST:
            raise RowsTooMany(most=ROWS_MOST)
        yield number, row + [""] * (width - len(row))


def _trimmed(cells: list[str]) -> list[str]:
    names = [cell.strip() for cell in cells]
    while names and not names[-1]:
        names.pop()
    return names


# ── CSV ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _text(content: bytes) -> Iterator[tuple[int, list[str]]]:
    text = decode(content)
    if "\x00" in text:
        raise EncodingUnknown(line=text[: text.index("\x00")].count("\n") + 1)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for cells in reader:
            yield reader.line_num, [FORMULA if _computes(cell) else cell for cell in cells]
    except csv.Error:
        raise SheetBroken from None


def decode(content: bytes) -> str:
    """Return the text of a file in UTF-8, UTF-16 with its mark, or GB18030; refuses what is none of them."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(content, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decoded(content, "gb18030")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as failure:
        raise EncodingUnknown(line=content[: failure.start].count(b"\n") + 1) from None


def _delimiter(text: str) -> str:
    """Return what stands between the headings: the mark that is there most often."""
    first = text.partition("\n")[0]
    return max(",;\t|", key=first.count) if any(mark in first for mark in ",;\t|") else ","


def _computes(cell: str) -> bool:
    """Tell whether a spreadsheet would compute this cell; a number with its country code is none."""
    return len(cell) > 1 and cell[0] in "=@" and not cell[1].isspace()


# ── XLSX ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _sheet(content: bytes) -> Iterator[tuple[int, list[str]]]:
    import openpyxl  # a large library: loaded by who reads a workbook
    from openpyxl.utils.exceptions import InvalidFileException

    _refuse_bombs(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles that we do not read
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size is not to be believed
        for number, cells in enumerate(sheet.iter_rows(), 1):
            yield number, [_shown(cell) for cell in cells[: COLUMNS_MOST + 1]]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, SyntaxError):
        raise SheetBroken from None


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as box:
            unpacked = sum(entry.file_size for entry in box.infolist())
    except (zipfile.BadZipFile, ValueError):
        raise SheetBroken from None
    if unpacked > UNPACKED_MOST:
        raise RowsTooMany(most=ROWS_MOST)


def _shown(cell: object) -> str:
    if getattr(cell, "data_type", None) == "f":
        return FORMULA
    value = getattr(cell, "value", None)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
