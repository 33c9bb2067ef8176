"""Benchmarks: each prints a ratio against a reference measured in the same run.

`make bench` runs all of it on a fresh database; `python -m bench webhook inbox` runs some. The
parts to compare are timed in turns, so that a busy machine slows both, and medians are printed.
"""

from __future__ import annotations

import logging
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dealertext.settings")
os.environ["DEBUG"] = "0"
django.setup()
logging.disable(logging.WARNING)
