"""What this room holds about people: who called, and the sound of the call."""

from __future__ import annotations

from shouwen.kit.privacy import Basis, Blank, Category, Holding, Keep, hold, not_personal

from .models import Call, Consult, Instruction, Leg, MediaServer, Phone, Recording, RefusedCall, Trunk

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
        matter="interaction_id",
        recipients=("中继线路的运营商（接通和回拨）", "the carrier of the lines, who connects calls"),
    )
)
hold(
    Holding(
        model=Recording,
        fields={"file": Category.CONTENT, "digest": Category.CONTENT, "seconds": Category.USE},
        whose="call__interaction__customer_id",
        what=("通话录音", "recordings of calls"),
        purpose=("保证服务质量，处理争议", "keeping service good, and settling disputes about it"),
        basis=Basis.CONTRACT,
        keep=Keep("6 个月（至少 92 天）", "6 months (at least 92 days)", days=184, since="kept_at", least=92),
        fate=Blank({"file": None}),
        matter="call_id",
        files=("file",),
    )
)
not_personal(Call, "asterisk", "network_id", "dialled", "about")
not_personal(Leg, "channel", "cause")
not_personal(Consult, "queue_code", "outcome")
not_personal(Instruction, "asterisk", "arguments", "failed")
not_personal(MediaServer, "name")
not_personal(RefusedCall, "channel", "asterisk", "network_id", "dialled")
not_personal(Trunk, "address")
not_personal(Phone, "number", "address", "seat", "secret")
