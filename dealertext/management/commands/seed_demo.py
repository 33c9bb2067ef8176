"""`manage.py seed_demo`: much deterministic data, by COPY, with a ledger that fsck finds valid."""

from __future__ import annotations

import hashlib
import json
import random
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, models, transaction
from typing_extensions import override

from accounts.clock import now
from accounts.models import CarrierNumber, Dealership, Role, User
from accounts.setting_up import Line, Person, Seller, set_up
from consent import merkle
from consent.kinds import Basis, Kind
from consent.ledger import Json, Term, commitment
from consent.levels import Level
from consent.models import (
    ConsentEvent,
    ConsentState,
    Contact,
    Evidence,
    LedgerHead,
    LedgerNode,
    PhoneNumber,
    Suppression,
)
from consent.projection import Entry, State, fold
from consent.subjects import subject_of
from messaging.models import Conversation, Message

GROUP, SELLER, NUMBER = "Volume Group", "Volume Motors", "+12025550100"
BATCH = 1000  # conversations in one transaction
SPAN_DAYS = 300
#: Area codes without places of stricter hours; 792 * 10,000 numbers each: enough for all.
AREA_CODES = ("717", "814", "570", "610", "412", "724", "540", "304", "302", "410")
# ruff: noqa: SIM905 - words are read as a sentence
_FIRST = tuple(
    "Ann Ben Carla Dan Eve Frank Gina Hal Ida Joe Kim Leo Mae Ned Ora Ruth Sam".split(" ")
)
_LAST = tuple(
    "Abel Brook Cole Dorn Ellis Ford Grant Hill Irwin Jones Kane Lowe Marsh Noll".split(" ")
)
_CARS = tuple("RAV4 Camry Tacoma Corolla Highlander Tundra Sienna Prius 4Runner Venza".split(" "))
_WORDS = (
    "the is a we you can come today tomorrow morning after work price blue silver white truck "
    "car sedan hybrid lease trade payment months drive test see picture mileage warranty "
    "service oil tires brake appointment time open until ready key dealer desk manager ask "
    "call thanks great sure maybe sorry later week Saturday Friday noon four five thirty "
    "number title insurance credit bank offer total down financing rate quote stock lot "
    "heated seats leather towing rack camera winter delivery paperwork sign plates "
    "registration family weekend phone message"
).split(" ")


class Command(BaseCommand):
    help = "Add so many conversations and messages to the dealership Volume Motors."
    requires_system_checks = ()

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--conversations", type=int, required=True)
        parser.add_argument("--messages", type=int, required=True)

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        conversations, messages = options["conversations"], options["messages"]
        if conversations < 1 or messages < conversations:
            raise CommandError("at least one conversation, and one message in each")
        seed = Seed.prepare()
        done = seed.first
        for start in range(0, conversations, BATCH):
            count = min(BATCH, conversations - start)
            lengths = [
                messages // conversations + (start + each < messages % conversations)
                for each in range(count)
            ]
            with transaction.atomic():
                seed.batch(done + start, lengths)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # the planner knows nothing of what COPY brought
        self.stdout.write(f"{conversations} conversations, {messages} messages")


class Seed:
    """Makes batches of customers with their ledger entries and texts."""

    def __init__(self, dealership: Dealership, number: CarrierNumber, staff: list[User]) -> None:
        self.dealership, self.number, self.staff = dealership, number, staff
        self.first = PhoneNumber.objects.filter(dealership=dealership).count()
        self.log = str(dealership.public_id)
        self.today = now().replace(hour=0, minute=0, second=0, microsecond=0)

    @classmethod
    def prepare(cls) -> Seed:
        """Store the dealership, its number and five salespeople, unless they are there."""
        done = set_up(
            GROUP,
            seller=Seller(
                name=SELLER,
                street="1 Long Road",
                city="Harrisburg",
                region="PA",
                country="US",
                timezone="America/New_York",
                care_phone="+12025550199",
            ),
            lines=[Line(NUMBER, Decimal(10), ())],
            staff=[
                Person(
                    f"seller{n}@volume.example", f"Seller {n}", Role.SALESPERSON, uuid.uuid4().hex
                )
                for n in range(5)
            ],
        )
        staff = list(User.objects.filter(email__endswith="@volume.example").order_by("pk"))
        return cls(done.dealership, CarrierNumber.objects.get(number_e164=NUMBER), staff)

    def batch(self, start: int, lengths: Sequence[int]) -> None:
        """Store `len(lengths)` customers, the first of them number `start`, with so many texts."""
        rng = random.Random(f"dealertext {start}")  # noqa: S311 - made-up data, not secrets
        count = len(lengths)
        ids = {model: take_ids(model, count) for model in (Contact, PhoneNumber, Conversation)}
        people = [self._person(start + each, rng) for each in range(count)]
        copy_rows(
            Contact,
            (
                {
                    "id": ids[Contact][n],
                    "public_id": _uuid(rng),
                    "dealership_id": self.dealership.pk,
                    "name": person["name"],
                    "region": "PA",
                    "country": "US",
                    "vehicle": person["vehicle"],
                    "created_at": person["at"],
                }
                for n, person in enumerate(people)
            ),
        )
        copy_rows(
            PhoneNumber,
            (
                {
                    "id": ids[PhoneNumber][n],
                    "public_id": _uuid(rng),
                    "contact_id": ids[Contact][n],
                    "dealership_id": self.dealership.pk,
                    "number_e164": person["number"],
                    "subject": person["subject"],
                    "created_at": person["at"],
                }
                for n, person in enumerate(people)
            ),
        )
        states = self._ledger(people, rng)
        copy_rows(
            ConsentState,
            ({**asdict(state), "phone_id": ids[PhoneNumber][n]} for n, state in enumerate(states)),
        )
        copy_rows(
            Suppression,
            (
                {
                    "group_id": self.dealership.group_id,
                    "subject": person["subject"],
                    "is_active": state.is_stopped,
                    "source": "text:keyword" if state.is_stopped else "",
                    "suppressed_at": state.changed_at if state.is_stopped else None,
                }
                for person, state in zip(people, states, strict=True)
            ),
        )
        threads = [
            self._thread(ids[Conversation][n], person, states[n], lengths[n], rng)
            for n, person in enumerate(people)
        ]
        copy_rows(
            Conversation,
            (
                self._conversation(
                    ids[Conversation][n], ids[PhoneNumber][n], ids[Contact][n], threads[n], n, rng
                )
                for n in range(count)
            ),
        )
        copy_rows(Message, (text for thread in threads for text in thread))

    def _person(self, place: int, rng: random.Random) -> dict[str, Any]:
        area, rest = AREA_CODES[place % 10], place // 10
        number = f"+1{area}{200 + rest // 10_000:03d}{rest % 10_000:04d}"
        at = self.today - timedelta(days=SPAN_DAYS) + timedelta(seconds=place % 86_400)
        return {
            "name": f"{rng.choice(_FIRST)} {rng.choice(_LAST)}",
            "vehicle": f"202{rng.randrange(7)} Toyota {rng.choice(_CARS)}",
            "number": number,
            "subject": subject_of(number),
            "at": at,
        }

    # --- the ledger -------------------------------------------------------------------------------

    def _ledger(self, people: list[dict[str, Any]], rng: random.Random) -> list[State]:
        """Append to the end of the ledger as `ledger.append` would; return the folded states."""
        LedgerHead.objects.get_or_create(dealership=self.dealership)
        head = LedgerHead.objects.select_for_update().get(dealership=self.dealership)
        frontier = [bytes.fromhex(each) for each in head.frontier]
        recorded_at = max(head.last_recorded_at or people[0]["at"], people[0]["at"])
        size, states = head.size, []
        events: list[dict[str, Any]] = []
        nodes: list[dict[str, Any]] = []
        proofs: list[tuple[int, str, dict[str, Json]]] = []
        for person in people:
            state = State()
            for kind, terms, evidence in self._story(person, size, rng):
                salt = f"{rng.getrandbits(128):032x}" if evidence else ""
                body: dict[str, Term] = {
                    "v": 1,
                    "log": self.log,
                    "index": size,
                    "kind": kind.value,
                    "subject": person["subject"],
                    "recorded_at": _stamp(recorded_at),
                    "received_at": _stamp(person["at"]),
                    "actor": "",
                    "evidence": commitment(salt, evidence) if evidence else "",
                    **terms,
                }
                raw = merkle.canonical(body)
                leaf = merkle.leaf_hash(raw)
                nodes += [
                    {
                        "dealership_id": self.dealership.pk,
                        "size": size + 1,
                        "level": level,
                        "node_hash": value.hex(),
                    }
                    for level, _place, value in merkle.filled_nodes(frontier, size, leaf)[1:]
                ]
                frontier = merkle.frontier_append(frontier, size, leaf)
                events.append(
                    {
                        "dealership_id": self.dealership.pk,
                        "index": size,
                        "kind": kind.value,
                        "subject": person["subject"],
                        "recorded_at": recorded_at,
                        "received_at": person["at"],
                        "body": raw.decode(),
                        "leaf_hash": leaf.hex(),
                    }
                )
                if evidence:
                    proofs.append((len(events) - 1, salt, evidence))
                entry = Entry(index=size, kind=kind, received_at=person["at"], terms=dict(terms))
                state = fold([entry], state)
                size += 1
            states.append(state)
        ids = take_ids(ConsentEvent, len(events))
        copy_rows(LedgerNode, iter(nodes))
        copy_rows(ConsentEvent, ({**row, "id": ids[n]} for n, row in enumerate(events)))
        copy_rows(
            Evidence,
            ({"entry_id": ids[n], "salt": salt, "data": data} for n, salt, data in proofs),
        )
        LedgerHead.objects.filter(pk=head.pk).update(
            size=size,
            frontier=[each.hex() for each in frontier],
            last_recorded_at=recorded_at,
        )
        return states

    def _story(
        self, person: dict[str, Any], index: int, rng: random.Random
    ) -> Iterator[tuple[Kind, dict[str, Term], dict[str, Json]]]:
        """Yield what happened to one customer: a lead, a question, mostly a yes, some stops."""
        about: dict[str, Json] = {"number": person["number"], "name": person["name"]}
        yield Kind.LEAD_RECEIVED, {"basis": Basis.WEB_FORM.value, "missing": ""}, about
        fate = rng.random()
        if fate < 0.1:
            return
        level = Level.INFORMATIONAL.value
        words_hash = hashlib.sha256(b"volume").hexdigest()
        asked: dict[str, Term] = {"level": level, "disclosure_sha256": words_hash}
        yield Kind.OPT_IN_REQUESTED, asked, {}
        if fate < 0.2:
            yield Kind.DECLINED, {"request_index": index + 1}, {**about, "words": "No"}
            return
        yes: dict[str, Term] = {**asked, "request_index": index + 1}
        yield Kind.OPT_IN_CONFIRMED, yes, {**about, "words": "Yes"}
        if fate > 0.95:
            stop: dict[str, Term] = {"how": "text", "reason": "keyword", "scope": "group"}
            yield Kind.REVOKED, stop, {**about, "words": "STOP"}

    # --- the texts --------------------------------------------------------------------------------

    def _thread(
        self,
        conversation_id: int,
        person: dict[str, Any],
        state: State,
        length: int,
        rng: random.Random,
    ) -> list[dict[str, Any]]:
        at, step = person["at"], timedelta(days=SPAN_DAYS - 1) / max(length, 1)
        at += step * rng.random()
        seller = rng.choice(self.staff).pk
        texts = []
        for place in range(length):
            inbound = place % 2 == 0
            body = " ".join(rng.choices(_WORDS, k=rng.randrange(4, 15)))
            texts.append(
                {
                    "public_id": _uuid(rng),
                    "dealership_id": self.dealership.pk,
                    "conversation_id": conversation_id,
                    "direction": "inbound" if inbound else "outbound",
                    "purpose": "" if inbound else "conversational",
                    "status": "received" if inbound else "delivered",
                    "author_id": None if inbound else seller,
                    "created_at": at,
                    "body": body,
                    "classification": _READ if inbound else None,
                    "claimed_at": None if inbound else at,
                    "sent_at": None if inbound else at,
                    "carrier_sid": f"SM{rng.getrandbits(128):032x}",
                    "carrier_status": "" if inbound else "delivered",
                }
            )
            at += step
        return texts

    def _conversation(
        self,
        pk: int,
        phone_id: int,
        contact_id: int,
        texts: list[dict[str, Any]],
        place: int,
        rng: random.Random,
    ) -> dict[str, Any]:
        last, is_open = texts[-1], place % 5 < 2
        by_direction = {text["direction"]: text["created_at"] for text in texts}
        return {
            "id": pk,
            "public_id": _uuid(rng),
            "dealership_id": self.dealership.pk,
            "number_id": self.number.pk,
            "phone_id": phone_id,
            "contact_id": contact_id,
            "assigned_to_id": rng.choice([*(user.pk for user in self.staff), None]),
            "status": "open" if is_open else "closed",
            "owed_since": last["created_at"]
            if is_open and last["direction"] == "inbound"
            else None,
            "last_inbound_at": by_direction.get("inbound"),
            "last_outbound_at": by_direction.get("outbound"),
            "last_message_at": last["created_at"],
            "last_text": last["body"][:160],
            "last_direction": last["direction"],
            "opened_at": texts[0]["created_at"],
            "closed_at": None if is_open else last["created_at"],
            "updated_at": last["created_at"],
        }


#: How an ordinary inbound text was read.
_READ = json.dumps(
    {
        "kind": "none",
        "reason": "conversation",
        "language": "en",
        "possible_opt_out": False,
        "owed": True,
    }
)


def _uuid(rng: random.Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def take_ids(model: type[models.Model], count: int) -> list[int]:
    """Take so many keys from a table's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def copy_rows(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    """Store rows, given by column, through COPY; a column that no row names gets its default."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    defaults: dict[str, Any] = {
        str(each.column): each.get_default()
        for each in model._meta.concrete_fields
        if not (each.primary_key and each.column not in first)
    }
    columns = list(defaults)
    documents = {
        str(each.column)
        for each in model._meta.concrete_fields
        if isinstance(each, models.JSONField)
    }
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy,
    ):
        for row in _chain(first, rows):
            merged: dict[str, Any] = {**defaults, **row}
            copy.write_row(
                [
                    json.dumps(merged[column])
                    if column in documents and isinstance(merged[column], dict | list)
                    else merged[column]
                    for column in columns
                ]
            )


def _chain(first: dict[str, Any], rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    yield first
    yield from rows
