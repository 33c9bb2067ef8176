"""The wording check for other programs: which level of consent a text's words need, and why."""

from __future__ import annotations

from typing import Any

from django.urls import path
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from consent.levels import Level
from consent.wording import check

_LONGEST = 1600


class WordingIn(serializers.Serializer[dict[str, Any]]):
    """A text that may be sent."""

    body = serializers.CharField(max_length=_LONGEST, trim_whitespace=False)


class SignOut(serializers.Serializer[dict[str, Any]]):
    """One thing in the words, and where: characters of the body, the end not included."""

    code = serializers.CharField()
    text = serializers.CharField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()


class WordingOut(serializers.Serializer[dict[str, Any]]):
    """The lowest level whose words these are."""

    level = serializers.CharField(help_text="conversational, informational or promotional")
    reasons = SignOut(many=True)


class WordingView(APIView):
    """The same check that every text passes on its way out; stores nothing."""

    @extend_schema(
        summary="Say which level of consent a text's words need",
        request=WordingIn,
        responses=WordingOut,
    )
    def post(self, request: Request) -> Response:
        asked = WordingIn(data=request.data)
        asked.is_valid(raise_exception=True)
        wording = check(asked.validated_data["body"])
        level: Level = wording.level
        reasons = [
            {"code": sign.code, "text": sign.text, "start": sign.span[0], "end": sign.span[1]}
            for sign in wording.reasons
        ]
        return Response(WordingOut({"level": level.value, "reasons": reasons}).data)


urlpatterns = [path("wording/", WordingView.as_view(), name="api-wording")]
