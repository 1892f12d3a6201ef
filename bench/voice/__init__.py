"""Telephone calls through the product: from a caller's INVITE to an agent's ringing, beside Asterisk's own app_queue.

Both say one notice of a fiftieth of a second and then look for an agent; SIPp calls and answers on loopback. What is
measured is the way a call takes, its messages read off both ends' own clocks, which are one.
"""

from .measuring import measure

__all__ = ["measure"]
