"""What the set-up refuses."""

from __future__ import annotations

from shouwen.kernel.errors import InvalidInput


class TableEmpty(InvalidInput):
    """Nothing to load."""

    code = "table-empty"
    field = "text"
    zh = "没有可导入的行。请粘贴表格内容，一行一条。"
    en = "There are no rows. Paste a table, one entry a line."


class TableTooLong(InvalidInput):
    """More than one step should do."""

    code = "table-too-long"
    field = "text"
    zh = "一次最多导入 {limit} 行，请分几次粘贴。"
    en = "At most {limit} rows at a time. Paste it in parts."


class CellMissing(InvalidInput):
    """A cell that may not be empty."""

    code = "cell-missing"
    zh = "缺少：{columns}。请补全这一行。"
    en = "Missing: {columns}. Complete the line."


class UnitUnknown(InvalidInput):
    """No unit, or more than one, has this name."""

    code = "unit-unknown"
    zh = "没有名为「{name}」的单位，或有多个同名。请先导入组织，或写成「省/市」。"
    en = "No unit is called “{name}”, or several are. Load the organisation first, or write “Province/City”."


class SeatTypeUnknown(InvalidInput):
    """No seat type has this name."""

    code = "seat-type-unknown"
    zh = "没有「{name}」这种台席。可用：{known}。"
    en = "There is no seat type “{name}”. Use one of: {known}."


class PersonUnknown(InvalidInput):
    """Nobody has this number."""

    code = "person-unknown"
    zh = "没有工号 {number} 的人员。请先导入人员。"
    en = "Nobody has the number {number}. Load the staff first."


class LevelsUnreadable(InvalidInput):
    """Agents with levels that cannot be read."""

    code = "levels-unreadable"
    zh = "坐席写法有误：「{text}」。请写成「8021:8 8033:6」，等级 1 到 10。"
    en = "The agents “{text}” cannot be read. Write “8021:8 8033:6”, levels from 1 to 10."


class AddressNeeded(InvalidInput):
    """A message that leaves the house needs an address."""

    code = "address-needed"
    field = "address"
    zh = "请填写收件的邮箱或手机号。"
    en = "Give the mailbox or number that shall receive it."
