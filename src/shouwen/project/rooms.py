"""Which rooms the house has, from the ground up."""

from __future__ import annotations

ROOMS = (
    "kit",
    "accounts",
    "forms",
    "sla",
    "responsibility",
    "customers",
    "notifications",
    "interactions",
    "metrics",
    "routing",
    "messaging",
    "telephony",
    "tickets",
    "governance",
    "workforce",
    "insight",
    "desk",
    "portal",
)
