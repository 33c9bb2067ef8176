"""The operator's admin over what is recorded: to look at, never to change (house rule 15)."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.admin import ReadOnlyAdmin
from accounts.models import Dealership, User
from conftest import post_inbound
from consent import checkpoints
from consent.decision import Purpose
from consent.models import ConsentEvent, Contact, PhoneNumber
from messaging import conversations, outbound
from messaging.models import Conversation, Message, WebhookReceipt

RECORDS = ("consent", "messaging", "archive")


def models_of_record() -> list[type[Model]]:
    return [
        model
        for label in RECORDS
        for model in apps.get_app_config(label).get_models()
        if not model.__name__.startswith("Historical")
    ]


@pytest.fixture
def operator(db: None) -> User:
    return User.objects.create_superuser("op@example.com", "x", name="Op Erator")


@pytest.fixture
def rows(north: Dealership, sal: User, cora: PhoneNumber) -> list[Model]:
    """One row of most tables, as the portal itself writes them."""
    cora.dealership.checkpoint_addresses = "witness@counsel.example"
    cora.dealership.save()
    post_inbound(body="Is it there?", NumMedia="1", MediaUrl0="http://carrier.example/ME1")
    conversation = Conversation.objects.get()
    outbound.compose(conversation, body="Yes", purpose=Purpose.CONVERSATIONAL, acting_user=sal)
    conversations.close(conversation, acting_user=sal)
    checkpoints.publish(north)
    found = [model._default_manager.first() for model in models_of_record()]
    return [row for row in found if row is not None]


def url(row: Model, page: str) -> str:
    meta = row._meta
    args = [] if page in {"changelist", "add"} else [row.pk]
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)


@pytest.mark.django_db
def test_every_table_of_record_is_registered_and_read_only(operator: User) -> None:
    request = RequestFactory().get("/")
    request.user = operator
    for model in models_of_record():
        registered: Any = admin.site._registry.get(model)
        assert isinstance(registered, ReadOnlyAdmin), model
        assert registered.get_actions(request) == {}, model
        for permission in ("add", "change", "delete"):
            assert not getattr(registered, f"has_{permission}_permission")(request), model


def test_the_operator_reads_every_row_and_changes_none(operator: User, rows: list[Model]) -> None:
    seen = {type(row) for row in rows}
    assert {ConsentEvent, Contact, Message, WebhookReceipt} <= seen
    client = Client()
    client.force_login(operator)
    for row in rows:
        before = type(row)._base_manager.values().get(pk=row.pk)
        page = client.get(url(row, "change"))
        assert page.status_code == 200, row
        assert b'name="_save"' not in page.content, row
        values = dict.fromkeys(before, "changed")
        assert client.post(url(row, "change"), values).status_code == 403, row
        assert client.get(url(row, "delete")).status_code == 403, row
        assert client.post(url(row, "delete"), {"post": "yes"}).status_code == 403, row
        assert client.get(url(row, "add")).status_code == 403, row
        assert client.post(url(row, "add"), values).status_code == 403, row
        client.post(
            url(row, "changelist"),
            {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"},
        )
        assert type(row)._base_manager.values().get(pk=row.pk) == before, row


@pytest.mark.parametrize("many", [1, 20])
def test_the_lists_cost_as_many_queries_for_one_row_as_for_twenty(
    operator: User, cora: PhoneNumber, many: int
) -> None:
    for n in range(many):
        post_inbound(body=f"text {n}", from_=f"+1717555{3000 + n}")
    client = Client()
    client.force_login(operator)
    expected = {"contact": 5, "message": 5, "consentevent": 5, "webhookreceipt": 5}
    found = {}
    for name in expected:
        app = "messaging" if name in {"message", "webhookreceipt"} else "consent"
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(f"admin:{app}_{name}_changelist")).status_code == 200
        found[name] = len(queries)
    assert found == expected
