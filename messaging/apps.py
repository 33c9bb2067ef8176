"""App configuration of messaging."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from typing_extensions import override


class MessagingConfig(AppConfig):
    name = "messaging"

    @override
    def ready(self) -> None:
        import_module("messaging.receivers")
