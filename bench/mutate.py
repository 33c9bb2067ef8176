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
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MINIMUM = 0.90
#: Functions that run while the module is imported, before mutmut can switch a change on. The rule
#: data that some make are broken row by row in test_rule_data.
AT_IMPORT = frozenset(
    {
        *("_hours", "_week", "_every_day", "_but_sunday"),
        *("_all", "_each", "build", "_compile", "_is_code", "_folding", "_deletions", "load"),
        *("code", "charset", "__init__"),
    }
)


HOLDOUTS = sorted((ROOT / "consent/tests/holdouts").glob("replies_*.tsv"))


@dataclass(frozen=True, slots=True)
class Suite:
    """Modules whose score counts, the tests that have to notice, and what both need beside."""

    mutated: tuple[str, ...]
    tests: tuple[str, ...]
    beside: tuple[str, ...]


SUITES = (
    Suite(
        mutated=("decision", "facts", "grounds", "hours", "packs", "projection", "rules"),
        tests=(
            *("test_decision.py", "test_hours.py", "test_packs.py", "test_phones.py"),
            *("test_projection.py", "test_rules.py", "test_rule_data.py", "test_properties.py"),
            "verdicts.txt",
        ),
        beside=("__init__.py", "kinds.py", "levels.py", "phones.py", "places.py"),
    ),
    Suite(
        mutated=(
            *("replies", "readers/replies_grammar", "readers/replies_spelling"),
            *("readers/replies_text", "readers/weights"),
        ),
        tests=(
            *("test_replies.py", "test_replies_spelling.py", "test_replies_verdicts.py"),
            *("test_replies_properties.py", "test_replies_grammar.py", "test_weights.py"),
            "test_replies_text.py",
            *("replies_register.tsv", "replies_verdicts.tsv"),
            *(path.relative_to(ROOT / "consent/tests").as_posix() for path in HOLDOUTS),
        ),
        beside=(
            *("__init__.py", "rules.py", "kinds.py", "levels.py", "scoring.py"),
            *("readers/__init__.py", "readers/replies_weights.tsv", "readers/corpora/replies.tsv"),
            *("readers/replies_words.py", "readers/replies_en.py"),
            *("readers/replies_es.py", "readers/replies_fr.py"),
        ),
    ),
)
CONFIG = """
[tool.mutmut]
source_paths = ["consent"]
only_mutate = [{only}]
also_copy = ["conftest.py", {beside}]
pytest_add_cli_args = ["-q", "-p", "no:cacheprovider", "-p", "no:django", "-p", "no:playwright"]
pytest_add_cli_args_test_selection = ["consent/tests"]
timeout_constant = 20.0
use_git_change_detection = false
track_dependencies = false
"""
#: Few examples, always the same: a mutant that only luck finds is not found.
CONFTEST = """
import sys
import pytest
from hypothesis import settings

KEPT = []

def pytest_collection_finish():
    KEPT.extend(each for name, place in list(sys.modules.items()) if name.startswith("consent.")
                for each in vars(place).values() if hasattr(each, "cache_clear"))

@pytest.fixture(autouse=True)
def forgetful():
    # What a run without mutants worked out must not answer for a mutant.
    for kept in KEPT:
        kept.cache_clear()

settings.register_profile("mutants", max_examples=15, derandomize=True, deadline=None)
settings.load_profile("mutants")
"""


def main() -> int:
    """Mutate each suite in a copy and print what survived."""
    wanted = set(sys.argv[1:])
    results = ""
    for suite in SUITES:
        names = [n for n in suite.mutated if not wanted or n.rpartition("/")[2] in wanted]
        if names:
            with tempfile.TemporaryDirectory() as folder:
                results += run(suite, names, Path(folder))
    return report(results)


def run(suite: Suite, names: list[str], place: Path) -> str:
    """Return what mutmut tells of these modules of a suite."""
    build_copy(suite, place)
    mutmut = Path(sys.executable).with_name("mutmut")
    subprocess.run(
        [
            mutmut,
            "run",
            "--max-children",
            "2",
            *(f"consent.{name.replace('/', '.')}.*" for name in names),
        ],
        cwd=place,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return subprocess.run(
        [mutmut, "results", "--all", "true"],
        cwd=place,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def build_copy(suite: Suite, place: Path) -> None:
    """Copy the modules and their tests, with a configuration of their own."""
    (place / "consent/tests/holdouts").mkdir(parents=True)
    (place / "consent/readers/corpora").mkdir(parents=True)
    for name in (*(f"{name}.py" for name in suite.mutated), *suite.beside):
        shutil.copy(ROOT / "consent" / name, place / "consent" / name)
    (place / "consent/tests/__init__.py").touch()
    for name in suite.tests:
        shutil.copy(ROOT / "consent/tests" / name, place / "consent/tests" / name)
    kept = [f"consent/{name}" for name in suite.beside if not name.endswith(".py")]
    kept += [f"consent/tests/{name}" for name in suite.tests if not name.endswith(".py")]
    (place / "pyproject.toml").write_text(
        CONFIG.format(
            only=", ".join(f'"consent/{name}.py"' for name in suite.mutated),
            beside=", ".join(f'"{name}"' for name in kept),
        )
    )
    (place / "conftest.py").write_text(CONFTEST)


def report(results: str) -> int:
    """Print the score of each module and the mutants that survived; return the exit code."""
    counts: dict[str, Counter[str]] = {}
    for name, status in re.findall(r"^\s*(\S+): (\w[\w ]*)$", results, re.MULTILINE):
        if status == "not checked":
            continue
        module, function = name.split("__mutmut")[0].split(".")[-2:]
        if re.sub(r"^x(ǁ\w+ǁ|_)", "", function) in AT_IMPORT:
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
