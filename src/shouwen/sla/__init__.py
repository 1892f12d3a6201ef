"""Promises of time for any subject: policies say how long, deadlines run, pause, warn, are met or missed.

A deadline knows its subject only by name and number; who is responsible, and what happens on a breach, is
decided in the rooms above, which hear `DeadlineWarned` and `DeadlineBreached`.
"""
