"""Who comes first, who gets it, how long it may take: plain functions on plain values."""
