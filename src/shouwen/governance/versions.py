"""Impact assessments are kept under versions: written by one person, reviewed by another, and kept."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from shouwen.kit import versions
from shouwen.kit.privacy import HOLDINGS
from shouwen.kit.versions import Content

from . import permissions, rules
from .errors import AssessmentIncomplete, AssessmentMalformed


def check(content: Content) -> Content:
    """Return an assessment as it is kept; refuse what has another shape or names what no room holds."""
    try:
        shaped = rules.Assessment.model_validate(content)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        raise AssessmentMalformed(where=".".join(map(str, first["loc"]))[:80]) from None
    for code in shaped.activities:
        if code not in HOLDINGS:
            raise AssessmentMalformed(where="activities")
    return shaped.model_dump(mode="json")


def ready(content: Content) -> Content:
    """Return an assessment that may be reviewed: everything that the law asks for is said."""
    lacking = rules.lacking(rules.Assessment.model_validate(content))
    if lacking:
        raise AssessmentIncomplete(lacking=lacking)
    return content


def said(name: str, given: Any) -> tuple[str, str] | None:
    """Name the activities by what is held, and codes by their words."""
    if name == "activities" and isinstance(given, str) and given in HOLDINGS:
        return HOLDINGS[given].what
    return rules.said(name, given)


versions.register(
    versions.Kind(
        rules.ASSESSMENT,
        "个人信息保护影响评估",
        "Privacy impact assessment",
        edit=permissions.ASSESS,
        publish=permissions.PUBLISH_ASSESSMENT,
        check=check,
        ready=ready,
        labels=rules.ASSESSMENT_WORDS,
        say=said,
    )
)
