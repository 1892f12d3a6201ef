"""The screens of agents and leaders: conversations at the desk, and the live board.

Owns no rules and no tables: it asks rooms for what stands together on a screen, and passes on what is pressed there.
"""
