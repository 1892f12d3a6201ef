"""One row a contact, whatever the medium: its messages, its service record, its rating, and the journal.

The journal is the append-only list of what happened to contacts (arrived, queued, answered, ended); figures are
counted from it. This room knows no members of queues and no presence: doors and routing tell it what happened.
"""
