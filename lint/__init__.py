"""Our own contracts and rules for the code, each with the story in its docstring."""
