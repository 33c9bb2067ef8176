"""App configuration of consent."""

from __future__ import annotations

from django.apps import AppConfig
from typing_extensions import override

from accounts import meanings
from consent.replies import has_meaning


class ConsentConfig(AppConfig):
    name = "consent"

    @override
    def ready(self) -> None:
        meanings.READERS.append(has_meaning)
