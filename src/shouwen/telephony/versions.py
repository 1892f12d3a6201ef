"""What of the telephone is kept under versions: the rules for calling out."""

from __future__ import annotations

from shouwen.kit import versions

from .permissions import SET_DIAL_RULES
from .rules.dialling import KIND, checked

versions.register(
    versions.Kind(
        KIND,
        "外呼规则",
        "Rules for calling out",
        edit=SET_DIAL_RULES,
        publish=SET_DIAL_RULES,
        check=checked,
        labels={
            "allowed": ("允许号码", "Allowed numbers"),
            "barred": ("禁止号码", "Barred numbers"),
            "opens": ("最早时间", "From"),
            "closes": ("最晚时间", "Until"),
            "a_day": ("每天次数", "Calls a day"),
            "apart_minutes": ("间隔分钟", "Minutes apart"),
            "tries": ("回拨次数", "Tries of a callback"),
            "again_minutes": ("重拨间隔分钟", "Minutes until it is tried again"),
        },
    )
)
