"""A customer's browser for tests."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from shouwen.customers.tests.factories import PHONE
from shouwen.kit.testing import ApiClient, run_jobs
from shouwen.notifications.tests.factories import Mailbag, send_all

AT = "/api/portal"


def browser(address: str = "192.0.2.1") -> ApiClient:
    """Return a browser that nobody knows yet."""
    return ApiClient(Client(enforce_csrf_checks=True, REMOTE_ADDR=address))


def ask_code(client: ApiClient, bag: Mailbag, phone: str = PHONE) -> str:
    """Ask for a code and return it as it stands in the message."""
    answer = client.post(f"{AT}/sign-in/code", {"phone": phone})
    assert answer.status_code == 200, answer.content.decode()
    run_jobs()
    send_all()
    found = re.search(r"验证码是 (\d{6})", bag.carried[-1]["body"])
    assert found
    return found[1]


def sign_in(client: ApiClient, bag: Mailbag, phone: str = PHONE) -> Any:
    """Sign in as the customer with this number."""
    return client.post(f"{AT}/sign-in", {"phone": phone, "code": ask_code(client, bag, phone)})
