"""What this room holds about people: their answers."""

from __future__ import annotations

from shouwen.kit.privacy import Basis, Blank, Category, Holding, Keep, hold, not_personal

from .models import TAKEN_UP, Answers

hold(
    Holding(
        model=Answers,
        fields={"values": Category.CONTENT},
        whose="customer_id",
        what=("表单回答", "answers to forms"),
        purpose=("办理客户请求，处理争议", "handling requests, and settling disputes about them"),
        basis=Basis.CONTRACT,
        keep=Keep(
            "填写后 2 年 30 天；5 个月内的申诉须有据可查",
            "2 years and 30 days after it was filled in; appeals may come within 5 months",
            days=760,
            since="filled_at",
            least=153,
        ),
        fate=Blank({"values": {}}),
        attached=TAKEN_UP,
    )
)
not_personal(Answers, "form", "subject", "filled_by")
