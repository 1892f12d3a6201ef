"""Outside systems, one sub-package each. An adapter keeps a room's port and knows no rule."""
