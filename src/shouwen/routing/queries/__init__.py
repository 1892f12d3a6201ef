"""What may be asked about queues, seats and waiting contacts."""

from .queues import QueueCard, QueueFigures, queue, queue_codes_of, queue_figures, queues
from .seats import AgentCard, PresenceView, SlotUse, agents, presence_of, skills_of
from .time import TimeSpan, presence_spans
from .work import OfferView, Position, WorkView, offers_of, position, waiting, work_item, work_of

__all__ = [
    "AgentCard",
    "OfferView",
    "Position",
    "PresenceView",
    "QueueCard",
    "QueueFigures",
    "SlotUse",
    "TimeSpan",
    "WorkView",
    "agents",
    "offers_of",
    "position",
    "presence_of",
    "presence_spans",
    "queue",
    "queue_codes_of",
    "queue_figures",
    "queues",
    "skills_of",
    "waiting",
    "work_item",
    "work_of",
]
