"""The heads of the audit chain, kept outside the database: one signed line a day."""

from __future__ import annotations

import json
from pathlib import Path

from shouwen.kit import audit, clock


def keep_head(data: Path, key: str) -> None:
    """Append today's head unless today has one."""
    path = data / "audit-heads.jsonl"
    today = clock.wall().date().isoformat()
    if any(line["day"] == today for line in kept_heads(data)):
        return
    head = audit.head(key.encode())
    if head:
        with path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"day": today, **head}) + "\n")


def kept_heads(data: Path) -> list[dict[str, str | int]]:
    """Return the kept heads, oldest first."""
    path = data / "audit-heads.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []
