from __future__ import annotations

import gzip
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwen.kernel.calendars import BEIJING
from shouwen.kernel.errors import DomainError
from shouwen.project.replay import errors
from shouwen.project.replay.reading import Message, clean, parse_time, read

ZH = "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间"
EN = "id,customer,subject,written_at,text,reply,replied_at"
ROW = '7,甲,宽带断了,2026/3/2 9:05:00,"家里宽带昨晚开始断网,\n一直没有恢复。",已修复。,2026/3/3 10:00:00'
OTHER = "8,乙,咨询套餐,2026-03-01 08:00,请问怎么改套餐？,,"


def put(folder: Path, text: str | bytes, name: str = "in.csv") -> Path:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def refusal(path: Path) -> DomainError:
    with pytest.raises(DomainError) as caught:
        read(path)
    return caught.value


@pytest.mark.parametrize("header", [ZH, EN])
def test_columns_are_found_by_chinese_and_english_names(tmp_path: Path, header: str) -> None:
    found = read(put(tmp_path, f"{header}\n{ROW}\n{OTHER}\n"))
    assert [m.id for m in found.messages] == ["8", "7"]
    assert found.messages[1] == Message(
        "7", "甲", "宽带断了", "家里宽带昨晚开始断网,\n一直没有恢复。",
        datetime(2026, 3, 2, 9, 5, tzinfo=BEIJING), "已修复。", datetime(2026, 3, 3, 10, tzinfo=BEIJING),
    )  # fmt: skip
    assert (found.messages[0].reply, found.messages[0].replied_at) == ("", None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_usual_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    path = put(tmp_path, f"{ZH}\n{ROW}\n".encode(encoding))
    assert read(path).messages[0].subject == "宽带断了"


def test_gzip_is_read_whatever_the_file_is_called(tmp_path: Path) -> None:
    path = put(tmp_path, gzip.compress(f"{ZH}\n{ROW}\n".encode()), "in.csv")
    assert len(read(path).messages) == 1


def test_the_earliest_are_kept_under_a_limit(tmp_path: Path) -> None:
    assert [m.id for m in read(put(tmp_path, f"{ZH}\n{ROW}\n{OTHER}\n"), limit=1).messages] == ["8"]


def test_columns_that_mean_nothing_to_us_are_named_and_left_alone(tmp_path: Path) -> None:
    path = put(tmp_path, f"{ZH},点赞数\n{ROW},3\n")
    assert read(path).ignored == ("点赞数",)


def test_a_missing_column_is_named_with_the_one_that_was_probably_meant(tmp_path: Path) -> None:
    refused = refusal(put(tmp_path, "id,customer,subjct,written_at,text\n1,a,b,2026-01-01,c\n"))
    assert isinstance(refused, errors.ColumnsMissing)
    assert "留言主题/subject" in refused.text("en")
    assert "「subjct」→「subject」?" in refused.text("zh")


def test_two_columns_with_one_meaning_are_refused(tmp_path: Path) -> None:
    refused = refusal(put(tmp_path, f"{EN},留言编号\n{OTHER},1\n"))
    assert isinstance(refused, errors.ColumnTwice)


@pytest.mark.parametrize(
    ("row", "line", "column", "word"),
    [
        ("9,丙,主题,昨天,文字,,", 3, "留言时间", "昨天"),
        ("9,丙,主题,,文字,,", 3, "留言时间", "is empty"),
        ("9,丙,主题,2026-01-01, ,,", 3, "留言详情", "is empty"),
        ("8,丙,主题,2026-01-01,文字,,", 3, "留言编号", "8 is also in line 2"),
        ("9,丙,主题,2026-01-02,文字,好,2026-01-01", 3, "答复时间", "earlier than the message"),
    ],
)
def test_a_bad_cell_is_named_by_line_and_column(tmp_path: Path, row: str, line: int, column: str, word: str) -> None:
    refused = refusal(put(tmp_path, f"{ZH}\n{OTHER}\n{row}\n"))
    assert isinstance(refused, errors.RowRefused)
    assert (refused.params["line"], refused.params["column"]) == (line, column)
    assert word in refused.text("en")
    assert f"第 {line} 行" in refused.text("zh")


def test_lines_are_counted_as_an_editor_shows_them(tmp_path: Path) -> None:
    refused = refusal(put(tmp_path, f"{ZH}\n{ROW}\n9,丙,主题,昨天,文字,,\n"))
    assert refused.params["line"] == 4


def test_a_row_cut_off_is_named(tmp_path: Path) -> None:
    refused = refusal(put(tmp_path, f"{ZH}\n9,丙\n"))
    assert isinstance(refused, errors.ShapeRefused)
    assert refused.text("en").startswith("Line 2 has 2 cells instead of 7.")


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"", "in.csv", errors.FileEmpty),
        (ZH.encode(), "in.csv", errors.FileEmpty),
        (b"plain", "in.csv.gz", errors.FileRefused),
        (gzip.compress(ZH.encode() * 9, mtime=0)[:20], "in.csv.gz", errors.FileRefused),
        (f"{ZH}\n{ROW}".encode()[:-30] + b"\xff\xfe", "in.csv", errors.EncodingRefused),
        (f"{ZH}\n{ROW}".encode("utf-16"), "in.csv", errors.EncodingRefused),
        (b"\xff\xff\xff,\xff", "in.csv", errors.EncodingRefused),
        (ZH.encode("gb18030") + b"\n\xff\xff", "in.csv", errors.EncodingRefused),
        (f'{ZH}\n"8,乙'.encode(), "in.csv", errors.FileRefused),
    ],
)
def test_a_file_that_is_no_csv_is_refused_with_one_sentence(
    tmp_path: Path, content: bytes, name: str, kind: type[DomainError]
) -> None:
    refused = refusal(put(tmp_path, content, name))
    assert type(refused) is kind
    assert refused.text("zh") != refused.text("en")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "nowhere.csv" in refusal(tmp_path / "nowhere.csv").text("en")


def test_a_broken_byte_in_utf8_is_not_taken_for_another_encoding(tmp_path: Path) -> None:
    path = put(tmp_path, f"{ZH}\n{OTHER}\n".encode() + "9,丙,主题".encode() + b"\xb0\xa1,2026-01-01,x,,\n")
    assert refusal(path).params["line"] == 3


@given(
    st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2040, 1, 1)).map(lambda t: t.replace(microsecond=0))
)
def test_every_way_to_write_a_time_means_the_same(moment: datetime) -> None:
    expected = moment.replace(tzinfo=BEIJING)
    assert parse_time(moment.strftime("%Y/%m/%d %H:%M:%S")) == expected
    assert parse_time(moment.strftime("%Y-%m-%d %H:%M:%S")) == expected
    assert parse_time(moment.isoformat()) == expected
    assert parse_time(expected.isoformat()) == expected
    assert parse_time(f"{moment.year}/{moment.month}/{moment.day} {moment:%H:%M:%S}") == expected


@given(st.text())
def test_cleaned_text_is_what_a_person_could_type(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert all(c in "\n\t" or c.isprintable() for c in cleaned)
    assert cleaned == cleaned.strip()


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_messages_come_in_the_order_of_their_times(
    tmp_path_factory: pytest.TempPathFactory, offsets: list[int]
) -> None:
    start = datetime(2026, 1, 1)
    rows = [f"{n},u,s,{start + timedelta(seconds=o):%Y-%m-%d %H:%M:%S},t,," for n, o in enumerate(offsets)]
    found = read(put(tmp_path_factory.mktemp("csv"), "\n".join([ZH, *rows]))).messages
    assert sorted(m.written_at for m in found) == [m.written_at for m in found]
    assert {m.id for m in found} == {str(n) for n in range(len(offsets))}
