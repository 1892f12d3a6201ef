"""After every migrate and at every start: the database's lists agree with the code's."""

from __future__ import annotations

from shouwen.accounts import actions as accounts
from shouwen.forms import actions as forms
from shouwen.kit import approvals, events
from shouwen.kit.health import actions as health
from shouwen.sla import actions as sla


def agree() -> None:
    """Make subscribers and the permissions of seat types what the rooms declare, and have partitions ready.

    Then put what the product ships in force where nothing else is.
    """
    events.sync_subscriptions()
    events.make_partitions()
    accounts.sync_roles()
    sla.install_standard()
    sla.follow_hours()
    approvals.install_limits()
    forms.install_forms()
    health.count_statements()
