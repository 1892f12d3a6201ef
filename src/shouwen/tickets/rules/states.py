"""What may become of a ticket (state names of TMF621), and who may do what."""

from __future__ import annotations

from typing import Literal

State = Literal["acknowledged", "inProgress", "pending", "held", "resolved", "closed", "cancelled", "rejected"]
Move = Literal["take", "assign", "wait", "hold", "resume", "resolve", "reopen", "close", "cancel"]

STATES: tuple[State, ...] = (
    "acknowledged",
    "inProgress",
    "pending",
    "held",
    "resolved",
    "closed",
    "cancelled",
    "rejected",
)
OVER: frozenset[State] = frozenset({"closed", "cancelled", "rejected"})
OPEN: tuple[State, ...] = tuple(state for state in STATES if state not in OVER)

TRANSITIONS: dict[State, dict[Move, State]] = {
    "acknowledged": {"take": "inProgress", "assign": "inProgress", "cancel": "cancelled"},
    "inProgress": {
        "take": "inProgress",
        "assign": "inProgress",
        "wait": "pending",
        "hold": "held",
        "resolve": "resolved",
        "cancel": "cancelled",
    },
    "pending": {
        "take": "pending",
        "assign": "pending",
        "resume": "inProgress",
        "resolve": "resolved",
        "cancel": "cancelled",
    },
    "held": {
        "take": "held",
        "assign": "held",
        "wait": "pending",
        "resume": "inProgress",
        "resolve": "resolved",
        "cancel": "cancelled",
    },
    "resolved": {"take": "resolved", "assign": "resolved", "reopen": "inProgress", "close": "closed"},
    "closed": {},
    "cancelled": {},
    "rejected": {},
}

STATE_ZH: dict[str, str] = {
    "acknowledged": "已受理",
    "inProgress": "处理中",
    "pending": "等待用户",
    "held": "挂起",
    "resolved": "已解决待确认",
    "closed": "已归档",
    "cancelled": "已撤销",
    "rejected": "不予受理",
}
MOVE_ZH: dict[str, str] = {
    "take": "接手",
    "assign": "转派",
    "wait": "等待用户",
    "hold": "挂起",
    "resume": "继续处理",
    "resolve": "办结",
    "reopen": "重新处理",
    "close": "归档",
    "cancel": "撤单",
}
_STAFF_ANY_TIME = ("note", "hand_over", "contact", "compensate")
_CUSTOMER: dict[str, tuple[str, ...]] = {
    "resolved": ("confirm", "reopen"),
    "acknowledged": ("urge", "supplement"),
    "inProgress": ("urge", "supplement"),
    "held": ("urge", "supplement"),
    "pending": ("supplement",),
}


def after(state: str, move: Move) -> State | None:
    """Return the state after a move, or None where the move is not allowed."""
    return TRANSITIONS[_known(state)].get(move)


def is_over(state: str) -> bool:
    """Tell whether nothing may happen to a ticket in this state any more."""
    return state in OVER


def staff_can(state: str) -> list[str]:
    """Return what staff may do in a state, permissions aside."""
    return [] if is_over(state) else [*TRANSITIONS[_known(state)], *_STAFF_ANY_TIME]


def customer_can(state: str) -> list[str]:
    """Return what the customer may do in a state."""
    return list(_CUSTOMER.get(state, ()))


def business_fits(seat: str, category: str) -> bool:
    """Tell whether a seat of one business may work on a category; "" stands for every business."""
    return not seat or not category or seat == category


def _known(state: str) -> State:
    return next(known for known in STATES if known == state)
