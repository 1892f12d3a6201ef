"""Files looked over by a clamd: refused, kept, or waiting for it; tried with a peer that speaks its protocol."""

from __future__ import annotations

import io
import socketserver
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import by, staff, staff_client
from shouwen.adapters.clamav import ClamAv
from shouwen.kit import files
from shouwen.kit.files.errors import FileInfected, FileLocked, FileWaits
from shouwen.kit.models import AuditRow, StoredFile
from shouwen.kit.testing import facts

BAD = b"EVIL-TEST-FILE"
MOST = 1_000_000


class Daemon(socketserver.BaseRequestHandler):
    """Answers as clamd does: PING, and INSTREAM with its pieces and its limit."""

    def handle(self) -> None:
        order = self._until_zero()
        if order == b"zPING":
            self.request.sendall(b"PONG\0")
            return
        assert order == b"zINSTREAM"
        content = b""
        while size := struct.unpack("!L", self._exactly(4))[0]:
            content += self._exactly(size)
            if len(content) > MOST:
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.request.sendall(b"stream: Evil.Test.Signature FOUND\0" if BAD in content else b"stream: OK\0")

    def _until_zero(self) -> bytes:
        order = b""
        while (one := self._exactly(1)) != b"\0":
            order += one
        return order

    def _exactly(self, size: int) -> bytes:
        found = b""
        while len(found) < size and (more := self.request.recv(size - len(found))):
            found += more
        return found


@pytest.fixture
def place(tmp_path: Path) -> Iterator[str]:
    """A clamd at a unix socket."""
    place = str(tmp_path / "clamd.ctl")
    with socketserver.ThreadingUnixStreamServer(place, Daemon) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield place
        server.shutdown()


@pytest.fixture
def connected(place: str) -> Iterator[None]:
    files.connect_scanner(ClamAv(place, seconds=5))
    yield
    files.connect_scanner(None)


def fang() -> Staff:
    return staff("8021", name="方以宁")


def handed_in(content: bytes, key: str = "press-0001") -> files.FileCard:
    return files.receive(by=by(fang()), name="a.txt", read=io.BytesIO(content).read, length=len(content), key=key)


def waiting(content: bytes) -> files.FileCard:
    """Hand a file in while the scanner is away."""
    files.connect_scanner(ClamAv("/nowhere/clamd.ctl"))
    return handed_in(content)


def test_content_goes_in_pieces_and_comes_back_judged(place: str) -> None:
    clamd = ClamAv(place, seconds=5)
    clamd.ping()
    assert clamd.scan([b"x" * 200_000, b"y"]) == ""
    assert clamd.scan([b"x" * 100_000, BAD]) == "Evil.Test.Signature"


@pytest.mark.parametrize("wrong", ["/nowhere/clamd.ctl", "127.0.0.1:1"])
def test_a_scanner_that_is_away_is_no_verdict(wrong: str) -> None:
    with pytest.raises(files.ScannerAway):
        ClamAv(wrong, seconds=1).scan([b"x"])


def test_more_than_it_takes_is_no_verdict(place: str) -> None:
    with pytest.raises(files.ScannerAway):
        ClamAv(place, seconds=5).scan([b"x" * (MOST + 1)])


@pytest.mark.django_db
def test_what_it_finds_is_refused_and_on_record(connected: None) -> None:
    with pytest.raises(FileInfected) as refused:
        handed_in(BAD)
    assert "Evil.Test.Signature" in refused.value.text("zh")
    assert not StoredFile.objects.exists()
    assert AuditRow.objects.get(verb="files.infected").details["found"] == "Evil.Test.Signature"
    assert handed_in(b"a clean word").scan == "clean"


@pytest.mark.django_db
def test_while_it_is_away_a_file_waits_and_nobody_gets_it(connected: None, place: str) -> None:
    card = waiting(b"a clean word")
    client = staff_client(fang())
    link = files.file_out(card, by=by(fang())).url
    assert (card.scan, client.get(link).json()["code"]) == ("waiting", "file-waits")
    with pytest.raises(FileWaits):
        files.read(card.id)
    assert files.scan_waiting() == 1
    assert StoredFile.objects.get().scan == "waiting"
    files.connect_scanner(ClamAv(place, seconds=5))
    assert files.scan_waiting() == 1
    assert facts("kit.FileScanned")[-1]["audience"] == [by(fang()).key]
    assert client.get(link).status_code == 200


@pytest.mark.django_db
def test_what_is_found_later_is_taken_away(connected: None, place: str) -> None:
    card = waiting(BAD)
    files.connect_scanner(ClamAv(place, seconds=5))
    files.scan_waiting()
    row = StoredFile.objects.get()
    assert (row.scan, files.storage().has(row.place)) == ("infected", False)
    with pytest.raises(FileLocked):
        files.read(card.id)


@pytest.mark.django_db
def test_without_a_scanner_nothing_waits() -> None:
    assert (handed_in(b"a word").scan, files.scan_waiting()) == ("", 0)
