"""Leads that come in, for other programs: JSON, or ADF/XML."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import path
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response
from typing_extensions import override

from accounts.api import ActionView, ObjectField, dealership_of, id_in, object_of, user_of
from accounts.api_parsers import ShallowJSONParser
from accounts.models import Dealership
from consent import adf, leads, sources
from consent.api import (
    DEALERSHIP,
    DETAILS,
    ERRORS,
    KEY,
    DetailsIn,
    NewContactOut,
    details_of,
    fields_of_number,
    parse_number,
    plain_evidence,
    weight_of_latest,
)
from consent.kinds import Basis
from consent.lead_risk import Certificate

_LEAD_KEYS = frozenset({"dealership", "name", "number", "provider", "basis", "evidence", *DETAILS})


class RiskPointOut(serializers.Serializer[dict[str, Any]]):
    """What one fact adds to the risk."""

    code = serializers.CharField()
    points = serializers.IntegerField()
    text = serializers.CharField()


class RiskOut(serializers.Serializer[dict[str, Any]]):
    """A house score from 0 (shown, named, certified) to 100; it opens and closes nothing."""

    score = serializers.IntegerField()
    grade = serializers.CharField(help_text="low, medium, high")
    points = RiskPointOut(many=True)


class LeadOut(NewContactOut):
    """The contact of a lead."""

    created = serializers.BooleanField(help_text="False where the number was known already.")
    certificate = serializers.CharField(allow_null=True, help_text=", ".join(Certificate))
    risk = RiskOut(allow_null=True)


class LeadIn(DetailsIn):
    """A lead. Keys not named here are kept as evidence: disclosure, certificate, submitted_at, …"""

    dealership = serializers.UUIDField()
    name = serializers.CharField(max_length=120, required=False, allow_blank=True, default="")
    number = serializers.CharField(max_length=64)
    provider = serializers.CharField(max_length=120, required=False, allow_blank=True)
    basis = serializers.RegexField(
        r"^(lead_provider|web_form)$", required=False, help_text="lead_provider or web_form"
    )
    evidence = ObjectField(required=False)


class AdfParser(BaseParser):
    """A lead in ADF/XML."""

    media_type = "application/x-adf+xml"

    @override
    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        try:
            return adf.parse(stream.read())
        except adf.BadLead as error:
            raise ParseError(str(error)) from None


class XmlParser(AdfParser):
    """The same, said to be XML."""

    media_type = "application/xml"


class TextXmlParser(AdfParser):
    """The same, said to be text."""

    media_type = "text/xml"


@extend_schema_view(
    post=extend_schema(
        operation_id="leads_create",
        summary="Take in a lead: JSON, or ADF/XML with ?dealership= or the vendor's id",
        description="A lead is how the dealership got the number. It is never consent.",
        parameters=[KEY, DEALERSHIP],
        request={
            "application/json": LeadIn,
            "application/x-adf+xml": OpenApiTypes.STR,
            "application/xml": OpenApiTypes.STR,
            "text/xml": OpenApiTypes.STR,
        },
        responses={200: LeadOut, 201: LeadOut, **ERRORS},
    )
)
class LeadsView(ActionView[Dealership]):
    """Lead intake."""

    parser_classes = [ShallowJSONParser, AdfParser, XmlParser, TextXmlParser]

    @override
    def find(self, request: Request, **names: Any) -> Dealership:
        if asked := request.query_params.get("dealership"):
            return dealership_of(request, asked)
        data: Any = request.data
        if isinstance(data, adf.Lead):
            found = leads.vendor_of(user_of(request), data)
            if found is None:
                raise Http404
            return found
        return dealership_of(request, id_in(data, "dealership"))

    @override
    def act(self, request: Request, target: Dealership) -> Response:
        sent: Any = request.data
        raw = leads.fields_of_adf(sent) if isinstance(sent, adf.Lead) else dict(object_of(sent))
        asked = LeadIn(data={**raw, "dealership": str(target.public_id)})
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        evidence = plain_evidence(
            {
                **{k: v for k, v in raw.items() if k not in _LEAD_KEYS},
                **(data.get("evidence") or {}),
            }
        )
        provider = data.get("provider", "")
        if provider:
            evidence.setdefault("provider", provider)
        basis = Basis(data.get("basis") or leads.basis_of(evidence))
        given = leads.Given(
            number_e164=parse_number(data["number"], target.country),
            name=data["name"],
            basis=basis,
            evidence=evidence,
            details=details_of(data),
        )
        taken = leads.take_in(target, given, acting_user=user_of(request))
        shown = fields_of_number(taken.phone)
        out = {
            **shown,
            **weight_of_latest(shown["consent"]),
            "created": taken.created,
            **_lead_fields(taken),
        }
        return Response(LeadOut(out).data, status=201 if taken.created else 200)


def _lead_fields(taken: leads.Taken) -> dict[str, Any]:
    """Return where the lead's certificate stands and what it risks; of a known one, its last."""
    lead = taken.lead or taken.phone.leads.first()
    if lead is None:
        return {"certificate": None, "risk": None}
    risk = sources.risk_of_leads([lead])[lead.pk]
    return {
        "certificate": lead.certificate,
        "risk": {
            "score": risk.score,
            "grade": risk.grade,
            "points": [
                {"code": point.code, "points": point.points, "text": point.text}
                for point in risk.points
            ],
        },
    }


urlpatterns = [path("leads/", LeadsView.as_view(), name="api-leads")]
