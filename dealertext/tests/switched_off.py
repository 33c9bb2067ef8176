"""A pytest plugin: runs each test as it is, and again with each rule of its own switched off.

For test_register.py, which starts it in a process of its own. What passed and failed is written to
the file named by SWITCHED_OFF as {rule: {"as_is": [outcomes], "off": [outcomes]}}.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path

import django
import pytest
from _pytest.runner import runtestprotocol
from django.conf import settings
from django.db import connection

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dealertext.settings")
django.setup()  # a plugin is imported before pytest-django is

from dealertext.tests.register import (  # noqa: E402
    REGISTER,
    Enforced,
    InTheDatabase,
    NotApplicable,
    forget,
)

_outcomes: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"as_is": [], "off": []})
_statement: list[str] = []
_errors: list[str] = []


def pytest_configure() -> None:
    """Use a database of our own: the one that started us has its test database open."""
    settings.DATABASES["default"]["TEST"]["NAME"] = "test_switched_off"


def _rules_of(item: pytest.Item) -> list[str]:
    base = item.nodeid.split("[")[0]
    return [
        key
        for key, row in REGISTER.items()
        if not isinstance(row, NotApplicable) and row.test == base
    ]


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run one test as it is, then with each of its rules off."""
    keys = _rules_of(item)
    # Whoever comes next in the same module needs all that this test shares with it, but not itself.
    as_is = _run(item, item.parent if keys else nextitem)
    for key in keys:
        row = REGISTER[key]
        with pytest.MonkeyPatch.context() as patch:
            forget()
            try:
                if isinstance(row, Enforced):
                    row.switch_off(patch)
                elif isinstance(row, InTheDatabase):
                    _statement.append(row.statement)
            except AttributeError as error:  # what it switches has moved
                broken = str(error)
            else:
                broken = ""
            off = _run(item, nextitem if key == keys[-1] else item.parent)
            off = broken or off
            _statement.clear()
        forget()
        _outcomes[key]["as_is"].append(as_is)
        _outcomes[key]["off"].append(off)
    return True


def _run(item: pytest.Item, following: pytest.Item | pytest.Collector | None) -> str:
    """Run one test; return "passed", or the name of the first error."""
    item._initrequest()  # type: ignore[attr-defined]  # fixtures anew for each run
    _errors.clear()
    runtestprotocol(item, nextitem=following, log=False)  # type: ignore[arg-type]  # chain only
    return _errors[0] if _errors else "passed"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    call: pytest.CallInfo[None],
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note with what error a test failed."""
    if call.excinfo is not None:
        _errors.append(call.excinfo.typename)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None, None, None]:
    """Switch off what the database enforces inside the test's own transaction."""
    if _statement:
        with connection.cursor() as cursor:
            cursor.execute(_statement[0])
    return (yield)


def pytest_sessionfinish() -> None:
    """Write what was seen."""
    Path(os.environ["SWITCHED_OFF"]).write_text(json.dumps(_outcomes), encoding="utf-8")
