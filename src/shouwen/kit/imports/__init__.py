"""Imports: a table from a spreadsheet becomes rows of a room, checked before, reported cell by cell, undone as a whole.

A room registers a kind: its fields, how a row is checked, written and taken back. A row and the note that it was
written are one transaction, so an import whose worker was killed goes on where it stood and writes nothing twice.
"""

from . import jobs
from .actions import begin, check, forget_old, map_columns, start, undo
from .api import imports_router
from .kinds import Field, Kind, Wrong, kind

__all__ = [
    "Field",
    "Kind",
    "Wrong",
    "begin",
    "check",
    "forget_old",
    "imports_router",
    "jobs",
    "kind",
    "map_columns",
    "start",
    "undo",
]
