"""`manage.py import_list`: bring in a CSV list without the pages, here and now."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from accounts.models import Dealership, User
from consent import importing
from consent.columns import COLUMNS, ListSort
from consent.models import ListImport


class Command(BaseCommand):
    help = (
        "Import opt-outs, consents, DNC or RND results from a CSV file. Prints one JSON object; "
        "--report writes what became of each row."
    )

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dealership", required=True, help="its name or its public id")
        parser.add_argument("--sort", required=True, choices=[s.value for s in ListSort])
        parser.add_argument("--source", required=True, help="where the list comes from")
        parser.add_argument("--by", required=True, metavar="E-MAIL", help="the admin who does it")
        parser.add_argument("--list-date", type=date.fromisoformat, help="YYYY-MM-DD")
        parser.add_argument(
            "--map", action="append", default=[], metavar="COLUMN=HEADER", help="else guessed"
        )
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--report", type=Path)

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        sort = ListSort(options["sort"])
        if sort in {ListSort.DNC, ListSort.RND} and options["list_date"] is None:
            raise CommandError("--list-date is needed: what such a list says ages.")
        user = User.objects.filter(email__iexact=options["by"]).first()
        if user is None:
            raise CommandError("Nobody has this e-mail address.")
        try:
            with options["file"].open("rb") as file:
                found = importing.take_in(
                    _dealership(options["dealership"], user),
                    sort=sort,
                    file=file,
                    list_on=options["list_date"],
                    source=options["source"],
                    acting_user=user,
                )
            mapping = _mapping(found, options["map"])
            importing.start(found, mapping=mapping, is_dry_run=options["dry_run"])
        except (OSError, importing.BadList) as error:
            raise CommandError(str(error)) from error
        status = importing.run(found.pk)
        found.refresh_from_db()
        if options["report"] and found.report:
            with default_storage.open(found.report.name or "", "rb") as report:
                options["report"].write_bytes(report.read())
        answer = {
            "id": str(found.public_id),
            "status": status,
            "dry_run": found.is_dry_run,
            "rows": found.rows,
            "counts": found.counts,
        }
        self.stdout.write(json.dumps(answer))
        if status != ListImport.Status.COMPLETE:
            raise CommandError(f"The import did not complete: {status} {found.failure}")


def _dealership(said: str, user: User) -> Dealership:
    mine = Dealership.objects.visible_to(user, roles=frozenset({"admin"}))
    for place in mine:
        if said in {place.name, str(place.public_id)}:
            return place
    raise CommandError("This person administers no such dealership.")


def _mapping(found: ListImport, told: list[str]) -> dict[str, int]:
    mapping: dict[str, int] = dict(found.mapping)
    known = {column.key for column in COLUMNS[ListSort(found.sort)]}
    for pair in told:
        key, _equals, header = pair.partition("=")
        if key not in known or header not in found.header:
            raise CommandError(f"--map {pair}: unknown column or header.")
        mapping[key] = found.header.index(header)
    return mapping
