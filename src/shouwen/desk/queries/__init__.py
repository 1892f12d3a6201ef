"""What stands together on the screens."""

from .board import Board, Figure, QueueLine, board
from .conversation import Assignment, ConversationPage, Said, messages_after, page, readable, why
from .figures import Asked, Table, TableLine, behind, table
from .inbox import Inbox, InboxItem, Offer, inbox, offers
from .lists import Listed, rows
from .promise import Fault, Promise, promise, recent_promise
from .queues import OwnQueue, own_queues
from .service import Tile, behind_tile, service

__all__ = [
    "Asked",
    "Assignment",
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
    "Table",
    "TableLine",
    "Tile",
    "behind",
    "behind_tile",
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
    "service",
    "table",
    "why",
]
