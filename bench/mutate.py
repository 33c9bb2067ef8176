"""`make mutate`: break the consent rules in every small way, and count what the tests notice.

Works in a throw-away copy of the pure modules, with their quick tests and without a database.
mutmut changes comparisons, numbers, words and conditions inside functions; the rule data are broken
by consent/tests/test_rule_data.py in the ordinary run. Prints the score of each module; exit 1
below MINIMUM. `python bench/mutate.py hours grounds` is for these modules alone.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MINIMUM = 0.90
#: The modules whose score counts, and the tests that have to notice.
MUTATED = ("decision", "facts", "grounds", "hours", "packs", "projection", "rules")
TESTS = ("decision", "hours", "packs", "phones", "projection", "rules", "rule_data", "properties")
#: They make the rows while the module is imported, before mutmut can switch a change on. What they
#: make is broken row by row in test_rule_data.
AT_IMPORT = ("_hours", "_week", "_every_day", "_but_sunday")
#: What they import.
BESIDE = ("__init__", "kinds", "levels", "phones", "places")
CONFIG = """
[tool.mutmut]
source_paths = ["consent"]
only_mutate = [{only}]
also_copy = ["conftest.py", "consent/tests/verdicts.txt"]
pytest_add_cli_args = ["-q", "-p", "no:cacheprovider", "-p", "no:django", "-p", "no:playwright"]
pytest_add_cli_args_test_selection = ["consent/tests"]
timeout_constant = 20.0
use_git_change_detection = false
track_dependencies = false
"""
#: Few examples, always the same: a mutant that only luck finds is not found.
CONFTEST = """
import pytest
from hypothesis import settings
from consent import hours, packs

KEPT = [each for place in (hours, packs) for each in vars(place).values()
        if hasattr(each, "cache_clear")]

@pytest.fixture(autouse=True)
def forgetful():
    # What a run without mutants worked out must not answer for a mutant.
    for kept in KEPT:
        kept.cache_clear()

settings.register_profile("mutants", max_examples=15, derandomize=True, deadline=None)
settings.load_profile("mutants")
"""


def main() -> int:
    """Mutate in a copy and print what survived."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        build_copy(place)
        mutmut = Path(sys.executable).with_name("mutmut")
        subprocess.run(
            [mutmut, "run", "--max-children", "2", *(f"consent.{name}.*" for name in sys.argv[1:])],
            cwd=place,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        results = subprocess.run(
            [mutmut, "results", "--all", "true"],
            cwd=place,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        return report(results)


def build_copy(place: Path) -> None:
    """Copy the modules and their tests, with a configuration of their own."""
    (place / "consent/tests").mkdir(parents=True)
    for name in (*MUTATED, *BESIDE):
        shutil.copy(ROOT / f"consent/{name}.py", place / f"consent/{name}.py")
    (place / "consent/tests/__init__.py").touch()
    for name in TESTS:
        test = ROOT / f"consent/tests/test_{name}.py"
        if test.exists():
            shutil.copy(test, place / f"consent/tests/test_{name}.py")
    shutil.copy(ROOT / "consent/tests/verdicts.txt", place / "consent/tests/verdicts.txt")
    only = ", ".join(f'"consent/{name}.py"' for name in MUTATED)
    (place / "pyproject.toml").write_text(CONFIG.format(only=only))
    (place / "conftest.py").write_text(CONFTEST)


def report(results: str) -> int:
    """Print the score of each module and the mutants that survived; return the exit code."""
    counts: dict[str, Counter[str]] = {}
    for name, status in re.findall(r"^\s*(\S+): (\w[\w ]*)$", results, re.MULTILINE):
        if status == "not checked":
            continue
        module, function = name.split(".")[1], name.split(".")[2].split("__mutmut")[0]
        if function.removeprefix("x_") in AT_IMPORT:
            continue
        counts.setdefault(module, Counter())[status] += 1
        if status not in {"killed", "timeout"}:
            print(f"{status:10} {name}")
    total: Counter[str] = Counter()
    for module, found in sorted(counts.items()):
        total += found
        print(f"{module:12} {score(found):6.1%}  {dict(found)}")
    print(f"{'all':12} {score(total):6.1%}  {dict(total)}")
    return 0 if total and score(total) >= MINIMUM else 1


def score(found: Counter[str]) -> float:
    """Return which part of the mutants the tests noticed."""
    return (found["killed"] + found["timeout"]) / max(1, sum(found.values()))


if __name__ == "__main__":
    sys.exit(main())
