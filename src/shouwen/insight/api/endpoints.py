"""What alarms the floor, who has seen it, and at which limits."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest
from ninja import Router

from shouwen.kit.api import command, principal
from shouwen.kit.permissions import require

from .. import actions, queries
from ..permissions import ACKNOWLEDGE
from .schemas import AlertOut, AlertRuleIn, AlertRuleOut, AlertRulesOut, AlertsOut

router = Router(tags=["insight"])


@router.get("/alerts", operation_id="listAlerts", response=AlertsOut)
def list_alerts(request: HttpRequest) -> AlertsOut:
    """List the open alerts of one's area, those nobody has seen first."""
    return _alerts(request)


@router.post("/alerts/{alert_id}/acknowledge", operation_id="acknowledgeAlert", response=AlertsOut)
@command()
def acknowledge(request: HttpRequest, alert_id: int) -> AlertsOut:
    """Say that one has seen an alert; return the open ones."""
    actions.acknowledge(alert_id=alert_id, by=principal(request))
    return _alerts(request)


@router.get("/alert-rules", operation_id="listAlertRules", response=AlertRulesOut)
def list_rules(request: HttpRequest) -> AlertRulesOut:
    """List what is watched and at which limits."""
    require(principal(request), ACKNOWLEDGE)
    return _rules()


@router.put("/alert-rules/{kind}", operation_id="setAlertRule", response=AlertRulesOut)
@command()
def set_rule(request: HttpRequest, kind: str, body: AlertRuleIn) -> AlertRulesOut:
    """Set a limit or turn a rule off; return all rules."""
    actions.set_rule(kind=kind, limit=body.limit, active=body.active, by=principal(request))
    return _rules()


def _alerts(request: HttpRequest) -> AlertsOut:
    return AlertsOut(items=[AlertOut(**asdict(alert)) for alert in queries.open_alerts(by=principal(request))])


def _rules() -> AlertRulesOut:
    return AlertRulesOut(items=[_rule(view) for view in queries.alert_rules()])


def _rule(view: queries.RuleView) -> AlertRuleOut:
    return AlertRuleOut(
        kind=view.rule.kind,
        zh=view.rule.zh,
        en=view.rule.en,
        unit=view.rule.unit,
        limit=view.limit,
        active=view.active,
    )
