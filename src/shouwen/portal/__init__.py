"""The portal: the customers' side of the house over HTTP.

Puts actions of the rooms below in order and shows their answers in plain words; owns no rule and no table. A customer
signs in by number and one-time code, a visitor may write without, and a link opens the one matter it was sent for.
"""
