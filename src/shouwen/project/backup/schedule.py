"""When the daily backup is due. Pure thinking first, then the chore that a worker does."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from shouwen.kernel.calendars import BEIJING
from shouwen.project.config import Config

from .folder import kept_backups
from .progress import Progress
from .trouble import BackupRunning
from .writing import write_backup

CATCH_UP = timedelta(minutes=30)
RETRY = timedelta(hours=1)
DAY = timedelta(days=1)


def struck(at: time, now: datetime) -> datetime:
    """Return when that hour of the day, in Beijing, struck last."""
    today = datetime.combine(now.astimezone(BEIJING).date(), at, BEIJING)
    return today if today <= now else today - DAY


def is_due(*, at: time, now: datetime, last: datetime | None, started: datetime) -> bool:
    """Tell whether to begin: the hour has struck since the last one; what a night off missed waits half an hour."""
    wanted = struck(at, now)
    if last is not None and last >= wanted:
        return False
    return wanted >= started or now - started >= CATCH_UP


class Nightly:
    """The chore: looks each minute, makes the backup when it is due, tries again an hour after a failure."""

    def __init__(self) -> None:
        self._started = datetime.now(UTC)
        self._not_before = self._started

    def __call__(self, config: Config) -> bool:
        """Make a backup if it is due; tell whether one was made."""
        now = datetime.now(UTC)
        if config.backup_hour is None or now < self._not_before:
            return False
        newest = max((kept.manifest.made_at for kept in kept_backups(config)), default=None)
        if not is_due(at=config.backup_hour, now=now, last=newest, started=self._started):
            return False
        self._not_before = now + RETRY
        try:
            write_backup(config, Progress(quiet=True), label="scheduled")
        except BackupRunning:
            return False
        return True
