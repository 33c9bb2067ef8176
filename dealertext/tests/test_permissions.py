"""Every route and every kind of person. A route that is not in the table fails (promise I6)."""

from __future__ import annotations

import io
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

import pytest
from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.clock import now
from accounts.models import CarrierNumber, Dealership, Membership, Role, User
from archive import exports, sealing
from archive.models import TranscriptDelivery
from conftest import CORA_NUMBER, NORTH_NUMBER, make_contact, make_user, photo, post_inbound
from consent import documents, gate, importing, own_page, records
from consent.columns import ListSort
from consent.decision import Purpose
from consent.models import ConsentEvent, HouseRecord
from consent.uploads import Sort
from messaging import conversations
from messaging.models import Attachment, Conversation, Message

PEOPLE = ("anonymous", "salesperson", "manager", "admin", "group_admin", "stranger")
LOGIN, OK = 302, 200


class Who(Enum):
    """What anonymous, salesperson, manager, admin, group admin and stranger meet, in this order.

    200 stands for every answer but a refusal: a page, a redirect, a form that came back.
    302 stands for being sent to sign in.
    """

    ANYBODY = (OK, OK, OK, OK, OK, OK)
    STAFF = (LOGIN, OK, OK, OK, OK, OK)
    MEMBERS = (LOGIN, OK, OK, OK, OK, 404)
    MANAGERS = (LOGIN, 403, OK, OK, OK, 404)
    ADMINS = (LOGIN, 403, 403, OK, OK, 404)
    MANAGERS_ANYWHERE = (LOGIN, 403, OK, OK, OK, 403)
    ADMINS_ANYWHERE = (LOGIN, 403, 403, OK, OK, 403)
    GROUP_ADMINS = (LOGIN, 403, 403, 403, OK, 404)
    API_STAFF = (401, OK, OK, OK, OK, OK)
    API_MEMBERS = (401, OK, OK, OK, OK, 404)
    API_MANAGERS = (401, 403, OK, OK, OK, 404)
    API_ADMINS = (401, 403, 403, OK, OK, 404)
    NOBODY = (LOGIN, 404, 404, 404, 404, 404)  # a page of development portals
    CARRIER = (403, 403, 403, 403, 403, 403)  # nothing here is signed


@dataclass(frozen=True)
class Route:
    """How a route is called, and who may."""

    who: Who
    method: str = "get"
    #: Names of the world's things, by the names of the URL's arguments.
    args: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    #: What else an allowed person may meet.
    also: tuple[int, ...] = ()


def _id(thing: str) -> dict[str, str]:
    return {"public_id": thing}


W = Who
TABLE: dict[str, Route] = {
    "home": Route(W.ANYBODY),
    # inbox
    "messaging:inbox": Route(W.STAFF),
    "messaging:card": Route(W.STAFF),
    "messaging:card_png": Route(W.MEMBERS, "get", {"number_id": "number"}),
    "messaging:card_pdf": Route(W.MEMBERS, "get", {"number_id": "number"}),
    "messaging:join": Route(W.ANYBODY, "get", _id("dealership")),
    "messaging:open": Route(W.MEMBERS, "post", _id("phone")),
    "messaging:conversation": Route(W.MEMBERS, "get", _id("conversation")),
    "messaging:send": Route(W.MEMBERS, "post", _id("conversation")),
    "messaging:measure": Route(W.MEMBERS, "post", _id("conversation")),
    "messaging:ask": Route(W.MEMBERS, "get", _id("conversation")),
    "messaging:assign": Route(W.MEMBERS, "post", _id("conversation")),
    "messaging:close": Route(W.MEMBERS, "post", _id("conversation")),
    "messaging:message": Route(W.MEMBERS, "get", _id("message")),
    "messaging:explain": Route(W.MEMBERS, "get", _id("message")),
    "messaging:cancel": Route(W.MEMBERS, "post", _id("message")),
    "messaging:again": Route(W.MEMBERS, "post", _id("message")),
    "messaging:attachment": Route(W.MEMBERS, "get", _id("attachment"), also=(404,)),
    # the carrier
    "messaging:inbound": Route(W.CARRIER, "post"),
    "messaging:status": Route(W.CARRIER, "post"),
    "messaging:voice": Route(W.CARRIER, "post"),
    # customers
    "consent:contacts": Route(W.STAFF),
    "consent:new": Route(W.STAFF),
    "consent:choose": Route(W.STAFF, "post", also=(404, 405)),
    "consent:entry_proof": Route(W.MEMBERS, "get", {**_id("contact"), "index": "entry"}),
    "consent:own": Route(W.ANYBODY, "get", {"token": "own_page"}),
    "consent:stop": Route(W.STAFF),
    "consent:scope": Route(W.GROUP_ADMINS, "get", {"group_id": "group"}),
    "consent:carrier_blocks": Route(W.ADMINS_ANYWHERE),
    "consent:doubtful": Route(W.MANAGERS_ANYWHERE),
    "consent:doubtful_badge": Route(W.MANAGERS_ANYWHERE),
    "consent:contact": Route(W.MEMBERS, "get", _id("contact")),
    "consent:basis": Route(W.MEMBERS, "post", _id("contact")),
    "consent:verbal": Route(W.MEMBERS, "post", _id("contact")),
    "consent:document": Route(W.MEMBERS, "get", _id("document")),
    "consent:number": Route(W.MEMBERS, "post", _id("contact")),
    "consent:revoke": Route(W.MEMBERS, "post", _id("contact")),
    "consent:rules": Route(W.STAFF),
    "consent:own_rules": Route(W.ADMINS, "get", {"dealership_id": "dealership"}),
    "consent:wordings": Route(W.ADMINS, "get", {"dealership_id": "dealership"}),
    "consent:wording": Route(
        W.ADMINS, "get", {"dealership_id": "dealership", "slug": "=confirmation.en"}
    ),
    "consent:resolve": Route(W.MANAGERS, "post", _id("contact")),
    "consent:records": Route(W.ADMINS_ANYWHERE),
    "consent:record_end": Route(W.ADMINS, "post", _id("record"), {"ends_on": "2026-11-20"}),
    "consent:lead_sources": Route(W.MANAGERS_ANYWHERE),
    # lists that come in
    "consent:imports": Route(W.ADMINS_ANYWHERE),
    "consent:import": Route(W.ADMINS, "get", _id("import")),
    "consent:import_progress": Route(W.ADMINS, "get", _id("import")),
    "consent:import_report": Route(W.ADMINS, "get", _id("import"), also=(404,)),
    # transcripts, exports, reports
    "archive:transcripts": Route(W.MANAGERS_ANYWHERE),
    "archive:mail": Route(W.NOBODY),
    "archive:transcript": Route(W.MANAGERS, "get", _id("transcript")),
    "archive:review": Route(W.MANAGERS, "post", _id("transcript")),
    "archive:file": Route(W.MANAGERS, "get", {**_id("transcript"), "form": "=text"}),
    "archive:delivery_again": Route(
        W.MANAGERS, "post", {**_id("transcript"), "delivery_pk": "delivery"}
    ),
    "archive:erase": Route(W.ADMINS, "get", _id("contact")),
    "archive:hold": Route(W.MANAGERS, "post", _id("contact")),
    "archive:exports": Route(W.ADMINS_ANYWHERE),
    "archive:export": Route(W.ADMINS, "get", _id("export")),
    "archive:export_file": Route(W.ADMINS, "get", _id("export"), also=(404,)),
    "archive:reports": Route(W.MANAGERS_ANYWHERE),
    "archive:stops": Route(W.MANAGERS_ANYWHERE),
    "archive:evidence": Route(
        W.MANAGERS_ANYWHERE, "get", {"slug": "=texts-after-stop"}, also=(404,)
    ),
    # staff and settings
    "accounts:staff": Route(W.ADMINS_ANYWHERE),
    "accounts:dealership_staff": Route(W.ADMINS, "get", {"dealership_id": "dealership"}),
    "accounts:member_role": Route(W.ADMINS, "post", {"member_id": "member"}),
    "accounts:member_end": Route(W.ADMINS, "post", {"member_id": "member"}),
    "accounts:member_resume": Route(W.ADMINS, "post", {"member_id": "member"}),
    "accounts:member_invite": Route(W.ADMINS, "post", {"member_id": "member"}),
    "accounts:settings": Route(W.ADMINS, "get", {"dealership_id": "dealership"}),
    "accounts:carrier_account": Route(W.ADMINS, "post", {"dealership_id": "dealership"}),
    "accounts:number_add": Route(W.ADMINS, "post", {"dealership_id": "dealership"}),
    "accounts:number_change": Route(W.ADMINS, "post", {"number_id": "number"}),
    "accounts:profile": Route(W.STAFF),
    "accounts:token_issue": Route(W.STAFF, "post"),
    "accounts:token_revoke": Route(W.STAFF, "post"),
    # sign-in
    "account_login": Route(W.ANYBODY),
    "account_logout": Route(W.ANYBODY),
    "account_inactive": Route(W.ANYBODY),
    "account_signup": Route(W.ANYBODY),
    "account_email": Route(W.ANYBODY),
    "account_reauthenticate": Route(W.STAFF),
    "account_change_password": Route(W.STAFF),
    "account_set_password": Route(W.STAFF),
    "account_reset_password": Route(W.ANYBODY),
    "account_reset_password_done": Route(W.ANYBODY),
    "account_reset_password_from_key": Route(
        W.ANYBODY, "get", {"uidb36": "=1", "key": "=wrong-key"}
    ),
    "account_reset_password_from_key_done": Route(W.ANYBODY),
    "mfa_index": Route(W.STAFF),
    "mfa_authenticate": Route(W.STAFF),
    "mfa_reauthenticate": Route(W.STAFF),
    "mfa_activate_totp": Route(W.STAFF),
    "mfa_deactivate_totp": Route(W.STAFF, also=(404,)),
    "mfa_view_recovery_codes": Route(W.STAFF, also=(404,)),
    "mfa_generate_recovery_codes": Route(W.STAFF),
    "mfa_download_recovery_codes": Route(W.STAFF, also=(404,)),
    "mfa_list_webauthn": Route(W.STAFF),
    "mfa_add_webauthn": Route(W.STAFF),
    "mfa_reauthenticate_webauthn": Route(W.STAFF),
    "mfa_remove_webauthn": Route(W.STAFF, "get", {"pk": "=1"}, also=(404,)),
    "mfa_edit_webauthn": Route(W.STAFF, "get", {"pk": "=1"}, also=(404,)),
    "set_language": Route(W.ANYBODY, "post"),
    # API
    "api-me": Route(W.API_STAFF),
    "api-dealerships": Route(W.API_STAFF),
    "api-dealership": Route(W.API_MEMBERS, "get", {"dealership_id": "dealership"}),
    "api-checkpoints": Route(W.API_MEMBERS, "get", {"dealership_id": "dealership"}),
    "api-inclusion": Route(W.API_MEMBERS, "get", {"dealership_id": "dealership"}),
    "api-consistency": Route(W.API_MEMBERS, "get", {"dealership_id": "dealership"}),
    "api-contacts": Route(W.API_STAFF),
    "api-contacts-search": Route(W.API_STAFF, "post", data={"number": "717-555-0142"}),
    "api-contact": Route(W.API_MEMBERS, "get", {"contact_id": "contact"}),
    "api-contact-consent": Route(W.API_MEMBERS, "get", {"contact_id": "contact"}),
    "api-contact-evidence": Route(W.API_MEMBERS, "post", {"contact_id": "contact"}),
    "api-contact-documents": Route(W.API_MEMBERS, "post", {"contact_id": "contact"}),
    "api-document": Route(W.API_MEMBERS, "get", {"document_id": "document"}),
    "api-contact-revoke": Route(W.API_MEMBERS, "post", {"contact_id": "contact"}),
    "api-contact-erase": Route(W.API_ADMINS, "post", {"contact_id": "contact"}),
    "api-contact-ask-permission": Route(W.API_MEMBERS, "post", {"contact_id": "contact"}),
    "api-leads": Route(W.API_STAFF, "post", also=(404,)),
    "api-wording": Route(W.API_STAFF, "post", data={"body": "Your car is ready"}),
    "api-messages": Route(W.API_STAFF),
    "api-message": Route(W.API_MEMBERS, "get", {"message_id": "message"}),
    "api-message-explain": Route(W.API_MEMBERS, "get", {"message_id": "message"}),
    "api-message-cancel": Route(W.API_MEMBERS, "post", {"message_id": "message"}),
    "api-conversations": Route(W.API_STAFF),
    "api-conversation": Route(W.API_MEMBERS, "get", {"conversation_id": "conversation"}),
    "api-conversation-messages": Route(W.API_MEMBERS, "get", {"conversation_id": "conversation"}),
    "api-conversation-close": Route(W.API_MEMBERS, "post", {"conversation_id": "conversation"}),
    "api-conversation-assign": Route(W.API_MEMBERS, "post", {"conversation_id": "conversation"}),
    "api-transcripts": Route(W.API_STAFF),
    "api-transcript": Route(W.API_MEMBERS, "get", {"transcript_id": "transcript"}),
    "api-transcript-file": Route(
        W.API_MEMBERS, "get", {"transcript_id": "transcript", "form": "=text"}
    ),
    "api-exports": Route(W.API_STAFF, also=(403,)),
    "api-export": Route(W.API_ADMINS, "get", {"export_id": "export"}),
    "api-export-file": Route(W.API_ADMINS, "get", {"export_id": "export"}, also=(404, 409)),
    "api-schema": Route(W.API_STAFF),
    "api-docs": Route(W.API_STAFF),
    # the portal itself
    "simulator": Route(W.ANYBODY, also=(404,)),
    "healthz": Route(W.ANYBODY),
    "readyz": Route(W.ANYBODY, also=(503,)),
    "metrics": Route(W.ANYBODY),
}
#: Routes with a test of their own below.
ELSEWHERE = {"messaging:events", "api/^v1/.*$"}


def routes(
    patterns: list[URLPattern | URLResolver], prefix: str = "", space: str = ""
) -> Iterator[str]:
    """Yield the name of every route, or its pattern where it has none."""
    for each in patterns:
        if isinstance(each, URLPattern):
            yield f"{space}{each.name}" if each.name else f"{prefix}{each.pattern}"
        else:
            inner = f"{each.namespace}:" if each.namespace else ""
            yield from routes(each.url_patterns, f"{prefix}{each.pattern}", space + inner)


def test_every_route_is_in_the_table() -> None:
    found = {name for name in routes(get_resolver().url_patterns) if not name.startswith("admin")}
    assert found - TABLE.keys() - ELSEWHERE == set(), "say who may open it"
    assert TABLE.keys() - found == set(), "this route is gone: take it off the table"


@dataclass
class World:
    """One of everything at North, and its people."""

    people: dict[str, User | None]
    things: dict[str, object]

    def url(self, name: str, route: Route) -> str:
        """Return the address of a route for North's things."""
        return reverse(
            name,
            kwargs={
                key: thing[1:] if thing.startswith("=") else self.things[thing]
                for key, thing in route.args.items()
            },
        )


def message_of(conversation: Conversation, author: User, status: str) -> Message:
    return Message.objects.create(
        dealership=conversation.dealership,
        conversation=conversation,
        direction="outbound",
        purpose=Purpose.CONVERSATIONAL,
        status=status,
        author=author,
        body="Hello",
        decision=gate.ask(conversation.phone, purpose=Purpose.CONVERSATIONAL),
        created_at=now(),
    )


@pytest.fixture
def world(
    north: Dealership, other: Dealership, sal: User, mona: User, ada: User, stan: User
) -> World:
    """Fill North with a customer, texts, a transcript and an export."""
    north.crm_addresses = "crm@dealer.example"
    north.save(update_fields=["crm_addresses"])
    admin = make_user("boss@example.com", "Bo Boss", north, Role.ADMIN)
    make_contact(north)
    post_inbound(to=NORTH_NUMBER, from_=CORA_NUMBER, body="Is the Camry still there?")
    conversation = Conversation.objects.get()
    message = message_of(conversation, sal, "failed")
    record = records.keep(
        north,
        sort=HouseRecord.Sort.POLICY,
        title="Do Not Call policy",
        begins_on=date(2026, 1, 1),
        people=[sal],
        acting_user=admin,
    )
    brought_in = importing.take_in(
        north,
        sort=ListSort.OPT_OUTS,
        file=io.BytesIO(b"number\n717-555-0199\n"),
        list_on=None,
        source="test",
        acting_user=admin,
    )
    document = documents.store(
        photo(), sort=Sort.PAPER, dealership=north, phone=conversation.phone, acting_user=sal
    )
    attachment = Attachment.objects.create(message=message, position=0)
    second = make_contact(north, number="+17175550143", name="Dora")
    closed = conversations.conversation_for(second)
    message_of(closed, sal, "delivered")
    conversations.close(closed, acting_user=sal)
    sealing.seal(closed.pk)
    transcript = closed.transcripts.get()
    export = exports.request_export(north, acting_user=admin, from_on=None, to_on=None)
    return World(
        people={
            "anonymous": None,
            "salesperson": sal,
            "manager": mona,
            "admin": admin,
            "group_admin": ada,
            "stranger": stan,
        },
        things={
            "dealership": north.public_id,
            "group": north.group.public_id,
            "conversation": conversation.public_id,
            "contact": conversation.contact.public_id,
            "phone": conversation.phone.public_id,
            "entry": ConsentEvent.objects.filter(subject=conversation.phone.subject)[0].index,
            "own_page": own_page.link_of(conversation.phone).split("/")[-2],
            "document": document.public_id,
            "record": record.public_id,
            "import": brought_in.public_id,
            "message": message.public_id,
            "attachment": attachment.public_id,
            "transcript": transcript.public_id,
            "delivery": TranscriptDelivery.objects.get(transcript=transcript).pk,
            "export": export.public_id,
            "member": Membership.objects.get(user=sal, dealership=north).public_id,
            "number": CarrierNumber.objects.get(dealership=north).public_id,
        },
    )


def met(answer: HttpResponseBase, route: Route, wanted: int) -> int:
    """Return what a person met, in the words of the table."""
    if answer.status_code == 302 and "/accounts/login/" in answer["Location"]:
        return LOGIN
    refused = answer.status_code in {401, 403, 404} or answer.status_code >= 500
    if wanted == OK and (not refused or answer.status_code in route.also):
        return OK
    return answer.status_code


@pytest.mark.django_db
@pytest.mark.parametrize("person", PEOPLE)
def test_a_person_meets_what_the_table_says(world: World, person: str) -> None:
    place = PEOPLE.index(person)
    user = world.people[person]
    wrong = {}
    for name, route in TABLE.items():
        client = Client(raise_request_exception=False)
        if user is not None:
            client.force_login(user)
        wanted = route.who.value[place]
        with transaction.atomic():  # what a POST changed is taken back
            answer = getattr(client, route.method)(world.url(name, route), route.data)
            found = met(answer, route, wanted)
            transaction.set_rollback(True)
        if found != wanted:
            wrong[name] = (f"wanted {wanted}", f"met {answer.status_code}")
    assert wrong == {}


@pytest.mark.django_db
@pytest.mark.parametrize("person", PEOPLE)
def test_the_operators_admin_is_closed_to_dealerships(world: World, person: str) -> None:
    user = world.people[person]
    client = Client()
    if user is not None:
        client.force_login(user)
    for name in routes(get_resolver().url_patterns):
        if not name.startswith("admin:") or name.endswith(("jsi18n", "logout")):
            continue
        try:
            url = reverse(name)
        except Exception:  # noqa: S112 - a route with arguments; its list stands for it
            continue
        answer = client.get(url)
        assert answer.status_code in {302, 403}, (name, answer.status_code)


@pytest.mark.django_db
def test_the_operator_opens_every_list_of_the_admin() -> None:
    operator = User.objects.create_superuser("op@example.com", "x", name="Op")
    client = Client()
    client.force_login(operator)
    for name in routes(get_resolver().url_patterns):
        if name.startswith("admin:") and name.endswith("_changelist"):
            assert client.get(reverse(name)).status_code == 200, name


@pytest.mark.django_db(transaction=True)
def test_the_live_stream_is_for_staff(sal: User) -> None:
    client = Client()
    client.force_login(sal)

    def look(visitor: Client) -> HttpResponseBase:
        try:
            return visitor.get("/events/")
        finally:
            connection.close()

    # In a thread of its own: a browser that an earlier test opened runs a loop in this one.
    with ThreadPoolExecutor(max_workers=1) as pool:
        assert pool.submit(look, Client()).result().status_code in {302, 401}
        answer = pool.submit(look, client).result()
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/event-stream"


@pytest.mark.django_db
def test_an_id_that_nobody_has_looks_like_a_strangers(sal: User) -> None:
    client = Client()
    client.force_login(sal)
    for name, route in TABLE.items():
        if (
            route.who in {W.MEMBERS, W.API_MEMBERS}
            and route.method == "get"
            and len(route.args) == 1
        ):
            url = reverse(name, kwargs=dict.fromkeys(route.args, uuid.uuid4()))
            assert client.get(url).status_code == 404, name
