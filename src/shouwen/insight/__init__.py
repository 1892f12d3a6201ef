"""Composes figures into alerts that lead to a deed: what to watch, at which limit, who is told, who has seen it.

Defines no figure and decides nothing on the floor: it reads queues, seats and levels from the rooms below.
"""
