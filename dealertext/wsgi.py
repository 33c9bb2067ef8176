"""WSGI entry: every page, webhook and API call in production."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dealertext.settings")

application = get_wsgi_application()
