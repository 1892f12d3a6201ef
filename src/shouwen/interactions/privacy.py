"""What this room holds about people: what was said, what was noted, how they found it."""

from __future__ import annotations

from shouwen.kit.privacy import Basis, Blank, Category, Delete, Holding, Keep, hold, not_personal

from .models import Draft, Interaction, JournalEntry, Message, Rating, Reason, ServiceRecord

GONE = "（已按保存期限删除）"
SERVING = ("受理咨询和请求，处理争议", "serving requests, and settling disputes about them")


def since_closed(path: str) -> Keep:
    """Keep for two years and thirty days after the contact; disputes about fees may come within five months."""
    return Keep(
        "接触结束后 2 年 30 天；5 个月内的申诉须有据可查",
        "2 years and 30 days after the contact; appeals may come within 5 months",
        days=760,
        since=path,
        least=153,
    )


hold(
    Holding(
        model=Message,
        fields={"body": Category.CONTENT},
        whose="interaction__customer_id",
        matter="interaction_id",
        what=("对话内容", "what was said"),
        purpose=SERVING,
        basis=Basis.CONTRACT,
        keep=since_closed("interaction__closed_at"),
        fate=Blank({"body": GONE}),
    )
)
hold(
    Holding(
        model=ServiceRecord,
        fields={"note": Category.CONTENT},
        whose="interaction__customer_id",
        matter="interaction_id",
        what=("服务小结", "service records"),
        purpose=SERVING,
        basis=Basis.CONTRACT,
        keep=since_closed("interaction__closed_at"),
        fate=Blank({"note": GONE}),
    )
)
hold(
    Holding(
        model=Rating,
        fields={"comment": Category.CONTENT},
        whose="interaction__customer_id",
        matter="interaction_id",
        what=("评价", "ratings"),
        purpose=("改进服务", "improving the service"),
        basis=Basis.CONSENT,
        keep=Keep("1 年", "1 year", days=365, since="rated_at"),
        fate=Blank({"comment": ""}),
    )
)
hold(
    Holding(
        model=Draft,
        fields={"body": Category.CONTENT},
        whose="interaction__customer_id",
        what=("坐席正在输入的内容", "what staff are typing"),
        purpose=("刷新页面后不丢失", "losing nothing on a reload"),
        basis=Basis.CONTRACT,
        keep=Keep("30 天", "30 days", days=30, since="saved_at"),
        fate=Delete(),
        export=False,
    )
)
not_personal(Interaction, "topic", "queue_code")
not_personal(Message, "client_key")
not_personal(JournalEntry, "name", "queue_code", "detail")
not_personal(Reason, "code", "zh", "en")
not_personal(ServiceRecord, "reason", "handling")
