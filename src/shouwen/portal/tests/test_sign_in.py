"""Customers sign in by number and one-time code; visitors need not."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwen.customers.models import AccessSession, SignInCode
from shouwen.customers.tests.factories import PHONE, customer
from shouwen.kit.testing import run_jobs
from shouwen.notifications.models import Notification
from shouwen.notifications.tests.factories import Mailbag, send_all
from shouwen.portal import actions, jobs

from .browser import AT, ask_code, browser, sign_in

db = pytest.mark.django_db
real_db = pytest.mark.django_db(transaction=True)


@db
def test_a_customer_signs_in_with_the_code_sent_to_his_number(bag):
    customer()
    client = browser()

    answer = sign_in(client, bag, "154 0000 6620")

    assert answer.status_code == 200
    assert answer.json() == client.get(f"{AT}/me").json()
    me = answer.json()
    assert (me["kind"], me["name"], me["phone"]) == ("customer", "陈明远", "154 **** 6620")
    assert set(me["operator"]) == {"name", "access_code", "demo", "logo", "opens", "closes", "weekdays"}
    assert [(m["channel"], m["address"]) for m in bag.carried] == [("sms", f"86{PHONE}")]


@db
def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(bag):
    customer()
    client = browser()
    sign_in(client, bag)

    cookie = client.client.cookies["sw_customer"]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert len(cookie.value) >= 43
    assert AccessSession.objects.get().digest != cookie.value


@db
def test_an_unknown_number_gets_the_same_answer_and_nothing_is_sent(bag, wall):
    customer()

    known = browser().post(f"{AT}/sign-in/code", {"phone": PHONE})
    unknown = browser().post(f"{AT}/sign-in/code", {"phone": "15400007777"})
    run_jobs()
    send_all()

    assert known.status_code == unknown.status_code == 200
    assert known.json() | {"phone": ""} == unknown.json() | {"phone": ""}
    assert unknown.json()["phone"] == "154 **** 7777"
    assert [m["address"] for m in bag.carried] == [f"86{PHONE}"]
    refused = [
        browser().post(f"{AT}/sign-in", {"phone": phone, "code": "000000"}).json() | {"trace": ""}
        for phone in (PHONE, "15400007777", "15400008888")
    ]
    assert refused[0] == refused[1] == refused[2]


@db
def test_asking_does_the_same_work_for_a_known_and_an_unknown_number(wall):
    customer()

    def work(phone: str, address: str) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            actions.ask_for_code(phone=phone, address=address)
        return [q["sql"][:40] for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]

    assert work(PHONE, "192.0.2.1") == work("15400007777", "192.0.2.2")


@db
@pytest.mark.parametrize("code", ["", "12345", "abcdef", "０００００１"])
def test_a_code_that_is_none_is_refused_at_its_field(code, bag):
    customer()

    answer = browser().post(f"{AT}/sign-in", {"phone": PHONE, "code": code})

    assert answer.status_code == 422
    assert [e["field"] for e in answer.json()["errors"]] == ["code"]


@db
def test_after_five_wrong_codes_the_right_one_is_refused_too(bag):
    customer()
    client = browser()
    code = ask_code(client, bag)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"

    answers = [client.post(f"{AT}/sign-in", {"phone": PHONE, "code": c}) for c in [wrong] * 5 + [code]]

    assert {a.json()["code"] for a in answers} == {"code-refused"}
    assert SignInCode.objects.get().attempts == 5
    assert "sw_customer" not in client.client.cookies


@db
def test_a_code_opens_one_session_and_is_then_spent(bag):
    customer()
    client = browser()
    code = ask_code(client, bag)

    answers = [browser().post(f"{AT}/sign-in", {"phone": PHONE, "code": code}).status_code for _ in range(2)]

    assert answers == [200, 422]


@real_db
def test_one_code_sent_twice_at_once_opens_one_session(bag):
    customer()
    code = ask_code(browser(), bag)

    def press(_: int) -> int:
        try:
            return int(browser().post(f"{AT}/sign-in", {"phone": PHONE, "code": code}).status_code)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(press, range(4)))

    assert answers == [200, 422, 422, 422]
    assert AccessSession.objects.count() == 1


@db
def test_a_code_ends_after_five_minutes_on_the_wall(bag, wall):
    customer()
    client = browser()
    code = ask_code(client, bag)
    wall.advance(minutes=5, seconds=1)

    assert client.post(f"{AT}/sign-in", {"phone": PHONE, "code": code}).json()["code"] == "code-refused"


@db
def test_codes_for_one_number_are_limited_and_the_wait_is_said(bag, wall):
    customer()
    client = browser()
    ask_code(client, bag)
    wall.advance(seconds=15)

    answer = client.post(f"{AT}/sign-in/code", {"phone": PHONE})

    assert (answer.status_code, answer.json()["code"]) == (429, "too-many-codes")
    assert "45 秒" in answer.json()["detail"]
    assert len(bag.carried) == 1


@db
def test_one_address_cannot_try_number_after_number(wall):
    client = browser("192.0.2.66")

    answers = [client.post(f"{AT}/sign-in/code", {"phone": f"154000010{i:02d}"}).status_code for i in range(12)]

    assert answers == [200] * 10 + [429] * 2
    assert browser("192.0.2.67").post(f"{AT}/sign-in/code", {"phone": "15400001099"}).status_code == 200


@db
def test_one_address_cannot_guess_codes_without_end(wall):
    client = browser("192.0.2.66")

    answers = [client.post(f"{AT}/sign-in", {"phone": PHONE, "code": "000000"}).status_code for _ in range(21)]

    assert answers == [422] * 20 + [429]


@db
def test_a_number_that_is_none_is_refused_with_a_remedy():
    answer = browser().post(f"{AT}/sign-in/code", {"phone": "12ab"})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-phone")


@db
def test_signing_out_ends_the_session_also_for_a_copy_of_its_cookie(bag):
    customer()
    client = browser()
    sign_in(client, bag)
    copy = browser()
    copy.client.cookies["sw_customer"] = client.client.cookies["sw_customer"].value
    assert copy.get(f"{AT}/me").status_code == 200

    assert client.delete(f"{AT}/session").status_code == 204

    assert client.get(f"{AT}/me").status_code == 401
    assert copy.get(f"{AT}/me").status_code == 401


@db
def test_an_unused_session_ends_and_one_in_use_goes_on(bag, wall):
    customer()
    client = browser()
    sign_in(client, bag)

    for _ in range(3):
        wall.advance(hours=11)
        assert client.get(f"{AT}/me").status_code == 200
    wall.advance(hours=12, seconds=1)

    assert client.get(f"{AT}/me").status_code == 401


@db
def test_a_second_sign_in_in_one_browser_ends_the_first(bag):
    customer()
    customer("王芳", "15400001111")
    client = browser()
    sign_in(client, bag)
    first = client.client.cookies["sw_customer"].value

    sign_in(client, bag, "15400001111")

    assert client.get(f"{AT}/me").json()["name"] == "王芳"
    client.client.cookies["sw_customer"] = first
    assert client.get(f"{AT}/me").status_code == 401


@db
def test_a_code_is_sent_once_however_often_its_job_runs(bag):
    customer()
    browser().post(f"{AT}/sign-in/code", {"phone": PHONE})
    request_id = SignInCode.objects.get().pk

    jobs.send_code(request_id)
    jobs.send_code(request_id)
    run_jobs()
    send_all()

    assert len(bag.carried) == 1
    assert jobs.send_code.name == actions.SEND_CODE


@db
def test_no_code_stays_readable_anywhere(bag: Mailbag):
    customer()
    code = ask_code(browser(), bag)

    kept = f"{list(SignInCode.objects.values())} {list(Notification.objects.values())}"

    assert code not in kept.replace(str(Notification.objects.get().public_id), "")
