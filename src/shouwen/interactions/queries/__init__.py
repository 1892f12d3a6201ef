"""What other rooms may ask about contacts."""

from .contacts import Conversation, conversation, conversations, id_of, of_visitor
from .journal import Entry, journal
from .messages import MessageView, drafts, last_messages, messages
from .records import ReasonView, ServiceRecordView, rating, reasons, service_record

__all__ = [
    "Conversation",
    "Entry",
    "MessageView",
    "ReasonView",
    "ServiceRecordView",
    "conversation",
    "conversations",
    "drafts",
    "id_of",
    "journal",
    "last_messages",
    "messages",
    "of_visitor",
    "rating",
    "reasons",
    "service_record",
]
