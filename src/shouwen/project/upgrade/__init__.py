"""From one version to the next: a backup first, then the tables, and before both PostgreSQL itself if it is older.

Every step may be killed and done again: a migration and the note that it was done are one transaction, and the data of
an older PostgreSQL stays untouched until the new data is whole.
"""

from __future__ import annotations

from .major import Majors, carry_over, majors
from .migrating import Steps, bring_up_to_date, steps
from .trouble import UpgradeRefused

__all__ = ["Majors", "Steps", "UpgradeRefused", "bring_up_to_date", "carry_over", "majors", "steps"]
