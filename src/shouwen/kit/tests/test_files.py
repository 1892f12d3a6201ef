"""Files: taken in whole or not at all, known by their content, sealed, given out only to whom they were shown."""

from __future__ import annotations

import io
import os
import struct
import uuid
import zlib
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from shouwen.accounts.models import Staff
from shouwen.accounts.tests.factories import by, staff, staff_client
from shouwen.customers.tests.factories import customer, customer_client
from shouwen.kit import clock, files
from shouwen.kit.files import actions, kinds, sealing
from shouwen.kit.files.errors import FileBroken, FileNotFound, FileTypeRefused, MacrosRefused
from shouwen.kit.models import AuditRow, StoredFile

from .pictures import office, picture

UPLOAD = "/api/files"
ATTACHMENT = kinds.PURPOSES["attachment"]


@pytest.fixture
def folder(tmp_path: Path):
    before = files.storage()
    files.connect(files.FolderStorage(tmp_path / "files"))
    yield tmp_path / "files"
    files.connect(before)


def fang() -> Staff:
    return staff("8021", "comprehensive", name="方以宁")


def kept(content: bytes = b"a,b\n1,2\n", name: str = "a.csv", key: str = "press-0001") -> files.FileCard:
    return files.receive(by=by(fang()), name=name, read=io.BytesIO(content).read, length=len(content), key=key)


# ── what it is ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("content", "name", "told"),
    [
        (picture("JPEG"), "灯.JPG", ("灯.JPG", "image/jpeg")),
        (picture("PNG"), "screen.jpg", ("screen.jpg.png", "image/png")),
        (picture("WEBP"), "x", ("x.webp", "image/webp")),
        (b"%PDF-1.7\n1 0 obj", "账单.pdf", ("账单.pdf", "application/pdf")),
        (office("word/document.xml"), "a.docx", ("a.docx", f"{kinds.OFFICE}.wordprocessingml.document")),
        (office("xl/workbook.xml"), "a.xlsx", ("a.xlsx", f"{kinds.OFFICE}.spreadsheetml.sheet")),
        ("断网了".encode("gb18030"), "说明.txt", ("说明.txt", "text/plain")),
        (b"#!AMR\n" + bytes(30), "call.amr", ("call.amr", "audio/amr")),
        (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(30), "v.mp4", ("v.mp4", "video/mp4")),
    ],
)
def test_a_file_is_known_by_its_content(content, name, told):
    found = kinds.tell(content, name, ATTACHMENT)
    assert (found.name, found.media_type) == told


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"MZ\x90\x00\x03" + bytes(200), "照片.jpg", FileTypeRefused),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "a.svg", FileTypeRefused),
        (b"<!DOCTYPE html><html><script>", "a.png", FileTypeRefused),
        (b"nothing in particular", "a.dat", FileTypeRefused),
        (office("word/document.xml", "word/vbaProject.bin"), "a.docx", MacrosRefused),
        (b"PK\x03\x04" + b"x" * 50, "a.docx", FileBroken),
        (b"MZ\x00\x01", "a.txt", FileBroken),
    ],
)
def test_what_is_not_on_the_list_is_refused_whatever_it_is_called(content, name, refusal):
    with pytest.raises(refusal):
        kinds.tell(content, name, ATTACHMENT)


@given(st.text(min_size=1, max_size=300))
def test_a_name_is_only_a_name(name):
    clean = kinds.clean_name(name)
    assert 0 < len(clean) <= kinds.NAME_MOST
    assert not set(clean) & set('/\\<>:"|?*\0\r\n\u202e')
    assert not clean.startswith(".")


# ── pictures ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_a_picture_is_drawn_anew_without_the_place_it_was_taken(folder):
    card = kept(picture(exif=True) + b"<script>alert(1)</script>", "photo.jpg")
    content = b"".join(actions.read(card.id))
    assert (card.width, card.height) == (480, 640)
    assert b"121.4737" not in content
    assert b"<script>" not in content
    assert len(Image.open(io.BytesIO(content)).getexif()) == 0
    small = Image.open(io.BytesIO(b"".join(actions.read(card.id, "thumbnail"))))
    assert (small.size, small.format) == ((240, 320), "WEBP")


def bomb() -> bytes:
    """Return a picture of 400 megapixels in a few bytes."""

    def part(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = part(b"IHDR", struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0))
    rows = part(b"IDAT", zlib.compress(bytes(2501 * 200), 9))
    return b"\x89PNG\r\n\x1a\n" + head + rows + part(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "code"), [(bomb(), "picture-too-big"), (picture("PNG")[:200], "file-broken"), (b"", "file-empty")]
)
@pytest.mark.django_db
def test_a_picture_that_harms_is_refused(content, code):
    answer = staff_client(fang()).upload(UPLOAD, content, name="a.png")
    assert (answer.status_code in {413, 422}, answer.json()["code"]) == (True, code)
    assert StoredFile.objects.count() == 0


# ── at rest ───────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.binary(max_size=300), max_size=6), st.integers(1, 120))
def test_what_is_sealed_opens_as_it_was_and_not_otherwise(parts, piece):
    key = sealing.fresh_key()
    with patch.object(sealing, "PIECE", piece):
        sealed = list(sealing.seal(parts, key, "p"))
        assert b"".join(sealing.unseal([b"".join(sealed)], key, "p")) == b"".join(parts)
        spoiled = [sealed[:-1], sealed[::-1] if len(sealed) > 1 else [], [sealed[0], *sealed]]
        for bad in spoiled:
            with pytest.raises(sealing.SealBroken):
                b"".join(sealing.unseal([b"".join(bad)], key, "p"))
        with pytest.raises(sealing.SealBroken):
            b"".join(sealing.unseal([b"".join(sealed)], key, "q"))


@pytest.mark.django_db
def test_nothing_readable_lies_in_the_folder(folder):
    card = kept("身份证号 320500199001011234".encode(), "证件.txt")
    lying = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    assert len(lying) == 1
    assert b"320500199001011234" not in lying[0]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert b"".join(actions.read(card.id)) == "身份证号 320500199001011234".encode()


@pytest.mark.django_db
def test_content_that_was_touched_is_not_given_out(folder):
    card = kept()
    file = next(f for f in folder.rglob("*") if f.is_file())
    file.write_bytes(file.read_bytes()[:-1] + b"\0")
    address = files.link_to(card, by=by(fang()))
    answer = staff_client(fang()).get(address)
    assert (answer.status_code, answer.json()["code"]) == (503, "file-content-away")


# ── never lost ────────────────────────────────────────────────────────────────────────────────────────────────────

STEPS = ("os.open", "os.fsync", "pathlib.Path.rename", "shouwen.kit.files.actions._write_row")


class Killed(BaseException):
    """The process is gone at this very step."""


def killed_at(step: str, *, after: bool) -> Any:
    module, _, name = step.rpartition(".")
    owner = {"os": os, "pathlib.Path": Path, "shouwen.kit.files.actions": actions}[module]
    real = getattr(owner, name)

    def die(*args: Any, **kwargs: Any) -> Any:
        if after:
            real(*args, **kwargs)
        raise Killed

    return patch.object(owner, name, die)


@pytest.mark.django_db
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("step", STEPS)
def test_a_crash_at_any_step_leaves_a_whole_file_or_nothing(folder, step, after):
    """Whatever row there is has its content; a repeat of the press succeeds; what is left over is swept away."""
    with pytest.raises(Killed), killed_at(step, after=after):
        kept()
    for row in StoredFile.objects.all():
        assert b"".join(actions.read(row.pk)) == b"a,b\n1,2\n"
    card = kept()
    assert b"".join(actions.read(card.id)) == b"a,b\n1,2\n"
    for file in folder.rglob("*"):
        os.utime(file, (0, 0))
    files.sweep()
    assert len([f for f in folder.rglob("*") if f.is_file()]) == 1
    assert b"".join(actions.read(card.id)) == b"a,b\n1,2\n"


@pytest.mark.django_db
def test_content_is_on_the_disk_before_its_row_and_the_row_before_the_answer(folder):
    """The order that makes a power cut harmless."""
    order: list[str] = []

    def noted(name: str, real: Any) -> Any:
        def run(*args: Any, **kwargs: Any) -> Any:
            order.append(name)
            return real(*args, **kwargs)

        return run

    with (
        patch.object(os, "fsync", noted("flush", os.fsync)),
        patch.object(Path, "rename", noted("rename", Path.rename)),
        patch.object(actions, "_write_row", noted("row", actions._write_row)),
    ):
        kept()
    assert order[-4:] == ["flush", "rename", "flush", "row"]


@pytest.mark.django_db
def test_pressed_twice_it_is_one_file_and_another_file_needs_another_key(folder):
    client = staff_client(fang())
    first, second = (client.upload(UPLOAD, b"x,y", name="a.csv", key="press-0001").json()["id"] for _ in range(2))
    assert first == second
    other = client.upload(UPLOAD, b"z", name="a.csv", key="press-0001")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db
def test_what_nothing_takes_up_goes_after_a_day_and_what_is_taken_up_stays(folder):
    used, unused = kept(key="press-0001"), kept(key="press-0002")
    actions.attach(by=by(fang()), files=[used.public_id], subject="ticket", subject_id=7)
    StoredFile.objects.update(recorded_at=clock.wall() - timedelta(hours=25))
    for file in folder.rglob("*"):
        os.utime(file, (0, 0))
    assert files.sweep() == 2
    assert list(StoredFile.objects.values_list("id", flat=True)) == [used.id]
    assert b"".join(actions.read(used.id)) == b"a,b\n1,2\n"
    with pytest.raises(FileNotFound):
        actions.read(unused.id)


@pytest.mark.django_db
def test_who_reloads_a_form_finds_his_files_again_until_something_takes_them_up():
    first, second = kept(key="press-0001"), kept(b"c\n", "c.csv", key="press-0002")
    listed = staff_client(fang()).get(f"{UPLOAD}/waiting").json()
    assert [one["id"] for one in listed] == [str(first.public_id), str(second.public_id)]
    files.attach(by=by(fang()), files=[first.public_id], subject="ticket", subject_id=1)
    assert [one["name"] for one in staff_client(fang()).get(f"{UPLOAD}/waiting").json()] == ["c.csv"]
    assert staff_client(staff("8033")).get(f"{UPLOAD}/waiting").json() == []


@pytest.mark.django_db
def test_a_full_disk_is_said_and_nothing_is_kept(folder):
    with patch.object(os, "fsync", side_effect=OSError(28, "No space left on device")):
        answer = staff_client(fang()).upload(UPLOAD, b"x", name="a.csv")
    assert (answer.status_code, answer.json()["code"]) == (503, "file-store-away")
    assert StoredFile.objects.count() == 0
    assert [f for f in folder.rglob("*") if f.is_file()] == []


# ── who gets it ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
@pytest.mark.usefixtures("folder")
def test_a_link_is_good_for_the_one_it_was_made_for_and_leaves_its_trace():
    card = kept(b"<script>" + b"1", "../../<b>账单.csv")
    address = files.link_to(card, by=by(fang()))
    answer = staff_client(fang()).get(address)
    assert b"".join(answer) == b"<script>1"
    assert answer["Content-Type"] == "text/csv"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''b%E8%B4%A6%E5%8D%95.csv"
    look = AuditRow.objects.get(verb="files.look")
    assert (look.principal, look.subject_id) == (by(fang()).key, card.id)
    assert staff_client(staff("8022", "comprehensive")).get(address).json()["code"] == "file-link-over"
    portal = address.replace("/api/", "/api/portal/")
    assert customer_client(customer()).get(portal).json()["code"] == "file-link-over"


@pytest.mark.django_db
@pytest.mark.usefixtures("folder")
def test_a_link_that_is_old_or_forged_opens_nothing():
    address = files.link_to(kept(), by=by(fang()))
    client = staff_client(fang())
    assert client.get(address[:-2]).json()["code"] == "file-link-over"
    with patch("shouwen.kit.files.links.LIFE_SECONDS", -1):
        assert client.get(address).json()["code"] == "file-link-over"


@pytest.mark.django_db
@pytest.mark.usefixtures("folder")
def test_nobody_takes_up_what_another_uploaded_nor_one_file_twice():
    card = kept()
    with pytest.raises(FileNotFound):
        actions.attach(by=by(staff("8022", "comprehensive")), files=[card.public_id], subject="ticket", subject_id=1)
    actions.attach(by=by(fang()), files=[card.public_id, card.public_id], subject="ticket", subject_id=1)
    with pytest.raises(FileNotFound):
        actions.attach(by=by(fang()), files=[card.public_id], subject="ticket", subject_id=2)
    with pytest.raises(FileNotFound):
        actions.attach(by=by(fang()), files=[uuid.uuid4()], subject="ticket", subject_id=1)


# ── at the door ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("content", "name", "status", "code"),
    [
        (b"x" * (20 * 1024 * 1024 + 1), "a.txt", 413, "file-too-large"),
        (b"MZ" + bytes(100), "a.jpg", 415, "file-type-refused"),
        (b"x", "", 422, "invalid-input"),
    ],
)
def test_an_upload_that_cannot_be_taken_says_why(content, name, status, code):
    answer = staff_client(fang()).upload(UPLOAD, content, name=name)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert StoredFile.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("folder")
def test_files_open_under_the_key_before_until_they_are_brought_under_the_new_one(folder, settings):
    cards = [kept(b"a,b\n1,2\n"), kept(b"c,d\n3,4\n", key="press-0002")]
    old = settings.CONFIG
    settings.CONFIG = old.model_copy(update={"files_key": "n" * 50, "files_key_before": old.files_key})
    assert (files.files_under_another_key(), b"".join(files.read(cards[0].id))) == (2, b"a,b\n1,2\n")
    assert (files.rewrap(after=files.rewrap() or 0), files.files_under_another_key()) == (None, 0)
    settings.CONFIG = old.model_copy(update={"files_key": "n" * 50, "files_key_before": ""})
    assert [b"".join(files.read(card.id)) for card in cards] == [b"a,b\n1,2\n", b"c,d\n3,4\n"]
    settings.CONFIG = old
    assert files.rewrap() is not None
    assert files.files_under_another_key() == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("folder")
def test_nobody_fills_the_house_with_files_used_for_nothing(monkeypatch):
    monkeypatch.setattr(actions, "WAITING_MOST", 2)
    client = customer_client(customer())
    answers = [client.upload("/api/portal/files", b"x", name=f"{n}.txt").status_code for n in range(3)]
    assert answers == [201, 201, 429]


@pytest.mark.django_db
@pytest.mark.usefixtures("folder")
def test_without_a_session_nothing_is_taken_in():
    from shouwen.kit.testing import ApiClient

    assert ApiClient().upload(UPLOAD, b"x", name="a.txt").status_code == 401
    assert ApiClient().upload("/api/portal/files", b"x", name="a.txt").status_code == 401
