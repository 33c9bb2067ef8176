"""Pictures and files of customers' texts: fetched by a worker, checked by content, kept by hash."""

from __future__ import annotations

import hashlib
import ipaddress
import logging
import socket
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import certifi
import urllib3
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction

from accounts.clock import now
from messaging import wake
from messaging.dispatch import account_of
from messaging.models import Attachment
from messaging.transports.base import Account

logger = logging.getLogger(__name__)
MAX_BYTES = 10_000_000
MAX_REDIRECTS = 3
TIMEOUT_SECONDS = 15
MAX_ATTEMPTS = 6
RETRY_SECONDS = (10, 60, 300, 900, 3600)
#: What a file is, by its first bytes: (offset, bytes, content type, ending).
_MAGIC: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (0, b"GIF87a", "image/gif", "gif"),
    (0, b"GIF89a", "image/gif", "gif"),
    (8, b"WEBP", "image/webp", "webp"),
    (4, b"ftyp3g", "video/3gpp", "3gp"),
    (4, b"ftyp", "video/mp4", "mp4"),
    (0, b"%PDF-", "application/pdf", "pdf"),
    (0, b"#!AMR", "audio/amr", "amr"),
    (0, b"BEGIN:VCARD", "text/vcard", "vcf"),
)


class Refused(Exception):
    """A file that will never be taken: `reason` is a code that staff see in words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class TryLater(Exception):
    """The carrier's media store did not answer."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file as it came and what its own bytes say it is."""

    content: bytes
    content_type: str
    ending: str


def fetch(attachment_pk: int) -> str:
    """Fetch one pending attachment; returns the status it has in the end. May run twice."""
    attachment = (
        Attachment.objects.select_related("message__dealership")
        .filter(pk=attachment_pk, status=Attachment.Status.PENDING)
        .first()
    )
    if attachment is None:
        return "done"
    try:
        fetched = download(attachment.source_url, account=account_of(attachment.message.dealership))
    except Refused as error:
        return _finish(attachment, Attachment.Status.REFUSED, reason=error.reason)
    except (TryLater, OSError, urllib3.exceptions.HTTPError) as error:
        logger.warning("media later attachment=%s %s", attachment.pk, type(error).__name__)
        return _later(attachment)
    attachment.file.save(
        f"{attachment.public_id}.{fetched.ending}", ContentFile(fetched.content), save=False
    )
    attachment.size_bytes = len(fetched.content)
    attachment.sha256 = hashlib.sha256(fetched.content).hexdigest()
    attachment.content_type = fetched.content_type
    return _finish(attachment, Attachment.Status.STORED)


def _finish(attachment: Attachment, status: Attachment.Status, *, reason: str = "") -> str:
    """Keep how it ended; a file that no row waits for any more (erased, or fetched twice) goes."""
    with transaction.atomic():
        kept = Attachment.objects.filter(pk=attachment.pk, status=Attachment.Status.PENDING).update(
            status=status,
            reason=reason,
            file=attachment.file.name or "",
            size_bytes=attachment.size_bytes,
            sha256=attachment.sha256,
            content_type=attachment.content_type,
        )
        wake.screens(attachment.message.dealership_id, "message", attachment.message.public_id)
    if not kept and attachment.file:
        attachment.file.delete(save=False)
    return status.value


def _later(attachment: Attachment) -> str:
    attempts = attachment.attempts + 1
    if attempts >= MAX_ATTEMPTS:
        return _finish(attachment, Attachment.Status.REFUSED, reason="not_reachable")
    delay = RETRY_SECONDS[min(attempts, len(RETRY_SECONDS)) - 1]
    Attachment.objects.filter(pk=attachment.pk, status=Attachment.Status.PENDING).update(
        attempts=attempts, next_attempt_at=now() + timedelta(seconds=delay)
    )
    return Attachment.Status.PENDING.value


def download(url: str, *, account: Account) -> Fetched:
    """Fetch a file from the carrier's hosts, and from where they redirect.

    Credentials go to the carrier's own hosts alone; an address inside a private network is never
    opened unless it is one of MEDIA_HOSTS. Raises Refused or TryLater.
    """
    if urlsplit(url).netloc not in settings.MEDIA_HOSTS:
        raise Refused("foreign_host")
    for hop in range(MAX_REDIRECTS + 1):
        headers = (
            urllib3.make_headers(basic_auth=f"{account.sid}:{account.token}") if hop == 0 else {}
        )
        response = _open(url, headers)
        try:
            location = response.headers.get("Location")
            if 300 <= response.status < 400 and location:
                url = urljoin(url, location)
                continue
            if response.status in {404, 410}:
                raise Refused("gone")
            if response.status != 200:
                raise TryLater
            return _read(response)
        finally:
            response.close()
    raise Refused("too_many_redirects")


def _open(url: str, headers: dict[str, str]) -> urllib3.BaseHTTPResponse:
    """Connect to the address that was checked, so that a second look-up cannot change it."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Refused("bad_address")
    trusted = parts.netloc in settings.MEDIA_HOSTS
    if parts.scheme == "http" and not trusted:
        raise Refused("not_encrypted")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = _checked_address(parts.hostname, port, trusted=trusted)
    timeout = urllib3.Timeout(connect=5, read=TIMEOUT_SECONDS)
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(
            address,
            port,
            timeout=timeout,
            retries=False,
            server_hostname=parts.hostname,
            assert_hostname=parts.hostname,
            cert_reqs="CERT_REQUIRED",
            ca_certs=certifi.where(),
        )
    else:
        pool = urllib3.HTTPConnectionPool(address, port, timeout=timeout, retries=False)
    target = parts.path or "/"
    if parts.query:
        target = f"{target}?{parts.query}"
    return pool.request(
        "GET",
        target,
        headers={**headers, "Host": parts.netloc},
        redirect=False,
        preload_content=False,
    )


def _checked_address(host: str, port: int, *, trusted: bool) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise TryLater from error
    addresses = [str(entry[4][0]) for entry in found]
    if not trusted and not all(ipaddress.ip_address(a).is_global for a in addresses):
        raise Refused("private_address")
    return addresses[0]


def _read(response: urllib3.BaseHTTPResponse) -> Fetched:
    content = response.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise Refused("too_large")
    for offset, magic, content_type, ending in _MAGIC:
        if content[offset : offset + len(magic)] == magic:
            return Fetched(content, content_type, ending)
    raise Refused("unknown_type")
