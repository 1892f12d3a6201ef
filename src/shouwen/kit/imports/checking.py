"""Looking rows over before anything is written: what every kind needs, then what the room knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from shouwen.kit.principals import Principal

from .errors import FieldsMissing, MappingWrong
from .kinds import Field, Kind, Values, Wrong
from .reading import FORMULA, Table

BATCH = 500
Row = tuple[int, dict[str, str]]


def check_mapping(kind: Kind, headings: Sequence[str], mapping: Mapping[str, int]) -> dict[str, int]:
    """Return the mapping as it will be used; refuses fields and columns that are not there, or taken twice."""
    for key, at in mapping.items():
        if kind.field(key) is None or not 0 <= at < len(headings):
            raise MappingWrong(what=f"{key}={at}"[:60])
    doubled = [at for at in mapping.values() if list(mapping.values()).count(at) > 1]
    if doubled:
        raise MappingWrong(what=headings[doubled[0]][:60])
    return dict(mapping)


def require_fields(kind: Kind, mapping: Mapping[str, int]) -> None:
    """Refuse a mapping that leaves something needed without a column."""
    missing = [field for field in kind.fields if field.required and field.key not in mapping]
    if missing:
        raise FieldsMissing(
            fields_zh="、".join(field.zh for field in missing), fields_en=", ".join(field.en for field in missing)
        )


def mapped(table: Table, mapping: Mapping[str, int]) -> Iterator[Row]:
    """Return each row by field, with its line."""
    for line, cells in table.rows:
        yield line, {key: cells[at] for key, at in mapping.items()}


class Checker:
    """Checks batches of one file, and remembers what may stand there only once."""

    def __init__(self, kind: Kind, by: Principal) -> None:
        self._kind = kind
        self._by = by
        self._seen: dict[str, dict[str, int]] = {field.key: {} for field in kind.fields if field.unique}

    def batches(self, rows: Iterator[Row]) -> Iterator[list[tuple[int, Values, list[Wrong]]]]:
        """Return rows in batches, each with what is wrong with it."""
        while batch := list(islice(rows, BATCH)):
            yield self.check(batch)

    def check(self, batch: list[Row]) -> list[tuple[int, Values, list[Wrong]]]:
        """Check one batch."""
        cells = [self._cells(line, values) for line, values in batch]
        known = self._kind.check(self._by, [values for _, values in batch])
        return [
            (line, values, first or of_room) for (line, values), first, of_room in zip(batch, cells, known, strict=True)
        ]

    def _cells(self, line: int, values: Values) -> list[Wrong]:
        found = [self._cell(field, line, values.get(field.key, "")) for field in self._kind.fields]
        return [wrong for wrong in found if wrong is not None]

    def _cell(self, field: Field, line: int, text: str) -> Wrong | None:
        if text == FORMULA:
            return Wrong(
                field.key,
                f"「{field.zh}」是公式，请在表格里改为粘贴的数值",
                f"“{field.en}” is a formula: paste its value instead",
            )
        if field.required and not text:
            return Wrong(field.key, f"「{field.zh}」必须填写", f"“{field.en}” is required")
        if field.unique and text:
            before = self._seen[field.key].setdefault(text.casefold(), line)
            if before != line:
                return Wrong(
                    field.key,
                    f"「{field.zh}」与第 {before} 行相同",
                    f"“{field.en}” is the same as in line {before}",
                )
        return None
