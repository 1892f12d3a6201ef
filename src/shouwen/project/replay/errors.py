"""Why a file cannot be replayed: each sentence names the place and the remedy."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError, InvalidInput


class FileRefused(InvalidInput):
    """The file cannot be opened or unpacked."""

    code = "replay-file"
    zh = "无法读取文件 {path}：{reason}。请检查路径，文件应为 .csv 或 .csv.gz。"
    en = "The file {path} cannot be read: {reason}. Check the path; it must be a .csv or a .csv.gz."


class EncodingRefused(InvalidInput):
    """The bytes are no text we can read."""

    code = "replay-encoding"
    zh = "第 {line} 行的文字编码有误，既不是 UTF-8 也不是 GB18030。请用 UTF-8 另存文件后再试。"
    en = "Line {line} is neither UTF-8 nor GB18030. Save the file as UTF-8 and try again."


class FileEmpty(InvalidInput):
    """There is nothing to replay."""

    code = "replay-empty"
    zh = "文件 {path} 没有数据行。第一行应为列名，其后每行一条留言。"
    en = "The file {path} has no rows. The first line names the columns, each further line is one message."


class ColumnsMissing(InvalidInput):
    """Columns that a replay cannot do without."""

    code = "replay-columns"
    zh = "第 1 行缺少列：{missing}。已有的列：{found}。{hint}各列说明见 docs/replay.zh.md。"
    en = "Line 1 lacks the columns {missing}. It has: {found}. {hint}See docs/replay.md for the format."


class ColumnTwice(InvalidInput):
    """Two columns with one meaning."""

    code = "replay-column-twice"
    zh = "第 1 行的列「{first}」和「{second}」含义相同。请只保留一列。"
    en = "In line 1 the columns “{first}” and “{second}” mean the same. Keep one."


class RowRefused(InvalidInput):
    """One cell that cannot be understood."""

    code = "replay-row"
    zh = "第 {line} 行「{column}」列：{reason_zh}。请改正后再试；什么都没有开始。"
    en = "Line {line}, column “{column}”: {reason_en}. Correct it and try again; nothing was started."


class ShapeRefused(InvalidInput):
    """A row that is cut off or has cells too many."""

    code = "replay-shape"
    zh = "第 {line} 行有 {cells} 格，应为 {columns} 格。请检查这一行的引号和逗号。"
    en = "Line {line} has {cells} cells instead of {columns}. Check its quotes and commas."


class NoTimes(InvalidInput):
    """A file of calls without the time of a call."""

    code = "replay-hours"
    zh = "文件 {path} 没有来电时间列。请提供名为 {names} 之一的列。"
    en = "The file {path} has no column with the time of a call. Name one of {names}."


class ProductRefused(DomainError):
    """The product answered something that the replay cannot go on with."""

    code = "replay-product"
    zh = "{what}：{detail}"
    en = "{what}: {detail}"


class NobodyThere(DomainError):
    """The address does not answer."""

    code = "replay-nobody"
    zh = "{url} 没有应答。"
    en = "{url} does not answer."
