"""What other rooms may ask about contacts."""

from .contacts import (
    Conversation,
    conversation,
    conversations,
    count_between,
    id_of,
    of_visitor,
    open_count,
    open_ids,
    open_in,
    opened_between,
)
from .journal import Entry, Reached, journal, journal_of, touched
from .messages import MessageView, drafts, last_messages, messages, said_first
from .records import RatingView, ReasonView, ServiceRecordView, handlings, rating, ratings, reasons, service_record

__all__ = [
    "Conversation",
    "Entry",
    "MessageView",
    "RatingView",
    "Reached",
    "ReasonView",
    "ServiceRecordView",
    "conversation",
    "conversations",
    "count_between",
    "drafts",
    "handlings",
    "id_of",
    "journal",
    "journal_of",
    "last_messages",
    "messages",
    "of_visitor",
    "open_count",
    "open_ids",
    "open_in",
    "opened_between",
    "rating",
    "ratings",
    "reasons",
    "said_first",
    "service_record",
    "touched",
]
