"""How the house itself is doing: alive, ready, in figures, in the log, and on a page for administrators."""
