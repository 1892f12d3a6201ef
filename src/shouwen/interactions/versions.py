"""Wrap-up codes (why customers turn to us) are written by one person and published by another."""

from __future__ import annotations

from shouwen.kit import versions
from shouwen.kit.versions.kinds import Content

from .errors import WrapUpCodeInvalid
from .models import Reason
from .permissions import MANAGE_REASONS, PUBLISH_REASONS

WRAP_UP = "interactions.reason"


def wrap_up_content(content: Content) -> Content:
    """Return a wrap-up code as it is kept: two names, the code above it, and whether it may be chosen."""
    for name, most in (("zh", 40), ("en", 60)):
        if not isinstance(content.get(name), str) or not 0 < len(content[name].strip()) <= most:
            raise WrapUpCodeInvalid(where=name)
    if not isinstance(content.get("parent") or "", str):
        raise WrapUpCodeInvalid(where="parent")
    names = {name: content[name].strip() for name in ("zh", "en")}
    return {**names, "parent": content.get("parent") or "", "active": bool(content.get("active", True))}


def _known(content: Content) -> Content:
    """Refuse a code under another that is not there or is itself under one."""
    kept = wrap_up_content(content)
    if kept["parent"] and not Reason.objects.filter(code=kept["parent"], parent=None).exists():
        raise WrapUpCodeInvalid(where="parent")
    return kept


versions.register(
    versions.Kind(
        WRAP_UP,
        "服务小结码",
        "Wrap-up code",
        edit=MANAGE_REASONS,
        publish=PUBLISH_REASONS,
        check=wrap_up_content,
        ready=_known,
        labels={
            "zh": ("中文名称", "Chinese name"),
            "en": ("英文名称", "English name"),
            "parent": ("上级", "Above it"),
            "active": ("可选用", "May be chosen"),
        },
    )
)
