"""The `shouwen` command: what a person can mend comes as one sentence, never as a trace."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from tests import prepared

COMMAND = [sys.executable, "-m", "shouwen.project.command"]


@pytest.fixture
def folder():
    with tempfile.TemporaryDirectory(prefix="swc") as short:
        Path(short).chmod(0o711)
        yield Path(short)


def shouwen(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    surroundings = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    surroundings |= {"SHOUWEN_DATA": str(folder), "LC_ALL": "C.UTF-8", **environment}
    return subprocess.run(
        [*COMMAND, *arguments], env=surroundings, capture_output=True, text=True, timeout=60, check=False
    )


def test_help_names_every_command(folder: Path):
    said = shouwen("--help", folder=folder).stdout
    assert all(name in said for name in ("up", "web", "live", "worker", "migrate", "demo", "doctor", "audit"))
    assert "prepare" not in said


def test_a_bad_setting_ends_the_command_with_one_sentence(folder: Path):
    done = shouwen("up", folder=folder, SHOUWEN_LOG_LEVEL="loud")
    assert done.returncode == 1
    assert done.stderr.startswith("Error: SHOUWEN_LOG_LEVEL=loud cannot be used")
    assert "Traceback" not in done.stderr


def test_a_bad_option_is_refused_by_the_name_of_its_setting(folder: Path):
    done = shouwen("up", "--port", "70000", folder=folder)
    assert (done.returncode, "SHOUWEN_PORT=70000" in done.stderr) == (1, True)


def test_a_port_that_is_taken_is_named_with_the_way_out(folder: Path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = shouwen("up", "--port", port, folder=folder)
    assert done.returncode == 1
    assert f"127.0.0.1:{port} cannot be used" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_outside_address_without_encryption_is_refused_with_the_ways_out(folder: Path):
    done = shouwen("up", "--host", "0.0.0.0", folder=folder)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    for way in ("--tls self-signed", "SHOUWEN_TRUSTED_PROXIES", "SHOUWEN_PLAIN_HTTP=yes"):
        assert way in done.stderr


def test_half_a_certificate_is_refused(folder: Path):
    (folder / "cert.pem").write_text("")
    done = shouwen("up", "--tls-cert", str(folder / "cert.pem"), folder=folder)
    assert (done.returncode, "--tls-cert and --tls-key go together" in done.stderr) == (2, True)


def test_a_database_that_does_not_answer_is_named(folder: Path):
    url = f"postgresql://nobody@/centre?host={folder}"
    done = shouwen("up", "--port", "8999", folder=folder, DATABASE_URL=url)
    assert done.returncode == 1
    assert "The database cannot be reached" in done.stderr


def test_the_doctor_of_a_stopped_installation_says_how_to_start_it(folder: Path):
    done = shouwen("doctor", folder=folder)
    assert done.returncode == 1
    assert "→ Start Shouwen first: shouwen up" in done.stdout


def test_an_untouched_audit_trail_verifies(folder: Path):
    prepared.copy("tables", folder)
    assert shouwen("migrate", folder=folder).returncode == 0
    done = shouwen("audit", "verify", folder=folder)
    assert (done.returncode, "0 heads kept outside" in done.stdout) == (0, True)
