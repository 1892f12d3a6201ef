"""What docs/security.md says is there; and what it says of cookies and logs."""

from __future__ import annotations

import logging
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from shouwen.accounts.tests.factories import staff, staff_client
from shouwen.kit.health.logs import LineFormatter

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "security.md"
STATES = {"met", "part", "not met", "n.a."}
ROW = re.compile(
    r"^\| (?P<number>\d+\.\d+\.\d+) \| (?P<what>[^|]+) \| (?P<state>[^|]+) \| (?P<evidence>[^|]+) \|$", re.MULTILINE
)
PATH = re.compile(r"`((?:src|tests|web|docs|lint|tools)/[^`]+|[a-z]+\.(?:json|toml))`")
# how many rows of level 1 and 2 each section of ASVS 5.0 has; within a section they are numbered through
SECTIONS = {
    "1": (2, 9, 11, 3, 2),
    "2": (3, 3, 4, 1),
    "3": (0, 2, 4, 6, 5, 0, 2),
    "4": (3, 1, 2, 4),
    "5": (1, 3, 2, 3),
    "6": (3, 12, 4, 4, 5, 3, 0, 4),
    "7": (3, 4, 2, 5, 2, 2),
    "8": (2, 3, 1, 1),
    "9": (3, 4),
    "10": (2, 2, 4, 11, 5, 2, 3),
    "11": (2, 3, 3, 4, 1, 1),
    "12": (3, 2, 4),
    "13": (1, 5, 2, 5),
    "14": (2, 4, 3),
    "15": (3, 3, 7),
    "16": (1, 5, 4, 3, 3),
    "17": (1, 4, 2),
}


def wanted() -> list[str]:
    """Return the number of every row of level 1 and 2."""
    return [
        f"{chapter}.{section}.{row}"
        for chapter, counts in SECTIONS.items()
        for section, count in enumerate(counts, 1)
        for row in range(1, count + 1)
    ]


def test_every_row_of_level_1_and_2_stands_in_the_page_once() -> None:
    rows = list(ROW.finditer(PAGE.read_text(encoding="utf-8")))
    assert [row["number"] for row in rows] == wanted()
    assert len(rows) == 253
    assert {row["state"] for row in rows} <= STATES


def test_everything_named_as_evidence_is_there() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert [path for path in PATH.findall(text) if not (ROOT / path).exists()] == []


def test_what_is_called_met_names_where_and_what_is_not_says_why() -> None:
    rows = list(ROW.finditer(PAGE.read_text(encoding="utf-8")))
    assert [row["number"] for row in rows if len(row["evidence"].strip()) < 5] == []
    assert [row["number"] for row in rows if row["state"] == "not met" and "issing" not in row["evidence"]] == []


def test_by_https_cookies_are_bound_to_this_host() -> None:
    """Secure and `__Host-`: a neighbour under the same domain can neither read nor plant them."""
    asked = (
        "from django.conf import settings as s; "
        "print(s.SESSION_COOKIE_NAME, s.CUSTOMER_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, "
        "s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY)"
    )
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "shouwen.project.settings"}
    given["SHOUWEN_PUBLIC_URL"] = "https://service.example"
    said = subprocess.run([sys.executable, "-c", asked], env=given, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["__Host-sw_staff", "__Host-sw_customer", "__Host-csrftoken", "True", "True", "True"]


def test_what_somebody_sent_begins_no_line_of_the_log() -> None:
    record = logging.LogRecord("x", logging.WARNING, __file__, 1, "path %s", ("/a\r\n2026 INFO forged\u2028x",), None)
    assert LineFormatter("%(message)s").format(record) == "path /a\\r\\n2026 INFO forged\\u2028x"


@pytest.mark.django_db
def test_who_tries_what_he_may_not_stands_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    nobody = staff("8021", "back_office")
    with caplog.at_level(logging.WARNING):
        answer = staff_client(nobody).get("/api/privacy/register")
    assert answer.status_code == 403
    assert [r.getMessage() for r in caplog.records if r.name != "shouwen.requests"] == [
        f"refused permission-refused: GET api/privacy/register by staff:{nobody.pk} [{answer.json()['trace']}]"
    ]
