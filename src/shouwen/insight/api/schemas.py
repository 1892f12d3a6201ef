"""Shapes of alerts and their rules."""

from __future__ import annotations

from datetime import datetime

from ninja import Schema


class AlertOut(Schema):
    id: int
    kind: str
    queue_code: str
    queue_name: str
    skill: str
    staff_id: int | None
    staff_name: str
    device: str
    value: float | None
    limit: float
    raised_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str


class AlertRuleOut(Schema):
    kind: str
    zh: str
    en: str
    unit: str
    limit: float
    active: bool


class AlertRuleIn(Schema):
    limit: float
    active: bool = True


class AlertsOut(Schema):
    items: list[AlertOut]


class AlertRulesOut(Schema):
    items: list[AlertRuleOut]
