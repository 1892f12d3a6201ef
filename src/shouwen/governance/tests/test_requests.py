"""A request about one's own data: owner and clock from the asking, and an answer with its reasons."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from unittest.mock import Mock, patch

import pytest

from shouwen.accounts.tests.factories import by, organisation, staff, staff_client
from shouwen.customers import queries as customers
from shouwen.customers.models import Customer
from shouwen.customers.tests.factories import customer, customer_client
from shouwen.desk.queries import promise
from shouwen.governance import actions, jobs, queries
from shouwen.governance.models import DataRequest
from shouwen.kit import clock, files
from shouwen.kit.models import AuditRow, StoredFile, Tombstone
from shouwen.kit.privacy import place_hold
from shouwen.kit.testing import ApiClient, FrozenClock
from shouwen.responsibility import queries as responsibility
from shouwen.sla.models import Deadline
from shouwen.tickets import actions as tickets
from shouwen.tickets.models import Ticket
from shouwen.tickets.tests import factories as centre

pytestmark = pytest.mark.django_db


def leader_client() -> ApiClient:
    return staff_client(centre.leader())


def asked(kind: str, row: Customer | None = None, detail: str = "") -> DataRequest:
    """Return a request that the customer made in the portal."""
    centre.queue()
    held = row or centre.chen()
    answer = customer_client(held).post("/api/portal/data-requests", {"kind": kind, "detail": detail})
    assert answer.status_code == 201, answer.content
    return DataRequest.objects.select_related("ticket").get(customer=held, kind=kind, state="asked")


def press(request: DataRequest, verb: str, **body: object) -> tuple[int, str]:
    answer = leader_client().post(f"/api/data-requests/{request.pk}/{verb}", body)
    return answer.status_code, answer.json().get("code", answer.json().get("state"))


def test_the_request_has_an_owner_a_clock_of_fifteen_days_and_a_place_in_the_customers_list() -> None:
    row = asked("access")
    hand = responsibility.of("ticket", [row.ticket_id])[row.ticket_id]
    law = Deadline.objects.get(subject="ticket", subject_id=row.ticket_id, metric="statutory")
    client = customer_client(row.customer)
    assert hand.owner_id == centre.leader().pk
    assert law.due_at - law.started_at == timedelta(days=15)
    assert promise(clock.now()).holds
    assert [one["number"] for one in client.get("/api/portal/matters").json()["items"]] == [row.ticket.number]
    assert [one["state"] for one in client.get("/api/portal/data-requests").json()["items"]] == ["asked"]


def test_the_same_is_not_asked_twice_while_it_is_open() -> None:
    row = asked("access")
    again = customer_client(row.customer).post("/api/portal/data-requests", {"kind": "access"})
    assert (again.status_code, again.json()["code"]) == (409, "data-request-open")
    assert row.ticket.number in again.json()["detail"]


def test_staff_register_a_request_only_after_checking_who_asks() -> None:
    centre.queue()
    client, row = leader_client(), centre.chen()
    body = {"customer_id": row.pk, "kind": "correct", "detail": "名字写错了"}
    short = client.post("/api/data-requests", {**body, "identity": "是"})
    taken = client.post("/api/data-requests", {**body, "identity": "服务密码核验"})
    assert (short.json()["code"], taken.status_code, taken.json()["identity"]) == (
        "identity-needed",
        201,
        "服务密码核验",
    )


@pytest.mark.django_db(transaction=True)
def test_the_copy_is_made_by_a_job_and_only_the_customer_gets_it_for_seven_days(clock_at: FrozenClock) -> None:
    row = asked("access")
    customers_own = customer_client(row.customer)
    photo = customers_own.upload("/api/portal/files", b"LOS", name="红灯.txt").json()["id"]
    customers_own.post(f"/api/portal/matters/{row.ticket.number}/supplement", {"body": "见附件", "files": [photo]})
    assert press(row, "grant") == (200, "decided")
    jobs.make_package.func(row.pk)
    jobs.make_package.func(row.pk)
    row.refresh_from_db()
    his, other = customer_client(row.customer), customer_client(customer("别人", phone="15400007777"))
    shown = his.get("/api/portal/data-requests").json()["items"][0]
    got = his.get(shown["url"])
    archive = zipfile.ZipFile(io.BytesIO(b"".join(got)))
    data = json.loads(archive.read("data.json"))
    assert (row.state, row.ticket.number in shown["number"], got.status_code) == ("done", True, 200)
    assert [one["name"] for one in data["customers.Customer"]] == ["陈国栋"]
    assert archive.read("csv/customers.ContactPoint.csv").decode().startswith("\ufeff")
    assert [archive.read(name) for name in archive.namelist() if name.startswith("files/")] == [b"LOS"]
    assert other.get(shown["url"]).status_code >= 400
    assert "副本已备好" in Ticket.objects.get(id=row.ticket_id).answer
    clock_at.advance(days=8)
    assert his.get("/api/portal/data-requests").json()["items"][0]["url"] is None
    assert actions.forget_packages() == 1
    assert row.file_id is not None
    assert files.cards([row.file_id]) == {}


class Killed(BaseException):
    """What a process that is killed leaves behind: nothing after this line."""


@pytest.mark.django_db(transaction=True)
def test_a_copy_whose_maker_is_killed_at_any_step_is_made_once_and_with_its_files() -> None:
    row = asked("access")
    own = customer_client(row.customer)
    photo = own.upload("/api/portal/files", b"LOS", name="红灯.txt").json()["id"]
    own.post(f"/api/portal/matters/{row.ticket.number}/supplement", {"body": "见附件", "files": [photo]})
    press(row, "grant")

    def half(customer_id: int) -> Iterator[bytes]:
        yield next(iter(whole(customer_id)))
        raise Killed

    whole = queries.package
    steps = {
        "shouwen.governance.queries.package": half,
        "shouwen.kit.files.actions._write_made": Mock(side_effect=Killed),
        "shouwen.governance.actions.hand_over": Mock(side_effect=Killed),
    }
    for step, instead in steps.items():
        with patch(step, instead), pytest.raises(Killed):
            jobs.make_package.func(row.pk)
    jobs.make_package.func(row.pk)
    shown = own.get("/api/portal/data-requests").json()["items"]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(own.get(shown[0]["url"]))))
    assert [archive.read(name) for name in archive.namelist() if name.startswith("files/")] == [b"LOS"]
    assert StoredFile.objects.filter(name="my-data.zip").count() == 1


def test_a_correction_changes_the_record_and_answers() -> None:
    row = asked("correct", detail="应为陈国梁")
    assert press(row, "correct") == (422, "nothing-to-correct")
    assert press(row, "correct", name="陈国梁") == (200, "done")
    assert Customer.objects.get(id=row.customer_id).name == "陈国梁"
    assert Ticket.objects.get(id=row.ticket_id).state == "resolved"


def test_restricted_data_is_seen_by_the_legal_role_only_and_used_for_nothing() -> None:
    held = centre.chen()
    held.consents.create(purpose="marketing", given=True, text_version="v1", channel="portal", at=clock.now())
    row = asked("restrict", held)
    assert press(row, "grant") == (200, "done")
    fang, leader = by(centre.fang()), by(centre.leader())
    assert customers.search(q="", by=fang).items == []
    assert [card.name for card in customers.search(q="", by=leader).items] == ["***"]
    assert (customers.card(held.pk).name, customers.card(held.pk).phone) == ("***", "")
    assert customers.consents(held.pk)["marketing"] is False
    assert staff_client(centre.fang()).get(f"/api/customers/{held.pk}").status_code == 404
    lifted = leader_client().post(f"/api/customers/{held.pk}/lift-restriction", {"reason": "客户要求解除"})
    assert lifted.status_code == 204
    assert [card.id for card in customers.search(q="", by=fang).items] == [held.pk]


def test_an_erasure_says_what_stays_and_happens_when_the_matter_closes() -> None:
    held = centre.chen()
    row = asked("erase", held)
    forecast = leader_client().get(f"/api/data-requests/{row.pk}/forecast").json()
    assert forecast["erased"]["customers.ContactPoint"] == 1
    assert press(row, "grant") == (200, "decided")
    answer = Ticket.objects.get(id=row.ticket_id).answer
    assert "依法须保留的数据将封存" in answer
    assert actions.carry_out_due() == 0
    tickets.confirm(by=centre.as_customer(held), number=row.ticket.number)
    assert actions.carry_out_due() == 1
    held.refresh_from_db()
    row.refresh_from_db()
    assert (held.name, held.contact_points.count(), held.restricted_at is not None) == ("（已删除）", 0, True)
    assert (row.state, row.outcome["erased"]["customers.Customer"]) == ("done", 1)
    assert Tombstone.objects.filter(why=f"data_request:{row.pk}").exists()
    assert AuditRow.objects.filter(verb="governance.erased", subject_id=row.pk).exists()
    assert actions.carry_out_due() == 0


def test_a_customer_who_changes_his_mind_stops_the_erasure() -> None:
    held = centre.chen()
    row = asked("erase", held)
    press(row, "grant")
    tickets.reopen(by=centre.as_customer(held), number=row.ticket.number, reason="不删了")
    assert actions.carry_out_due() == 0


def test_a_legal_hold_and_open_matters_beat_erasure() -> None:
    held = centre.chen()
    row = asked("erase", held)
    other = centre.opened()
    assert press(row, "grant") == (409, "matters-open")
    tickets.cancel(by=centre.as_customer(held), number=other.number, reason="")
    place_hold(
        by=by(staff("7009", "system_management", centre.leader().organisation)),
        person="customer",
        person_id=held.pk,
        reason="法院调取证据",
    )
    assert press(row, "grant") == (409, "held-by-law")


def test_a_refusal_names_one_of_the_laws_reasons_and_where_to_turn() -> None:
    row = asked("erase")
    assert press(row, "refuse", reason="mood") == (422, "invalid-input")
    assert press(row, "refuse", reason="law", explanation="账单须保存。") == (200, "refused")
    answer = Ticket.objects.get(id=row.ticket_id).answer
    assert answer.startswith("您的请求未能办理：法律、行政法规规定的保存期限未届满。账单须保存。")
    assert "向人民法院起诉" in answer
    assert press(row, "refuse", reason="law") == (409, "data-request-decided")


def test_who_may_not_decide_or_see_does_neither() -> None:
    row = asked("access")
    agent = staff_client(centre.fang())
    assert agent.get("/api/data-requests").json()["code"] == "permission-refused"
    far = staff_client(staff("9100", "duty_leader", organisation("南京"), name="远方"))
    assert far.post(f"/api/data-requests/{row.pk}/grant").status_code == 404


def test_a_table_holds_no_formula() -> None:
    held = centre.chen()
    Customer.objects.filter(id=held.pk).update(name="=1+1")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(queries.package(held.pk))))
    assert "'=1+1" in archive.read("csv/customers.Customer.csv").decode()
