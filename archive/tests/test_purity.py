"""The document and its forms know neither Django nor a table (house rules, part 4)."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "module",
    [
        "archive.document",
        "archive.formats.json",
        "archive.formats.text",
        "archive.formats.pdf",
        "archive.formats.adf",
        "archive.verify_export",
    ],
)
def test_a_pure_module_does_not_bring_django(module):
    program = f"import sys, {module}; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], timeout=60, check=False).returncode == 0
