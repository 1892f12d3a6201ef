"""What this room holds about people: who our customers are, how we reach them, what they decided."""

from __future__ import annotations

from shouwen.kit.privacy import Basis, Blank, Category, Delete, Holding, Keep, Kept, hold, named_by, not_personal

from .models import AccessSession, Consent, ContactPoint, Customer, MatterLink, ServicePin, SignInCode, TimelineEntry
from .queries import names

SERVICE_PERIOD = Keep("服务期间及其后 2 年", "while we serve, and 2 years after")
KNOWING = ("识别客户、联系客户、确定服务级别", "knowing the customer, reaching him, and how he is served")

hold(
    Holding(
        model=Customer,
        fields={"name": Category.NAME, "birth_date": Category.BIRTH, "account_number": Category.ACCOUNT},
        whose="id",
        what=("客户资料", "customer record"),
        purpose=KNOWING,
        basis=Basis.CONTRACT,
        keep=SERVICE_PERIOD,
        fate=Blank({"name": "（已删除）", "birth_date": None, "account_number": None}),
    )
)
hold(
    Holding(
        model=ContactPoint,
        fields={"value": Category.CONTACT},
        whose="customer_id",
        what=("电话和邮箱", "numbers and addresses"),
        purpose=KNOWING,
        basis=Basis.CONTRACT,
        keep=SERVICE_PERIOD,
        fate=Delete(),
    )
)
hold(
    Holding(
        model=ServicePin,
        fields={"digest": Category.SECRET},
        whose="customer_id",
        what=("服务密码（仅摘要）", "service password, as a digest"),
        purpose=("核实客户身份", "checking who the customer is"),
        basis=Basis.CONTRACT,
        keep=SERVICE_PERIOD,
        fate=Delete(),
        export=False,
    )
)
hold(
    Holding(
        model=Consent,
        fields={"purpose": Category.CHOICE, "text_version": Category.CHOICE, "channel": Category.USE},
        whose="customer_id",
        what=("同意和撤回的记录", "consents given and withdrawn"),
        purpose=("证明取得过同意、尊重撤回", "proving consent, and honouring its withdrawal"),
        basis=Basis.LEGAL_DUTY,
        keep=Keep("3 年（诉讼时效）", "3 years (limitation of actions)", since="at"),
        fate=Kept("须能证明曾取得或撤回同意", "we must be able to prove consent and its withdrawal"),
    )
)
hold(
    Holding(
        model=TimelineEntry,
        fields={"line_zh": Category.USE, "line_en": Category.USE},
        whose="customer_id",
        what=("接触历史", "history of contacts"),
        purpose=("让每位接待的人了解前情", "letting whoever serves know what went before"),
        basis=Basis.CONTRACT,
        keep=Keep("2 年 30 天", "2 years and 30 days", days=760, since="at"),
        fate=Delete(),
    )
)
hold(
    Holding(
        model=SignInCode,
        fields={"phone": Category.CONTACT, "address": Category.USE, "digest": Category.SECRET},
        whose="customer_id",
        what=("登录验证码的申请", "requests for one-time codes"),
        purpose=("验证登录、防止滥用", "signing in, and preventing abuse"),
        basis=Basis.CONTRACT,
        keep=Keep("30 天", "30 days", days=30, since="requested_at"),
        fate=Delete(),
        export=False,
        wall=True,
    )
)
not_personal(Customer, "language")
not_personal(TimelineEntry, "kind", "channel", "subject")
not_personal(AccessSession, "digest")
not_personal(MatterLink, "digest", "subject")
named_by("customer", names)
