"""What rooms offer to dialogs, processes, macros and plans: named, typed, done once, with a person as the last resort.

A room writes `@activity("tickets.open", …)` on a function of a typed input and output in its `activities.py`; a flow
calls `start` with a key of its own and gets the answer at once, or later by a token. What fails is tried again; what
goes on failing, is refused or stays unanswered comes before a person (`settle`).
"""

from .actions import RunView, answer, settle, start, work_due
from .events import ActivityAnswered, ActivityNeedsPerson
from .registry import ACTIVITIES, SETTLE, VIEW, Activity, Later, Run, activity

__all__ = [
    "ACTIVITIES",
    "SETTLE",
    "VIEW",
    "Activity",
    "ActivityAnswered",
    "ActivityNeedsPerson",
    "Later",
    "Run",
    "RunView",
    "activity",
    "answer",
    "settle",
    "start",
    "work_due",
]
