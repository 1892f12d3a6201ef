"""Backups: the database as of one moment, the data folder's files, and, kept apart from both, the keys.

A backup is a folder that appears whole or not at all, with a manifest by which a restore proves itself.
"""

from __future__ import annotations

from .folder import Kept, kept_backups
from .restoring import Opened, open_backup, restore_database, restore_files, restore_keys
from .trouble import BackupFailed, BackupRunning, RestoreRefused
from .writing import write_backup

__all__ = [
    "BackupFailed",
    "BackupRunning",
    "Kept",
    "Opened",
    "RestoreRefused",
    "kept_backups",
    "open_backup",
    "restore_database",
    "restore_files",
    "restore_keys",
    "write_backup",
]
