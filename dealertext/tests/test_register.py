"""The register proves itself: switch a rule off, and the test it names fails."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from consent import rules
from dealertext.tests.register import REGISTER, NotApplicable, build_page

Outcomes = dict[str, dict[str, list[str]]]
ENFORCED = [key for key, row in REGISTER.items() if not isinstance(row, NotApplicable)]


def test_the_page_is_what_the_register_says() -> None:
    page = (settings.BASE_DIR / "docs/legal.md").read_text(encoding="utf-8")
    assert page == build_page(), "make legal"


def test_every_rule_is_registered() -> None:
    assert list(REGISTER) == list(rules.RULES)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Outcomes:
    """Run the named tests, each as it is and with its rules off, in one other process."""
    found = tmp_path_factory.mktemp("register") / "outcomes.json"
    tests = sorted({row.test for row in REGISTER.values() if not isinstance(row, NotApplicable)})
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
         "-p", "dealertext.tests.switched_off", *tests],
        cwd=settings.BASE_DIR,
        env={**os.environ, "SWITCHED_OFF": str(found)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )  # fmt: skip
    assert Path(found).exists(), run.stdout[-3000:] + run.stderr[-3000:]
    outcomes: Outcomes = json.loads(found.read_text(encoding="utf-8"))
    return outcomes


@pytest.mark.parametrize("rule", ENFORCED)
def test_its_test_fails_when_the_rule_is_switched_off(outcomes: Outcomes, rule: str) -> None:
    seen = outcomes[rule]
    assert set(seen["as_is"]) == {"passed"}
    noticed = {outcome for outcome in seen["off"] if outcome != "passed"}
    assert noticed, "nobody noticed"
    assert noticed <= {"AssertionError", "Failed"}, "the switch breaks more than the rule"
