"""What the product ships, and what follows the operator."""

from __future__ import annotations

from shouwen.accounts import queries as accounts
from shouwen.kit import versions
from shouwen.kit.actions import action
from shouwen.kit.principals import SYSTEM

from ..queries.in_force import CALENDAR, LADDER, POLICY
from ..rules import standard


@action
def install_standard() -> None:
    """Put the product's rules in force where nobody has written any. Done by every migrate and start."""
    shipped = {CALENDAR: standard.calendars(), LADDER: standard.ladders(), POLICY: standard.policies()}
    for kind, contents in shipped.items():
        for key, content in contents.items():
            versions.install(kind=kind, key=key, title=content["name"]["zh"], content=content)


@action
def follow_hours() -> None:
    """Keep the calendar of service hours as the operator has set them; a policy may count by it. Twice it is once."""
    found = accounts.operator()
    if found.opens is None or found.closes is None:
        return
    content = standard.service_calendar(found.opens, found.closes, found.weekdays)
    note = "随运营商服务时间更新 / Follows the operator's hours"
    versions.follow(
        by=SYSTEM, kind=CALENDAR, key=standard.SERVICE, title=content["name"]["zh"], content=content, note=note
    )
