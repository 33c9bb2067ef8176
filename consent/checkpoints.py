"""Signed heads of the ledgers: C2SP signed notes with Ed25519, as Tessera publishes them."""

from __future__ import annotations

import base64
import hashlib
import logging
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.db import DatabaseError, transaction

from accounts.models import Dealership
from consent import merkle
from consent.models import Checkpoint, CheckpointDelivery, LedgerHead

logger = logging.getLogger(__name__)
_ED25519 = b"\x01"  # the algorithm byte of the signed-note format


def _signing_key() -> tuple[str, Ed25519PrivateKey]:
    name, _, seed = settings.LEDGER_SIGNING_KEY.partition(":")
    return name, Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed))


def _public_bytes(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _key_hash(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


def verifier_key() -> str:
    """Return the public key in the signed-note form `<name>+<hash>+<base64>`, for counsel."""
    name, key = _signing_key()
    public = _public_bytes(key.public_key())
    encoded = base64.b64encode(_ED25519 + public).decode()
    return f"{name}+{_key_hash(name, public).hex()}+{encoded}"


def origin_of(dealership: Dealership) -> str:
    """Return the name of a dealership's log as checkpoints carry it."""
    return f"dealertext/{dealership.public_id}"


def build_note(*, origin: str, size: int, root: bytes) -> str:
    """Return the signed note of one head: origin, size, root, blank line, signature line."""
    text = f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"
    name, key = _signing_key()
    signature = _key_hash(name, _public_bytes(key.public_key())) + key.sign(text.encode())
    return f"{text}\n— {name} {base64.b64encode(signature).decode()}\n"


def verifier_keys() -> tuple[str, ...]:
    """Return the public keys whose notes count: the present one, then those from before it."""
    return (verifier_key(), *settings.LEDGER_FORMER_KEYS)


def signer_of(note: str) -> str | None:
    """Return the known public key that signed a note, None for a note that none of them did."""
    return next((key for key in verifier_keys() if verify_note(note, key)), None)


def key_of(note: str) -> str:
    """Return the public key that signed a note; the present one where no known key did."""
    return signer_of(note) or verifier_key()


@dataclass(frozen=True, slots=True)
class Head:
    """What a note says: the log's name, how many entries, the root over them."""

    origin: str
    size: int
    root: bytes


def read_note(note: str) -> Head | None:
    """Return what a note says, whoever signed it; None for what is no note."""
    try:
        origin, size, root = note.partition("\n\n")[0].split("\n")
        return Head(origin, int(size), base64.b64decode(root, validate=True))
    except ValueError:
        return None


def verify_note(note: str, verifier: str) -> bool:
    """Say whether a note was signed by the key of a verifier string; False for anything broken."""
    try:
        name, _, encoded = verifier.split("+", 2)
        public = base64.b64decode(encoded)[1:]
        text, _, tail = note.partition("\n\n")
        signer, _, line = tail.removeprefix("— ").strip().partition(" ")
        raw = base64.b64decode(line)
        if signer != name or raw[:4] != _key_hash(name, public):
            return False
        Ed25519PublicKey.from_public_bytes(public).verify(raw[4:], f"{text}\n".encode())
    except (ValueError, InvalidSignature):
        return False
    return True


def publish(dealership: Dealership) -> Checkpoint | None:
    """Sign the head of one ledger if it grew since its last checkpoint; None if it did not.

    The rows of the mails that carry it out of the house are born in the same transaction.
    """
    with transaction.atomic():
        head = LedgerHead.objects.select_for_update().filter(pk=dealership.pk).first()
        if head is None or not head.size:
            return None
        if Checkpoint.objects.filter(dealership=dealership, size=head.size).exists():
            return None
        root = merkle.frontier_root([bytes.fromhex(x) for x in head.frontier])
        note = build_note(origin=origin_of(dealership), size=head.size, root=root)
        point = Checkpoint.objects.create(
            dealership=dealership, size=head.size, root_hash=root.hex(), note=note
        )
        CheckpointDelivery.objects.bulk_create(
            CheckpointDelivery(checkpoint=point, address=address)
            for address in dealership.checkpoint_address_list
        )
        return point


def publish_all() -> int:
    """Sign every ledger that grew; returns how many did.

    A ledger whose head cannot be signed keeps no other from it; raises for the first such at last.
    """
    published, failed = 0, None
    for dealership in Dealership.objects.order_by("pk"):
        try:
            published += publish(dealership) is not None
        except (DatabaseError, ValueError) as error:
            logger.exception("no checkpoint for dealership %s", dealership.public_id)
            failed = failed or error
    if failed is not None:
        raise failed
    return published
