"""Pages and files."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from yarl import URL

from .street import door, echo, upstream


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/", "workspace"),
        ("/tickets/GD20261123-000001", "workspace"),
        ("/portal", "portal"),
        ("/portal/matters/GD20261123-000001", "portal"),
        ("/portals", "workspace"),
    ],
)
def test_every_address_of_a_workspace_is_its_page_and_asked_for_each_time(
    folder: Path, files: Path, path: str, title: str
):
    async def run() -> None:
        async with door(folder) as browser, browser.get(path) as answer:
            assert answer.status == 200
            assert await answer.text() == f"<title>{title}</title>"
            assert answer.headers["Cache-Control"] == "no-cache"

    asyncio.run(run())


def test_assets_are_kept_for_ever_and_come_compressed(folder: Path, files: Path):
    async def run() -> None:
        async with door(folder) as browser:
            given = {"Accept-Encoding": "br"}
            async with browser.get("/assets/app-1a2b.js", headers=given) as answer:
                assert (answer.headers["Content-Encoding"], await answer.read()) == ("br", b"brotli")
                assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
                assert "javascript" in answer.headers["Content-Type"]
            async with browser.get("/assets/app-1a2b.js", headers={"Accept-Encoding": ""}) as answer:
                assert await answer.text() == "x" * 2000

    asyncio.run(run())


@pytest.mark.parametrize("path", ["/assets/gone-9f.js", "/robots.txt", "/.stamp", "/assets/../../outside.txt"])
def test_a_file_that_is_not_part_of_the_front_end_is_not_found(folder: Path, files: Path, path: str):
    async def run() -> None:
        async with door(folder) as browser, browser.get(URL(path, encoded=True)) as answer:
            text = await answer.text()
            assert "outside" not in text
            assert "secret" not in text
            assert answer.status == 404

    asyncio.run(run())


def test_a_path_out_of_the_folder_is_refused(folder: Path, files: Path):
    async def run() -> None:
        async with (
            door(folder) as browser,
            browser.get(URL("/..%2foutside.txt", encoded=True)) as answer,
        ):
            assert answer.status == 404

    asyncio.run(run())


def test_pages_cannot_be_posted_to(folder: Path, files: Path):
    async def run() -> None:
        async with door(folder) as browser, browser.post("/tickets") as answer:
            assert (answer.status, (await answer.json())["code"]) == (405, "method-refused")

    asyncio.run(run())


def test_without_a_built_front_end_the_answer_says_what_to_do(folder: Path):
    async def run() -> None:
        async with door(folder) as browser, browser.get("/", headers={"Accept-Language": "en"}) as answer:
            assert answer.status == 503
            assert "make web" in (await answer.json())["detail"]

    asyncio.run(run())


@pytest.mark.parametrize("path", ["/", "/api/session", "/assets/gone.js"])
def test_every_answer_carries_the_security_headers(folder: Path, files: Path, path: str):
    async def run() -> None:
        async with upstream(folder / "web.sock", echo), door(folder) as browser, browser.get(path) as answer:
            policy = answer.headers["Content-Security-Policy"]
            assert "default-src 'self'" in policy
            assert "script-src 'self';" in policy
            assert "frame-ancestors 'none'" in policy
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "Strict-Transport-Security" not in answer.headers

    asyncio.run(run())


def test_with_a_trusted_certificate_browsers_are_told_to_stay_with_https(folder: Path, files: Path):
    async def run() -> None:
        async with door(folder, secure=True, strict=True) as browser, browser.get("/") as answer:
            assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"

    asyncio.run(run())
