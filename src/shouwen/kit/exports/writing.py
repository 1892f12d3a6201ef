"""Rows as a file that a spreadsheet opens without harm."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from shouwen.kernel.calendars import BEIJING

from .kinds import Column, Value

BOM = "\ufeff"
PART = 64 * 1024
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA = {"csv": CSV, "xlsx": XLSX}
Told = Callable[[int], None]


def plain(value: Value, *, english: bool) -> str | int | float:
    """Return a value as a cell shows it: times in Beijing, yes and no in words."""
    if isinstance(value, bool):
        return ("否", "是")[value] if not english else ("no", "yes")[value]
    if isinstance(value, datetime):
        return value.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else value


def harmless(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula: an apostrophe says that it is text."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def as_csv(
    columns: Sequence[Column], rows: Iterable[Mapping[str, Value]], *, english: bool, told: Told
) -> Iterator[bytes]:
    """Write rows as CSV in UTF-8 with the mark that spreadsheets need to read Chinese."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out)
    writer.writerow([c.en if english else c.zh for c in columns])
    for number, row in enumerate(rows, 1):
        cells = (plain(row.get(c.key), english=english) for c in columns)
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in cells])
        told(number)
        if out.tell() > PART:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def as_xlsx(
    columns: Sequence[Column], rows: Iterable[Mapping[str, Value]], *, english: bool, told: Told
) -> Iterator[bytes]:
    """Write rows as a workbook, row by row; text stays text, whatever it begins with."""
    with tempfile.TemporaryDirectory(prefix="shouwen-export-") as folder:
        file = Path(folder) / "export.xlsx"
        options = {"constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False}
        book = xlsxwriter.Workbook(str(file), options)
        sheet = book.add_worksheet()
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(columns) - 1, 18)
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column.en if english else column.zh, bold)
        for number, row in enumerate(rows, 1):
            for at, column in enumerate(columns):
                cell = plain(row.get(column.key), english=english)
                if isinstance(cell, str):
                    sheet.write_string(number, at, cell[:32767])
                else:
                    sheet.write_number(number, at, cell)
            told(number)
        book.close()
        with file.open("rb") as written:
            while part := written.read(PART):
                yield part


WRITERS = {"csv": as_csv, "xlsx": as_xlsx}
