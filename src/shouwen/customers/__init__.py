"""Customers: who they are, how they are reached and prove who they are, and what happened with them.

Knows no conversation, ticket or bill: rooms above write one line each into the timeline. Staff accounts are
not here; a customer's session is his own and opens nothing of the staff's side.
"""
