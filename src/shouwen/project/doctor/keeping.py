"""What would be left if this machine burnt down tonight."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from shouwen.project.backup.folder import kept_backups
from shouwen.project.config import Config
from shouwen.project.speech import say

from .finding import Finding

TOO_OLD = timedelta(hours=48)


def backup(config: Config) -> Finding:
    """Say how old the last good backup is."""
    kept = kept_backups(config)
    name = say("备份", "backup")
    if kept:
        age = datetime.now(UTC) - kept[-1].manifest.made_at
        return Finding(name, ok=age <= TOO_OLD, detail=_aged(age, kept[-1].folder), remedy=_remedy(config))
    young = config.demo or _age_of_the_installation(config) <= TOO_OLD
    return Finding(name, ok=young, detail=say("还没有", "none yet"), remedy=_remedy(config))


def _aged(age: timedelta, folder: Path) -> str:
    hours = age.total_seconds() / 3600
    return say(f"最近一次在 {hours:.1f} 小时前：{folder}", f"the last one {hours:.1f} hours ago: {folder}")


def _age_of_the_installation(config: Config) -> timedelta:
    """Return how long ago the keys were made: nobody replaces them later."""
    made = [file.stat().st_mtime for file in (config.data / "keys").glob("*_key")]
    return datetime.now(UTC) - datetime.fromtimestamp(min(made), UTC) if made else timedelta(0)


def _remedy(config: Config) -> str:
    if config.backup_hour:
        return say(
            f"每天 {config.backup_at} 应自动备份：在日志里查 backup，或现在执行 shouwen backup。",
            f"It is due daily at {config.backup_at}: look for “backup” in the log, or run shouwen backup now.",
        )
    return say("执行 shouwen backup，并设置 SHOUWEN_BACKUP_AT。", "Run shouwen backup, and set SHOUWEN_BACKUP_AT.")
