"""Collect the static files while the image is built, when no real secret is there."""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from django.core.management import execute_from_command_line

from dealertext.embedded import new_secrets

os.environ.update(
    new_secrets(),
    DJANGO_SETTINGS_MODULE="dealertext.settings",
    DEBUG="0",
    SITE_URL="https://build.invalid",
    DATABASE_URL="postgresql:///build",
    REDIS_URL="redis://build.invalid/0",
    EMAIL_URL="console://",
)
execute_from_command_line(["manage.py", "collectstatic", "--noinput", "--verbosity", "0"])
