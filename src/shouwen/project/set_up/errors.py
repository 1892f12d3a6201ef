"""What the set-up refuses."""

from __future__ import annotations

from shouwen.kernel.errors import InvalidInput


class AddressNeeded(InvalidInput):
    """A message that leaves the house needs an address."""

    code = "address-needed"
    field = "address"
    zh = "请填写收件的邮箱或手机号。"
    en = "Give the mailbox or number that shall receive it."
