"""Forms are kept under versions: sound at every step, with help for every field and step before a review."""

from __future__ import annotations

from shouwen.kit import versions
from shouwen.kit.versions import Content

from . import permissions
from .errors import FormUnsound
from .rules.definition import canonical, faults, lint

FORM = "forms.form"


def check(content: Content) -> Content:
    """Return a definition as it is kept, or refuse what could not be drawn or checked."""
    found = faults(content)
    if found:
        raise FormUnsound(found, move="saved", move_zh="保存")
    return canonical(content)


def ready(content: Content) -> Content:
    """Return a definition that may be reviewed: nobody is asked anything without help."""
    found = lint(content)
    if found:
        raise FormUnsound(found, move="submitted for review", move_zh="提交审核")
    return content


versions.register(
    versions.Kind(
        FORM,
        "表单",
        "Form",
        edit=permissions.DESIGN,
        publish=permissions.PUBLISH,
        check=check,
        ready=ready,
        labels={
            "title": ("标题", "Title"),
            "steps": ("步骤", "Steps"),
            "fields": ("字段", "Fields"),
            "label": ("名称", "Name"),
            "help": ("帮助", "Help"),
            "required": ("必填", "Required"),
            "options": ("选项", "Options"),
            "show": ("显示条件", "Shown when"),
            "value": ("算式", "Computed as"),
            "must": ("受理必填", "Needed to accept"),
            "places": ("使用位置", "Used at"),
            "most": ("上限", "Upper bound"),
            "least": ("下限", "Lower bound"),
            "unit": ("单位", "Unit"),
            "kind": ("类型", "Kind"),
            "schema": ("答案结构", "Schema of answers"),
        },
    )
)
