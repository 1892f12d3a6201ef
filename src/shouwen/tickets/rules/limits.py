"""Which promises of time a ticket makes, and what their policies may ask about."""

from __future__ import annotations

AT_OPENING: dict[str, tuple[str, ...]] = {"complaint": ("response", "handling", "statutory")}
"""The promises that run from the start; a complaint must also be answered within the law's time."""
_EVERY = ("response", "handling")


def at_opening(kind: str) -> tuple[str, ...]:
    """Return the metrics that run from the moment a ticket of a kind is accepted."""
    return AT_OPENING.get(kind, _EVERY)


def facets(*, kind: str, urgency: str, area: str, channel: str, tier: int | None, customer: str) -> dict[str, str]:
    """Return what is known of a ticket in the words of the policies."""
    return {
        "kind": kind,
        "urgency": urgency,
        "area": area,
        "channel": channel,
        "tier": str(tier) if tier is not None else "",
        "customer": customer,
    }
