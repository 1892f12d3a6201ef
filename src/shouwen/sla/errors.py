"""Refusals of this room."""

from __future__ import annotations

from shouwen.kernel.errors import InvalidInput


class RuleMalformed(InvalidInput):
    """A part of a calendar, a policy or a ladder has the wrong shape."""

    code = "sla-rule-malformed"
    zh = "「{where}」的格式不对。请按页面上的表单填写。"
    en = "“{where}” does not have the right form. Fill it in as the page asks."

    def __init__(self, **params: object) -> None:
        super().__init__(**params)
        self.field = f"content.{params['where']}"  # type: ignore[misc]


class ContentInvalid(InvalidInput):
    """What a rule says does not hold together."""

    code = "sla-rule-invalid"
    zh = "{why_zh}"
    en = "{why_en}"

    def __init__(self, **params: object) -> None:
        super().__init__(**params)
        self.field = f"content.{params['where']}"  # type: ignore[misc]


class ClockNotFound(InvalidInput):
    """There is nothing to preview for such a matter."""

    code = "sla-metric-unknown"
    field = "metric"
    zh = "没有名为「{metric}」的时限。请从列表里选。"
    en = "There is no time limit called “{metric}”. Choose one from the list."
