"""Secrets of dealerships at rest: Fernet under FIELD_ENCRYPTION_KEY."""

from __future__ import annotations

from cryptography.fernet import Fernet
from django.conf import settings


def encrypt(secret: str) -> str:
    """Return the secret sealed for the database."""
    return Fernet(settings.FIELD_ENCRYPTION_KEY).encrypt(secret.encode()).decode()


def decrypt(sealed: str) -> str:
    """Open what `encrypt` sealed. Raises cryptography.fernet.InvalidToken under another key."""
    return Fernet(settings.FIELD_ENCRYPTION_KEY).decrypt(sealed.encode()).decode()
