"""What a role may be allowed to do with other people's matters."""

from __future__ import annotations

from shouwen.kit.permissions import declare

REASSIGN = declare(
    "responsibility.reassign",
    zh="改派他人负责的事项",
    en="Reassign matters others answer for",
    default_for=("shift_leader", "duty_leader"),
)
