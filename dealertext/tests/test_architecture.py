"""The floors and the other rules of the house that a machine can hold (docs/architecture.md)."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
FLOORS = ("accounts", "consent", "messaging", "archive", "dealertext")  # ground floor first
#: No Django, no I/O, no clock: what is known comes in, the answer goes out.
PURE = (
    "accounts/numbers.py",
    "accounts/cells.py",
    "archive/document.py",
    "archive/formats",
    "archive/verify_export.py",
    "consent/bases.py",
    "consent/columns.py",
    "consent/decision.py",
    "consent/facts.py",
    "consent/grounds.py",
    "consent/hours.py",
    "consent/kinds.py",
    "consent/lead_risk.py",
    "consent/levels.py",
    "consent/merkle.py",
    "consent/packs.py",
    "consent/phones.py",
    "consent/places.py",
    "consent/projection.py",
    "consent/readers/replies_grammar.py",
    "consent/readers/replies_spelling.py",
    "consent/readers/replies_text.py",
    "consent/readers/weights.py",
    "consent/readers/wording_signs.py",
    "consent/replies.py",
    "consent/rules.py",
    "consent/scoring.py",
    "consent/training.py",
    "consent/windows.py",
    "consent/wording.py",
    "messaging/identification.py",
    "messaging/segments.py",
    "messaging/transports/base.py",
)
#: Modules that may start the simulator: its own command, the supervisor and tests.
SIMULATOR_USERS = ("messaging/simulator/", "messaging/management/commands/simulator.py")
DRAWERS = {"services.py", "utils.py", "helpers.py", "common.py"}


@cache
def imports(path: Path) -> frozenset[str]:
    """Return every module a file imports, wherever the import stands: a hidden circle is one."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(names)


def files(*places: str) -> list[Path]:
    found: list[Path] = []
    for place in places:
        path = ROOT / place
        found += [path] if path.suffix == ".py" else sorted(path.rglob("*.py"))
    return found


def where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_the_check_sees_an_import_inside_a_function(tmp_path: Path) -> None:
    hidden = tmp_path / "hidden.py"
    hidden.write_text("def f():\n    from archive.models import Transcript\n")
    assert "archive.models" in imports(hidden)


@pytest.mark.parametrize("app", FLOORS)
def test_an_app_imports_only_from_lower_floors(app: str) -> None:
    higher = set(FLOORS[FLOORS.index(app) + 1 :])
    wrong = {
        where(path): sorted(found)
        for path in files(app)
        if (found := {name.split(".")[0] for name in imports(path)} & higher)
    }
    assert wrong == {}


def test_nothing_is_hidden_under_type_checking() -> None:
    assert [
        where(path)
        for path in files(*FLOORS)
        if where(path) != where(Path(__file__))
        and ("TYPE_" + "CHECKING") in path.read_text(encoding="utf-8")
    ] == []


@pytest.mark.parametrize("place", PURE)
def test_a_pure_module_knows_no_django_and_no_rows(place: str) -> None:
    assert (ROOT / place).exists(), f"{place} is gone: take it off the list"
    impure = {
        "django",
        "rest_framework",
        "celery",
        "redis",
        "psycopg",
        "requests",
        "simple_history",
    }
    for path in files(place):
        names = imports(path)
        assert not {name.split(".")[0] for name in names} & impure, where(path)
        assert not {name for name in names if name.split(".")[1:2] == ["models"]}, where(path)
        assert "accounts.clock" not in names, where(path)


def test_only_one_file_talks_to_the_carrier() -> None:
    users = {
        where(path)
        for path in files(*FLOORS)
        if any(name == "twilio.rest" or name.startswith("twilio.rest.") for name in imports(path))
        and "/tests/" not in where(path)
    }
    assert users == {"messaging/transports/twilio.py"}


def test_only_one_file_calls_a_transport() -> None:
    """`messaging.dispatch` is the one door out (promise I1); the others only ask."""
    users = {
        where(path)
        for path in files(*FLOORS)
        if "messaging.transports.twilio" in imports(path) and "/tests/" not in where(path)
    }
    assert users <= {
        "messaging/dispatch.py",
        "messaging/lookups.py",
        "messaging/media.py",
        "messaging/reconcile.py",
        "messaging/carrier_check.py",
        "messaging/management/commands/check_carrier.py",
    }
    senders = {
        where(path)
        for path in files(*FLOORS)
        if "transport.send(" in path.read_text(encoding="utf-8") and "/tests/" not in where(path)
    }
    assert senders == {"messaging/dispatch.py"}


def test_nothing_imports_the_simulator() -> None:
    users = {
        where(path)
        for path in files(*FLOORS)
        if any(name.startswith("messaging.simulator") for name in imports(path))
        and not where(path).startswith(SIMULATOR_USERS)
        and "/tests/" not in where(path)
    }
    assert users == set()


def test_only_the_ledger_writes_entries() -> None:
    writers = {
        where(path)
        for path in files(*FLOORS)
        if re.search(
            r"ConsentEvent\.objects\.create|Row\(ConsentEvent\)|INTO consent_consentevent",
            path.read_text(encoding="utf-8"),
        )
        and "/tests/" not in where(path)
    }
    assert writers == {"consent/ledger.py"}


def test_only_the_gate_decides() -> None:
    users = {
        where(path)
        for path in files(*FLOORS)
        if "consent.decision.decide" in imports(path) and "/tests/" not in where(path)
    }
    assert users == {"consent/gate.py"}


def test_actions_import_no_tasks() -> None:
    """Actions ← tasks ← views: whoever acts does not know who was woken."""
    edges = {"views", "api", "webhooks", "receivers", "urls", "apps", "tasks", "celery"}
    wrong = {
        where(path)
        for path in files("accounts", "consent", "messaging", "archive")
        if path.stem not in edges
        and not {"tests", "management", "simulator"} & set(path.parts)
        and any(name.split(".")[1:2] == ["tasks"] for name in imports(path))
    }
    assert wrong == set()


def test_there_are_no_drawers() -> None:
    assert [where(path) for path in files(*FLOORS) if path.name in DRAWERS] == []


def test_every_file_begins_with_the_future_of_annotations() -> None:
    assert [
        where(path)
        for path in files(*FLOORS)
        if path.read_text(encoding="utf-8").strip()
        and "/migrations/" not in where(path)
        and "from __future__ import annotations" not in path.read_text(encoding="utf-8")
        and len(ast.parse(path.read_text(encoding="utf-8")).body) > 1
    ] == []


def test_nobody_sleeps_in_the_portal() -> None:
    """A request or a task that sleeps holds a worker; the simulator and the supervisor may wait."""
    allowed = ("messaging/simulator/", "dealertext/embedded.py", "dealertext/supervisor.py")
    assert [
        where(path)
        for path in files(*FLOORS)
        if "time.sleep(" in path.read_text(encoding="utf-8")
        and "/tests/" not in where(path)
        and not where(path).startswith(allowed)
    ] == []


def test_templates_hold_no_inline_script_or_style() -> None:
    wrong = []
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if "<style" in text or " style=" in text or " onclick=" in text or "javascript:" in text:
            wrong.append(where(path))
        for part in text.split("<script")[1:]:
            head = part.split(">", 1)[0]
            if "src=" not in head and "application/json" not in head:
                wrong.append(where(path))
    assert wrong == []
