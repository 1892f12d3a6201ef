"""The door for telephone calls: what a call is, where it stands, what its media server shall do next.

Actions decide and write instructions; a gateway (an adapter) carries them out in Asterisk and tells what happened
there. So each may die at any moment: PostgreSQL holds what was promised, Asterisk who is connected. What was said is
kept as a recording of the interaction; who gets a call, by routing.
"""
