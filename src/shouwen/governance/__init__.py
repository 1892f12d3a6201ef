"""What the law lets people ask of us about their data, from the asking to the answer.

Each request is a ticket too: so it has an owner, the law's clock and a place in the customer's own list, and the
promise covers it. This room holds what was asked, what was decided and why, and orders the rooms below to do it. It
is not the list of what we hold: that is `kit.privacy`.
"""
