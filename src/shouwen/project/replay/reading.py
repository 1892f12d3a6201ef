"""Reading a file of messages: all of it, or one sentence about what is wrong where."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shouwen.kernel.calendars import BEIJING

from . import columns
from .errors import EncodingRefused, FileEmpty, FileRefused, RowRefused, ShapeRefused

FORMS = ("%Y/%m/%d %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M", "%Y/%m/%d", "%Y-%m-%d")
LONGEST = 20_000
SURELY_UTF8 = 4  # so many Chinese characters before the first bad byte are no accident of another encoding


@dataclass(frozen=True)
class Message:
    """What somebody wrote, and what he was told when."""

    id: str
    customer: str
    subject: str
    text: str
    written_at: datetime
    reply: str = ""
    replied_at: datetime | None = None


@dataclass(frozen=True)
class Reading:
    """The messages of a file in the order of their times, and the columns nobody looked at."""

    messages: tuple[Message, ...]
    ignored: tuple[str, ...]


def read(path: Path, *, limit: int | None = None) -> Reading:
    """Read a file of messages, the earliest `limit` of them if given; refuse it whole for one bad cell."""
    rows = rows_of(path)
    _, header = next(rows, (0, []))
    if not any(cell.strip() for cell in header):
        raise FileEmpty(path=path)
    places = columns.recognise(header)
    lines: dict[str, int] = {}
    messages = [_message(line, cells, header, places, lines) for line, cells in rows]
    if not messages:
        raise FileEmpty(path=path)
    ordered = sorted(messages, key=lambda message: (message.written_at, message.id))
    return Reading(tuple(ordered[:limit]), tuple(columns.unknown(header)))


def rows_of(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Give the lines of a CSV file, plain or gzipped, each with the number of the line it begins in."""
    text = _decoded(_bytes(path))
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as failure:
            reason = f"line {begins}: {failure}"
            raise FileRefused(path=path, reason=reason) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = reader.line_num + 1


def _bytes(path: Path) -> bytes:
    try:
        raw = path.read_bytes()
        return gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else _not_packed(path, raw)
    except OSError as failure:
        raise FileRefused(path=path, reason=failure.strerror or str(failure)) from None
    except (EOFError, zlib.error):
        raise FileRefused(path=path, reason="gzip cut off") from None


def _not_packed(path: Path, raw: bytes) -> bytes:
    if path.suffix == ".gz":
        raise FileRefused(path=path, reason="not gzip")
    if not raw.strip():
        raise FileEmpty(path=path)
    return raw


def _decoded(raw: bytes) -> str:
    """Decode as UTF-8, else as GB18030 when that makes sense of it."""
    try:
        return _no_nulls(raw).decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        before = raw[: failure.start].decode("utf-8")
        line = raw.count(b"\n", 0, failure.start) + 1
    if sum("\u4e00" <= character <= "\u9fff" for character in before) > SURELY_UTF8:
        raise EncodingRefused(line=line)
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError:
        raise EncodingRefused(line=line) from None
    if not columns.looks_known(text.partition("\n")[0].split(",")):
        raise EncodingRefused(line=line)
    return text


def _no_nulls(raw: bytes) -> bytes:
    place = raw.find(b"\0")
    if place >= 0:
        raise EncodingRefused(line=raw.count(b"\n", 0, place) + 1)
    return raw


def _message(
    line: int, cells: Sequence[str], header: Sequence[str], places: dict[str, int], lines: dict[str, int]
) -> Message:
    if len(cells) != len(header):
        raise ShapeRefused(line=line, cells=len(cells), columns=len(header))
    row = _Row(line, cells, header, places)
    number = row.needed("id")
    if number in lines:
        row.refuse("id", f"编号 {number} 与第 {lines[number]} 行重复", f"{number} is also in line {lines[number]}")
    lines[number] = line
    written, replied = row.time("written_at"), row.time("replied_at") if row.has("replied_at") else None
    if written is None:
        row.refuse("written_at", "不能为空", "is empty")
    if replied and written and replied < written:
        row.refuse("replied_at", "答复早于留言", "the reply is earlier than the message")
    assert written
    return Message(
        id=number,
        customer=row.needed("customer"),
        subject=row.needed("subject"),
        text=row.needed("text"),
        written_at=written,
        reply=row.cell("reply") if row.has("reply") else "",
        replied_at=replied,
    )


@dataclass(frozen=True)
class _Row:
    """One line, its cells found by meaning."""

    line: int
    cells: Sequence[str]
    header: Sequence[str]
    places: dict[str, int]

    def has(self, meaning: str) -> bool:
        return meaning in self.places

    def cell(self, meaning: str) -> str:
        text = clean(self.cells[self.places[meaning]])
        if len(text) > LONGEST:
            self.refuse(meaning, f"超过 {LONGEST} 字", f"is longer than {LONGEST} characters")
        return text

    def needed(self, meaning: str) -> str:
        text = self.cell(meaning)
        if not text:
            self.refuse(meaning, "不能为空", "is empty")
        return text

    def time(self, meaning: str) -> datetime | None:
        text = self.cell(meaning)
        if not text:
            return None
        found = parse_time(text)
        if found is None:
            self.refuse(
                meaning, f"「{text[:30]}」不是时间，应如 2026-11-23 10:00:00",
                f"“{text[:30]}” is not a time like 2026-11-23 10:00:00",
            )  # fmt: skip
        return found

    def refuse(self, meaning: str, zh: str, en: str) -> None:
        column = self.header[self.places[meaning]].strip()
        raise RowRefused(line=self.line, column=column, reason_zh=zh, reason_en=en)


def clean(text: str) -> str:
    """Return text as a person would have typed it: one kind of line end, no control characters."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u3000", " ").replace("\xa0", " ")
    return "".join(c for c in plain if c in "\n\t" or c.isprintable()).strip()


def parse_time(text: str) -> datetime | None:
    """Read a time of a file; without an offset it is Beijing's."""
    for form in FORMS:
        try:
            return datetime.strptime(text, form).replace(tzinfo=BEIJING)
        except ValueError:
            continue
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=BEIJING)
