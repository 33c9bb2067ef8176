"""The mails that a development portal wrote to a folder (EMAIL_URL=file://…), for its demo page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

from accounts.models import User
from archive.crm import HEADER
from archive.models import Transcript

MOST = 50
#: Django's file backend ends each mail with a line of 79 hyphens.
_END = b"\n" + b"-" * 79


@dataclass(frozen=True, slots=True)
class SentMail:
    """One mail as it would have gone out."""

    at: datetime
    to: str
    subject: str
    body: str
    attachments: tuple[str, ...]
    transcript: str


def is_on() -> bool:
    """Say whether mails go to a folder that may be shown: in development alone."""
    return all((settings.DEBUG, settings.EMAIL_FILE_PATH))


def mails_for(user: User) -> list[SentMail]:
    """Return the newest mails of transcripts that this person may read, newest first."""
    folder = Path(settings.EMAIL_FILE_PATH or "")
    paths = sorted(folder.glob("*.log"), key=lambda p: p.stat().st_mtime, reverse=True)[:MOST]
    mails = [mail for path in paths for mail in reversed(_read(path))]
    mine = Transcript.objects.managed_by(user).filter(
        public_id__in={mail.transcript for mail in mails}
    )
    visible = {str(public_id) for public_id in mine.values_list("public_id", flat=True)}
    return [mail for mail in mails if mail.transcript in visible]


def _read(path: Path) -> list[SentMail]:
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    mails = []
    for raw in path.read_bytes().split(_END):
        mail = message_from_bytes(raw.lstrip(b"\n"), policy=policy.default)
        if mail[HEADER]:
            mails.append(_sent(mail, at))
    return mails


def _sent(mail: EmailMessage, at: datetime) -> SentMail:
    body = mail.get_body(("plain",))
    return SentMail(
        at=at,
        to=str(mail["To"]),
        subject=str(mail["Subject"]),
        body=str(body.get_content()) if body else "",
        attachments=tuple(part.get_filename() or "" for part in mail.iter_attachments()),
        transcript=str(mail[HEADER]).strip(),
    )
