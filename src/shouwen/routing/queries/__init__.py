"""What may be asked about queues, seats and waiting contacts."""

from .callbacks import CallbackView, callback, callbacks_of, open_callback_ids
from .codes import Dialled, code_shares, dialled, main_code
from .definitions import Definition, definitions
from .entry import Entry, Notice, Way, notices, way
from .ledger import BreakReason, Ledger, Spent, breaks_of, ledger
from .nuisances import NuisanceView, Restriction, nuisances, open_appeal_ids, restriction_of
from .queues import QueueCard, QueueFigures, queue, queue_codes_of, queue_figures, queue_rules_of, queues
from .seats import AgentCard, Engaged, PresenceView, SlotUse, agents, engaged, presence_of, skill_names, skills_of
from .time import TimeSpan, presence_spans
from .whatif import Moved, Trial, WhatIf, what_if
from .why import Explained, why
from .work import (
    Accuracy,
    OfferView,
    Position,
    WorkView,
    offers_of,
    position,
    serving,
    wait_accuracy,
    waiting,
    work_item,
    work_of,
)

__all__ = [
    "Accuracy",
    "AgentCard",
    "BreakReason",
    "CallbackView",
    "Definition",
    "Dialled",
    "Engaged",
    "Entry",
    "Explained",
    "Ledger",
    "Moved",
    "Notice",
    "NuisanceView",
    "OfferView",
    "Position",
    "PresenceView",
    "QueueCard",
    "QueueFigures",
    "Restriction",
    "SlotUse",
    "Spent",
    "TimeSpan",
    "Trial",
    "Way",
    "WhatIf",
    "WorkView",
    "agents",
    "breaks_of",
    "callback",
    "callbacks_of",
    "code_shares",
    "definitions",
    "dialled",
    "engaged",
    "ledger",
    "main_code",
    "notices",
    "nuisances",
    "offers_of",
    "open_appeal_ids",
    "open_callback_ids",
    "position",
    "presence_of",
    "presence_spans",
    "queue",
    "queue_codes_of",
    "queue_figures",
    "queue_rules_of",
    "queues",
    "restriction_of",
    "serving",
    "skill_names",
    "skills_of",
    "wait_accuracy",
    "waiting",
    "way",
    "what_if",
    "why",
    "work_item",
    "work_of",
]
