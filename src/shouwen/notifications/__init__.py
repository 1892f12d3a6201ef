"""Notifications: what we tell customers and staff beside a conversation: notices in the app, e-mail, SMS.

Owns the templates, the sending with its retries and receipts, and the Transport port. Decides nothing about when
somebody is told: the room in which a thing happens does, in the action in which it happens.
"""
