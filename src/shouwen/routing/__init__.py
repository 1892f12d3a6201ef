"""Queues, skills, presence, and the matching of waiting contacts to free seats (ACD).

A contact waits as one work item a queue visit; a seat holds one slot row for each contact it can carry. Everything
that makes somebody or something eligible happens in SQL functions under one lock a routing domain, so that no
committed snapshot shows a free slot beside an eligible waiting item. Not here: what a contact says (interactions),
who owns it (responsibility), how it reaches us (messaging, telephony).
"""
