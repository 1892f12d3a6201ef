"""The product in a real browser: agent, back office and customer at their own screens."""
