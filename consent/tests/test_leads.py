"""Leads: their facts, their certificates over real HTTP, their risk. They never bring consent."""

from __future__ import annotations

import base64
import io
import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import parse_qs

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from rest_framework.test import APIClient
from typing_extensions import override

from accounts.clock import now
from accounts.models import Dealership, User
from conftest import CORA_NUMBER, make_contact, post_inbound
from consent import adf, certificates, checking, gate, leads, ledger, opt_in, revocation, sources
from consent.decision import Outcome, Purpose
from consent.forms import DetailsForm
from consent.kinds import Basis, Kind, Status
from consent.lead_risk import Certificate, LeadFacts, Source, risk_of, risk_of_source
from consent.levels import Level
from consent.models import ConsentEvent, Disclosure, Lead, PhoneNumber

Api = Callable[[User], APIClient]
SignedIn = Callable[[User], Client]
CERT = "https://cert.trustedform.com/eb9fc4dd9bed9ad451a5648946cf4bf09b5bb947"
LEADID = "0C9E1F6A-29F8-4BA0-9F6D-4B5E3C0D4D51"


@dataclass
class Vendor:
    """A small server in a vendor's place: it keeps what it was asked and says what it is told."""

    url: str = ""
    status: int = 200
    answer: Any = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def vendor(settings: Any) -> Iterator[Vendor]:
    """Start the server, and point the portal at it with an account of each vendor."""
    state = Vendor()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            state.asked.append((self.path, {k.title(): v for k, v in self.headers.items()}, body))
            raw = state.answer
            raw = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
            self.send_response(state.status)
            for name, value in state.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        @override
        def log_message(self, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    state.url = f"http://127.0.0.1:{server.server_port}"
    settings.TRUSTEDFORM_BASE_URL = settings.LEADID_BASE_URL = state.url
    settings.TRUSTEDFORM_API_KEY = "tf-key"
    settings.LEADID_ACCOUNT, settings.LEADID_KEY = "lac-1", "lak-1"
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


KEPT = {
    "outcome": "success",
    "match_lead": {"result": {"success": True, "phone_match": True}},
    "retain": {"results": {"expires_at": "2031-11-24T00:00:00Z"}},
    "insights": {"properties": {"age_seconds": 61.5}},
}


def lead_of(place: Dealership, **evidence: Any) -> Lead:
    given = leads.Given(
        number_e164="+17175550188",
        name="Léa Roy",
        basis=Basis.LEAD_PROVIDER,
        evidence={"provider": "Cars Site", **evidence},
        details={},
    )
    lead = leads.take_in(place, given, acting_user=None).lead
    assert lead is not None
    return lead


def test_a_certificate_is_kept_and_matched_at_its_own_address(
    vendor: Vendor, north: Dealership
) -> None:
    vendor.answer = KEPT
    lead = lead_of(north, xxTrustedFormCertUrl=CERT, email="lea@example.com")
    assert lead.certificate == Certificate.PENDING
    assert leads.unchecked_ids(limit=9) == [lead.pk]
    assert leads.check_certificate(lead.pk) == "verified"
    ((path, headers, body),) = vendor.asked
    assert path == "/eb9fc4dd9bed9ad451a5648946cf4bf09b5bb947"
    assert headers["Authorization"] == "Basic " + base64.b64encode(b"API:tf-key").decode()
    assert headers["Api-Version"] == "4.0"
    sent = json.loads(body)
    assert sent["match_lead"] == {"phone": "7175550188", "email": "lea@example.com"}
    assert sent["retain"] == {"reference": str(lead.public_id), "vendor": "Cars Site"}
    assert sent["verify"] == {"advertiser_name": north.name}
    entry = ConsentEvent.objects.get(kind=Kind.CERTIFICATE_CHECKED)
    terms = ledger.terms_of(entry)
    assert (terms["vendor"], terms["result"]) == ("trustedform", "verified")
    assert terms["lead_index"] == lead.entry.index
    assert entry.evidence.data["answer"]["insights"]["properties"]["age_seconds"] == "61.5"
    # It is evidence, never consent (RULE-PF-01).
    state = ledger.current_state(lead.phone)
    assert (state.status, state.level) == (Status.UNKNOWN, Level.NONE)
    assert leads.check_certificate(lead.pk) == "busy"
    assert len(vendor.asked) == 1
    assert checking.fsck().damages == ()


@pytest.mark.parametrize(
    ("status", "answer", "standing"),
    [
        (200, {"outcome": "failure", "match_lead": {"result": {"success": False}}}, "mismatch"),
        (200, {"outcome": "success", "match_lead": {"result": {"success": False}}}, "mismatch"),
        (200, {"outcome": "failure", "match_lead": {"result": {"success": True}}}, "refused"),
        (200, {"outcome": "success"}, "refused"),
        (200, b"<html>", "refused"),
        (
            200,
            {**KEPT, "match_lead": {"result": {"success": True, "phone_match": False}}},
            "mismatch",
        ),
        (200, {k: v for k, v in KEPT.items() if k != "retain"}, "unverified"),
        (402, {}, "pending"),
        (404, {"outcome": "error", "reason": "certificate not found"}, "refused"),
        (401, {}, "pending"),
        (500, {}, "pending"),
        (429, {}, "pending"),
        (200, b" " * 300_000, "pending"),
    ],
)
def test_only_a_clear_yes_of_the_vendor_verifies(
    vendor: Vendor, north: Dealership, status: int, answer: Any, standing: str
) -> None:
    vendor.status, vendor.answer = status, answer
    lead = lead_of(north, certificate=CERT)
    assert leads.check_certificate(lead.pk) == standing
    entries = ConsentEvent.objects.filter(kind=Kind.CERTIFICATE_CHECKED).count()
    assert entries == (0 if standing == "pending" else 1)


def test_no_redirect_is_followed(vendor: Vendor, north: Dealership) -> None:
    vendor.status, vendor.headers = 307, {"Location": f"{vendor.url}/elsewhere"}
    lead = lead_of(north, certificate=CERT)
    assert leads.check_certificate(lead.pk) == "pending"
    assert [path for path, _headers, _body in vendor.asked] == [f"/{CERT.rsplit('/', 1)[1]}"]


def test_a_vendor_that_never_answers_leaves_it_unverified(
    vendor: Vendor, north: Dealership
) -> None:
    vendor.status = 503
    lead = lead_of(north, certificate=CERT)
    standings = []
    for _ in range(9):
        Lead.objects.filter(pk=lead.pk).update(next_check_at=now() - timedelta(seconds=1))
        standings.append(leads.check_certificate(lead.pk))
    assert standings[:5] == ["pending"] * 4 + ["unverified"]
    assert set(standings[5:]) == {"busy"}


@pytest.mark.parametrize(
    "token",
    [
        "http://cert.trustedform.com/abc",
        "https://cert.trustedform.com.evil.example/abc",
        "https://cert.trustedform.com@evil.example/abc",
        "https://evil.example/?https://cert.trustedform.com/abc",
        "https://cert.trustedform.com/abc/../../x",
        "https://cert.trustedform.com/abc?x=1",
        "https://cert.trustedform.com/" + "a" * 256,
        "https://cert.trustedform.com/a\r\nHost: evil",
        "file:///etc/passwd",
        "not a token",
    ],
)
def test_nobody_but_the_vendor_is_ever_called(
    vendor: Vendor, north: Dealership, token: str
) -> None:
    lead = lead_of(north, certificate=token)
    assert lead.certificate == Certificate.MALFORMED
    assert leads.unchecked_ids(limit=9) == []
    assert leads.check_certificate(lead.pk) == "busy"
    assert vendor.asked == []


@pytest.mark.parametrize(
    ("answer", "standing"),
    [
        ({"audit": {"authentic": 1, "data_integrity": 1, "consent": 1}}, "verified"),
        ({"audit": {"Authentic": "1", "Data Integrity": "1"}}, "verified"),
        ({"audit": {"Authentic": "1"}}, "unverified"),  # whose it is, nobody said
        ({"audit": {"authentic": 1, "data_integrity": 3}}, "unverified"),
        ({"audit": {"authentic": 1, "data_integrity": 0}}, "mismatch"),
        ({"audit": {"authentic": 0}}, "refused"),
        ({}, "refused"),
    ],
)
def test_a_leadid_is_queried_without_an_address_that_tells(
    vendor: Vendor, north: Dealership, answer: Any, standing: str
) -> None:
    vendor.answer = answer
    lead = lead_of(north, leadid=LEADID, email="lea@example.com")
    assert leads.check_certificate(lead.pk) == standing
    ((path, _headers, body),) = vendor.asked
    assert path == "/SingleQuery"
    sent = {key: values[0] for key, values in parse_qs(body.decode()).items()}
    assert sent["data"] == "phone1;7175550188|email;lea@example.com"
    assert (sent["lac"], sent["lak"], sent["id"]) == ("lac-1", "lak-1", LEADID)


def test_of_two_certificates_the_one_is_asked_about_that_can_be(
    vendor: Vendor, north: Dealership, settings: Any
) -> None:
    settings.TRUSTEDFORM_API_KEY = ""
    vendor.answer = {"audit": {"authentic": 1, "data_integrity": 0}}
    lead = lead_of(north, trustedform_url=CERT, leadid=LEADID)
    assert leads.check_certificate(lead.pk) == "mismatch"


def test_no_vendor_is_asked_once_its_account_is_gone(
    vendor: Vendor, north: Dealership, settings: Any
) -> None:
    lead = lead_of(north, trustedform_url=CERT)
    settings.TRUSTEDFORM_API_KEY = ""
    assert leads.check_certificate(lead.pk) == "unverified"
    assert vendor.asked == []


NUMBER = "+17175550188"


def allowed(phone: PhoneNumber, purpose: Purpose) -> bool:
    return gate.may_text(phone, purpose=purpose).outcome is not Outcome.DENY


@pytest.mark.parametrize("number", [NUMBER, "+14165550142"])
def test_a_lead_sent_again_makes_no_relationship_younger(
    north: Dealership, sal: User, number: str
) -> None:
    """RULE-US-13, RULE-CA-01."""
    start = datetime(2026, 3, 2, 17, tzinfo=UTC)
    given = leads.Given(number, "Léa", Basis.WEB_FORM, {"url": "https://dealer.example"}, {})
    with time_machine.travel(start, tick=False):
        phone = leads.take_in(north, given, acting_user=sal).phone
        opt_in.customer_texted(phone, words="Hi", received_at=now(), evidence={})
        ledger.append(
            Kind.DNC_LISTED,
            dealership=north,
            phone=phone,
            acting_user=None,
            terms={"list_date": "2026-03-01", "list": "x"},
        )
    with time_machine.travel(start + timedelta(days=150), tick=False):
        leads.take_in(north, given, acting_user=sal)
    with time_machine.travel(start + timedelta(days=220), tick=False):
        assert not allowed(phone, Purpose.INFORMATIONAL)
        assert not allowed(phone, Purpose.PERMISSION_REQUEST)


def test_a_bought_lead_that_is_written_down_is_a_lead_too(
    api: Api, sal: User, north: Dealership, signed_in: SignedIn
) -> None:
    evidence = {"provider": "Cars Site", "trustedform_url": CERT}
    new = {
        "dealership": str(north.public_id),
        "name": "Léa",
        "number": NUMBER,
        "basis": "lead_provider",
        "evidence": evidence,
    }
    contact = api(sal).post("/api/v1/contacts/", new).json()["id"]
    more = {"basis": "lead_provider", "evidence": {**evidence, "provider": "Other Site"}}
    assert api(sal).post(f"/api/v1/contacts/{contact}/evidence/", more).status_code == 201
    form = {"basis": "lead_provider", "evidence_provider": "Third Site"}
    answer = signed_in(sal).post(f"/consent/{contact}/basis/", form)
    assert answer.status_code == 302, answer.content
    rows = Lead.objects.order_by("pk").values_list("provider", "certificate")
    assert list(rows) == [
        ("Cars Site", "unverified"),
        ("Other Site", "unverified"),
        ("Third Site", "none"),
    ]


@pytest.mark.parametrize(
    "claim",
    [
        {"names_seller": "yes"},
        {"names_seller": "yes", "consent_text": ["our partners may text you"]},
        {"names_seller": "yes", "consent_text": "0c9e1f6a-29f8-4ba0-9f6d-4b5e3c0d4d51"},
    ],
)
def test_a_claim_without_its_words_names_nobody(north: Dealership, claim: Any) -> None:
    """RULE-CT-01."""
    lead = lead_of(north, **claim)
    assert not lead.has_consent_text
    ask = gate.may_text(lead.phone, purpose=Purpose.PERMISSION_REQUEST)
    assert ask.reasons[0].code == "lead_not_for_us"


def test_a_lead_of_a_known_number_keeps_what_it_said(north: Dealership, sal: User) -> None:
    lead_of(north, lead_id="1")
    told = {"vehicle": "2026 Tacoma", "city": "York"}
    given = leads.Given(
        NUMBER, "Somebody Else", Basis.WEB_FORM, {"lead_id": "2", "number": "+12125550000"}, told
    )
    for _ in range(2):
        leads.take_in(north, given, acting_user=sal)
    second = Lead.objects.select_related("entry__evidence").get(provider="")
    kept = second.entry.evidence.data
    assert (kept["name_given"], kept["vehicle"], kept["city"]) == (
        "Somebody Else",
        "2026 Tacoma",
        "York",
    )
    assert (kept["number"], kept["sent_number"], kept["name"]) == (
        NUMBER,
        "+12125550000",
        "Léa Roy",
    )


@pytest.mark.parametrize(
    ("said", "age"),
    [
        ("0001-01-01T00:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("2026-11-20T09:00:00", "2026-11-20T09:00:00-05:00"),  # as the dealership's clock has it
    ],
)
def test_a_moment_is_read_or_is_none(
    north: Dealership, sal: User, signed_in: SignedIn, said: str, age: str | None
) -> None:
    with time_machine.travel(datetime(2026, 11, 24, 17, tzinfo=UTC), tick=True):
        lead = lead_of(north, submitted_at=said)
        assert (lead.submitted_at.isoformat() if lead.submitted_at else None) == age
        path = f"/consent/{lead.phone.contact.public_id}/"
        assert signed_in(sal).get(path).status_code == 200


@pytest.mark.parametrize(
    "raw",
    [
        b"From: x@y.example\n\nLead for <sales@dealer.example>:\n%s\n-- \nScanned by <Safe>\n",
        b"%s\nfooter",
    ],
)
def test_what_stands_around_a_lead_in_a_mail_loses_it_not(
    north: Dealership, sal: User, tmp_path: Path, raw: bytes
) -> None:
    path = tmp_path / "lead.eml"
    adf_bytes = ADF.replace("cellphone", "CellPhone").encode()
    path.write_bytes(raw.replace(b"%s", adf_bytes))
    call_command("import_lead", str(path), "--by", sal.email)
    assert Lead.objects.get().phone.number_e164 == NUMBER


def test_who_left_answers_for_no_lead(north: Dealership, sal: User, tmp_path: Path) -> None:
    sal.is_active = False
    sal.save()
    path = tmp_path / "lead.eml"
    path.write_bytes(ADF.encode())
    with pytest.raises(CommandError, match="Nobody who works here"):
        call_command("import_lead", str(path), "--by", sal.email)


def test_an_encoding_that_costs_a_strangers_time_is_not_read() -> None:
    raw = b'<?xml version="1.0" encoding="punycode"?>' + b"a" * 1_000_000 + b"-" + b"ba" * 400_000
    started = monotonic()
    with pytest.raises(adf.BadLead, match="encoding"):
        adf.parse(raw)
    assert monotonic() - started < 1  # two minutes when it was read


def test_without_an_account_it_is_unverified_and_shown_so(
    north: Dealership, sal: User, signed_in: SignedIn, settings: Any
) -> None:
    settings.TRUSTEDFORM_API_KEY = ""
    lead = lead_of(north, certificate=CERT)
    assert lead.certificate == Certificate.UNVERIFIED
    page = signed_in(sal).get(f"/consent/{lead.phone.contact.public_id}/").content.decode()
    assert "unverified" in page
    assert "Nobody has verified its certificate." in page


def test_a_certificate_is_asked_about_by_a_worker_after_the_commit(
    north: Dealership,
    vendor: Vendor,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    woken: list[tuple[str, tuple[int, ...]]] = []
    monkeypatch.setattr(
        "consent.waking.current_app.send_task",
        lambda name, args, **_: woken.append((name, args)),
    )
    with django_capture_on_commit_callbacks(execute=True):
        lead = lead_of(north, certificate=CERT)
        assert woken == []
    assert woken == [("consent.tasks.check_certificate", (lead.pk,))]
    assert vendor.asked == []


# --- the API and the e-mail ----------------------------------------------------------------------


def test_the_api_tells_certificate_and_risk(
    api: Api, north: Dealership, sal: User, vendor: Vendor
) -> None:
    sent = {
        "dealership": str(north.public_id),
        "name": "Léa Roy",
        "number": "717 555 0188",
        "provider": "Cars Site",
        "consent_text": "I agree that our partners may text me",
        "trustedform_url": CERT,
        "vehicle": "Tacoma",
        "lead_id": "9",
    }
    answer = api(sal).post("/api/v1/leads/", sent)
    assert answer.status_code == 201, answer.json()
    body = answer.json()
    assert (body["certificate"], body["vehicle"]) == ("pending", "Tacoma")
    assert [point["code"] for point in body["risk"]["points"]] == [
        "names_others",
        "certificate_pending",
        "age_unknown",
    ]
    assert (body["risk"]["score"], body["risk"]["grade"]) == (40, "medium")
    assert body["consent"]["level"] == "none"
    again = api(sal).post("/api/v1/leads/", sent)
    assert (again.status_code, again.json()["created"]) == (200, False)
    assert Lead.objects.count() == 1


ADF = """<?ADF VERSION "1.0"?>
<?XML VERSION "1.0"?>
<adf><prospect status="new">
<id sequence="1" source="cars">77-A</id>
<id sequence="2" source="LeadiD">0C9E1F6A-29F8-4BA0-9F6D-4B5E3C0D4D51</id>
<requestdate>2026-11-24T09:00:00-05:00</requestdate>
<vehicle><year>2026</year><make>Toyota</make><model>Tacoma</model></vehicle>
<customer><contact><name part="full">Léa Roy</name><email>lea@example.com</email>
<phone type="cellphone">(717) 555-0188</phone></contact>
<comments>See https://cert.trustedform.com/abc123 for the form</comments></customer>
<vendor><vendorname>Fitzgerald Auto Mall</vendorname></vendor>
<provider><name part="full">Cars Site</name></provider>
</prospect></adf>"""


def mail(charset: str = "utf-8", *, html: bool = False) -> bytes:
    message = EmailMessage()
    message["From"] = "leads@cars.example"
    message["Subject"] = "New lead"
    message.set_content(ADF, charset=charset)
    if html:
        message.add_alternative("<p>A lead</p>", subtype="html")
    return bytes(message)


@pytest.mark.parametrize(
    ("address", "country", "region", "code"),
    [
        ("<country>MX</country>", "MX", "", "country_unsupported"),
        ("<regioncode>BC</regioncode><country>MX</country>", "MX", "", "country_unsupported"),
        ("<country>Great Britain</country>", "ZZ", "", "country_unsupported"),
        ("<regioncode>BC</regioncode><country>Canada</country>", "CA", "BC", "no_ground_in_canada"),
        ("<regioncode>PA</regioncode><country>U.S.A.</country>", "US", "PA", "lead_not_for_us"),
    ],
)
def test_a_lead_from_another_country_is_not_taken_for_the_area_codes(
    north: Dealership, sal: User, tmp_path: Path, address: str, country: str, region: str, code: str
) -> None:
    """RULE-CA-05: whose law holds is not guessed where the address names it."""
    path = tmp_path / "lead.xml"
    path.write_text(ADF.replace("</contact>", f"<address>{address}</address></contact>"))
    call_command("import_lead", str(path), "--by", sal.email)
    phone = Lead.objects.select_related("phone__contact").get().phone
    assert (phone.contact.country, phone.contact.region) == (country, region)
    assert gate.may_text(phone, purpose=Purpose.PERMISSION_REQUEST).reasons[0].code == code
    form = DetailsForm(
        data={"name": "Lea", "language": "en", "country": country}, instance=phone.contact
    )
    assert form.is_valid(), form.errors


def test_a_mail_that_names_no_provider_is_no_form_of_ours(
    north: Dealership, sal: User, tmp_path: Path
) -> None:
    """RULE-CT-01: whoever leaves their name out gets no better ground by it."""
    path = tmp_path / "lead.eml"
    path.write_bytes(re.sub(r"<provider>.*</provider>", "", ADF).encode())
    call_command("import_lead", str(path), "--by", sal.email)
    phone = Lead.objects.get().phone
    ask = gate.may_text(phone, purpose=Purpose.PERMISSION_REQUEST)
    assert ask.reasons[0].code == "lead_not_for_us"


@pytest.mark.parametrize(
    "raw", [mail(), mail("iso-8859-1"), mail(html=True), ADF.encode()], ids=str
)
def test_a_lead_comes_by_mail(
    north: Dealership, sal: User, tmp_path: Path, capsys: pytest.CaptureFixture[str], raw: bytes
) -> None:
    path = tmp_path / "lead.eml"
    path.write_bytes(raw)
    call_command("import_lead", str(path), "--by", sal.email)
    told = json.loads(capsys.readouterr().out)
    assert (told["created"], told["certificate"]) == (True, "unverified")
    lead = Lead.objects.select_related("phone__contact", "entry__evidence").get()
    assert lead.phone.contact.name == "Léa Roy"
    assert lead.phone.contact.vehicle == "2026 Toyota Tacoma"
    evidence = lead.entry.evidence.data
    assert evidence["trustedform_url"] == "https://cert.trustedform.com/abc123"
    assert evidence["leadid"] == LEADID
    assert (lead.provider, lead.vendor) == ("Cars Site", "trustedform")
    call_command("import_lead", str(path), "--by", sal.email)
    assert json.loads(capsys.readouterr().out)["known_before"] is True


def test_a_lead_comes_through_a_pipe(
    north: Dealership, sal: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(mail())))
    call_command("import_lead", "--by", sal.email, "--dealership", north.name)
    assert Lead.objects.count() == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"Subject: hello\r\n\r\nno lead",
        b"",
        b"<adf><prospect/></adf>",
        b'<!DOCTYPE a [<!ENTITY x "y">]><adf>&x;</adf>',
    ],
)
def test_a_mail_without_a_lead_is_refused(
    north: Dealership, sal: User, tmp_path: Path, raw: bytes
) -> None:
    path = tmp_path / "x.eml"
    path.write_bytes(raw)
    with pytest.raises(CommandError):
        call_command("import_lead", str(path), "--by", sal.email)
    assert Lead.objects.count() == 0


def test_a_stranger_takes_in_no_lead(north: Dealership, stan: User, tmp_path: Path) -> None:
    path = tmp_path / "x.eml"
    path.write_bytes(mail())
    with pytest.raises(CommandError, match="no dealership of this"):
        call_command("import_lead", str(path), "--by", stan.email)
    with pytest.raises(CommandError, match="no such dealership"):
        call_command("import_lead", str(path), "--by", stan.email, "--dealership", north.name)


BOMB = (
    '<!DOCTYPE adf [<!ENTITY a "aaaaaaaaaa">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><adf><prospect><customer><contact><name>&i;</name></contact></customer></prospect></adf>"
)


@pytest.mark.parametrize(
    "attack",
    [
        BOMB,
        '<!DOCTYPE adf [<!ENTITY x SYSTEM "file:///etc/passwd">]><adf>&x;</adf>',
        '<!DOCTYPE adf SYSTEM "http://127.0.0.1:9/x.dtd"><adf/>',
        '<adf xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd"/></adf>',
        "<a>" * 60_000 + "</a>" * 60_000,
        "<adf><prospect>" + "<id>" * 50_000 + "</id>" * 50_000 + "</prospect></adf>",
    ],
    ids=["bomb", "file", "dtd", "xinclude", "deep", "deep inside"],
)
def test_xml_attacks_are_refused_quickly(attack: str) -> None:
    with pytest.raises(adf.BadLead):
        adf.parse(attack.encode())


def test_a_huge_lead_is_refused_before_it_is_read(api: Api, sal: User, north: Dealership) -> None:
    raw = ADF.replace("See ", "x" * 3_000_000)
    answer = api(sal).generic("POST", "/api/v1/leads/", raw, "application/x-adf+xml")
    assert answer.status_code == 413
    assert Lead.objects.count() == 0


# --- the risk ------------------------------------------------------------------------------------

GOOD = LeadFacts(
    has_consent_text=True,
    names_dealer=True,
    certificate=Certificate.VERIFIED,
    age_days=0,
    had_opted_out=False,
)
MANY = Source(leads=100, asked=100, said_yes=50)


@pytest.mark.parametrize(
    ("change", "code", "points"),
    [
        ({"has_consent_text": False, "names_dealer": None}, "no_consent_text", 25),
        ({"names_dealer": False}, "names_others", 25),
        ({"certificate": Certificate.NONE}, "certificate_none", 15),
        ({"certificate": Certificate.PENDING}, "certificate_pending", 10),
        ({"certificate": Certificate.UNVERIFIED}, "certificate_unverified", 10),
        ({"certificate": Certificate.MISMATCH}, "certificate_mismatch", 40),
        ({"certificate": Certificate.REFUSED}, "certificate_refused", 30),
        ({"certificate": Certificate.MALFORMED}, "certificate_malformed", 30),
        ({"age_days": None}, "age_unknown", 5),
        ({"age_days": 31}, "old", 10),
        ({"age_days": 91}, "very_old", 20),
        ({"had_opted_out": True}, "had_opted_out", 40),
        ({"source": Source(asked=20, said_yes=10, wrong_numbers=1)}, "wrong_numbers", 15),
        ({"source": Source(asked=100, said_yes=19)}, "few_yes", 10),
        ({"source": Source(asked=20, said_yes=10, opt_outs=2)}, "many_stops", 15),
    ],
)
def test_each_fact_adds_its_points_and_says_why(
    change: dict[str, Any], code: str, points: int
) -> None:
    facts = LeadFacts(**{name: getattr(GOOD, name) for name in GOOD.__slots__} | change)
    risk = risk_of(facts)
    ((point,), score) = risk.points, risk.score
    assert (point.code, point.points, score) == (code, points, points)
    assert point.text


def test_a_lead_with_nothing_against_it_risks_nothing() -> None:
    for change in (
        {},
        {"age_days": 30},
        {"source": MANY},
        {"source": Source(asked=19, wrong_numbers=19, opt_outs=19)},  # too few to judge by
        {"source": Source(asked=100, said_yes=20, wrong_numbers=4, opt_outs=9)},
    ):
        facts = LeadFacts(**{name: getattr(GOOD, name) for name in GOOD.__slots__} | change)
        assert risk_of(facts).score == 0
    assert risk_of(GOOD).grade == "low"


def test_the_worst_lead_is_capped_and_a_source_weighs_its_leads() -> None:
    worst = LeadFacts(False, None, Certificate.MISMATCH, None, True)
    assert (risk_of(worst).score, risk_of(worst).grade) == (100, "high")
    half = risk_of_source(MANY, leads=[(GOOD, 5), (worst, 5)])
    assert {p.code: p.points for p in half.points} == {
        "certificate_mismatch": 20,
        "had_opted_out": 20,
        "no_consent_text": 12,
        "age_unknown": 2,
    }
    assert risk_of_source(Source(), leads=[]).score == 0


def test_a_prior_stop_is_remembered_as_it_was(
    north: Dealership, cora: PhoneNumber, sal: User
) -> None:
    revocation.revoke(cora, how="email", words="stop", acting_user=sal)
    given = leads.Given(CORA_NUMBER, "Cora", Basis.LEAD_PROVIDER, {"provider": "P"}, {})
    lead = leads.take_in(north, given, acting_user=None).lead
    assert lead is not None
    assert lead.had_opted_out
    assert ledger.current_state(cora).status is Status.REVOKED
    post_inbound(body="START")
    assert ledger.current_state(cora).status is Status.CUSTOMER_INITIATED
    given = replace(given, evidence={"provider": "Q"})
    lead = leads.take_in(north, given, acting_user=None).lead
    assert lead is not None
    assert lead.had_opted_out  # that they came back is no forgetting


def test_a_source_answers_for_what_came_after_its_leads_and_by_any_spelling(
    north: Dealership, sal: User
) -> None:
    known = [make_contact(north, number=f"+1717555{2500 + i}") for i in range(3)]
    answered(known[0], Kind.OPT_IN_CONFIRMED, sal)
    answered(known[1], Kind.REVOKED, sal)
    answered(known[2], Kind.WRONG_NUMBER, sal)
    for phone, name in zip(known, ("Bad Site", "bad  site ", "BAD SITE"), strict=True):
        given = leads.Given(
            phone.number_e164, "X", Basis.LEAD_PROVIDER, {"provider": name, "at": name}, {}
        )
        leads.take_in(north, given, acting_user=None)
    fresh = fill(north, "bad site", 2, 2600)
    answered(fresh[0], Kind.OPT_IN_CONFIRMED, sal)
    answered(fresh[1], Kind.REVOKED, sal)
    (row,) = sources.sources_of([north])
    assert row == {
        "provider": "Bad Site",
        "leads": 5,
        "asked": 2,
        "said_yes": 1,
        "wrong_numbers": 0,
        "opt_outs": 1,
    }


def test_an_address_that_fits_no_field_stays_evidence(
    north: Dealership, sal: User, tmp_path: Path
) -> None:
    street = "Building 7, " * 30
    path = tmp_path / "lead.xml"
    address = f"<street line='1'>{street}</street><regioncode>Baja</regioncode>"
    path.write_text(ADF.replace("</contact>", f"<address>{address}</address></contact>"))
    call_command("import_lead", str(path), "--by", sal.email)
    told = Lead.objects.get().entry.evidence.data["address"]
    assert told == {"street": street.strip(), "region": "Baja"}


# --- the report ----------------------------------------------------------------------------------


def fill(place: Dealership, provider: str, count: int, start: int) -> list[PhoneNumber]:
    found = []
    for i in range(count):
        given = leads.Given(
            f"+1717555{start + i:04d}", f"L{i}", Basis.LEAD_PROVIDER, {"provider": provider}, {}
        )
        found.append(leads.take_in(place, given, acting_user=None).phone)
    return found


def answered(phone: PhoneNumber, kind: Kind, sal: User) -> None:
    wording = Disclosure.objects.filter(purpose="permission_request").first()
    wording = wording or Disclosure.objects.create(
        purpose="permission_request", language="en", version=1, body="x", sha256="0" * 64
    )
    question = opt_in.request(
        phone, level=Level.INFORMATIONAL, disclosure=wording, text="May we?", acting_user=sal
    )
    if kind is Kind.OPT_IN_CONFIRMED:
        opt_in.confirm(phone, question=question, words="yes", received_at=now(), evidence={})
    elif kind is not Kind.OPT_IN_REQUESTED:
        revocation.revoke(phone, how="text", words="no", acting_user=None, kind=kind)


def test_the_report_counts_what_became_of_each_source(
    north: Dealership, other: Dealership, mona: User, sal: User, signed_in: SignedIn
) -> None:
    a, b, c, d, _e = fill(north, "Cars Site", 5, 2100)
    answered(a, Kind.OPT_IN_CONFIRMED, sal)
    answered(b, Kind.WRONG_NUMBER, sal)
    answered(c, Kind.REVOKED, sal)
    answered(d, Kind.OPT_IN_REQUESTED, sal)
    fill(north, "Other Site", 1, 2200)
    fill(other, "Rival's Site", 3, 2300)
    lines = sources.lines_of(list(sources.sources_of([north])), [north])
    assert [(line.provider, line.source) for line in lines] == [
        ("Cars Site", Source(leads=5, asked=4, said_yes=1, wrong_numbers=1, opt_outs=1)),
        ("Other Site", Source(leads=1)),
    ]
    assert (lines[0].yes_share, lines[0].risk.score) == (25, 45)
    page = signed_in(mona).get("/leads/sources/").content.decode()
    assert "Cars Site" in page
    assert "Rival" not in page
    assert signed_in(sal).get("/leads/sources/").status_code == 403


@pytest.mark.parametrize("count", [1, 20])
def test_the_report_asks_the_same_number_of_questions(
    north: Dealership,
    mona: User,
    signed_in: SignedIn,
    count: int,
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    for i in range(count):
        fill(north, f"Site {i}", 1, 3000 + i)
    client = signed_in(mona)
    client.get("/leads/sources/")
    with django_assert_num_queries(12):
        assert client.get("/leads/sources/").status_code == 200


@pytest.mark.parametrize(
    ("days", "code"), [(30, ""), (31, "old"), (90, "old"), (91, "very_old"), (None, "age_unknown")]
)
def test_a_source_is_as_old_as_its_leads(north: Dealership, days: int | None, code: str) -> None:
    sent = {} if days is None else {"submitted_at": (now() - timedelta(days=days)).isoformat()}
    lead = lead_of(north, **sent)
    aged = {"old", "very_old", "age_unknown"}
    of_lead = {p.code for p in sources.risk_of_leads([lead])[lead.pk].points} & aged
    (line,) = sources.lines_of(list(sources.sources_of([north])), [north])
    assert of_lead == {p.code for p in line.risk.points} & aged == ({code} - {""})


def test_the_report_comes_in_pages(north: Dealership, mona: User, signed_in: SignedIn) -> None:
    for i in range(sources.PAGE + 1):
        fill(north, f"Site {i:02d}", 1, 3000 + i)
    client = signed_in(mona)
    assert f"Site {sources.PAGE:02d}" not in client.get("/leads/sources/").content.decode()
    page = client.get("/leads/sources/?page=2").content.decode()
    assert f"Site {sources.PAGE:02d}" in page


def test_tokens_are_known_by_their_vendor() -> None:
    assert certificates.vendor_of(CERT) == "trustedform"
    assert certificates.vendor_of(LEADID) == "leadid"
    assert certificates.vendor_of("") == ""
    both = {"leadid": LEADID, "certificate": "see the link", "trustedform_url": CERT}
    assert leads.token_of(both) == CERT
