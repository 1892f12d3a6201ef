"""The demo operator 江海通信: people, queues and customers that never were. Written through the rooms' own actions."""

from .cast import SIGN_INS
from .filling import fill

__all__ = ["SIGN_INS", "fill"]
