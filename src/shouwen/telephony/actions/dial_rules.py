"""Setting the rules for calling out."""

from __future__ import annotations

from collections.abc import Mapping

from shouwen.kit import audit, versions
from shouwen.kit.actions import action
from shouwen.kit.permissions import require
from shouwen.kit.principals import SYSTEM, Principal

from .. import permissions
from ..rules.dialling import KEY, KIND, checked


@action
def set_dial_rules(*, by: Principal, content: Mapping[str, object]) -> None:
    """Put other rules for calling out in force at once; those before stay among the versions, with who set them."""
    require(by, permissions.SET_DIAL_RULES)
    kept = checked(content)
    versions.follow(by=SYSTEM, kind=KIND, key=KEY, title="外呼规则", content=kept, note=by.name)
    audit.record(by, "telephony.dial-rules", subject="dial_rules", subject_id=0, after=kept)
