"""Staff, the organisation of three levels they belong to, and the seat types (roles) that say what they may do.

Not here: presence and skills (routing), certificates and careers (people), customers (customers).
"""
