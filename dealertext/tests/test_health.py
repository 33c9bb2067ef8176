"""/healthz, /readyz, /metrics, the simulator's door, and the error pages."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import caches
from django.test import Client
from django.views.defaults import server_error

from accounts.models import User
from dealertext import views


@pytest.mark.django_db
def test_a_living_process_says_so_without_a_database(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"alive\n")


@pytest.mark.django_db
def test_without_a_worker_it_is_not_ready_and_says_which_part_is_missing() -> None:
    started = time.monotonic()
    answer = Client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": True, "broker": True, "worker": False}
    assert time.monotonic() - started < 2.5


@pytest.mark.django_db
def test_with_a_worker_it_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_worker", lambda: True)
    answer = Client().get("/readyz")
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_broker_that_is_down_is_told_and_not_waited_for(settings: Any) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "dealertext.cache.ForgivingRedisCache",
            "LOCATION": "redis://127.0.0.1:1",
        }
    }
    caches.settings = settings.CACHES
    started = time.monotonic()
    answer = Client().get("/readyz")
    assert answer.json()["broker"] is False
    assert answer.status_code == 503
    assert time.monotonic() - started < 2.5


@pytest.mark.django_db
def test_a_part_that_hangs_counts_as_missing_within_two_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    let_go = threading.Event()

    def hangs() -> bool:
        return let_go.wait(5)

    monkeypatch.setattr(views, "_database", hangs)
    started = time.monotonic()
    answer = Client().get("/readyz")
    let_go.set()
    assert answer.json()["database"] is False
    assert time.monotonic() - started < 2.5


@pytest.mark.django_db
def test_metrics_are_told_to_prometheus() -> None:
    answer = Client().get("/metrics")
    assert answer.status_code == 200
    assert b"django_http_requests_before_middlewares_total" in answer.content


@pytest.mark.django_db
def test_the_simulators_door_opens_only_where_there_is_one(settings: Any) -> None:
    settings.SIMULATOR_URL = ""
    assert Client().get("/simulator/").status_code == 404
    settings.SIMULATOR_URL = "http://127.0.0.1:9999"
    answer = Client().get("/simulator/")
    assert answer["Location"] == "http://127.0.0.1:9999/simulator/"


def test_the_root_leads_to_the_inbox(sal: User, signed_in: Callable[[User], Client]) -> None:
    assert signed_in(sal).get("/")["Location"] == "/inbox/"


def test_a_page_that_is_not_there_has_a_way_back(
    sal: User, signed_in: Callable[[User], Client]
) -> None:
    answer = signed_in(sal).get("/nowhere/")
    assert answer.status_code == 404
    assert b"Nothing is here" in answer.content


def test_the_page_of_a_failure_needs_nothing_that_may_have_failed(rf: Any) -> None:
    answer = server_error(rf.get("/inbox/"))
    assert answer.status_code == 500
    assert b"Something broke" in answer.content


def test_failure_of_ours_has_the_shape_of_the_api(rf: Any) -> None:
    answer = views.server_error(rf.get("/api/v1/contacts/"))
    assert answer.status_code == 500
    assert json.loads(answer.content)["error"]["code"] == "server_error"
    assert views.server_error(rf.get("/inbox/"))["Content-Type"].startswith("text/html")
