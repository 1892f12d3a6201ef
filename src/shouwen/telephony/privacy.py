"""What this room holds about people: who called, and the sound of the call."""

from __future__ import annotations

from shouwen.kit.privacy import Basis, Blank, Category, Holding, Keep, hold, not_personal

from .models import Call, Consult, Instruction, Leg, Phone, Recording

hold(
    Holding(
        model=Call,
        fields={"calling": Category.CONTACT},
        whose="interaction__customer_id",
        what=("来电号码", "calling numbers"),
        purpose=("接听和回拨来电，处理争议", "answering and returning calls, and settling disputes about them"),
        basis=Basis.CONTRACT,
        keep=Keep("2 年 30 天", "2 years and 30 days", days=760, since="interaction__closed_at", least=153),
        fate=Blank({"calling": ""}),
        recipients=("中继线路的运营商（接通和回拨）", "the carrier of the lines, who connects calls"),
    )
)
not_personal(Call, "asterisk", "dialled")
not_personal(Leg, "channel", "cause")
not_personal(Consult, "queue_code", "outcome")
not_personal(Instruction, "asterisk", "arguments", "failed")
not_personal(Phone, "number", "address", "secret")
not_personal(Recording, "digest")
