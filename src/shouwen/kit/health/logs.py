"""The log for programs: one JSON object a line, with the trace number that users see on errors."""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

current_trace: ContextVar[str] = ContextVar("current_trace", default="")


class TraceFilter(logging.Filter):
    """Puts the number of the request that is being answered on every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.trace = current_trace.get()
        return True


_CONTROL = re.compile("[\\x00-\\x1f\\x7f\\x85\\u2028\\u2029]")


class LineFormatter(logging.Formatter):
    """Writes a record as one line: what somebody sent cannot begin a line of its own. Tracebacks follow as they are."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  the standard library's name
        return _CONTROL.sub(
            lambda found: found.group().encode("unicode_escape").decode(), super().formatMessage(record)
        )


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON; a field without a value is left out."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "trace": getattr(record, "trace", ""),
            "error": self.formatException(record.exc_info) if record.exc_info else "",
        }
        return json.dumps({name: value for name, value in line.items() if value}, ensure_ascii=False)
