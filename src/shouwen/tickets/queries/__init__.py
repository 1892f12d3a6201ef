"""What other rooms may ask about tickets."""

from .categories import (
    CategoryNode,
    KindPolicyCard,
    Topic,
    categories,
    default_topic,
    form_for,
    form_places,
    kind_policies,
    kind_policy,
    topic,
)
from .detail import TicketDetail, deadlines, detail, history, id_of, version
from .figures import TicketFigures, figure_count, figure_rows, figures, open_ids
from .files import TicketFileView, files_of
from .lists import (
    TicketItem,
    TicketRow,
    box_counts,
    boxes,
    count,
    for_conversations,
    items,
    of_customer,
    open_of_customer,
)
from .matters import MatterCard, MatterLine, MatterView, matter, matters
from .orders import ORDERS, Sort
from .scope import visible

__all__ = [
    "ORDERS",
    "CategoryNode",
    "KindPolicyCard",
    "MatterCard",
    "MatterLine",
    "MatterView",
    "Sort",
    "TicketDetail",
    "TicketFigures",
    "TicketFileView",
    "TicketItem",
    "TicketRow",
    "Topic",
    "box_counts",
    "boxes",
    "categories",
    "count",
    "deadlines",
    "default_topic",
    "detail",
    "figure_count",
    "figure_rows",
    "figures",
    "files_of",
    "for_conversations",
    "form_for",
    "form_places",
    "history",
    "id_of",
    "items",
    "kind_policies",
    "kind_policy",
    "matter",
    "matters",
    "of_customer",
    "open_ids",
    "open_of_customer",
    "topic",
    "version",
    "visible",
]
