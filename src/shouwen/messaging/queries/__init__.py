"""What other rooms may ask about written conversations."""

from .access import ChatView, StaffChat, chat_of, current, of_customer, require_reader, staff_chat
from .boxes import Box, Boxed, boxed, boxes
from .topics import TopicView, queue_for, topic_words, topics

__all__ = [
    "Box",
    "Boxed",
    "ChatView",
    "StaffChat",
    "TopicView",
    "boxed",
    "boxes",
    "chat_of",
    "current",
    "of_customer",
    "queue_for",
    "require_reader",
    "staff_chat",
    "topic_words",
    "topics",
]
