"""The log for programs: one JSON object a line, with the trace number that users see on errors."""

from __future__ import annotations

import json
import logging
from contextvars import ContextVar
from datetime import UTC, datetime

current_trace: ContextVar[str] = ContextVar("current_trace", default="")


class TraceFilter(logging.Filter):
    """Puts the number of the request that is being answered on every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.trace = current_trace.get()
        return True


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
