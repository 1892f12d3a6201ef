"""Rows as a file that a spreadsheet opens without harm."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from shouwen.kernel.calendars import BEIJING

from .kinds import Column, Value

BOM = "\ufeff"
PART = 64 * 1024
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
CSV = "text/csv"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIA = {"csv": CSV, "xlsx": XLSX}
Told = Callable[[int], None]


@dataclass(frozen=True)
class Mark:
    """Who took a file out, when, and the number under which the audit trail knows it."""

    who: str
    at: datetime
    trace: str

    def line(self, *, english: bool) -> str:
        """Say it in one line."""
        when = self.at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")
        return f"Exported by {self.who}, {when}, {self.trace}" if english else f"{self.who} {when} 导出 {self.trace}"


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
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, Value]],
    *,
    english: bool,
    told: Told,
    mark: Mark | None = None,
) -> Iterator[bytes]:
    """Write rows as CSV in UTF-8 with the mark that spreadsheets need to read Chinese.

    CSV has no place for a comment, so the watermark is a last column: each line that is copied on still carries it.
    """
    last = [harmless(mark.line(english=english))] if mark else []
    heading = [("导出水印", "Exported")[english]] if mark else []
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out)
    writer.writerow([*(c.en if english else c.zh for c in columns), *heading])
    for number, row in enumerate(rows, 1):
        cells = (plain(row.get(c.key), english=english) for c in columns)
        writer.writerow([*(harmless(cell) if isinstance(cell, str) else cell for cell in cells), *last])
        told(number)
        if out.tell() > PART:
            yield out.getvalue().encode()
            out.seek(0)
            out.truncate()
    yield out.getvalue().encode()


def as_xlsx(
    columns: Sequence[Column],
    rows: Iterable[Mapping[str, Value]],
    *,
    english: bool,
    told: Told,
    mark: Mark | None = None,
) -> Iterator[bytes]:
    """Write rows as a workbook, row by row; text stays text, whatever it begins with.

    The watermark is on each printed page, on a sheet of its own, and in the file's properties.
    """
    import xlsxwriter  # a large library: loaded by who writes a workbook

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
        if mark:
            _put_mark(book, sheet, mark.line(english=english), english=english)
        book.close()
        with file.open("rb") as written:
            while part := written.read(PART):
                yield part


def _put_mark(book: Any, sheet: Any, line: str, *, english: bool) -> None:
    printed = line.replace("&", "&&")[:250]  # "&" commands a header; 255 characters is the most it takes
    sheet.set_header(f"&C{printed}")
    sheet.set_footer(f"&L{printed}&R&P / &N")
    book.set_properties({"comments": line})
    about = book.add_worksheet("Watermark" if english else "导出水印")
    about.write_string(0, 0, line)


WRITERS: dict[str, Callable[..., Iterator[bytes]]] = {"csv": as_csv, "xlsx": as_xlsx}
