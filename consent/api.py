"""Contacts, their consent and its evidence, and stops, for other programs."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from typing_extensions import override

from accounts.api import (
    ActionView,
    AwareDateTimeField,
    NewestFirst,
    ObjectField,
    as_id,
    dealership_of,
    id_in,
    object_of,
    read_instant,
    user_of,
)
from accounts.api_errors import ApiError
from accounts.clock import now
from accounts.models import CarrierNumber, Dealership
from consent import (
    bases,
    contacts,
    gate,
    leads,
    ledger,
    packs,
    phones,
    places,
    revocation,
    timeline,
)
from consent.decision import Purpose, Verdict
from consent.kinds import Basis, Status
from consent.ledger import Json
from consent.levels import Level
from consent.models import ConsentEvent, Contact, Decision, Evidence, PhoneNumber
from consent.rules import RULES

DETAILS = (
    "language",
    "street",
    "city",
    "region",
    "postal_code",
    "country",
    "vehicle",
    "stock_number",
)


# --- what goes out -------------------------------------------------------------------------------


class ReasonOut(serializers.Serializer[dict[str, Any]]):
    """Why, for programs and for people."""

    code = serializers.CharField()
    text = serializers.CharField()


class RuledReasonOut(ReasonOut):
    """Why, with the legal rule."""

    rule = serializers.CharField(help_text="Id of the rule, empty where none stands behind it.")


class NextOut(serializers.Serializer[dict[str, Any]]):
    """The one lawful next act."""

    action = serializers.CharField()
    text = serializers.CharField()


class EntryOut(serializers.Serializer[dict[str, Any]]):
    """One entry of the ledger."""

    index = serializers.IntegerField()
    kind = serializers.CharField()
    recorded_at = serializers.DateTimeField()
    received_at = serializers.DateTimeField()
    leaf_hash = serializers.CharField()
    terms = serializers.DictField(help_text="What the entry itself says.")
    evidence = serializers.DictField(
        allow_null=True, help_text="Words, forms and documents; null where erased or none."
    )


class ConsentOut(serializers.Serializer[dict[str, Any]]):
    """Where a number stands."""

    status = serializers.CharField(help_text=", ".join(Status))
    level = serializers.CharField(help_text=", ".join(Level))
    reasons = ReasonOut(many=True)
    next = NextOut(allow_null=True)
    entries = EntryOut(many=True)


class RuleOut(serializers.Serializer[dict[str, Any]]):
    """A rule that was applied, with where it stands."""

    id = serializers.CharField()
    title = serializers.CharField()
    citation = serializers.CharField()


class ZoneHoursOut(serializers.Serializer[dict[str, Any]]):
    """The hours of one zone where the customer may be, on its local day; null: none that day."""

    zone = serializers.CharField()
    time = serializers.CharField(help_text="Local time of the instant, ISO 8601.")
    opens = serializers.TimeField(allow_null=True)
    closes = serializers.TimeField(allow_null=True)


class PackRowOut(serializers.Serializer[dict[str, Any]]):
    """A state's or a country's row of the rule pack."""

    id = serializers.CharField()
    citation = serializers.CharField()


class HoursThenOut(serializers.Serializer[dict[str, Any]]):
    """The hours of then, the dealership's own included."""

    open = serializers.BooleanField(help_text="Whether staff might write first at that instant.")
    zones = ZoneHoursOut(many=True)
    rows = PackRowOut(many=True)


class ConsentThenOut(ConsentOut):
    """Where a number stood, and what the gate answered then of a conversational text."""

    as_of = serializers.DateTimeField()
    outcome = serializers.CharField(help_text="allow, deny or defer")
    rule_pack = serializers.CharField(help_text="Version of the rule pack in force then.")
    rules = RuleOut(many=True)
    hours = HoursThenOut(allow_null=True)


class ContactOut(serializers.Serializer[dict[str, Any]]):
    """A customer as one dealership knows them."""

    id = serializers.UUIDField()
    dealership = serializers.UUIDField()
    name = serializers.CharField()
    number = serializers.CharField(allow_null=True)
    language = serializers.CharField()
    street = serializers.CharField()
    city = serializers.CharField()
    region = serializers.CharField()
    postal_code = serializers.CharField()
    country = serializers.CharField()
    vehicle = serializers.CharField()
    stock_number = serializers.CharField()
    created_at = serializers.DateTimeField()
    consent = ConsentOut()


class NewContactOut(ContactOut):
    """A contact just stored, with what its evidence lacks."""

    missing = serializers.ListField(child=serializers.CharField())
    strength = serializers.CharField(help_text=", ".join(bases.Strength))


class ContactPageOut(serializers.Serializer[dict[str, Any]]):
    """A page of contacts, newest first."""

    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = ContactOut(many=True)


class ContactSearchIn(serializers.Serializer[dict[str, Any]]):
    """Whose contact is asked for."""

    number = serializers.CharField(max_length=40, help_text="In any usual form.")
    dealership = serializers.UUIDField(required=False, help_text="Else all of yours.")


class ContactsFoundOut(serializers.Serializer[dict[str, Any]]):
    """The contacts with a number: one for each dealership that knows it."""

    results = ContactOut(many=True)


class EvidenceOut(serializers.Serializer[dict[str, Any]]):
    """What was added."""

    id = serializers.UUIDField(help_text="The contact.")
    basis = serializers.CharField()
    missing = serializers.ListField(child=serializers.CharField())
    strength = serializers.CharField(help_text=", ".join(bases.Strength))
    consent = ConsentOut()


class RevokedOut(serializers.Serializer[dict[str, Any]]):
    """The contact's consent after the stop."""

    id = serializers.UUIDField(help_text="The contact.")
    consent = ConsentOut()


class LocalTimeOut(serializers.Serializer[dict[str, Any]]):
    """The time in one zone where the customer may be."""

    zone = serializers.CharField()
    time = serializers.CharField()


class DecisionOut(serializers.Serializer[dict[str, Any]]):
    """One stored answer of the gate."""

    id = serializers.UUIDField()
    outcome = serializers.CharField(help_text="allow, deny or defer")
    reasons = RuledReasonOut(many=True)
    rule_pack = serializers.CharField()
    local_times = LocalTimeOut(many=True)
    not_before = serializers.DateTimeField(allow_null=True)
    ledger_size = serializers.IntegerField()
    decided_at = serializers.DateTimeField()


class ErrorBodyOut(serializers.Serializer[dict[str, Any]]):
    """What went wrong."""

    code = serializers.CharField()
    detail = serializers.CharField()
    fields = serializers.DictField()  # type: ignore[assignment]  # a key of the answer, not the property


class ErrorOut(serializers.Serializer[dict[str, Any]]):
    """The one shape of errors."""

    error = ErrorBodyOut()


class NumberTakenBodyOut(ErrorBodyOut):
    """The number is a contact's already."""

    contact = serializers.UUIDField()


class NumberTakenOut(serializers.Serializer[dict[str, Any]]):
    """409 number_taken."""

    error = NumberTakenBodyOut()


class NotAllowedBodyOut(ErrorBodyOut):
    """The gate said no."""

    reasons = RuledReasonOut(many=True)
    next = NextOut(allow_null=True)
    id = serializers.UUIDField(help_text="The stored decision.")
    decision = DecisionOut()
    message = serializers.UUIDField(required=False, help_text="The stored attempt.")


class NotAllowedOut(serializers.Serializer[dict[str, Any]]):
    """409 not_allowed."""

    error = NotAllowedBodyOut()


def fields_of_decision(decision: Decision) -> dict[str, Any]:
    """Return what DecisionOut shows of a stored decision."""
    return {
        "id": decision.public_id,
        "outcome": decision.outcome,
        "reasons": decision.reasons,
        "rule_pack": decision.rule_pack,
        "local_times": decision.local_times,
        "not_before": decision.not_before,
        "ledger_size": decision.ledger_size,
        "decided_at": decision.decided_at,
    }


def refusal(decision: Decision, **more: str) -> ApiError:
    """Return the 409 for a stored refusal."""
    return ApiError(
        409,
        "not_allowed",
        str(decision.reasons[0]["text"]) if decision.reasons else "This may not be sent.",
        reasons=decision.reasons,
        next=decision.next_action,
        id=str(decision.public_id),
        decision=DecisionOut(fields_of_decision(decision)).data,
        **more,
    )


def consents_of(rows: Iterable[PhoneNumber]) -> dict[int, dict[str, Any]]:
    """Return what ConsentOut shows of each number, by its pk; three queries for any count."""
    known = list(rows)
    if not known:
        return {}
    dealerships = {phone.dealership_id for phone in known}
    standings = gate.may_text_each(
        [phone.pk for phone in known],
        purpose=Purpose.CONVERSATIONAL,
        our_numbers=_our_numbers(dealerships),
    )
    entries: defaultdict[tuple[int, str], list[ConsentEvent]] = defaultdict(list)
    for event in (
        ConsentEvent.objects.filter(
            dealership__in=dealerships, subject__in={phone.subject for phone in known}
        )
        .select_related("evidence")
        .order_by("index")
    ):
        entries[event.dealership_id, event.subject].append(event)
    return {
        phone.pk: _consent(standings[phone.pk], entries[phone.dealership_id, phone.subject])
        for phone in known
    }


def consent_of(phone: PhoneNumber | None) -> dict[str, Any]:
    """Return what ConsentOut shows of one number; of none, that nothing is known."""
    if phone is None:
        return _EMPTY_CONSENT
    return consents_of([phone])[phone.pk]


_EMPTY_CONSENT: dict[str, Any] = {
    "status": Status.UNKNOWN.value,
    "level": Level.NONE.value,
    "reasons": [{"code": "no_number", "text": "There is no number to text."}],
    "next": None,
    "entries": [],
}


def _our_numbers(dealerships: Iterable[int]) -> dict[int, str]:
    """Return the number that a customer would text, by the dealership's pk."""
    rows = CarrierNumber.objects.filter(dealership__in=dealerships, is_active=True)
    return dict(rows.order_by("-pk").values_list("dealership_id", "number_e164"))


def _consent(standing: gate.Standing, entries: Sequence[ConsentEvent]) -> dict[str, Any]:
    return {
        "status": standing.status.value,
        "level": standing.level.value,
        "reasons": _reasons(standing.verdict),
        "next": _next(standing.verdict),
        "entries": [_entry(event) for event in entries],
    }


_EMPTY_THEN = {**_EMPTY_CONSENT, "outcome": "deny", "rule_pack": "", "rules": [], "hours": None}


def _consent_then(phone: PhoneNumber, moment: datetime) -> dict[str, Any]:
    """Return what ConsentThenOut shows of a number at an instant that has come."""
    ours = _our_numbers([phone.dealership_id]).get(phone.dealership_id, "")
    past = gate.stood_at(phone, moment, purpose=Purpose.CONVERSATIONAL, our_number=ours)
    entries = ledger.entries_of(phone, as_of=moment).select_related("evidence")
    verdict = past.standing.verdict
    return {
        **_consent(past.standing, list(entries)),
        "outcome": verdict.outcome.value,
        "rule_pack": verdict.rule_pack,
        "rules": [
            {"id": rule.id, "title": rule.title, "citation": rule.citation}
            for rule in (RULES[each] for each in verdict.rules if each in RULES)
        ],
        "hours": _hours_then(past),
    }


def _hours_then(past: gate.Past) -> dict[str, Any]:
    local, rows = dict(past.window.local_times), packs.era(packs.era_of(past.at)).rows
    return {
        "open": past.window.open,
        "zones": [
            {
                "zone": zone,
                "time": local[zone],
                "opens": span[0] if span else None,
                "closes": span[1] if span else None,
            }
            for zone, span in past.spans
        ],
        "rows": [{"id": each, "citation": rows[each].source} for each in past.window.rows],
    }


def _reasons(verdict: Verdict) -> list[dict[str, str]]:
    return [{"code": reason.code, "text": reason.text} for reason in verdict.reasons]


def _next(verdict: Verdict) -> dict[str, str] | None:
    if verdict.next is None:
        return None
    return {"action": verdict.next.action.value, "text": verdict.next.text}


def _entry(event: ConsentEvent) -> dict[str, Any]:
    evidence: Evidence | None = getattr(event, "evidence", None)
    return {
        "index": event.index,
        "kind": event.kind,
        "recorded_at": event.recorded_at,
        "received_at": event.received_at,
        "leaf_hash": event.leaf_hash,
        "terms": ledger.terms_of(event),
        "evidence": evidence.data if evidence else None,
    }


def fields_of_contact(
    contact: Contact, phone: PhoneNumber | None, consent: dict[str, Any]
) -> dict[str, Any]:
    """Return what ContactOut shows of a contact; `contact.dealership` is at hand."""
    return {
        "id": contact.public_id,
        "dealership": contact.dealership.public_id,
        "name": contact.name,
        "number": phone.number_e164 if phone else None,
        "language": contact.language,
        "street": contact.street,
        "city": contact.city,
        "region": contact.region,
        "postal_code": contact.postal_code,
        "country": contact.country,
        "vehicle": contact.vehicle,
        "stock_number": contact.stock_number,
        "created_at": contact.created_at,
        "consent": consent,
    }


def fields_of_number(phone: PhoneNumber) -> dict[str, Any]:
    return fields_of_contact(phone.contact, phone, consent_of(phone))


# --- what comes in -------------------------------------------------------------------------------


class DetailsIn(serializers.Serializer[dict[str, Any]]):
    """What may be told of a customer."""

    language = serializers.ChoiceField(choices=["en", "fr", "es"], required=False)
    street = serializers.CharField(max_length=200, required=False, allow_blank=True)
    city = serializers.CharField(max_length=80, required=False, allow_blank=True)
    region = serializers.CharField(
        max_length=40, required=False, allow_blank=True, help_text="PA, ON, Ontario, …"
    )
    postal_code = serializers.CharField(max_length=12, required=False, allow_blank=True)
    country = serializers.ChoiceField(choices=["US", "CA"], required=False, allow_blank=True)
    vehicle = serializers.CharField(max_length=120, required=False, allow_blank=True)
    stock_number = serializers.CharField(max_length=40, required=False, allow_blank=True)

    def validate_region(self, text: str) -> str:
        """Return the state or province as its code: one that cannot be read would tell no hours."""
        text = text.strip()
        region = places.region_of_text(text)
        if text and not region and not places.is_military(text, ""):
            raise serializers.ValidationError(f"There is no state or province “{text}”.")
        return region or text.upper()


class ContactIn(DetailsIn):
    """A new contact, with how the dealership got the number."""

    dealership = serializers.UUIDField()
    name = serializers.CharField(max_length=120)
    number = serializers.CharField(max_length=64)
    basis = serializers.ChoiceField(choices=[basis.value for basis in Basis])
    evidence = ObjectField(required=False)


class EvidenceIn(serializers.Serializer[dict[str, Any]]):
    """A further basis."""

    basis = serializers.ChoiceField(choices=[basis.value for basis in Basis])
    evidence = ObjectField(required=False)


class RevokeIn(serializers.Serializer[dict[str, Any]]):
    """A stop that did not come by text."""

    how = serializers.CharField(
        max_length=60,
        help_text=f"{', '.join(revocation.CHANNELS)}; any other word is kept beside `other`.",
    )
    words = serializers.CharField(
        required=False, allow_blank=True, default="", help_text="What the customer said."
    )
    received_at = AwareDateTimeField(required=False, allow_null=True)


def plain_evidence(value: dict[str, Any]) -> dict[str, Json]:
    """Return free JSON as the ledger can hold it: nothing is dropped.

    A fraction becomes its decimal text (it has no one form to hash); a character that the database
    cannot store becomes U+FFFD. Raises ApiError 422 for absurd nesting.
    """
    try:
        return contacts.plain(value)
    except contacts.TooDeep:
        text = f"Evidence is nested deeper than {contacts.DEEPEST}."
        raise ApiError(422, "invalid", text) from None


def weight_of_latest(consent: dict[str, Any]) -> dict[str, Any]:
    """Return what the evidence of the latest basis lacks, and how strong that leaves it."""
    terms = next(
        entry["terms"] for entry in reversed(consent["entries"]) if "missing" in entry["terms"]
    )
    return timeline.weight_of(terms)


def parse_number(raw: str, country: str) -> str:
    """Return the E.164 number. Raises ApiError 422 `bad_number` in words for people."""
    try:
        return phones.parse(raw, country=country)
    except phones.BadNumber as error:
        raise ApiError(422, "bad_number", error.detail, fields={"number": [error.detail]}) from None


def details_of(data: dict[str, Any]) -> dict[str, Any]:
    found = {key: data[key] for key in DETAILS if data.get(key)}
    if "region" in found:
        found["region"] = found["region"].upper()
    return found


def happened_at(moment: datetime | None) -> datetime | None:
    """Return when something happened. Raises ApiError 422 for a time that has not come."""
    if moment is not None and moment > now():
        raise ApiError(
            422, "invalid", "This time has not come.", fields={"received_at": ["In the future."]}
        )
    return moment


# --- finding -------------------------------------------------------------------------------------


def contact_for(request: Request, contact_id: object) -> Contact:
    """Return a contact that this person may see. Raises Http404 for any other."""
    rows = Contact.objects.visible_to(user_of(request)).select_related("dealership")
    return get_object_or_404(rows, public_id=as_id(contact_id))


def phone_of(contact: Contact) -> PhoneNumber:
    """Return the contact's number. Raises ApiError 409 `no_number` when it has none (erased)."""
    phone = _phone_or_none(contact)
    if phone is None:
        raise ApiError(409, "no_number", "This contact has no number.")
    return phone


def _phone_or_none(contact: Contact) -> PhoneNumber | None:
    rows = contact.phones.select_related("dealership__group", "contact__dealership")
    return rows.order_by("pk").first()


class ContactAction(ActionView[PhoneNumber]):
    """A POST about one contact's number."""

    @override
    def find(self, request: Request, **names: Any) -> PhoneNumber:
        return phone_of(contact_for(request, names["contact_id"]))


# --- the views -----------------------------------------------------------------------------------

ERRORS: dict[int, Any] = {401: ErrorOut, 404: ErrorOut, 422: ErrorOut}
KEY = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="Sent again within a day with the same body, the first answer is given again.",
)
_PAGE = [
    OpenApiParameter("cursor", str, description="From `next` or `previous`."),
    OpenApiParameter("page_size", int, description="At most 100; 50 unless told."),
]
PAGE = _PAGE
DEALERSHIP = OpenApiParameter("dealership", OpenApiTypes.UUID)


@extend_schema_view(
    post=extend_schema(
        operation_id="contacts_create",
        summary="Add a contact, with how the dealership got the number",
        parameters=[KEY],
        request=ContactIn,
        responses={201: NewContactOut, 409: NumberTakenOut, **ERRORS},
    )
)
class ContactsView(ActionView[Dealership]):
    """All contacts."""

    @extend_schema(
        operation_id="contacts_list",
        summary="The contacts of your dealerships, newest first",
        parameters=[DEALERSHIP, *_PAGE],
        responses={200: ContactPageOut, 401: ErrorOut, 404: ErrorOut},
    )
    def get(self, request: Request) -> Response:
        pages = NewestFirst()
        if "number" in request.query_params:
            text = "An address is kept in many places: ask contacts/search/ for a number."
            raise ApiError(400, "number_in_address", text)
        asked, _country = _contacts_of(request, request.query_params.get("dealership"))
        found = pages.paginate_queryset(asked, request, view=self) or []
        return pages.get_paginated_response(_shown(found))

    @override
    def find(self, request: Request, **names: Any) -> Dealership:
        return dealership_of(request, id_in(request.data, "dealership"))

    @override
    def act(self, request: Request, target: Dealership) -> Response:
        asked = ContactIn(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        evidence = plain_evidence(data.get("evidence") or {})
        basis = Basis(data["basis"])
        try:
            phone = leads.add_contact(
                dealership=target,
                name=data["name"],
                number_e164=parse_number(data["number"], target.country),
                basis=basis,
                evidence=evidence,
                acting_user=user_of(request),
                **details_of(data),
            )
        except contacts.NumberTaken as taken:
            raise ApiError(
                409,
                "number_taken",
                "The dealership has a contact with this number already.",
                contact=str(taken.phone.contact.public_id),
            ) from None
        shown = fields_of_number(phone)
        out = {**shown, **weight_of_latest(shown["consent"])}
        return Response(NewContactOut(out).data, status=201)


class ContactSearchView(APIView):
    """The contacts with one number: in a body, for an address is kept in many places (I7)."""

    @extend_schema(
        operation_id="contacts_search",
        summary="The contacts of your dealerships with one number, the newest first",
        request=ContactSearchIn,
        responses={200: ContactsFoundOut, **ERRORS},
    )
    def post(self, request: Request) -> Response:
        asked = ContactSearchIn(data=object_of(request.data))
        asked.is_valid(raise_exception=True)
        rows, country = _contacts_of(request, asked.validated_data.get("dealership"))
        number = parse_number(asked.validated_data["number"], country)
        found = rows.filter(phones__number_e164=number).order_by("-pk")
        return Response({"results": _shown(found)})


def _contacts_of(request: Request, dealership_id: object) -> tuple[QuerySet[Contact], str]:
    """Return the contacts of one dealership or all, and in which country their numbers are read."""
    rows = (
        Contact.objects.visible_to(user_of(request))
        .select_related("dealership")
        .prefetch_related("phones")
    )
    if not dealership_id:
        return rows, "US"
    dealership = dealership_of(request, dealership_id)
    return rows.filter(dealership=dealership), dealership.country


def _shown(found: Iterable[Contact]) -> list[Any]:
    first = {contact: next(iter(contact.phones.all()), None) for contact in found}
    consents = consents_of(phone for phone in first.values() if phone)
    return [
        ContactOut(
            fields_of_contact(contact, phone, consents[phone.pk] if phone else _EMPTY_CONSENT)
        ).data
        for contact, phone in first.items()
    ]


class ContactView(APIView):
    """One contact."""

    @extend_schema(
        operation_id="contacts_read",
        summary="One contact with its consent",
        responses={200: ContactOut, 401: ErrorOut, 404: ErrorOut},
    )
    def get(self, request: Request, contact_id: uuid.UUID) -> Response:
        contact = contact_for(request, contact_id)
        phone = _phone_or_none(contact)
        return Response(ContactOut(fields_of_contact(contact, phone, consent_of(phone))).data)


class ConsentView(APIView):
    """Where a contact stands or stood."""

    @extend_schema(
        operation_id="contacts_consent",
        summary="Where the contact stands, or stood at an instant",
        parameters=[
            OpenApiParameter(
                "as_of", OpenApiTypes.DATETIME, description="ISO 8601 with its zone; now if absent."
            )
        ],
        responses={200: ConsentThenOut, **ERRORS},
    )
    def get(self, request: Request, contact_id: uuid.UUID) -> Response:
        contact = contact_for(request, contact_id)
        asked, present = request.query_params.get("as_of"), now()
        moment = present if asked is None else read_instant(asked)
        if moment is None:
            text = "Write an ISO 8601 time with its zone, 2026-11-24T12:00:00-05:00."
            raise ApiError(422, "bad_time", text, fields={"as_of": [text]})
        phone = _phone_or_none(contact)
        moment = min(moment, present)
        found = _EMPTY_THEN if phone is None else _consent_then(phone, moment)
        return Response(ConsentThenOut({**found, "as_of": moment}).data)


@extend_schema_view(
    post=extend_schema(
        operation_id="contacts_evidence",
        summary="Add a further basis, document or lead",
        parameters=[KEY],
        request=EvidenceIn,
        responses={201: EvidenceOut, **ERRORS},
    )
)
class EvidenceView(ContactAction):
    """More evidence. Never refused for what it lacks, and it never opens a box by itself."""

    @override
    def act(self, request: Request, target: PhoneNumber) -> Response:
        asked = EvidenceIn(data=request.data)
        asked.is_valid(raise_exception=True)
        basis = Basis(asked.validated_data["basis"])
        evidence = plain_evidence(asked.validated_data.get("evidence") or {})
        is_verbal = basis in {Basis.PHONE_UP, Basis.WALK_IN} and "script" in evidence
        record = contacts.record_verbal if is_verbal else leads.record_basis
        record(target, basis=basis, evidence=evidence, acting_user=user_of(request))
        consent = consent_of(target)
        out = {
            "id": target.contact.public_id,
            "basis": basis.value,
            **weight_of_latest(consent),
            "consent": consent,
        }
        return Response(EvidenceOut(out).data, status=201)


@extend_schema_view(
    post=extend_schema(
        operation_id="contacts_revoke",
        summary="Record that the customer said stop in another way; sends no text",
        parameters=[KEY],
        request=RevokeIn,
        responses={200: RevokedOut, **ERRORS},
    )
)
class RevokeView(ContactAction):
    """A stop by another channel. An unknown channel is no reason not to honour it."""

    @override
    def act(self, request: Request, target: PhoneNumber) -> Response:
        asked = RevokeIn(data=request.data)
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        known = data["how"] in revocation.CHANNELS
        revocation.revoke(
            target,
            how=data["how"] if known else "other",
            words=data["words"],
            acting_user=user_of(request),
            received_at=happened_at(data.get("received_at")),
            evidence=None if known else {"how": data["how"]},
        )
        out = {"id": target.contact.public_id, "consent": consent_of(target)}
        return Response(RevokedOut(out).data)


urlpatterns = [
    path("contacts/", ContactsView.as_view(), name="api-contacts"),
    path("contacts/search/", ContactSearchView.as_view(), name="api-contacts-search"),
    path("contacts/<uuid:contact_id>/", ContactView.as_view(), name="api-contact"),
    path("contacts/<uuid:contact_id>/consent/", ConsentView.as_view(), name="api-contact-consent"),
    path(
        "contacts/<uuid:contact_id>/evidence/", EvidenceView.as_view(), name="api-contact-evidence"
    ),
    path("contacts/<uuid:contact_id>/revoke/", RevokeView.as_view(), name="api-contact-revoke"),
]
