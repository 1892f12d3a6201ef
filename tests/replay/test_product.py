from __future__ import annotations

import asyncio
from pathlib import Path

from shouwen.project.replay.product import Letterbox

SAID = "2026-11-23 10:00:00,000 worker   INFO shouwen.messages SMS to {to}: "
ZH = SAID + "[登录验证码] 您的登录验证码是 {code}，5 分钟内有效。"
EN = SAID + "[Sign-in code] Your sign-in code is {code}, good."
OTHER = SAID + "[已受理] 单号 GD20261123-000006。"


def code(box: Letterbox, phone: str) -> str | None:
    return asyncio.run(box.code(phone, seconds=0.01))


def test_codes_are_read_for_their_number_once(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    lines = [ZH.format(to="8615490000001", code="123456"), EN.format(to="8615490000002", code="654321")]
    log.write_text("\n".join([*lines, OTHER.format(to="8615490000003"), ""]))
    box = Letterbox(log)
    assert code(box, "15490000001") == "123456"
    assert code(box, "15490000001") is None
    assert code(box, "15490000002") == "654321"
    assert code(box, "15490000003") is None


def test_of_several_codes_the_newest_is_read_and_the_others_are_forgotten(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    log.write_text("".join(ZH.format(to="8615490000001", code=one) + "\n" for one in ("111111", "222222")))
    box = Letterbox(log)
    assert code(box, "15490000001") == "222222"
    assert code(box, "15490000001") is None


def test_a_line_half_written_is_read_when_it_is_whole(tmp_path: Path) -> None:
    log, line = tmp_path / "x.log", ZH.format(to="8615490000001", code="123456") + "\n"
    log.write_text(line[:80])
    box = Letterbox(log)
    assert code(box, "15490000001") is None
    with log.open("a") as out:
        out.write(line[80:])
    assert code(box, "15490000001") == "123456"


def test_a_log_that_begins_a_new_file_is_read_on(tmp_path: Path) -> None:
    log = tmp_path / "x.log"
    box = Letterbox(log)
    assert code(box, "15490000001") is None
    log.write_text("old\n" * 50)
    box.read()
    log.rename(tmp_path / "x.log.1")
    log.write_text(ZH.format(to="8615490000001", code="111111") + "\n")
    assert code(box, "15490000001") == "111111"
