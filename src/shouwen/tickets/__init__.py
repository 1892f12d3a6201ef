"""Tickets: what a customer is owed and cannot get at once, from the moment it is accepted to his own yes.

An enquiry, a fault, a complaint or a suggestion. It has one owner until a hand-over is accepted, clocks that stop
only while we wait for the customer, and it closes only when the customer confirms or documented attempts to reach
him have failed. Orders, visits and conversations are not tickets; they live in rooms of their own.
"""
