"""`manage.py import_lead`: take in a lead from an e-mail with ADF in its body (law §5.4)."""

from __future__ import annotations

import json
import re
import sys
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from accounts.models import Dealership, User
from consent import adf, contacts, leads, phones

MAX_BYTES = 2_000_000
#: From the declarations, where there are some, to the end; people and programs write around it.
_ADF = re.compile(rb"(?:<\?[^>]*>\s*)*<adf\b.*</adf\s*>", re.DOTALL | re.IGNORECASE)


class Command(BaseCommand):
    help = (
        "Take in one lead: an e-mail (or bare ADF) from a file or standard input, for a mail "
        "server's pipe. Prints one JSON object; nothing personal is printed."
    )

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="standard input without it")
        parser.add_argument("--by", required=True, metavar="E-MAIL", help="who answers for it")
        parser.add_argument("--dealership", help="name or public id; else the ADF's vendor")

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["by"], is_active=True).first()
        if user is None:
            raise CommandError("Nobody who works here has this e-mail address.")
        raw = _read(options["file"])
        try:
            lead = adf.parse(adf_of(raw))
        except adf.BadLead as error:
            raise CommandError(str(error)) from error
        dealership = _dealership(options["dealership"], user, lead)
        told = leads.fields_of_adf(lead)
        try:
            number = phones.parse(lead.number, country=dealership.country)
        except phones.BadNumber as error:
            raise CommandError(error.detail) from error
        evidence = told.pop("evidence")
        assert isinstance(evidence, dict)
        provider = told.pop("provider", "")
        for key in ("name", "number"):
            told.pop(key, None)
        shown = contacts.plain(
            {**evidence, "by_mail": True, **({"provider": provider} if provider else {})}
        )
        given = leads.Given(
            number_e164=number,
            name=lead.name[:120],
            basis=leads.basis_of(shown),
            evidence=shown,
            details={key: str(value) for key, value in told.items()},
        )
        taken = leads.take_in(dealership, given, acting_user=user)
        answer = {
            "contact": str(taken.phone.contact.public_id),
            "created": taken.created,
            "known_before": taken.lead is None,
            "certificate": taken.lead.certificate if taken.lead else None,
        }
        self.stdout.write(json.dumps(answer))


def _read(path: Path | None) -> bytes:
    try:
        if path is None:
            raw = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with path.open("rb") as file:
                raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"The file cannot be read: {error.strerror}") from error
    if len(raw) > MAX_BYTES:
        raise CommandError("The e-mail is too large.")
    return raw


def adf_of(raw: bytes) -> bytes:
    """Return the ADF in an e-mail: its body, or a part of it; bare ADF is returned as it is.

    Raises BadLead.
    """
    if raw.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
        bare = _ADF.search(raw)
        return bare.group() if bare is not None else raw
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    for part in mail.walk():
        if part.is_multipart():
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and (b"<adf" in content.lower()):
            charset = part.get_content_charset("utf-8")
            matched = _ADF.search(content)
            if matched is None:
                continue
            found = matched.group()
            if b"encoding" in found[:200].lower():
                return found  # the document itself says how it is written
            try:
                return found.decode(charset).encode()
            except (LookupError, UnicodeDecodeError):
                return found
    raise adf.BadLead("There is no ADF in this e-mail.")


def _dealership(said: str | None, user: User, lead: adf.Lead) -> Dealership:
    if said is None:
        found = leads.vendor_of(user, lead)
        if found is None:
            raise CommandError("The ADF's vendor is no dealership of this person's.")
        return found
    for place in Dealership.objects.visible_to(user):
        if said in {place.name, str(place.public_id)}:
            return place
    raise CommandError("This person works at no such dealership.")
