"""Do the carrier's numbers lead to our webhooks? Asked of each dealership's own account.

A number that points elsewhere loses texts in silence, a STOP among them; one without retries loses
what arrives while the portal restarts (RULE-TW-01).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings

from accounts.models import CarrierNumber
from messaging.dispatch import account_of
from messaging.transports.base import (
    Account,
    NotSent,
    NumberSetUp,
    Registration,
    Rejected,
    ServiceSetUp,
    Uncertain,
)
from messaging.transports.twilio import TwilioTransport

#: Three more attempts after no connection, a timeout or a 5xx (law §4.3; without it: one, after no
#: connection alone).
RETRIES = "#rc=3&rp=ct,rt,5xx"
INBOUND, STATUS, VOICE = (f"/webhooks/twilio/{name}/" for name in ("inbound", "status", "voice"))
#: States in which the carriers let texts through, and those in which they never will.
_GOOD = frozenset({"APPROVED", "VERIFIED", "TWILIO_APPROVED"})
_BAD = frozenset({"FAILED", "REJECTED", "TWILIO_REJECTED", "SUSPENDED", "DELETED", "EXPIRED"})
_FAILURES = (NotSent, Uncertain, Rejected)


@dataclass(frozen=True, slots=True)
class Finding:
    """One line about one number, service or account.

    `is_problem`: texts are lost, or will be. `is_fixed`: it was one, until just now.
    """

    about: str
    words: str
    is_problem: bool = False
    is_fixed: bool = False


@dataclass(frozen=True, slots=True)
class _Setting:
    """One value at the carrier: what it is called there and to people, what it is and should be."""

    field: str
    label: str
    found: str
    wanted: str

    @property
    def problem(self) -> str:
        """Say what is wrong with it, "" if nothing is."""
        if self.found == self.wanted:
            return ""
        if not self.found:
            return f"{self.label} is not set"
        url, _, retries = self.wanted.partition("#")
        if retries and self.found.partition("#")[0] == url:
            return f"{self.label} has no retries (it should end in #{retries})"
        return f"{self.label} leads to {self.found.partition('?')[0]}, not to {url}"


def check(*, fix: bool, transport: TwilioTransport | None = None) -> list[Finding]:
    """Ask the carrier about each number of each dealership; with `fix`, set what is wrong.

    Law: RULE-TW-01.
    """
    transport = transport or TwilioTransport()
    numbers = (
        CarrierNumber.objects.filter(is_active=True, dealership__is_active=True)
        .select_related("dealership")
        .order_by("dealership__carrier_account_sid", "dealership__name", "pk")
    )
    findings: list[Finding] = []
    for _, found in groupby(numbers, key=lambda number: number.dealership.account_sid):
        of_account = list(found)
        account = account_of(of_account[0].dealership)
        findings += _check_account(account, of_account, transport, fix=fix)
    return findings


def _check_account(
    account: Account, ours: list[CarrierNumber], transport: TwilioTransport, *, fix: bool
) -> list[Finding]:
    about = f"account {account.sid}"
    try:
        known = {item.number: item for item in transport.numbers(account)}
        services = transport.services(account)
    except _FAILURES as error:
        return [Finding(about, f"could not be asked ({_why(error)})", is_problem=True)]
    service_of = {number: item for item in services for number in item.numbers}
    findings = _registered(about, lambda: transport.registrations(account))
    checked: set[str] = set()
    for number in ours:
        there = known.get(number.number_e164)
        if there is None:
            findings.append(
                Finding(_name(number), "is not a number of this carrier account", is_problem=True)
            )
            continue
        service = service_of.get(number.number_e164)
        findings += _check_membership(number, service)
        findings += _check_number(account, number, there, service, transport, fix=fix)
        if service is not None and service.sid not in checked:
            checked.add(service.sid)
            findings += _check_service(account, service, transport, fix=fix)
    return findings


def _check_membership(number: CarrierNumber, service: ServiceSetUp | None) -> list[Finding]:
    there = service.sid if service else ""
    if number.messaging_service_sid == there:
        return []
    if not number.messaging_service_sid:
        return [Finding(_name(number), f"the carrier has it in the service {there}; we do not")]
    words = f"we text through {number.messaging_service_sid}; the carrier has it in {there or 'no'}"
    return [Finding(_name(number), f"{words} service", is_problem=True)]


def _check_number(
    account: Account,
    number: CarrierNumber,
    there: NumberSetUp,
    service: ServiceSetUp | None,
    transport: TwilioTransport,
    *,
    fix: bool,
) -> list[Finding]:
    wanted = [
        _Setting("voice_url", "the URL of calls", there.voice_url, _url(VOICE)),
        _Setting("voice_method", "the method of calls", there.voice_method, "POST"),
        _Setting(
            "voice_fallback_url", "the fallback of calls", there.voice_fallback_url, _url(VOICE)
        ),
    ]
    if service is None or service.asks_the_number:
        wanted += [
            _Setting("sms_url", "the URL of texts", there.sms_url, _url(INBOUND) + RETRIES),
            _Setting("sms_method", "the method of texts", there.sms_method, "POST"),
            _Setting(
                "sms_fallback_url", "the fallback of texts", there.sms_fallback_url, _url(INBOUND)
            ),
        ]
    wanted += [
        _Setting(f"{kind}_application_sid", f"an application of {kind}", "set", "")
        for kind in there.applications
    ]
    findings = _settle(
        _name(number),
        wanted,
        change=lambda values: transport.change_number(account, there.sid, **values),
        fix=fix,
    )
    if number.kind == CarrierNumber.Kind.TOLL_FREE:
        findings += _registered(
            _name(number), lambda: transport.registrations(account, toll_free_sid=there.sid)
        )
    return findings


def _check_service(
    account: Account, service: ServiceSetUp, transport: TwilioTransport, *, fix: bool
) -> list[Finding]:
    about = f"service {service.sid}"
    wanted = [_Setting("status_callback", "the callback", service.status_callback, _url(STATUS))]
    if not service.asks_the_number:
        wanted += [
            _Setting(
                "inbound_request_url",
                "the URL of texts",
                service.inbound_url,
                _url(INBOUND) + RETRIES,
            ),
            _Setting("inbound_method", "the method of texts", service.inbound_method, "POST"),
            _Setting("fallback_url", "the fallback of texts", service.fallback_url, _url(INBOUND)),
        ]
    return [
        *_settle(
            about,
            wanted,
            change=lambda values: transport.change_service(account, service.sid, **values),
            fix=fix,
        ),
        *_registered(about, lambda: transport.registrations(account, service_sid=service.sid)),
    ]


def _settle(
    about: str,
    wanted: Iterable[_Setting],
    *,
    change: Callable[[dict[str, str]], None],
    fix: bool,
) -> list[Finding]:
    wrong = [item for item in wanted if item.problem]
    if not wrong:
        return [Finding(about, "leads to our webhooks")]
    if not fix:
        return [Finding(about, item.problem, is_problem=True) for item in wrong]
    try:
        change({item.field: item.wanted for item in wrong})
    except _FAILURES as error:
        why = f"could not be set ({_why(error)})"
        return [Finding(about, f"{item.problem}; {why}", is_problem=True) for item in wrong]
    return [Finding(about, item.problem, is_fixed=True) for item in wrong]


def _registered(about: str, ask: Callable[[], list[Registration]]) -> list[Finding]:
    try:
        found = ask()
    except _FAILURES as error:
        return [Finding(about, f"its registration cannot be read ({_why(error)})")]
    findings = []
    for item in found:
        state = item.status.upper() or "UNKNOWN"
        note = "" if state in _GOOD else ": the carriers may block its texts"
        findings.append(
            Finding(about, f"{item.kind} {item.sid} is {state}{note}", is_problem=state in _BAD)
        )
    return findings or [Finding(about, "the carrier knows of no registration")]


def _name(number: CarrierNumber) -> str:
    return f"{number.number_e164} ({number.dealership.name})"


def _url(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def _why(error: Exception) -> str:
    if isinstance(error, Rejected):
        return f"the carrier says no, code {error.code or 'unknown'}"
    return str(error)
