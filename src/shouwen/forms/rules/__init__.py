"""The thinking of forms: a small language of conditions, definitions and their lint, answers. Pure."""
