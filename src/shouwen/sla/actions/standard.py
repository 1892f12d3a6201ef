"""What the product ships."""

from __future__ import annotations

from shouwen.kit import versions
from shouwen.kit.actions import action

from ..queries.in_force import CALENDAR, LADDER, POLICY
from ..rules import standard


@action
def install_standard() -> None:
    """Put the product's rules in force where nobody has written any. Done by every migrate and start."""
    shipped = {CALENDAR: standard.calendars(), LADDER: standard.ladders(), POLICY: standard.policies()}
    for kind, contents in shipped.items():
        for key, content in contents.items():
            versions.install(kind=kind, key=key, title=content["name"]["zh"], content=content)
