"""The written doors: web chat and the media that work like it, and letters, mails and forms that people register.

A conversation is an interaction with the rights of its customer to read and write it, the person who answers it, and
the clocks that run until it is complete. What was said is kept by interactions; who gets it, by routing.
"""
