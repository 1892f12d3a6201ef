"""Refusals about the system's own state."""

from __future__ import annotations

from shouwen.kernel.errors import DomainError


class NothingToRetry(DomainError):
    """It is done by now, or running."""

    code = "nothing-to-retry"
    status = 409
    zh = "它已经处理完或正在处理，不用重试。请刷新查看。"
    en = "It is done by now, or running: there is nothing to retry. Reload to see."
