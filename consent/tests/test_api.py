"""Contacts, consent, stops and leads over /api/v1/, as other programs use them."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from rest_framework.test import APIClient

from accounts import idempotency
from accounts.clock import now
from accounts.models import Dealership, IdempotentAnswer, User
from conftest import CORA_NUMBER, NORTH_NUMBER, make_contact, make_user
from consent import adf, checking, ledger
from consent.kinds import Kind, Status
from consent.models import ConsentEvent, Contact, Lead, PhoneNumber

Api = Callable[[User], APIClient]
CONTACT_KEYS = {
    "id",
    "dealership",
    "name",
    "number",
    "language",
    "street",
    "city",
    "region",
    "postal_code",
    "country",
    "vehicle",
    "stock_number",
    "created_at",
    "consent",
}
ADF = """<?ADF VERSION "1.0"?>
<?XML VERSION "1.0"?>
<adf><prospect status="new">
<id sequence="1" source="cars">77-A</id>
<requestdate>2026-11-24T09:00:00-05:00</requestdate>
<vehicle><year>2026</year><make>Toyota</make><model>Tacoma</model><stock>T100</stock></vehicle>
<customer><contact>
<name part="first">Léa</name><name part="last">Roy</name>
<email>lea@example.com</email><phone type="fax">717-555-0101</phone>
<phone type="cellphone">(717) 555-0188</phone>
<address><street line="1">2 Elm St</street><city>York</city><regioncode>PA</regioncode>
<postalcode>17401</postalcode><country>US</country></address>
</contact><comments>Is it there?</comments></customer>
<vendor><vendorname>Fitzgerald Auto Mall</vendorname></vendor>
<provider><name part="full">Cars Site</name></provider>
</prospect></adf>"""


def new_contact(dealership: Dealership, **fields: Any) -> dict[str, Any]:
    return {
        "dealership": str(dealership.public_id),
        "name": "Cora Miller",
        "number": "(717) 555-0142",
        "basis": "web_form",
        "evidence": {"url": "https://dealer.example/lead", "score": 0.5, "extra": {"a": [1, None]}},
        **fields,
    }


def path_of(phone: PhoneNumber, tail: str = "") -> str:
    return f"/api/v1/contacts/{phone.contact.public_id}/{tail}"


def test_contact_is_created_with_its_consent(api: Api, north: Dealership, sal: User) -> None:
    answer = api(sal).post("/api/v1/contacts/", new_contact(north, vehicle="Tacoma", region="pa"))
    assert answer.status_code == 201, answer.json()
    body = answer.json()
    assert body.keys() == CONTACT_KEYS | {"missing", "strength"}
    assert (body["number"], body["dealership"]) == (CORA_NUMBER, str(north.public_id))
    assert (body["vehicle"], body["region"]) == ("Tacoma", "PA")
    gaps = ["disclosure", "submitted_at", "ip", "user_agent", "act", "names_seller"]
    assert (body["missing"], body["strength"]) == (gaps, "weak")
    consent = body["consent"]
    assert consent.keys() == {"status", "level", "reasons", "next", "entries"}
    assert (consent["status"], consent["level"]) == ("unknown", "none")
    assert consent["reasons"][0].keys() == {"code", "text"}
    assert consent["next"]["action"] == "ask_permission"
    (entry,) = consent["entries"]
    assert (entry["index"], entry["kind"]) == (0, "LEAD_RECEIVED")
    assert entry["evidence"]["extra"] == {"a": [1, None]}
    assert entry["evidence"]["score"] == "0.5"
    assert len(entry["leaf_hash"]) == 64
    detail = api(sal).get(f"/api/v1/contacts/{body['id']}/")
    assert detail.json() == {key: body[key] for key in CONTACT_KEYS}


def test_evidence_of_any_shape_is_kept(api: Api, north: Dealership, sal: User) -> None:
    odd = {"nul": "a\u0000b", "big": 10**30, "half": "\ud800", "list": [1.25, {"x": True}]}
    raw = json.dumps(new_contact(north, evidence=odd))
    answer = api(sal).generic("POST", "/api/v1/contacts/", raw, "application/json")
    assert answer.status_code == 201, answer.json()
    kept = answer.json()["consent"]["entries"][0]["evidence"]
    assert kept["nul"] == "a\ufffdb"
    assert kept["big"] == 10**30
    assert kept["list"] == ["1.25", {"x": True}]
    assert checking.fsck().damages == ()


def test_number_there_already_is_409_with_the_contact(
    api: Api, north: Dealership, sal: User, cora: PhoneNumber
) -> None:
    answer = api(sal).post("/api/v1/contacts/", new_contact(north))
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "number_taken"
    assert answer.json()["error"]["contact"] == str(cora.contact.public_id)
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    "number", ["555", "+447911123456", "717-555-0142 x4", "abc", "+19005550100"]
)
def test_bad_number_is_422(api: Api, north: Dealership, sal: User, number: str) -> None:
    answer = api(sal).post("/api/v1/contacts/", new_contact(north, number=number))
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error["code"] == "bad_number"
    assert error["fields"]["number"] == [error["detail"]]


@pytest.mark.parametrize(
    "fields",
    [
        {"basis": "guess"},
        {"basis": None},
        {"name": ""},
        {"evidence": ["x"]},
        {"evidence": "x"},
        {"name": "a\u0000"},
        {"name": "x" * 121},
        {"country": "FR"},
    ],
)
def test_bad_fields_are_422_and_named(
    api: Api, north: Dealership, sal: User, fields: dict[str, Any]
) -> None:
    answer = api(sal).post("/api/v1/contacts/", new_contact(north, **fields))
    assert answer.status_code == 422
    error = answer.json()["error"]
    assert error.keys() == {"code", "detail", "fields"}
    assert error["fields"].keys() == fields.keys()
    assert not Contact.objects.exists()


@pytest.mark.parametrize("raw", ["[]", '"x"', "3", "null"])
def test_body_that_is_no_object_is_422(api: Api, sal: User, raw: str) -> None:
    for path in ("contacts", "leads", "messages"):
        answer = api(sal).generic("POST", f"/api/v1/{path}/", raw, "application/json")
        assert answer.status_code == 422, path


def test_stranger_gets_404_before_any_validation(
    api: Api, north: Dealership, stan: User, cora: PhoneNumber
) -> None:
    client = api(stan)
    places: list[Any] = [str(north.public_id), str(uuid.uuid4()), "x", 5, {"a": 1}]
    for dealership in places:
        for path in ("contacts", "leads"):
            answer = client.post(f"/api/v1/{path}/", {"dealership": dealership, "basis": "?"})
            assert answer.status_code == 404, (path, dealership)
            assert answer.json()["error"]["code"] == "not_found"
    for tail in ("", "consent/", "consent/?as_of=junk"):
        assert client.get(path_of(cora, tail)).status_code == 404
    for tail in ("evidence/", "revoke/", "ask-permission/"):
        assert client.post(path_of(cora, tail), {"bad": 1}).status_code == 404
    assert client.get("/api/v1/contacts/").json()["results"] == []
    assert client.get(f"/api/v1/contacts/?dealership={north.public_id}").status_code == 404
    search = "/api/v1/contacts/search/"
    assert client.post(search, {"number": "7175550142"}).json() == {"results": []}
    asked = {"number": "7175550142", "dealership": str(north.public_id)}
    assert client.post(search, asked).status_code == 404


def test_without_a_token_everything_is_401(client: Any, db: None, cora: PhoneNumber) -> None:
    for path in ("contacts/", "me/", "conversations/", "nothing/", "messages/", "dealerships/"):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 401, path
        assert answer.json()["error"]["code"] == "not_authenticated"
    answer = client.post(path_of(cora, "revoke/"), {}, content_type="application/json")
    assert answer.status_code == 401
    bad = client.get("/api/v1/me/", headers={"Authorization": "Token nonsense"})
    assert bad.status_code == 401


def test_unknown_route_and_method_answer_in_the_one_shape(api: Api, sal: User) -> None:
    for method, path, code in (
        ("get", "nothing/", 404),
        ("post", "nothing/", 404),
        ("get", "contacts/not-an-id/", 404),
        ("delete", "contacts/", 405),
    ):
        answer = getattr(api(sal), method)(f"/api/v1/{path}")
        assert answer.status_code == code
        assert answer.json()["error"].keys() == {"code", "detail", "fields"}


def test_list_filters_pages_and_asks_a_constant_number_of_queries(
    api: Api, north: Dealership, sal: User, django_assert_num_queries: Any
) -> None:
    client = api(sal)
    make_contact(north, number="+17175550200")
    with django_assert_num_queries(6):
        client.get("/api/v1/contacts/")
    for i in range(1, 20):
        make_contact(north, number=f"+171755502{i:02}", name=f"C{i}")
    with django_assert_num_queries(6):
        rows = client.get("/api/v1/contacts/").json()["results"]
    assert len(rows) == 20
    assert rows[0]["name"] == "C19"
    assert rows[0].keys() == CONTACT_KEYS
    page = client.get("/api/v1/contacts/?page_size=15").json()
    assert page.keys() == {"next", "previous", "results"}
    rest = client.get(page["next"]).json()
    assert len(rest["results"]) == 5
    assert rest["next"] is None


def test_a_number_is_searched_for_in_a_body_and_never_in_an_address(
    api: Api,
    sal: User,
    north: Dealership,
    south: Dealership,
    cora: PhoneNumber,
    django_assert_num_queries: Any,
) -> None:
    client, search = api(sal), "/api/v1/contacts/search/"
    make_contact(south, number=cora.number_e164, name="Elsewhere")
    for written in (cora.number_e164, "717-555-0142", "(717) 555-0142", "7175550142"):
        (found,) = client.post(search, {"number": written}).json()["results"]
        assert found["name"] == "Cora Miller"
        assert found.keys() == CONTACT_KEYS
    asked = {"number": cora.number_e164, "dealership": str(north.public_id)}
    with django_assert_num_queries(7):
        assert len(client.post(search, asked).json()["results"]) == 1
    assert client.post(search, {"number": "717-555-0199"}).json() == {"results": []}
    for bad in ({"number": "junk"}, {}, {"number": ""}):
        assert client.post(search, bad).status_code == 422, bad
    assert client.post(search, {"number": "12345"}).json()["error"]["fields"]["number"]
    told = client.get("/api/v1/contacts/?number=7175550142")
    assert (told.status_code, told.json()["error"]["code"]) == (400, "number_in_address")


def test_further_evidence_names_what_is_missing_and_opens_nothing(
    api: Api, sal: User, cora: PhoneNumber
) -> None:
    answer = api(sal).post(
        path_of(cora, "evidence/"),
        {"basis": "signed_document", "evidence": {"document": "Credit app", "page": 2}},
    )
    assert answer.status_code == 201
    body = answer.json()
    gaps = ["signed_at", "disclosure", "file", "signed_by", "names_seller", "states_number"]
    assert body["missing"] == [*gaps, "not_a_condition", "can_withdraw"]
    assert body["consent"]["status"] == "unknown"
    assert [e["kind"] for e in body["consent"]["entries"]] == ["LEAD_RECEIVED", "DOCUMENT_SIGNED"]
    assert body["consent"]["entries"][1]["evidence"]["page"] == 2
    bare = api(sal).post(path_of(cora, "evidence/"), {"basis": "walk_in"})
    assert bare.status_code == 201
    assert api(sal).post(path_of(cora, "evidence/"), {}).status_code == 422


def test_revoke_is_at_once_and_backdated_by_when_it_was_said(
    api: Api, north: Dealership, sal: User, cora: PhoneNumber
) -> None:
    said = (now() - timedelta(hours=3)).isoformat()
    answer = api(sal).post(
        path_of(cora, "revoke/"), {"how": "phone_call", "words": "no texts", "received_at": said}
    )
    assert answer.status_code == 200, answer.json()
    consent = answer.json()["consent"]
    assert (consent["status"], consent["level"]) == ("revoked", "none")
    assert consent["reasons"][0]["code"] == "revoked"
    assert consent["next"]["action"] == "let_customer_text"
    assert "717-555-0100" in consent["next"]["text"]
    entry = consent["entries"][-1]
    assert entry["kind"] == "REVOKED"
    assert entry["received_at"] < entry["recorded_at"]
    assert entry["evidence"]["words"] == "no texts"
    again = api(sal).post(path_of(cora, "revoke/"), {"how": "carrier pigeon"})
    assert again.status_code == 200
    assert ledger.current_state(cora).status is Status.REVOKED
    assert ConsentEvent.objects.filter(kind=Kind.REVOKED).count() == 1


def test_unknown_channel_is_honoured_and_kept(api: Api, sal: User, cora: PhoneNumber) -> None:
    answer = api(sal).post(path_of(cora, "revoke/"), {"how": "carrier pigeon", "words": "stop"})
    entry = answer.json()["consent"]["entries"][-1]
    assert (entry["terms"]["how"], entry["evidence"]["how"]) == ("other", "carrier pigeon")


@pytest.mark.parametrize(
    "fields",
    [
        {"words": "stop"},
        {"how": "email", "received_at": "2026-11-24T10:00:00"},
        {"how": "email", "received_at": "yesterday"},
        {"how": "email", "received_at": "2999-01-01T00:00:00Z"},
        {"how": "email", "received_at": 5},
    ],
)
def test_bad_revocation_is_422(
    api: Api, sal: User, cora: PhoneNumber, fields: dict[str, Any]
) -> None:
    assert api(sal).post(path_of(cora, "revoke/"), fields).status_code == 422


def test_stop_at_one_dealership_shows_as_revoked_at_its_sisters(
    api: Api, north: Dealership, south: Dealership, sal: User, cora: PhoneNumber
) -> None:
    api(sal).post(path_of(cora, "revoke/"), {"how": "email", "words": "stop"})
    sister = make_contact(south, name="Cora at South")
    both = make_user("both@example.com", "Bo Th", south)
    consent = api(both).get(path_of(sister, "consent/")).json()
    assert (consent["status"], consent["level"]) == ("revoked", "none")


def test_consent_as_of_any_past_instant(api: Api, sal: User, cora: PhoneNumber) -> None:
    client = api(sal)
    before = now()
    client.post(path_of(cora, "revoke/"), {"how": "email", "words": "stop"})
    path = path_of(cora, "consent/")
    then = client.get(path, {"as_of": before.isoformat()}).json()
    assert (then["status"], len(then["entries"])) == ("unknown", 1)
    assert then["next"]["action"] == "ask_permission"
    assert client.get(path).json()["status"] == "revoked"
    raw = before.isoformat()
    assert raw.endswith("+00:00")
    for written in (raw, raw.replace("+", " "), raw.replace("+00:00", "Z")):
        answer = client.get(f"{path}?as_of={written}")
        assert (answer.status_code, answer.json()["status"]) == (200, "unknown"), written
    empty = client.get(path, {"as_of": "2001-01-01T00:00:00Z"}).json()
    assert (empty["status"], empty["entries"]) == ("unknown", [])
    assert client.get(path, {"as_of": "2999-01-01T00:00:00Z"}).json()["status"] == "revoked"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "junk",
        "2026-11-24",
        "2026-11-24T10:00:00",
        "0001-01-01T00:00:00%2B14:00",
        "0001-01-01T00:00:00Z",
    ],
)
def test_bad_or_naive_instant_is_422(api: Api, sal: User, cora: PhoneNumber, written: str) -> None:
    answer = api(sal).get(f"{path_of(cora, 'consent/')}?as_of={written}")
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "bad_time"


# --- Idempotency-Key -----------------------------------------------------------------------------


def test_same_key_and_body_give_the_first_answer_again(
    api: Api, north: Dealership, sal: User, ada: User
) -> None:
    client, body = api(sal), new_contact(north)
    first = client.post("/api/v1/contacts/", body, headers={"Idempotency-Key": "k1"})
    again = client.post("/api/v1/contacts/", body, headers={"Idempotency-Key": "k1"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replayed"] == "true"
    assert Contact.objects.count() == 1
    other = client.post(
        "/api/v1/contacts/", {**body, "name": "X"}, headers={"Idempotency-Key": "k1"}
    )
    assert (other.status_code, other.json()["error"]["code"]) == (422, "key_reused")
    somebody_else = api(ada).post("/api/v1/contacts/", body, headers={"Idempotency-Key": "k1"})
    assert somebody_else.json()["error"]["code"] == "number_taken"


def test_refusal_is_repeated_but_a_wrong_field_is_not_kept(
    api: Api, north: Dealership, sal: User
) -> None:
    client, headers = api(sal), {"Idempotency-Key": "k2"}
    wrong = client.post("/api/v1/contacts/", new_contact(north, number="5"), headers=headers)
    assert wrong.status_code == 422
    assert not IdempotentAnswer.objects.exists()
    assert client.post("/api/v1/contacts/", new_contact(north), headers=headers).status_code == 201
    for key in ("", " ", "x" * 256):
        answer = client.post(
            "/api/v1/contacts/", new_contact(north), headers={"Idempotency-Key": key}
        )
        assert answer.json()["error"]["code"] == "bad_key"


def test_who_left_the_dealership_gets_no_kept_answer(
    api: Api, north: Dealership, sal: User
) -> None:
    client, headers = api(sal), {"Idempotency-Key": "k3"}
    assert client.post("/api/v1/contacts/", new_contact(north), headers=headers).status_code == 201
    membership = sal.memberships.get()
    membership.is_active = False
    membership.save()
    assert client.post("/api/v1/contacts/", new_contact(north), headers=headers).status_code == 404


def test_old_answers_are_forgotten(api: Api, north: Dealership, sal: User) -> None:
    client = api(sal)
    headers = {"Idempotency-Key": "k4"}
    client.post("/api/v1/contacts/", new_contact(north), headers=headers)
    IdempotentAnswer.objects.update(created_at=now() - timedelta(hours=25))
    later = client.post("/api/v1/contacts/", new_contact(north), headers=headers)
    assert later.json()["error"]["code"] == "number_taken"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_with_one_key_act_once(
    api: Api, north: Dealership, sal: User, cora: PhoneNumber
) -> None:
    clients = [api(sal) for _ in range(6)]
    start = threading.Barrier(len(clients))
    answers: list[Any] = []

    def send(client: APIClient) -> None:
        start.wait(10)
        answers.append(
            client.post(
                path_of(cora, "evidence/"),
                {"basis": "walk_in", "evidence": {"met_at": "desk"}},
                headers={"Idempotency-Key": "race"},
            )
        )
        connection.close()

    threads = [threading.Thread(target=send, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [answer.status_code for answer in answers] == [201] * 6
    assert len({answer.content for answer in answers}) == 1
    assert ConsentEvent.objects.filter(kind=Kind.INQUIRED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_key_whose_first_request_still_runs_is_409(
    api: Api, north: Dealership, sal: User, app_role: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "WAIT_SECONDS", 1)
    headers = {"Idempotency-Key": "busy"}
    with app_role.transaction(force_rollback=True):
        app_role.execute(
            "INSERT INTO accounts_idempotentanswer"
            " (user_id, key, path, request_hash, status_code, answer, created_at)"
            " VALUES (%s, 'busy', '/api/v1/contacts/', '', 0, '', now())",
            [sal.pk],
        )
        busy = api(sal).post("/api/v1/contacts/", new_contact(north), headers=headers)
    assert (busy.status_code, busy.json()["error"]["code"]) == (409, "in_progress")
    assert not Contact.objects.exists()
    assert (
        api(sal).post("/api/v1/contacts/", new_contact(north), headers=headers).status_code == 201
    )


def test_too_large_a_body_is_413(api: Api, north: Dealership, sal: User) -> None:
    answer = api(sal).post("/api/v1/contacts/", new_contact(north, evidence={"x": "y" * 2_700_000}))
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


# --- leads ---------------------------------------------------------------------------------------


def test_lead_makes_a_contact_and_grants_nothing(api: Api, north: Dealership, sal: User) -> None:
    lead = {
        "dealership": str(north.public_id),
        "name": "Léa Roy",
        "number": "717 555 0188",
        "provider": "Cars Site",
        "disclosure": "I agree to texts",
        "certificate": "https://cert.trustedform.com/abc",
        "lead_id": "9",
    }
    answer = api(sal).post("/api/v1/leads/", lead)
    assert answer.status_code == 201, answer.json()
    body = answer.json()
    assert body.keys() == CONTACT_KEYS | {
        "missing",
        "strength",
        "created",
        "certificate",
        "risk",
    }
    assert body["consent"]["status"] == "unknown"
    (entry,) = body["consent"]["entries"]
    assert entry["terms"]["basis"] == "lead_provider"
    assert entry["evidence"]["certificate"] == lead["certificate"]
    assert entry["evidence"]["provider"] == "Cars Site"
    again = api(sal).post("/api/v1/leads/", lead)
    assert (again.status_code, again.json()["created"]) == (200, False)
    assert len(again.json()["consent"]["entries"]) == 1
    bare = {**lead, "lead_id": "10", "provider": ""}
    shown = {"url": "https://dealer.example", "submitted_at": "2026-11-20T10:00:00-05:00"}
    api(sal).post("/api/v1/leads/", bare)
    api(sal).post("/api/v1/leads/", {**bare, "lead_id": "11", **shown})
    named = {**bare, "lead_id": "12", **shown, "evidence": {"provider": "Cars Site"}}
    further = api(sal).post("/api/v1/leads/", named)
    assert [e["terms"]["basis"] for e in further.json()["consent"]["entries"]] == [
        "lead_provider",
        "lead_provider",  # it names nobody, and shows no form of ours
        "web_form",
        "lead_provider",  # it names one among its evidence
    ]
    assert set(Lead.objects.values_list("provider", flat=True)) == {"Cars Site", "not named", ""}
    assert api(sal).post("/api/v1/leads/", {**lead, "number": "12"}).status_code == 422


@pytest.mark.parametrize("kind", ["application/xml", "text/xml", "application/x-adf+xml"])
def test_adf_lead_is_read(api: Api, north: Dealership, sal: User, kind: str) -> None:
    answer = api(sal).generic("POST", "/api/v1/leads/", ADF, kind)
    assert answer.status_code == 201, answer.json()
    body = answer.json()
    assert (body["name"], body["number"]) == ("Léa Roy", "+17175550188")
    assert (body["vehicle"], body["stock_number"]) == ("2026 Toyota Tacoma", "T100")
    assert (body["city"], body["region"], body["postal_code"]) == ("York", "PA", "17401")
    evidence = body["consent"]["entries"][0]["evidence"]
    assert (evidence["provider"], evidence["lead_id"]) == ("Cars Site", "77-A")
    assert evidence["comments"] == "Is it there?"


def test_adf_lead_for_a_strangers_dealership_is_404(
    api: Api, north: Dealership, stan: User
) -> None:
    client = api(stan)
    assert client.generic("POST", "/api/v1/leads/", ADF, "text/xml").status_code == 404
    path = f"/api/v1/leads/?dealership={north.public_id}"
    assert client.generic("POST", path, ADF, "text/xml").status_code == 404


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "<adf>",
        "<adf></adf>",
        "<adf><prospect/></adf>",
        '<!DOCTYPE adf [<!ENTITY x "y">]><adf><prospect/></adf>',
        '<?xml version="1.0" encoding="no-such"?><adf><prospect/></adf>',
        "\x00",
    ],
)
def test_bad_adf_is_refused(api: Api, north: Dealership, sal: User, raw: str) -> None:
    answer = api(sal).generic("POST", "/api/v1/leads/", raw, "text/xml")
    assert answer.status_code in {400, 422}
    assert "error" in answer.json()
    with pytest.raises(adf.BadLead):
        adf.parse(raw.encode())


# --- who and where -------------------------------------------------------------------------------


def test_me_and_dealerships(api: Api, north: Dealership, south: Dealership, ada: User) -> None:
    me = api(ada).get("/api/v1/me/").json()
    assert (me["id"], me["email"]) == (str(ada.public_id), ada.email)
    page = api(ada).get("/api/v1/dealerships/").json()
    assert page.keys() == {"next", "previous", "results"}
    assert page["results"] == me["dealerships"]
    first = next(d for d in page["results"] if d["id"] == str(north.public_id))
    assert (first["role"], first["numbers"]) == ("admin", [NORTH_NUMBER])
    assert api(ada).get(f"/api/v1/dealerships/{north.public_id}/").json() == first


def test_strangers_dealership_is_404(api: Api, north: Dealership, stan: User) -> None:
    assert api(stan).get(f"/api/v1/dealerships/{north.public_id}/").status_code == 404


@pytest.mark.parametrize("path", ["/api/v1/contacts/", "/api/v1/leads/"])
def test_json_too_deep_to_read_is_the_senders_error(api: Api, sal: User, path: str) -> None:
    deep = '{"evidence": {"x": ' + "[" * 100_000 + "]" * 100_000 + "}}"
    answer = api(sal).post(path, deep, content_type="application/json")
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "parse_error")
