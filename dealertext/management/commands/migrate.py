"""`manage.py migrate`: as the owner of the tables; then grants the portal's own role what it needs.

The portal's role has no DDL, no TRUNCATE, and no UPDATE or DELETE on the ledger (promise I5).
"""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql
from typing_extensions import override

APPEND_ONLY = (
    "consent_consentevent",
    "consent_checkpoint",
    "consent_checkpointtimestamp",
    "consent_ledgernode",
)


class Command(migrate.Command):
    help = "Migrate as DATABASE_OWNER_URL's role and grant the role of DATABASE_URL its rights."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        app_role = os.environ.get("TEST_APP_ROLE") or connection.settings_dict["USER"]
        owner = settings.DATABASE_OWNER
        in_tests = connection.settings_dict["NAME"] != settings.DATABASES["default"]["NAME"]
        if owner and not in_tests:
            connection.close()
            for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT"):
                connection.settings_dict[key] = owner[key]
            connection.settings_dict["OPTIONS"] = owner["OPTIONS"]
        before = self._applied(connection)
        super().handle(*args, **options)
        self._grant(connection, app_role)
        is_upgrade = before and not options["app_label"] and not options["plan"]
        if is_upgrade and before != self._applied(connection):
            # A newer portal may read more from the entries than the copies of the states hold.
            call_command("rebuild_states", stdout=self.stdout)

    def _applied(self, connection: Any) -> set[str]:
        applied = MigrationRecorder(connection).applied_migrations()
        return {name for app, name in applied if app == "consent"}

    def _grant(self, connection: Any, app_role: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_user")
            (current,) = cursor.fetchone()
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [app_role])
            if app_role == current or cursor.fetchone() is None:
                return
            role = sql.Identifier(app_role)
            for statement in (
                "GRANT USAGE ON SCHEMA public TO {}",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
                "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
            ):
                cursor.execute(sql.SQL(statement).format(role))
            for table in APPEND_ONLY:
                if table in connection.introspection.table_names(cursor):
                    cursor.execute(
                        sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(
                            sql.Identifier(table), role
                        )
                    )
