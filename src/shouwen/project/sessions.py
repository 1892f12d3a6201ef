"""Sessions of staff, kept in the database under a digest: whoever reads the table cannot take one over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession
from django.contrib.sessions.models import Session

from shouwen.accounts.queries import session_digest
from shouwen.accounts.rules import Lifetime
from shouwen.kit import clock
from shouwen.kit.prepared import Prepared, columns, fetched

_SESSION = Prepared(
    lambda key, at: Session.objects.filter(session_key=key, expire_date__gt=at).values_list(*columns(Session))
)


class SessionStore(db.SessionStore):
    """Django's own store, except that its rows do not tell the key, and end sooner than the cookie when idle."""

    over_at: datetime | None = None
    """When the row says that the session is over."""

    def _get_session_from_db(self) -> Any:
        row = fetched(Session, _SESSION(key=session_digest(self.session_key or ""), at=clock.wall()))
        if row is None:
            self._session_key = None
        else:
            self.over_at = row.expire_date
        return row

    def exists(self, session_key: str) -> bool:
        """Tell whether a key is taken."""
        return super().exists(session_digest(session_key))

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """Return the row to write, under the digest of its key."""
        row = super().create_model_instance(data)
        row.session_key = session_digest(row.session_key)
        if "idle" in data:
            row.expire_date = Lifetime(row.expire_date, timedelta(seconds=data["idle"])).kept_until(clock.wall())
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Remove a session."""
        key = session_key or self.session_key
        if key:
            super().delete(session_digest(key))
