"""A folder with a built front end in it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="swd") as short:
        yield Path(short)


@pytest.fixture
def files(folder: Path) -> Path:
    dist = folder / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<title>workspace</title>")
    (dist / "portal.html").write_text("<title>portal</title>")
    (dist / "favicon.svg").write_text("<svg/>")
    (dist / "assets" / "app-1a2b.js").write_text("x" * 2000)
    (dist / "assets" / "app-1a2b.js.br").write_bytes(b"brotli")
    (dist / ".stamp").write_text("secret")
    (folder / "outside.txt").write_text("outside")
    return dist
