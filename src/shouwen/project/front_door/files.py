"""The built front end: hashed assets for ever, pages fresh each time, every workspace address the same page."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from .problems import problem

FOR_EVER = "public, max-age=31536000, immutable"
EACH_TIME = "no-cache"
READING = frozenset({"GET", "HEAD"})


class Files:
    """Answers everything that is neither API nor live."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Return the file or page for a path."""
        if request.method not in READING:
            return problem(request, "method-refused")
        path = request.path.lstrip("/")
        file = self._inside(path)
        if file is not None and file.is_file():
            return self._sent(file, for_ever=path.startswith("assets/"))
        if path.startswith("assets/") or "." in path.rsplit("/", 1)[-1]:
            return problem(request, "not-found")
        page = self._root / ("portal.html" if path == "portal" or path.startswith("portal/") else "index.html")
        return self._sent(page, for_ever=False) if page.is_file() else problem(request, "not-built")

    def _inside(self, path: str) -> Path | None:
        """Return the file a path names, never one outside the front end nor a hidden one."""
        if not path or "\0" in path or any(part.startswith(".") for part in path.split("/")):
            return None
        file = (self._root / path).resolve()
        return file if file.is_relative_to(self._root) else None

    def _sent(self, file: Path, *, for_ever: bool) -> web.FileResponse:
        # aiohttp sends the .br or .gz beside the file to callers that take it
        return web.FileResponse(file, headers={"Cache-Control": FOR_EVER if for_ever else EACH_TIME})
