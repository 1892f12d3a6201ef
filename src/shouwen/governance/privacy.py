"""What this room holds about people: what they asked of us about their data."""

from __future__ import annotations

from shouwen.kit.privacy import Basis, Blank, Category, Holding, Keep, hold, not_personal

from .models import DataRequest

hold(
    Holding(
        model=DataRequest,
        fields={"detail": Category.CONTENT, "identity": Category.IDENTITY, "outcome": Category.CONTENT},
        whose="customer_id",
        what=("个人信息权利请求", "data-rights requests"),
        purpose=("答复请求并证明已经答复", "answering the requests, and proving that we did"),
        basis=Basis.LEGAL_DUTY,
        keep=Keep("办结后 3 年", "3 years after it was done", days=1095, since="done_at", least=1095),
        fate=Blank({"detail": "", "outcome": {}}),
    )
)
not_personal(DataRequest, "reason", "decided_by")
