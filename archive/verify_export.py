# ruff: noqa: T201 - a command for the terminal
"""Check a dealertext export. Needs Python 3.9 or newer and nothing else: no portal, no network.

    python3 verify.py                     (inside the unpacked folder)
    python3 verify.py export.zip
    python3 verify.py export.zip --key "ledger+1a2b3c4d+AQ..."       (once for each key there was)
    python3 verify.py export.zip --checkpoint mailed.txt             (kept outside the portal)
    python3 verify.py --proof entry-7.proof.json     (one proof, got from the portal)

What is checked: every file against manifest.json; every ledger entry against its hash, and every
piece of evidence against the entry that commits to it; the whole ledger against the signed
checkpoint (Merkle tree of RFC 6962, Ed25519 of RFC 8032); every transcript, paper and recording
against the ledger. Pass the dealership's public key, got from elsewhere, with --key: the key inside
this export only shows that the export agrees with itself. With --checkpoint the ledger must begin
with what a checkpoint said that was mailed out: that not even the holder of the signing key can
rewrite. Ends with 0 when everything holds, 1 when anything does not, 2 when the export cannot be
read.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any

CHUNK = 1 << 20
#: The manifest cannot list itself, nor the note that signs it.
UNLISTED = {"manifest.json", "manifest-note.txt"}
#: Under which term the entry of a sealed transcript has the hash of each of its files.
SEALED = {"json": "sha256", "txt": "sha256_text", "pdf": "sha256_pdf"}
UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, EOFError)


class Source:
    """The export, packed or unpacked."""

    def __init__(self, path: str, aside: list[str]) -> None:
        self.folder = path if os.path.isdir(path) else ""
        self.aside = {os.path.realpath(each) for each in aside}  # laid there by who checks it
        self.zip = None if self.folder else zipfile.ZipFile(path)

    def names(self) -> list[str]:
        """Return the names of all files."""
        if self.zip:
            return [name for name in self.zip.namelist() if not name.endswith("/")]
        found = []
        for base, _, files in os.walk(self.folder):
            for name in files:
                if os.path.realpath(os.path.join(base, name)) not in self.aside:
                    path = os.path.relpath(os.path.join(base, name), self.folder)
                    found.append(path.replace(os.sep, "/"))
        return found

    def open(self, name: str) -> IO[bytes]:
        """Open one file to read. Raises KeyError or OSError when it is not there."""
        if self.zip:
            return self.zip.open(name)
        return open(os.path.join(self.folder, *name.split("/")), "rb")

    def read(self, name: str) -> bytes:
        """Return one whole file."""
        with self.open(name) as file:
            return file.read()

    def objects(self, name: str) -> Iterator[dict[str, Any]]:
        """Yield the objects of a file that has one in each line."""
        with self.open(name) as file:
            for line in file:
                yield json.loads(line)


def canonical(body: Any) -> bytes:
    """Return the one byte string that stands for a JSON object."""
    text = json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


class Tree:
    """The root of a Merkle tree (RFC 6962) over leaf hashes that come one by one."""

    def __init__(self) -> None:
        self.size = 0
        self.peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Take one more leaf."""
        self.peaks.append(leaf)
        size = self.size
        while size & 1:
            right, left = self.peaks.pop(), self.peaks.pop()
            self.peaks.append(hashlib.sha256(b"\x01" + left + right).digest())
            size >>= 1
        self.size += 1

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        if not self.peaks:
            return hashlib.sha256().digest()
        node = self.peaks[-1]
        for left in reversed(self.peaks[:-1]):
            node = hashlib.sha256(b"\x01" + left + node).digest()
        return node


# --- Ed25519, verification only, as RFC 8032 section 5.1 has it ---

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int]


def _x_of(y: int, sign: int) -> int | None:
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def _point(raw: bytes) -> Point | None:
    value = int.from_bytes(raw, "little")
    y, sign = value & (2**255 - 1), value >> 255
    x = _x_of(y, sign) if y < P else None
    return None if x is None else (x, y)


def _add(a: Point, b: Point) -> Point:
    t = D * a[0] * b[0] * a[1] * b[1] % P
    x = (a[0] * b[1] + b[0] * a[1]) * pow(1 + t, P - 2, P) % P
    y = (a[1] * b[1] + a[0] * b[0]) * pow(1 - t, P - 2, P) % P
    return x, y


def _times(n: int, point: Point) -> Point:
    result = (0, 1)
    while n:
        if n & 1:
            result = _add(result, point)
        point = _add(point, point)
        n >>= 1
    return result


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether an Ed25519 signature is this key's."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, commitment = _point(public), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or commitment is None or s >= L:
        return False
    y = 4 * pow(5, P - 2, P) % P
    x = _x_of(y, 0)
    assert x is not None
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    h = int.from_bytes(digest, "little") % L
    return _times(s, (x, y)) == _add(commitment, _times(h, key))


def signer_of(note: str, keys: list[str]) -> str:
    """Return which of the keys signed a note, "" for none of them."""
    return next((key for key in keys if note_holds(note, key)), "")


def note_holds(note: str, key: str) -> bool:
    """Say whether a signed note was signed by the key `<name>+<hash>+<base64>`."""
    try:
        name, key_hash, encoded = key.split("+", 2)
        material = base64.b64decode(encoded)
        text, _, tail = note.partition("\n\n")
        signer, _, line = tail.removeprefix("\u2014 ").strip().partition(" ")
        raw = base64.b64decode(line)
    except ValueError:
        return False
    expected = hashlib.sha256(name.encode() + b"\n" + material).digest()[:4]
    return (
        material[:1] == b"\x01"
        and signer == name
        and raw[:4] == expected
        and expected.hex() == key_hash
        and is_signed(material[1:], (text + "\n").encode(), raw[4:])
    )


# --- the checks ---


class Verifier:
    """Makes the checks and keeps what was wrong."""

    def __init__(self, source: Source, keys: list[str], kept: list[str]) -> None:
        self.source = source
        self.problems: list[str] = []
        self.raw_manifest = source.read("manifest.json")
        self.manifest = json.loads(self.raw_manifest)
        self.ledger = self.manifest["ledger"]
        self.own_keys = [self.ledger["verifier_key"], *self.ledger.get("former_keys", [])]
        self.keys = keys or self.own_keys
        self.kept = kept
        self.hashes: dict[str, dict[str, str]] = {}
        self.papers: dict[str, str] = {}
        #: What an entry rests on or seals, and which entry of whom: gone only after an erasure.
        self.named: dict[str, tuple[str, int]] = {}
        self.erased: dict[str, list[tuple[int, int, int]]] = {}
        self.roots: dict[int, bytes] = {}

    def wrong(self, problem: str) -> None:
        """Note a problem."""
        self.problems.append(problem)

    def run(self) -> None:
        """Make every check."""
        self.signature()
        self.files()
        self.entries()
        self.checkpoint()
        self.outside()
        self.transcripts()
        self.documents()

    def signature(self) -> None:
        """Check that the manifest is the one that the portal signed."""
        note = self.source.read("manifest-note.txt").decode()
        origin, _, root = [*note.split("\n"), "", "", ""][:3]
        dealership, export = self.manifest["dealership"]["id"], self.manifest["id"]
        if origin != f"dealertext/{dealership}/exports/{export}":
            self.wrong("manifest-note.txt: is of another export")
        if base64.b64decode(root) != hashlib.sha256(self.raw_manifest).digest():
            self.wrong("manifest.json: was changed after it was signed")
        self.say(f"the manifest, signed by {self.signed('manifest-note.txt', note)}")

    def signed(self, name: str, note: str) -> str:
        """Check who signed a note; return the key's name."""
        key = signer_of(note, self.keys)
        if not key:
            self.wrong(f"{name}: is not signed by the key")
        return key.split("+")[0] or "nobody known"

    def files(self) -> None:
        """Check that every file is as listed, and that nothing was added or taken away."""
        listed = {item["name"]: item for item in self.manifest["files"]}
        lines = hashlib.sha256()
        for item in self.manifest["files"]:
            lines.update(f"{item['sha256']}  {item['name']}\n".encode())
        if lines.hexdigest() != self.manifest["list_sha256"]:
            self.wrong("manifest.json: its list of files does not have the hash it says")
        names = self.source.names()
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.wrong(f"{name}: is in it more than once")
        present = set(names) - UNLISTED
        for name in sorted(present - set(listed)):
            self.wrong(f"{name}: is not in the manifest")
        for name, item in listed.items():
            if name not in present:
                self.wrong(f"{name}: is missing")
                continue
            digest = hashlib.sha256()
            size = 0
            try:
                with self.source.open(name) as file:
                    while chunk := file.read(CHUNK):
                        digest.update(chunk)
                        size += len(chunk)
            except UNREADABLE as error:
                self.wrong(f"{name}: cannot be read ({error})")
                continue
            if digest.hexdigest() != item["sha256"] or size != item["bytes"]:
                self.wrong(f"{name}: was changed")
        self.say(f"{len(listed)} files")

    def entries(self) -> None:
        """Check every ledger entry and its evidence; note what they say of other files."""
        tree = Tree()
        wanted = {head[1] for head in map(_head, self.kept)}
        evidence = self.source.objects("evidence.jsonl")
        waiting = next(evidence, None)
        opened = 0
        unopened: list[tuple[str, int]] = []
        for row in self.source.objects("entries.jsonl"):
            index = tree.size
            raw = row["body"].encode()
            leaf = hashlib.sha256(b"\x00" + raw).digest()
            body = json.loads(raw)
            if row["index"] != index or body.get("index") != index:
                self.wrong(f"entry {index}: is missing or out of order")
            if leaf.hex() != row["leaf_hash"]:
                self.wrong(f"entry {index}: its body does not match its hash")
            if canonical(body) != raw:
                self.wrong(f"entry {index}: is not canonical JSON")
            tree.add(leaf)
            if tree.size in wanted:
                self.roots[tree.size] = tree.root()
            if body["kind"] == "TRANSCRIPT_SEALED":
                self.hashes[body["transcript"]] = {
                    ending: body.get(term, "") for ending, term in SEALED.items()
                }
                self.named[body["transcript"]] = (body["subject"], index)
            if body.get("document"):
                self.papers[body["document"]] = body["document_sha256"]
                self.named[body["document"]] = (body["subject"], index)
            if body["kind"] == "ERASED" and body.get("first") is not None:
                span = (body["first"], body["last"], index)
                self.erased.setdefault(body["subject"], []).append(span)
            if waiting is not None and waiting["index"] == index:
                salted = bytes.fromhex(waiting["salt"]) + canonical(waiting["data"])
                if hashlib.sha256(salted).hexdigest() != body["evidence"]:
                    self.wrong(f"entry {index}: its evidence is not what it commits to")
                opened += 1
                waiting = next(evidence, None)
            elif body.get("evidence"):
                unopened.append((body["subject"], index))
        for subject, index in unopened:
            if not self.is_erased(subject, index):
                self.wrong(f"entry {index}: its evidence is missing, and no erasure names it")
        if waiting is not None:
            self.wrong(f"evidence of entry {waiting['index']}: there is no such entry, in order")
        if tree.size != self.ledger["size"]:
            self.wrong(f"the ledger has {tree.size} entries, not {self.ledger['size']}")
        if tree.root().hex() != self.ledger["root"]:
            self.wrong("the ledger's entries do not have the root of the checkpoint")
        self.say(
            f"{tree.size} ledger entries, {opened} with their evidence, "
            f"{len(unopened)} whose evidence was erased"
        )

    def is_erased(self, subject: str, index: int) -> bool:
        """Say whether a later entry names this one as lawfully erased."""
        spans = self.erased.get(subject, [])
        return any(first <= index <= last and index < by for first, last, by in spans)

    def checkpoint(self) -> None:
        """Check the signed head: whose log, how many entries, which root, who signed."""
        if not self.ledger["size"]:
            return
        note = self.source.read("checkpoint.txt").decode()
        origin, size, root = [*note.split("\n"), "", "", ""][:3]
        if origin != f"dealertext/{self.manifest['dealership']['id']}":
            self.wrong("checkpoint.txt: is another dealership's")
        if size != str(self.ledger["size"]):
            self.wrong("checkpoint.txt: is of another size")
        if base64.b64decode(root).hex() != self.ledger["root"]:
            self.wrong("checkpoint.txt: has another root")
        self.say(f"the checkpoint, signed by {self.signed('checkpoint.txt', note)}")

    def outside(self) -> None:
        """Check that the ledger begins with what each checkpoint from outside says."""
        for note in self.kept:
            origin, size, root = _head(note)
            name = f"the kept checkpoint of size {size}"
            if origin != f"dealertext/{self.manifest['dealership']['id']}":
                self.wrong(f"{name}: is another dealership's")
            elif size > self.ledger["size"]:
                self.wrong(f"{name}: covers more entries than the export has")
            elif size and self.roots.get(size) != root:
                self.wrong(f"{name}: the ledger does not begin with those entries")
            self.say(f"{name}, signed by {self.signed(name, note)}")

    def transcripts(self) -> None:
        """Check that each file of a transcript is the one whose hash the ledger has."""
        there: set[tuple[str, str]] = set()
        for name, stem, ending in self.files_in("transcripts/"):
            there.add((stem, ending))
            self.compare(name, self.hashes.get(stem, {}).get(ending), "what the ledger sealed")
        self.say(f"{len({stem for stem, _ in there})} transcripts")
        if self.manifest["from"] or self.manifest["to"]:
            return  # those of other days are not in it
        for key, hashes in self.hashes.items():
            for ending, known in hashes.items():
                if known and (key, ending) not in there and not self.is_erased(*self.named[key]):
                    self.wrong(f"transcripts/{key}.{ending}: is missing, and no erasure names it")

    def documents(self) -> None:
        """Check that each paper and recording is the one that an entry of the ledger rests on."""
        there: set[str] = set()
        for name, stem, _ in self.files_in("documents/"):
            key = next((key for key in self.papers if stem.endswith(key)), None)
            if key is None:
                continue  # kept, and no entry rests on it
            there.add(key)
            self.compare(name, self.papers[key], "the document of the entry that rests on it")
        self.say(f"{len(there)} documents")
        for key in self.papers:
            subject, index = self.named[key]
            if key not in there and not self.is_erased(subject, index):
                self.wrong(f"document {key} of entry {index}: is missing, and no erasure names it")

    def files_in(self, folder: str) -> Iterator[tuple[str, str, str]]:
        """Yield each file of a folder: its name, the same without folder and ending, the ending."""
        for name in sorted(set(self.source.names())):
            if name.startswith(folder):
                stem, _, ending = name[len(folder) :].rpartition(".")
                yield name, stem, ending

    def compare(self, name: str, known: str | None, what: str) -> None:
        """Check one whole file against a hash of the ledger."""
        try:
            seen = hashlib.sha256(self.source.read(name)).hexdigest()
        except UNREADABLE:
            return  # named already
        if known != seen:
            self.wrong(f"{name}: is not {what}")

    def say(self, what: str) -> None:
        """Tell what was checked."""
        print(f"checked {what}")


# --- one proof by itself ---


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _split(size: int) -> int:
    return 1 << (size - 1).bit_length() - 1


def root_from(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """Return the root that an inclusion path leads to (RFC 6962 2.1.1); None for a wrong length."""
    if size == 1:
        return leaf if not path and index == 0 else None
    if not path or not 0 <= index < size:
        return None
    middle = _split(size)
    if index < middle:
        left = root_from(leaf, index, middle, path[:-1])
        return None if left is None else _node(left, path[-1])
    right = root_from(leaf, index - middle, size - middle, path[:-1])
    return None if right is None else _node(path[-1], right)


def roots_from(
    old_size: int, size: int, path: list[bytes], old_root: bytes, *, whole: bool = True
) -> tuple[bytes, bytes] | None:
    """Return the old and the new root that a consistency path leads to (RFC 6962 2.1.2)."""
    if old_size == size:
        if whole:
            return (old_root, old_root) if not path else None
        return (path[0], path[0]) if len(path) == 1 else None
    if not path or not 0 < old_size < size:
        return None
    middle, last = _split(size), path[-1]
    if old_size <= middle:
        inner = roots_from(old_size, middle, path[:-1], old_root, whole=whole)
        return None if inner is None else (inner[0], _node(inner[1], last))
    inner = roots_from(old_size - middle, size - middle, path[:-1], old_root, whole=False)
    return None if inner is None else (_node(last, inner[0]), _node(last, inner[1]))


def _head(note: str) -> tuple[str, int, bytes]:
    origin, size, root = [*note.partition("\n\n")[0].split("\n"), "", "", ""][:3]
    return origin, int(size), base64.b64decode(root)


def proof_problems(proof: dict[str, Any], keys: list[str]) -> Iterator[str]:
    """Yield what is wrong with one proof: of inclusion, or of consistency."""
    keys = keys or [proof["verifier_key"], proof.get("old_verifier_key", "")]
    path = [bytes.fromhex(each) for each in proof["path"]]
    origin, size, root = _head(proof["checkpoint"])
    if not signer_of(proof["checkpoint"], keys):
        yield "the checkpoint is not signed by the key"
    if size != proof["size"]:
        yield "the checkpoint is of another size"
    if proof["kind"] == "inclusion":
        leaf = hashlib.sha256(b"\x00" + proof["body"].encode()).digest()
        body = json.loads(proof["body"])
        if body.get("index") != proof["index"] or origin != f"dealertext/{body.get('log')}":
            yield "the entry is of another place or ledger"
        if root_from(leaf, proof["index"], size, path) != root:
            yield "the entry does not lead to the checkpoint's root"
        return
    old_origin, old_size, old_root = _head(proof["old_checkpoint"])
    if not signer_of(proof["old_checkpoint"], keys):
        yield "the older checkpoint is not signed by the key"
    if old_origin != origin or old_size != proof["old_size"]:
        yield "the older checkpoint is another one"
    if roots_from(old_size, size, path, old_root) != (old_root, root):
        yield "the newer checkpoint did not grow from the older one"


def check_proof(path: str, keys: list[str]) -> int:
    """Check one proof's file; return the exit status."""
    try:
        with open(path, encoding="utf-8") as file:
            proof = json.load(file)
            problems = list(proof_problems(proof, keys))
    except (OSError, KeyError, TypeError, ValueError) as error:
        print(f"cannot be read: {type(error).__name__}: {error}")
        return 2
    for problem in problems:
        print(f"WRONG  {problem}")
    if not keys:
        print(f"The key was taken from the proof itself: {proof['verifier_key']}")
    print("THE PROOF DOES NOT HOLD" if problems else "The proof holds.")
    return 1 if problems else 0


def read_text(path: str) -> str:
    """Return a text file, its lines ended as ours are."""
    with open(path, encoding="utf-8") as file:
        return file.read()


def main() -> int:
    """Check the export named on the command line; return the exit status."""
    parser = argparse.ArgumentParser(description="Check a dealertext export.")
    parser.add_argument("path", nargs="?", default=os.path.dirname(os.path.abspath(__file__)))
    parser.add_argument(
        "--key", action="append", default=[], help="a public key of the dealership, from elsewhere"
    )
    parser.add_argument(
        "--checkpoint",
        action="append",
        default=[],
        help="a checkpoint's file that was kept outside",
    )
    parser.add_argument("--proof", default="", help="check one proof's file instead of an export")
    options = parser.parse_args()
    if options.proof:
        return check_proof(options.proof, options.key)
    try:
        kept = [read_text(name) for name in options.checkpoint]
        verifier = Verifier(Source(options.path, options.checkpoint), options.key, kept)
    except (*UNREADABLE, KeyError, TypeError, ValueError) as error:
        print(f"cannot be read: {type(error).__name__}: {error}")
        return 2
    try:
        verifier.run()
    except (*UNREADABLE, KeyError, TypeError, ValueError) as error:
        verifier.wrong(f"the check could not be finished: {type(error).__name__}: {error}")
    for problem in verifier.problems:
        print(f"WRONG  {problem}")
    digest = hashlib.sha256(verifier.raw_manifest).hexdigest()
    print(f"SHA-256 of manifest.json: {digest}")
    print("(the dealership's ledger has it in the ARCHIVE_EXPORTED entry of this export)")
    if not options.key:
        print(f"The key was taken from the export itself: {verifier.own_keys[0]}")
    print("THE EXPORT DOES NOT HOLD" if verifier.problems else "The export holds.")
    return 1 if verifier.problems else 0


if __name__ == "__main__":
    sys.exit(main())
