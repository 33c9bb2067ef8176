"""Papers and recordings: the only writer of Document."""

from __future__ import annotations

import hashlib
from uuid import UUID

from accounts.models import Dealership, User
from consent import uploads
from consent.models import Document, PhoneNumber
from consent.uploads import Sort


def store(
    content: bytes,
    *,
    sort: Sort,
    dealership: Dealership,
    acting_user: User | None,
    phone: PhoneNumber | None = None,
) -> Document:
    """Keep a file as it came, once: the same bytes for the same number are the same document.

    Raises uploads.Refused for what is not of this sort.
    """
    found = uploads.check(content, sort)
    document, _created = Document.objects.get_or_create(
        dealership=dealership,
        phone=phone,
        sha256=hashlib.sha256(content).hexdigest(),
        defaults={
            "sort": sort,
            "content": content,
            "content_type": found.content_type,
            "ending": found.ending,
            "size_bytes": len(content),
            "extent": found.extent,
            "created_by": acting_user,
        },
    )
    return document


def of_phone(phone: PhoneNumber, public_id: object) -> Document | None:
    """Return the document of this number that an id names, None where there is none."""
    try:
        wanted = UUID(str(public_id))
    except ValueError:
        return None
    return Document.objects.defer("content").filter(phone=phone, public_id=wanted).first()


def terms_of(document: Document) -> dict[str, str | int | bool | None]:
    """Return what an entry states of the document it rests on."""
    return {
        "document": str(document.public_id),
        "document_sha256": document.sha256,
        "document_type": document.content_type,
        "document_bytes": document.size_bytes,
    }
