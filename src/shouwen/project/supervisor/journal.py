"""The one log of an installation: every process's lines, each with the time and who said it."""

from __future__ import annotations

import json
import logging
import re
import sys
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

SIZE = 20 * 1024 * 1024
KEPT = 5
WIDTH = 8
LINE_LIMIT = 16_384
_OWN_TIME = re.compile(r"^\[?\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[.,]?\d*( ?[+-]\d{4}| UTC|Z)?\]? ")


class Journal:
    """Writes lines to the log file, and to the console unless that is quiet."""

    def __init__(self, file: Path, *, console: bool = True, as_json: bool = False) -> None:
        self._as_json = as_json
        file.parent.mkdir(parents=True, exist_ok=True)
        self._logger = logging.Logger("journal")  # noqa: LOG001
        handlers: list[logging.Handler] = [RotatingFileHandler(file, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8")]
        if console:
            handlers.append(logging.StreamHandler(sys.stderr))
        form = "%(message)s" if as_json else f"%(asctime)s %(who)-{WIDTH}s %(message)s"
        for handler in handlers:
            handler.setFormatter(logging.Formatter(form))
            self._logger.addHandler(handler)
        file.chmod(0o600)

    def say(self, who: str, text: str) -> None:
        """Write one line; a time that the process put before it would only be there twice."""
        line = _OWN_TIME.sub("", text[:LINE_LIMIT]).rstrip()
        line = _as_object(who, line) if self._as_json else line
        self._logger.info("%s", line, extra={"who": who})


def _as_object(who: str, line: str) -> str:
    """Return a line as one JSON object: a process's own object with its name added, anything else as a message."""
    told = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "process": who}
    if line.startswith("{"):
        try:
            return json.dumps({**told, **json.loads(line)}, ensure_ascii=False)
        except ValueError:
            pass  # not an object after all
    return json.dumps({**told, "message": line}, ensure_ascii=False)
