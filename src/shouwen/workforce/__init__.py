"""The roster: what is planned for whom, and what of it is paid.

Every figure that compares a seat's time with its plan takes the plan from here; the figures themselves are in metrics.
"""
