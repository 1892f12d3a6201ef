"""Who answers for an open matter: one row each, with owner, handler, and what it waits on.

The owner is the first person asked (首问责任人) and stays it until somebody accepts a hand-over; until a
person has answered, it is the duty leader of the queue. The handler is who works on it now. A matter is known
only by name and number; what it is, and who may see it, is decided in the rooms above.
"""
