"""What insight refuses."""

from __future__ import annotations

from shouwen.kernel.errors import InvalidInput, NotFound


class AlertNotFound(NotFound):
    """No such alert, or not of one's area."""

    code = "alert-not-found"
    zh = "没有这条告警，或它不在您的管理范围内。请刷新看板。"
    en = "There is no such alert in your area. Read the board again."


class AlertRuleUnknown(NotFound):
    """No rule of this name."""

    code = "alert-rule-unknown"
    zh = "没有名为「{kind}」的告警规则。请从规则列表中选择。"
    en = "There is no alert rule “{kind}”. Choose one from the list."


class LimitInvalid(InvalidInput):
    """A limit that cannot be."""

    code = "alert-limit-invalid"
    field = "limit"
    zh = "阈值不正确：秒数应为 1 至 86400，百分比应为 1 至 100。"
    en = "The limit is not valid: 1 to 86,400 seconds, or 1 to 100 percent."
