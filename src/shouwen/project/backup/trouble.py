"""What can stop a backup or a restore; each message says why and what to do."""

from __future__ import annotations


class BackupFailed(Exception):
    """No backup was made; what was there before is untouched."""


class BackupRunning(BackupFailed):
    """Another process is making one."""


class RestoreRefused(Exception):
    """Nothing was restored, or what was restored is not what was backed up."""
