"""`manage.py demo`: a dealer group to try, with a customer in every state of consent.

Everything goes through the real actions, with the portal's clock set back: the ledger, the gate's
decisions and the conversations are what the portal itself would have stored. Only the carrier's
part is played here: no text of the past leaves the house.
"""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import urllib3
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from typing_extensions import override

from accounts.clock import now
from accounts.models import CarrierNumber, DealerGroup, Dealership, GroupAdmin, Role, User
from accounts.setting_up import Line, Person, Seller, set_up
from consent import contacts, hours, leads, suppressions
from consent.decision import Purpose
from consent.kinds import Basis
from consent.ledger import Json
from consent.levels import Level
from consent.models import PhoneNumber
from messaging import conversations, delivery, dispatch, inbound, outbound
from messaging.models import Message

GROUP = "Keystone Auto Group"
STRANGERS = "Blue Ridge Motors"
TOYOTA = Seller(
    name="Keystone Toyota of Chambersburg",
    street="1450 Lincoln Way East",
    city="Chambersburg",
    region="PA",
    country="US",
    timezone="America/New_York",
    care_phone="+17175550199",
    postal_code="17202",
    crm_addresses="crm@keystone.example",
)
FORD = Seller(
    name="Keystone Ford of Toronto",
    street="88 Lake Shore Boulevard East",
    city="Toronto",
    region="ON",
    country="CA",
    timezone="America/Toronto",
    care_phone="+14165550198",
    postal_code="M5E 1S2",
)
RIDGE = Seller(
    name="Blue Ridge Honda",
    street="7 Timber Lane",
    city="Roanoke",
    region="VA",
    country="US",
    timezone="America/New_York",
    care_phone="+15405550197",
)
#: Who signs in, as what: shown in this order.
LOGINS = (
    ("emily@keystone.example", "Emily Moore", "salesperson, Chambersburg"),
    ("james@keystone.example", "James Carter", "salesperson, Chambersburg"),
    ("mona@keystone.example", "Mona Reyes", "manager, Chambersburg"),
    ("alex@keystone.example", "Alex Whitfield", "admin, Chambersburg"),
    ("sophie@keystone.example", "Sophie Tremblay", "salesperson, Toronto"),
    ("grace@keystone.example", "Grace Keystone", "admin of the whole group"),
    ("stan@blueridge.example", "Stan Marsh", "salesperson at a stranger's dealership"),
    ("operator@dealertext.example", "Olivia Operator", "operator of /admin/"),
)


@dataclass
class Story:
    """What happened in the last days, told in the order of time."""

    today: datetime
    steps: list[tuple[datetime, Callable[[], object]]] = field(default_factory=list)

    def day(self, days_ago: int, *, number: str = TOYOTA.care_phone) -> datetime:
        """Return a noon about so many days ago at which anybody may be texted."""
        noon = datetime.combine(
            self.today.date() - timedelta(days=days_ago), time(17, 5), tzinfo=UTC
        )
        while not hours.window(number, at=noon).open:
            noon -= timedelta(days=1)
        return noon

    def at(self, moment: datetime, deed: Callable[[], object]) -> None:
        """Add a deed."""
        self.steps.append((moment, deed))

    def tell(self) -> None:
        """Do every deed at its moment."""
        for moment, deed in sorted(self.steps, key=lambda step: step[0]):
            with clock_at(moment):
                deed()


@contextmanager
def clock_at(moment: datetime) -> Iterator[None]:
    """Set the portal's clock, in this process alone, by the shift that every part of it knows."""
    before = settings.TIME_OFFSET_SECONDS
    settings.TIME_OFFSET_SECONDS = (moment - datetime.now(UTC)).total_seconds()
    try:
        yield
    finally:
        settings.TIME_OFFSET_SECONDS = before


def play_carrier(dealership: Dealership) -> None:
    """Claim every text that is due through the gate, and settle it as the carrier would."""
    for _ in range(10):
        due = Message.objects.due(now()).filter(dealership=dealership)
        pks = list(due.values_list("pk", flat=True))
        if not pks:
            return
        for pk in pks:
            claim = dispatch.claim_message(pk)
            if claim is None or not dispatch.begin_call(claim):
                continue
            sid = f"SM{uuid.uuid4().hex}"
            with transaction.atomic():
                phone = claim.message.conversation.phone
                suppressions.lock(group_id=dealership.group_id, subject=phone.subject)
                message = Message.objects.select_for_update().get(pk=pk)
                delivery.became_sent(message, sid=sid, carrier_status="queued")
            for status in ("sent", "delivered"):
                delivery.record_status(
                    sid=sid, status=status, error_code="", hinted=None, received_at=now()
                )


@dataclass
class Customer:
    """A customer of one dealership, and what passes between the two."""

    story: Story
    dealership: Dealership
    our_number: str
    name: str
    number: str
    basis: Basis
    evidence: dict[str, Json]
    details: dict[str, str] = field(default_factory=dict)

    @property
    def phone(self) -> PhoneNumber:
        """The customer's number as it stands now."""
        return PhoneNumber.objects.select_related("contact", "dealership__group").get(
            dealership=self.dealership, number_e164=self.number
        )

    def met(self, moment: datetime, *, by: User) -> Customer:
        """Record how the dealership got the number."""

        def deed() -> None:
            evidence = dict(self.evidence)
            if "submitted_at" in evidence:
                evidence["submitted_at"] = (moment - 2 * _MINUTE).isoformat()
            if isinstance(words := evidence.get("disclosure"), str):
                evidence["disclosure"] = words.format(seller=self.dealership.name)
            if self.basis in leads.BASES:
                given = leads.Given(self.number, self.name, self.basis, evidence, self.details)
                leads.take_in(self.dealership, given, acting_user=by)
                return
            contacts.add_contact(
                dealership=self.dealership,
                name=self.name,
                number_e164=self.number,
                basis=self.basis,
                evidence=evidence,
                acting_user=by,
                received_at=None,
                paper=None,
                terms=None,
                **self.details,
            )

        self.story.at(moment, deed)
        return self

    def asked(self, moment: datetime, *, by: User, level: Level = Level.INFORMATIONAL) -> Customer:
        """Ask for permission."""

        def deed() -> None:
            outbound.ask_permission(self.phone, acting_user=by, level=level)
            play_carrier(self.dealership)

        self.story.at(moment, deed)
        return self

    def says(self, moment: datetime, body: str) -> Customer:
        """Text the dealership, as the carrier's webhook brings it."""

        def deed() -> None:
            sid = f"SM{uuid.uuid4().hex}"
            arrival = inbound.Arrival(
                sid=sid, to=self.our_number, from_number=self.number, body=body
            )
            params = {"MessageSid": sid, "From": self.number, "To": self.our_number, "Body": body}
            inbound.receive(arrival, params=params)
            play_carrier(self.dealership)

        self.story.at(moment, deed)
        return self

    def told(
        self,
        moment: datetime,
        body: str,
        *,
        by: User,
        purpose: Purpose = Purpose.CONVERSATIONAL,
    ) -> Customer:
        """Answer the customer; the text leaves when its undo hold is over."""

        def deed() -> None:
            outbound.compose(
                conversations.conversation_for(self.phone),
                body=body,
                purpose=purpose,
                acting_user=by,
            )

        def sent() -> None:
            play_carrier(self.dealership)

        self.story.at(moment, deed)
        self.story.at(moment + timedelta(seconds=settings.UNDO_SECONDS + 1), sent)
        return self

    def closed(self, moment: datetime, *, by: User) -> Customer:
        """End the conversation."""
        self.story.at(
            moment,
            lambda: conversations.close(conversations.conversation_for(self.phone), acting_user=by),
        )
        return self


class Command(BaseCommand):
    help = "Create a demo dealer group, once, and print who can sign in."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG and not settings.SIMULATOR_URL:
            raise CommandError("demo data belong to a portal with DEBUG=1 or SIMULATOR=1")
        password = os.environ.get("DEMO_PASSWORD") or ("keystone-demo" if settings.DEBUG else "")
        if not password:
            raise CommandError("DEMO_PASSWORD is not set, and a fixed one needs DEBUG=1")
        if not DealerGroup.objects.filter(name=GROUP).exists():
            with transaction.atomic():  # all of it or nothing; workers are woken after it
                create(password)
        elif os.environ.get("DEMO_PASSWORD"):
            renew_passwords(password)
        register_numbers()
        self._tell(password)

    def _tell(self, password: str) -> None:
        lines = [f"{email:<30} {role}" for email, _, role in LOGINS]
        self.stdout.write(
            "\n".join(
                [
                    f"sign in at {settings.SITE_URL}/accounts/login/ with the password {password}",
                    *(f"  {line}" for line in lines),
                    f"numbers    {', '.join(numbers())}",
                    f"handset    open {settings.SITE_URL}/simulator/ and text the dealership"
                    if settings.SIMULATOR_URL
                    else "handset    there is no simulator here",
                ]
            )
        )


def numbers() -> list[str]:
    """Return the demo dealerships' numbers."""
    return list(
        CarrierNumber.objects.filter(dealership__group__name__in=[GROUP, STRANGERS])
        .order_by("pk")
        .values_list("number_e164", flat=True)
    )


def renew_passwords(password: str) -> None:
    """Let the logins that are printed work."""
    for user in User.objects.filter(email__in=[email for email, _, _ in LOGINS]):
        if not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])


def register_numbers() -> None:
    """Tell the simulator whose numbers they are: by a file for its start, and at once if it runs.

    Nobody has to listen: the simulator also adopts the numbers that it sees.
    """
    if not settings.SIMULATOR_URL:
        return
    items = [
        {
            "number": number.number_e164,
            "name": number.dealership.name,
            "answers": "+".join(number.carrier_answers),
        }
        for number in CarrierNumber.objects.select_related("dealership").filter(is_active=True)
    ]
    settings.STATE_DIR.mkdir(parents=True, exist_ok=True)
    file = settings.STATE_DIR / "simulator-numbers.json"
    file.write_text(json.dumps(items, indent=1), encoding="utf-8")
    try:
        urllib3.PoolManager().request(
            "POST",
            f"{settings.SIMULATOR_URL}/simulator/api/numbers/",
            json={"numbers": items},
            timeout=2.0,
            retries=False,
        )
    except urllib3.exceptions.HTTPError:
        return


# --- the cast ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cast:
    """Who works where, by first name."""

    toyota: Dealership
    ford: Dealership
    ridge: Dealership
    emily: User
    james: User
    sophie: User
    stan: User


TOYOTA_NUMBER = "+17175550100"
FORD_NUMBER = "+14165550110"
RIDGE_NUMBER = "+15405550120"


def create(password: str) -> None:
    """Store the people, the dealerships, the customers and their last days."""
    cast = hire(password)
    story = Story(now())
    chambersburg(story, cast)
    toronto(story, cast)
    roanoke(story, cast)
    story.tell()


def hire(password: str) -> Cast:
    """Store groups, dealerships, numbers and staff."""
    names = {email: name for email, name, _ in LOGINS}

    def person(email: str, role: Role) -> Person:
        return Person(email, names[email], role, password)

    def line(number: str) -> list[Line]:
        return [Line(number, Decimal(10), ())]

    toyota = set_up(
        GROUP,
        seller=TOYOTA,
        lines=line(TOYOTA_NUMBER),
        staff=[
            person("emily@keystone.example", Role.SALESPERSON),
            person("james@keystone.example", Role.SALESPERSON),
            person("mona@keystone.example", Role.MANAGER),
            person("alex@keystone.example", Role.ADMIN),
        ],
    )
    ford = set_up(
        GROUP,
        seller=FORD,
        lines=line(FORD_NUMBER),
        staff=[
            person("sophie@keystone.example", Role.SALESPERSON),
            person("mona@keystone.example", Role.MANAGER),
        ],
    )
    ridge = set_up(
        STRANGERS,
        seller=RIDGE,
        lines=line(RIDGE_NUMBER),
        staff=[person("stan@blueridge.example", Role.SALESPERSON)],
    )
    grace = User.objects.create_user(
        "grace@keystone.example", password, name=names["grace@keystone.example"]
    )
    GroupAdmin.objects.create(user=grace, group=toyota.group)
    User.objects.create_superuser(
        "operator@dealertext.example", password, name=names["operator@dealertext.example"]
    )
    staff = {user.email.partition("@")[0]: user for user in User.objects.filter(email__in=names)}
    return Cast(
        toyota.dealership,
        ford.dealership,
        ridge.dealership,
        staff["emily"],
        staff["james"],
        staff["sophie"],
        staff["stan"],
    )


_WEB: dict[str, Json] = {
    "url": "https://keystone.example/contact",
    "disclosure": "By sending this form you agree that {seller} may call or text you about your "
    "inquiry. Not a condition of purchase; you may withdraw at any time.",
    "act": "box_ticked",
    "submitted_at": "",
    "ip": "192.0.2.17",
    "user_agent": "Mozilla/5.0",
}
_IN_PA = {"city": "Chambersburg", "region": "PA", "postal_code": "17201", "country": "US"}
_MINUTE = timedelta(minutes=1)


def chambersburg(story: Story, cast: Cast) -> None:
    """Tell of the customers of the dealership in Pennsylvania: each in another state."""

    def customer(
        name: str,
        number: str,
        basis: Basis,
        evidence: dict[str, Json],
        vehicle: str = "",
        stock: str = "",
        language: str = "en",
    ) -> Customer:
        details = {**_IN_PA, "vehicle": vehicle, "stock_number": stock, "language": language}
        return Customer(story, cast.toyota, TOYOTA_NUMBER, name, number, basis, evidence, details)

    emily, james = cast.emily, cast.james
    ten, five, three, two, one = (story.day(days) for days in (10, 5, 3, 2, 1))

    # unknown: nobody has asked her
    customer(
        "Maria Alvarez", "+17175550121", Basis.WEB_FORM, _WEB, "2026 Toyota RAV4", "T26114"
    ).met(one, by=emily)

    # requested: asked, waiting
    customer(
        "Tom Becker",
        "+17175550122",
        Basis.PHONE_UP,
        {"called_at": two.isoformat(), "taken_by": "James Carter", "words": "Sure, text me."},
        "2024 Toyota Tacoma",
        "P2231",
    ).met(two, by=james).asked(two + _MINUTE, by=james)

    # customer_initiated: texted first; answered, and the permission question went after it
    customer(
        "Dana Whitman", "+17175550123", Basis.WEB_FORM, _WEB, "2025 Toyota Camry", "T25087"
    ).met(three, by=emily).says(one, "Hi, is the silver Camry on your site still there?").told(
        one + 4 * _MINUTE, "It is! Would you like to see it today after work?", by=emily
    )

    # confirmed, informational: a whole conversation, and she waits for an answer
    cora = customer(
        "Cora Miller", "+17175550124", Basis.WEB_FORM, _WEB, "2025 Toyota Tacoma", "T25190"
    )
    cora.met(five, by=emily).asked(five + _MINUTE, by=emily).says(five + 9 * _MINUTE, "Yes")
    cora.told(
        five + 12 * _MINUTE,
        "Thanks, Cora. The blue Tacoma came in this morning. When could you come by?",
        by=emily,
        purpose=Purpose.INFORMATIONAL,
    )
    cora.says(five + 20 * _MINUTE, "Great! Tomorrow at 5?")
    cora.told(five + 22 * _MINUTE, "Five it is. Ask for me at the desk.", by=emily)
    cora.says(story.today - 25 * _MINUTE, "Running late, can we make it 5:30?")

    # confirmed, promotional: a second question, a second yes
    paul = customer(
        "Paul Nguyen",
        "+17175550125",
        Basis.SIGNED_DOCUMENT,
        {"document": "Service order 48213", "signed_at": ten.isoformat(), "disclosure": "…"},
        "2022 Toyota Highlander",
    )
    paul.met(ten, by=james).asked(ten + _MINUTE, by=james).says(ten + 5 * _MINUTE, "yes please")
    paul.asked(five, by=james, level=Level.PROMOTIONAL).says(five + 6 * _MINUTE, "YES")
    paul.told(
        five + 30 * _MINUTE,
        "Oil change for $39 this week, Paul. Shall I book you in?",
        by=james,
        purpose=Purpose.PROMOTIONAL,
    )

    # declined
    customer("Ruth Adler", "+17175550126", Basis.WALK_IN, {"words": "ok", "taken_by": "Emily"}).met(
        three, by=emily
    ).asked(three + _MINUTE, by=emily).says(three + 15 * _MINUTE, "No thank you")

    # expired: asked more than seven days ago
    customer("Greg Olsen", "+17175550127", Basis.WEB_FORM, _WEB, "2023 Toyota Corolla").met(
        ten, by=james
    ).asked(ten + 2 * _MINUTE, by=james)

    # paused: may have said stop; a manager decides
    hank = customer("Hank Porter", "+17175550128", Basis.WEB_FORM, _WEB, "2024 Toyota Tundra")
    hank.met(five, by=james).asked(five + 3 * _MINUTE, by=james).says(five + 40 * _MINUTE, "yep")
    hank.says(one + 30 * _MINUTE, POSSIBLE_STOP)

    # revoked: a plain STOP, and one in words of her own
    stopped = customer("Irene Walsh", "+17175550129", Basis.WEB_FORM, _WEB, "2021 Toyota Sienna")
    stopped.met(five, by=emily).asked(five + 4 * _MINUTE, by=emily)
    stopped.says(five + 50 * _MINUTE, "YES").says(two + 20 * _MINUTE, "STOP")
    words = customer("Joan Pike", "+17175550130", Basis.PHONE_UP, {"words": "text me"})
    words.met(three, by=james).asked(three + 5 * _MINUTE, by=james)
    words.says(three + 60 * _MINUTE, "Please take me off your list and don't text me again")

    # wrong number
    lead: dict[str, Json] = {
        "provider": "AutoLeads",
        "consent_text": f"I agree that {cast.toyota.name} may text me about this car.",
        "certificate": "https://cert.trustedform.com/2605ec3a321e1b3a41addf0bba1213505ef57985",
        "submitted_at": "",
    }
    customer("Karl Jensen", "+17175550131", Basis.LEAD_PROVIDER, lead).met(three, by=emily).asked(
        three + 6 * _MINUTE, by=emily
    ).says(three + 70 * _MINUTE, "Wrong number, I don't know any Karl")

    # nobody knows her name: she texted first, and nobody has answered yet
    customer("", "+17175550132", Basis.KEYWORD, {}).says(
        story.today - 70 * _MINUTE, "Do you take trade-ins? I have a 2019 CR-V."
    )

    # Spanish, confirmed, closed: its transcript is sealed
    lucia = customer(
        "Lucía Romero", "+17175550133", Basis.WALK_IN, {"words": "sí"}, "2025 Corolla", "", "es"
    )
    lucia.met(five, by=emily).asked(five + 7 * _MINUTE, by=emily).says(five + 14 * _MINUTE, "Sí")
    lucia.told(
        five + 18 * _MINUTE,
        "Gracias, Lucía. Los papeles están listos.",
        by=emily,
        purpose=Purpose.INFORMATIONAL,
    ).says(five + 25 * _MINUTE, "Perfecto, gracias").closed(two, by=emily)


#: Read as a possible opt-out: sending stops at once, a manager decides (RULE-US-06).
POSSIBLE_STOP = "This is annoying"


def toronto(story: Story, cast: Cast) -> None:
    """Tell of the customers in Canada: a live implied consent, and one in French."""
    days = [story.day(each, number=FORD.care_phone) for each in (20, 4, 1)]
    bought: dict[str, Json] = {"purchased_on": (story.today.date() - timedelta(90)).isoformat()}
    owen = Customer(
        story,
        cast.ford,
        FORD_NUMBER,
        "Owen Clarke",
        "+14165550141",
        Basis.EXISTING_CUSTOMER,
        bought,
        {"city": "Toronto", "region": "ON", "country": "CA", "vehicle": "2026 Ford Maverick"},
    )
    # implied: bought three months ago, and his own text proved that the number is his
    owen.met(days[0], by=cast.sophie).says(days[0] + 5 * _MINUTE, "When is my first service due?")
    owen.told(days[0] + 9 * _MINUTE, "At 8,000 km, or in March.", by=cast.sophie)
    owen.closed(days[1], by=cast.sophie)
    Customer(
        story,
        cast.ford,
        FORD_NUMBER,
        "Chloé Gagnon",
        "+15145550142",
        Basis.WEB_FORM,
        {"url": "https://keystone.example/fr"},
        {"city": "Montréal", "region": "QC", "country": "CA", "language": "fr"},
    ).met(days[2], by=cast.sophie).asked(days[2] + _MINUTE, by=cast.sophie).says(
        days[2] + 6 * _MINUTE, "Oui"
    )


def roanoke(story: Story, cast: Cast) -> None:
    """Tell of a stranger's customer, whom nobody of the group may see."""
    day = story.day(1)
    Customer(
        story,
        cast.ridge,
        RIDGE_NUMBER,
        "Nora Stone",
        "+15405550151",
        Basis.WEB_FORM,
        {"url": "https://blueridge.example"},
        {"city": "Roanoke", "region": "VA", "country": "US"},
    ).met(day, by=cast.stan).asked(day + _MINUTE, by=cast.stan).says(day + 8 * _MINUTE, "Yes")
