from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from shouwen.project.command import main
from shouwen.project.demo.cast import PASSWORD
from shouwen.project.replay import command


def run(*arguments: str, language: str = "C.UTF-8") -> Result:
    return CliRunner().invoke(main, ["replay", *arguments], env={"LC_ALL": language})


def put(folder: Path, text: str) -> str:
    file = folder / "in.csv"
    file.write_text(text, encoding="utf-8")
    return str(file)


def test_the_demo_password_is_the_demos() -> None:
    assert command.PASSWORD == PASSWORD


def test_a_wrong_file_is_refused_with_one_sentence_before_anything_starts(tmp_path: Path) -> None:
    result = run(put(tmp_path, "id,text\n1,hello\n"))
    assert result.exit_code == 1
    assert result.output.startswith("Error: Line 1 lacks the columns 留言用户/customer, ")
    assert len(result.output.strip().splitlines()) == 1


def test_the_sentence_is_in_the_readers_language(tmp_path: Path) -> None:
    file = put(tmp_path, "id,customer,subject,written_at,text\n1,甲,主题,昨天,文字\n")
    assert "第 2 行「written_at」列：「昨天」不是时间" in run(file, language="zh_CN.UTF-8").output
    assert "Line 2, column “written_at”: “昨天” is not a time" in run(file).output


def test_calls_without_times_are_refused_before_anything_starts(tmp_path: Path) -> None:
    result = run("--hours", put(tmp_path, "call_id\n1\n"))
    assert (result.exit_code, "no column with the time of a call" in result.output) == (1, True)


@pytest.mark.parametrize("wrong", [["--agents", "0"], ["--speed", "0.1"], ["--days", "0"], ["--nonsense"]])
def test_a_wrong_call_ends_with_2(wrong: list[str]) -> None:
    assert run(*wrong).exit_code == 2


def test_a_product_that_is_not_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "PATIENCE_SECONDS", 0.1)
    result = run("--url", "http://127.0.0.1:9")
    assert result.exit_code == 1
    assert result.output.strip().splitlines()[-1] == "Error: http://127.0.0.1:9 does not answer."
