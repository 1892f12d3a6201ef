"""A small language for conditions and computed values, the same here and in the browser.

An expression is a literal, `{"var": name}`, or one operator with its arguments: `{">": [{"var": "amount"}, 100]}`.
Every expression has a value for every answer: what makes no sense is null (or false), never an error. Numbers are
whole and exact; there is no conversion between kinds of value. `web/src/ui/form/logic.ts` is the twin; a test lets
both evaluate the same expressions.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import reduce
from typing import Any

SAFE = 2**53 - 1
DEEPEST = 12
LONGEST = 200
_DATE = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}\Z")

Values = Mapping[str, Any]


def evaluate(expression: Any, values: Values) -> Any:
    """Return what an expression comes to with some answers."""
    if not isinstance(expression, dict):
        return expression
    ((operator, given),) = expression.items()
    if operator == "var":
        return values.get(given)
    if operator == "if":
        condition, then, otherwise = given
        return evaluate(then if evaluate(condition, values) is True else otherwise, values)
    return OPERATORS[operator]([evaluate(argument, values) for argument in given])


def faults(expression: Any, known: set[str]) -> Iterator[str]:
    """Say what is wrong with the form of an expression; `known` are the names it may use."""
    nodes = list(_nodes(expression, 1))
    if len(nodes) > LONGEST or any(depth > DEEPEST for _, depth in nodes):
        yield f"longer than {LONGEST} or deeper than {DEEPEST}"
        return
    for node, _ in nodes:
        yield from _fault(node, known)


def names(expression: Any) -> set[str]:
    """Return the answers that an expression looks at."""
    return {node["var"] for node, _ in _nodes(expression, 1) if isinstance(node, dict) and "var" in node}


def _nodes(expression: Any, depth: int) -> Iterator[tuple[Any, int]]:
    yield expression, depth
    if depth > DEEPEST or not isinstance(expression, dict) or "var" in expression:
        return
    for arguments in expression.values():
        for argument in arguments if isinstance(arguments, list) else ():
            yield from _nodes(argument, depth + 1)


def _fault(node: Any, known: set[str]) -> Iterator[str]:
    if not isinstance(node, dict):
        if not _is_literal(node):
            yield f"{node!r} is no literal"
        return
    if len(node) != 1:
        yield "an expression has one operator"
        return
    ((operator, given),) = node.items()
    if operator == "var":
        if given not in known:
            yield f"{given} is not answered before this"
    elif operator not in ARGUMENTS:
        yield f"{operator} is no operator"
    elif not isinstance(given, list) or not ARGUMENTS[operator][0] <= len(given) <= ARGUMENTS[operator][1]:
        yield f"{operator} takes {ARGUMENTS[operator][0]} to {ARGUMENTS[operator][1]} arguments"


def _is_literal(value: Any) -> bool:
    if isinstance(value, list):
        return all(not isinstance(v, list) and _is_literal(v) for v in value)
    return value is None or isinstance(value, bool | str) or _is_whole(value)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and -SAFE <= value <= SAFE


def same(a: Any, b: Any) -> bool:
    """Tell whether two values are the same and of one kind."""
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    return type(a) is type(b) and bool(a == b)


def _ordered(compare: Callable[[Any, Any], bool]) -> Callable[[list[Any]], bool]:
    """Compare numbers with numbers and dates with dates; nothing else has an order."""

    def run(arguments: list[Any]) -> bool:
        a, b = arguments
        return ((_is_whole(a) and _is_whole(b)) or (_is_dated(a) and _is_dated(b))) and compare(a, b)

    return run


def _is_dated(value: Any) -> bool:
    return isinstance(value, str) and _DATE.match(value) is not None


def _fold(step: Callable[[int, int], int]) -> Callable[[list[Any]], int | None]:
    """Reckon with whole numbers from left to right; null once a number is none or too large to be exact."""

    def one(a: int | None, b: int) -> int | None:
        if a is None:
            return None
        found = step(a, b)
        return found if -SAFE <= found <= SAFE else None

    def run(arguments: list[Any]) -> int | None:
        return reduce(one, arguments[1:], arguments[0]) if all(map(_is_whole, arguments)) else None

    return run


def _div(arguments: list[Any]) -> int | None:
    """Divide, rounding half away from zero as money is rounded."""
    a, b = arguments
    if not (_is_whole(a) and _is_whole(b)) or b == 0:
        return None
    size: int = (2 * abs(a) + abs(b)) // (2 * abs(b))
    return -size if (a < 0) != (b < 0) else size


def _cat(arguments: list[Any]) -> str:
    return "".join(a if isinstance(a, str) else str(a) if _is_whole(a) else "" for a in arguments)


def _days(arguments: list[Any]) -> int | None:
    found = [_day(a) for a in arguments]
    start, end = found
    return None if start is None or end is None else (end - start).days


def _day(value: Any) -> date | None:
    if not _is_dated(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


OPERATORS: dict[str, Callable[[list[Any]], Any]] = {
    "==": lambda a: same(*a),
    "!=": lambda a: not same(*a),
    "<": _ordered(lambda a, b: bool(a < b)),
    "<=": _ordered(lambda a, b: bool(a <= b)),
    ">": _ordered(lambda a, b: bool(a > b)),
    ">=": _ordered(lambda a, b: bool(a >= b)),
    "and": lambda a: all(x is True for x in a),
    "or": lambda a: any(x is True for x in a),
    "!": lambda a: a[0] is not True,
    "in": lambda a: isinstance(a[1], list) and any(same(a[0], x) for x in a[1]),
    "+": _fold(lambda a, b: a + b),
    "-": _fold(lambda a, b: a - b),
    "*": _fold(lambda a, b: a * b),
    "min": _fold(min),
    "max": _fold(max),
    "div": _div,
    "cat": _cat,
    "days": _days,
}
_PAIR, _SOME = (2, 2), (1, 20)
ARGUMENTS: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("==", "!=", "<", "<=", ">", ">=", "in", "-", "div", "days"), _PAIR),
    **dict.fromkeys(("and", "or", "+", "*", "min", "max", "cat"), _SOME),
    "!": (1, 1),
    "if": (3, 3),
}
