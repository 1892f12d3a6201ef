"""What may be allowed about the system's own state."""

from __future__ import annotations

from shouwen.kit.permissions import declare

VIEW = declare("health.view", zh="查看系统状态", en="View the system's state", default_for=("system_management",))
MEND = declare(
    "health.mend", zh="重试失败的任务", en="Retry what failed in the system", default_for=("system_management",)
)
