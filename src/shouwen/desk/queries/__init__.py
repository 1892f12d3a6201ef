"""What stands together on the screens."""

from .board import Board, Figure, QueueLine, board
from .conversation import ConversationPage, Said, messages_after, page, readable
from .inbox import Inbox, InboxItem, Offer, inbox, offers
from .lists import Listed, rows
from .promise import Fault, Promise, promise, recent_promise
from .queues import OwnQueue, own_queues

__all__ = [
    "Board",
    "ConversationPage",
    "Fault",
    "Figure",
    "Inbox",
    "InboxItem",
    "Listed",
    "Offer",
    "OwnQueue",
    "Promise",
    "QueueLine",
    "Said",
    "board",
    "inbox",
    "messages_after",
    "offers",
    "own_queues",
    "page",
    "promise",
    "readable",
    "recent_promise",
    "rows",
]
