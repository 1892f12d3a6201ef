"""What this room holds about people: what we told whom, where, and whether it arrived."""

from __future__ import annotations

from django.db.models import Q

from shouwen.kit.privacy import Basis, Blank, Category, Holding, Keep, hold, not_personal

from .models import NoticeOff, Notification

hold(
    Holding(
        model=Notification,
        fields={"address": Category.CONTACT, "params": Category.CONTENT},
        whose="recipient_id",
        only=Q(recipient_kind="customer"),
        what=("发给客户的消息", "messages to customers"),
        purpose=("告知办理进度和结果，证明已告知", "telling progress and result, and proving that we did"),
        basis=Basis.CONTRACT,
        keep=Keep(
            "6 个月（短信记录至少 5 个月）", "6 months (SMS records at least 5)", days=184, since="at", least=153
        ),
        recipients=("短信网关、邮件服务商（受托传送）", "SMS gateway and mail provider, who carry it for us"),
        fate=Blank({"address": "", "params": {}, "sealed": ""}),
    )
)
not_personal(
    Notification,
    *("recipient_kind", "channel", "template", "sealed", "language", "subject", "dedupe_key", "state"),
    *("receipt", "error"),
)
not_personal(NoticeOff, "template")
