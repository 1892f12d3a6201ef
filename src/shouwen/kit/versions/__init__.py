"""Versions of anything that is decided with care: drafted by one, reviewed by another, in force from a date.

A room registers a kind of content with its check and its permissions (`register`), and asks what is in force
(`current`). What runs keeps the version it began with (`version`). Nothing published ever changes: a change, and
also the way back, is a new version.
"""

from .actions import discard, draft, edit, follow, install, publish, retire, roll_back, send_back, submit
from .compare import Change, Line, compare, spoken
from .events import VersionPublished, VersionRetired, VersionSubmitted
from .kinds import KINDS, VIEW, Content, Kind, register
from .queries import InForce, all_current, current, retired, version

__all__ = [
    "KINDS",
    "VIEW",
    "Change",
    "Content",
    "InForce",
    "Kind",
    "Line",
    "VersionPublished",
    "VersionRetired",
    "VersionSubmitted",
    "all_current",
    "compare",
    "current",
    "discard",
    "draft",
    "edit",
    "follow",
    "install",
    "publish",
    "register",
    "retire",
    "retired",
    "roll_back",
    "send_back",
    "spoken",
    "submit",
    "version",
]
