"""What the carrier remembers: one SQLite file, or memory when no file is named.

One connection behind one lock: a statement takes some ten microseconds, so many threads share it
without waiting long, and no reader ever sees half a write. WAL with synchronous=NORMAL keeps every
answered text through a killed process.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

Direction = Literal["inbound", "outbound-api", "outbound-reply"]
Value: TypeAlias = str | int | float | bytes | None

# Rows of the two logs that are kept when the simulator starts again.
LOG_ROWS_KEPT = 50_000

_SCHEMA = """
CREATE TABLE IF NOT EXISTS accounts (
    sid TEXT PRIMARY KEY, auth_token TEXT NOT NULL, name TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS services (
    sid TEXT PRIMARY KEY, account_sid TEXT NOT NULL, name TEXT NOT NULL,
    inbound_url TEXT NOT NULL DEFAULT '', fallback_url TEXT NOT NULL DEFAULT '',
    status_callback TEXT NOT NULL DEFAULT '', use_number_webhook INTEGER NOT NULL DEFAULT 0,
    created REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS numbers (
    number TEXT PRIMARY KEY, sid TEXT NOT NULL UNIQUE, account_sid TEXT NOT NULL,
    name TEXT NOT NULL, service_sid TEXT NOT NULL DEFAULT '', answers TEXT,
    sms_url TEXT NOT NULL DEFAULT '', sms_fallback_url TEXT NOT NULL DEFAULT '',
    voice_url TEXT NOT NULL DEFAULT '', voice_fallback_url TEXT NOT NULL DEFAULT '',
    status_callback TEXT NOT NULL DEFAULT '', created REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS phones (
    number TEXT PRIMARY KEY, name TEXT NOT NULL, city TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL DEFAULT '', zip TEXT NOT NULL DEFAULT '',
    country TEXT NOT NULL DEFAULT 'US'
);
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, sid TEXT NOT NULL UNIQUE, account_sid TEXT NOT NULL,
    direction TEXT NOT NULL, sender TEXT NOT NULL, recipient TEXT NOT NULL, body TEXT NOT NULL,
    status TEXT NOT NULL, error_code INTEGER, service_sid TEXT NOT NULL DEFAULT '',
    num_segments INTEGER NOT NULL, num_media INTEGER NOT NULL DEFAULT 0,
    status_callback TEXT NOT NULL DEFAULT '', plan TEXT NOT NULL DEFAULT '{}',
    created REAL NOT NULL, updated REAL NOT NULL, sent REAL
);
CREATE INDEX IF NOT EXISTS messages_recipient ON messages (recipient, id);
CREATE INDEX IF NOT EXISTS messages_sender ON messages (sender, id);
CREATE TABLE IF NOT EXISTS media (
    sid TEXT PRIMARY KEY, message_sid TEXT NOT NULL, position INTEGER NOT NULL,
    content_type TEXT NOT NULL, content BLOB, source_url TEXT NOT NULL DEFAULT '',
    token TEXT NOT NULL UNIQUE, created REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS media_message ON media (message_sid, position);
CREATE TABLE IF NOT EXISTS blocks (
    scope TEXT NOT NULL, customer TEXT NOT NULL, created REAL NOT NULL,
    PRIMARY KEY (scope, customer)
);
CREATE TABLE IF NOT EXISTS requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, method TEXT NOT NULL,
    path TEXT NOT NULL, query TEXT NOT NULL, params TEXT NOT NULL, sender TEXT NOT NULL,
    recipient TEXT NOT NULL, authorized INTEGER NOT NULL, message_sid TEXT NOT NULL DEFAULT '',
    outcome TEXT NOT NULL DEFAULT 'pending', status INTEGER, faults TEXT NOT NULL DEFAULT '[]',
    answered REAL
);
CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, kind TEXT NOT NULL, url TEXT NOT NULL,
    message_sid TEXT NOT NULL, message_status TEXT NOT NULL, attempts INTEGER NOT NULL,
    status INTEGER, error TEXT NOT NULL, seconds REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS deliveries_message ON deliveries (message_sid, id);
"""


@dataclass(frozen=True, slots=True)
class Service:
    """One Messaging Service."""

    sid: str
    account_sid: str
    name: str
    inbound_url: str
    fallback_url: str
    status_callback: str
    use_number_webhook: bool
    created: float


@dataclass(frozen=True, slots=True)
class Number:
    """One number that a dealership rents; `answers` None means as the carrier's settings say."""

    number: str
    sid: str
    account_sid: str
    name: str
    service_sid: str
    answers: tuple[str, ...] | None
    sms_url: str
    sms_fallback_url: str
    voice_url: str
    voice_fallback_url: str
    status_callback: str
    created: float


@dataclass(frozen=True, slots=True)
class Phone:
    """One customer's handset, and what the carrier says about where its number is from."""

    number: str
    name: str
    city: str
    state: str
    zip: str
    country: str


@dataclass(frozen=True, slots=True)
class Message:
    """One text, either way; times are POSIX seconds, `sent` is None until the network took it."""

    id: int
    sid: str
    account_sid: str
    direction: Direction
    sender: str
    recipient: str
    body: str
    status: str
    error_code: int | None
    service_sid: str
    num_segments: int
    num_media: int
    status_callback: str
    plan: str
    created: float
    updated: float
    sent: float | None

    @property
    def outbound(self) -> bool:
        """Say whether it went from a dealership to a handset."""
        return self.direction != "inbound"

    @property
    def customer(self) -> str:
        """The handset's number."""
        return self.recipient if self.outbound else self.sender

    @property
    def dealership(self) -> str:
        """The dealership's number."""
        return self.sender if self.outbound else self.recipient


@dataclass(frozen=True, slots=True)
class Media:
    """One picture or file of a text; `content` is None until it was fetched from the portal."""

    sid: str
    message_sid: str
    position: int
    content_type: str
    content: bytes | None
    source_url: str
    token: str
    created: float


@dataclass(frozen=True, slots=True)
class ApiRequest:
    """One request that arrived at the carrier's REST API, whatever became of it.

    `outcome` is one of pending, answered, dropped_before_accept, dropped_after_accept,
    dropped_mid_answer. `message_sid` is set if, and only if, a text was accepted.
    """

    id: int
    at: float
    method: str
    path: str
    query: dict[str, list[str]]
    params: dict[str, list[str]]
    authorized: bool
    message_sid: str
    outcome: str
    status: int | None
    faults: list[int]
    answered: float | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One webhook, delivered or given up on; `status` is the portal's HTTP answer."""

    id: int
    at: float
    kind: str
    url: str
    message_sid: str
    message_status: str
    attempts: int
    status: int | None
    error: str
    seconds: float


class Store:
    """The carrier's tables; every method is safe to call from any thread."""

    def __init__(self, path: Path | None) -> None:
        """Open the file, or memory for None; an older file of this schema is used as it is."""
        self._lock = threading.RLock()
        self._connection = sqlite3.connect(
            str(path) if path else ":memory:", check_same_thread=False, isolation_level=None
        )
        self._connection.row_factory = sqlite3.Row
        with self._lock:
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute("PRAGMA synchronous=NORMAL")
            self._connection.execute("PRAGMA busy_timeout=5000")
            self._connection.executescript(_SCHEMA)
            self._connection.execute(
                "DELETE FROM requests WHERE id <= (SELECT max(id) - ? FROM requests)",
                (LOG_ROWS_KEPT,),
            )
            self._connection.execute(
                "DELETE FROM deliveries WHERE id <= (SELECT max(id) - ? FROM deliveries)",
                (LOG_ROWS_KEPT,),
            )

    def close(self) -> None:
        """Close the file; later calls raise sqlite3.ProgrammingError."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make all writes inside one unit, and keep other threads out meanwhile."""
        with self._lock:
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    # Accounts

    def put_account(self, sid: str, *, auth_token: str, name: str) -> None:
        """Add an account, or give a known one a new token."""
        self._write(
            "INSERT INTO accounts (sid, auth_token, name) VALUES (?, ?, ?) "
            "ON CONFLICT (sid) DO UPDATE SET auth_token = excluded.auth_token",
            (sid, auth_token, name),
        )

    def auth_token(self, sid: str) -> str | None:
        """Return the account's token, or None for an unknown account."""
        row = self._one("SELECT auth_token FROM accounts WHERE sid = ?", (sid,))
        return None if row is None else str(row["auth_token"])

    def accounts(self) -> list[str]:
        """List the SIDs of all accounts."""
        return [row["sid"] for row in self._all("SELECT sid FROM accounts ORDER BY rowid", ())]

    # Services and numbers

    def put_service(self, sid: str, *, account_sid: str, name: str, at: float) -> None:
        """Add a Messaging Service; a known one stays as it is."""
        self._write(
            "INSERT OR IGNORE INTO services (sid, account_sid, name, created) VALUES (?, ?, ?, ?)",
            (sid, account_sid, name, at),
        )

    def change_service(self, sid: str, *, changes: Mapping[str, Value]) -> None:
        """Change columns of a Messaging Service."""
        self._change("services", "sid", sid, changes, allowed=_SERVICE_COLUMNS)

    def service(self, sid: str) -> Service | None:
        """Find a Messaging Service."""
        row = self._one("SELECT * FROM services WHERE sid = ?", (sid,))
        return None if row is None else _service(row)

    def services(self, account_sid: str) -> list[Service]:
        """List an account's Messaging Services."""
        rows = self._all(
            "SELECT * FROM services WHERE account_sid = ? ORDER BY rowid", (account_sid,)
        )
        return [_service(row) for row in rows]

    def put_number(self, number: str, *, sid: str, account_sid: str, name: str, at: float) -> None:
        """Add a dealership's number; a known one stays as it is."""
        self._write(
            "INSERT OR IGNORE INTO numbers (number, sid, account_sid, name, created) "
            "VALUES (?, ?, ?, ?, ?)",
            (number, sid, account_sid, name, at),
        )

    def change_number(self, number: str, *, changes: Mapping[str, Value]) -> None:
        """Change columns of a number."""
        self._change("numbers", "number", number, changes, allowed=_NUMBER_COLUMNS)

    def number(self, number: str) -> Number | None:
        """Find a dealership's number."""
        row = self._one("SELECT * FROM numbers WHERE number = ?", (number,))
        return None if row is None else _number(row)

    def numbers(self, account_sid: str = "", *, service_sid: str = "") -> list[Number]:
        """List the numbers, of one account or service if named."""
        rows = self._all(
            "SELECT * FROM numbers WHERE (? = '' OR account_sid = ?) "
            "AND (? = '' OR service_sid = ?) ORDER BY rowid",
            (account_sid, account_sid, service_sid, service_sid),
        )
        return [_number(row) for row in rows]

    def sticky_sender(self, service_sid: str, *, recipient: str) -> str | None:
        """Return the number from which the service last wrote to this handset."""
        row = self._one(
            "SELECT sender FROM messages WHERE recipient = ? AND service_sid = ? "
            "AND direction <> 'inbound' ORDER BY id DESC LIMIT 1",
            (recipient, service_sid),
        )
        return None if row is None else str(row["sender"])

    # Phones

    def put_phone(self, phone: Phone, *, replace: bool = False) -> None:
        """Add a handset; a known one stays as it is unless `replace`."""
        self._write(
            "INSERT OR REPLACE INTO phones (number, name, city, state, zip, country) "
            "VALUES (?, ?, ?, ?, ?, ?)"
            if replace
            else "INSERT OR IGNORE INTO phones (number, name, city, state, zip, country) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (phone.number, phone.name, phone.city, phone.state, phone.zip, phone.country),
        )

    def phone(self, number: str) -> Phone | None:
        """Find a handset."""
        row = self._one("SELECT * FROM phones WHERE number = ?", (number,))
        return None if row is None else _phone(row)

    def phones(self) -> list[tuple[Phone, int, Message | None]]:
        """List handsets with the number of their texts and the last one, latest first."""
        with self._lock:
            last = {
                row["customer"]: (int(row["count"]), int(row["id"]))
                for row in self._all(
                    "SELECT customer, sum(n) AS count, max(last) AS id FROM ("
                    "SELECT recipient AS customer, count(*) AS n, max(id) AS last FROM messages "
                    "WHERE direction <> 'inbound' GROUP BY recipient UNION ALL "
                    "SELECT sender, count(*), max(id) FROM messages "
                    "WHERE direction = 'inbound' GROUP BY sender) GROUP BY customer",
                    (),
                )
            }
            phones = [_phone(row) for row in self._all("SELECT * FROM phones ORDER BY rowid", ())]
            listed = [(phone, *self._last_message(last.get(phone.number))) for phone in phones]
        return sorted(listed, key=lambda item: -(item[2].id if item[2] else 0))

    def _last_message(self, found: tuple[int, int] | None) -> tuple[int, Message | None]:
        if found is None:
            return 0, None
        row = self._one("SELECT * FROM messages WHERE id = ?", (found[1],))
        return found[0], None if row is None else _message(row)

    # Messages

    def add_message(
        self,
        *,
        sid: str,
        account_sid: str,
        direction: Direction,
        sender: str,
        recipient: str,
        body: str,
        status: str,
        service_sid: str,
        num_segments: int,
        num_media: int,
        status_callback: str,
        plan: Mapping[str, object],
        at: float,
        sent: float | None,
    ) -> Message | None:
        """Store a text, or return None if its SID is known already."""
        with self._lock:
            row = self._one(
                "INSERT OR IGNORE INTO messages (sid, account_sid, direction, sender, recipient, "
                "body, status, service_sid, num_segments, num_media, status_callback, plan, "
                "created, updated, sent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                "RETURNING *",
                (
                    sid,
                    account_sid,
                    direction,
                    sender,
                    recipient,
                    body,
                    status,
                    service_sid,
                    num_segments,
                    num_media,
                    status_callback,
                    json.dumps(plan),
                    at,
                    at,
                    sent,
                ),
            )
        return None if row is None else _message(row)

    def message(self, sid: str) -> Message | None:
        """Find a text by its SID."""
        row = self._one("SELECT * FROM messages WHERE sid = ?", (sid,))
        return None if row is None else _message(row)

    def move_message(
        self,
        sid: str,
        *,
        status: str,
        coming_from: Sequence[str],
        error_code: int | None,
        at: float,
        sent: float | None = None,
    ) -> Message | None:
        """Give a text a new status if it has one of those it may come from; None otherwise."""
        with self._lock:
            found = self.message(sid)
            if found is None or found.status not in coming_from:
                return None
            self._write(
                "UPDATE messages SET status = ?, error_code = ?, updated = ?, "
                "sent = coalesce(sent, ?) WHERE sid = ?",
                (status, error_code, at, sent, sid),
            )
            return self.message(sid)

    def redact_message(self, sid: str, *, at: float) -> None:
        """Empty the body of a text."""
        self._write("UPDATE messages SET body = '', updated = ? WHERE sid = ?", (at, sid))

    def delete_message(self, sid: str) -> None:
        """Forget a text and its media."""
        with self.transaction():
            self._write("DELETE FROM media WHERE message_sid = ?", (sid,))
            self._write("DELETE FROM messages WHERE sid = ?", (sid,))

    def unfinished(self) -> list[Message]:
        """List the outgoing texts whose journey was cut off by a stop."""
        rows = self._all(
            "SELECT * FROM messages WHERE direction <> 'inbound' "
            "AND status IN ('accepted', 'queued', 'scheduled', 'sent') ORDER BY id",
            (),
        )
        return [_message(row) for row in rows]

    def messages(
        self,
        *,
        account_sid: str = "",
        sender: str = "",
        recipient: str = "",
        sent_from: float | None = None,
        sent_before: float | None = None,
        below_id: int | None = None,
        limit: int = 50,
    ) -> list[Message]:
        """List texts, newest first; `sent_from` is inclusive, `sent_before` is not.

        A text that the network has not taken yet counts as sent when it was created, so that one
        accepted a moment ago can be found.
        """
        rows = self._all(
            "SELECT * FROM messages WHERE (?1 = '' OR account_sid = ?1) "
            "AND (?2 = '' OR sender = ?2) AND (?3 = '' OR recipient = ?3) "
            "AND (?4 IS NULL OR coalesce(sent, created) >= ?4) "
            "AND (?5 IS NULL OR coalesce(sent, created) < ?5) "
            "AND (?6 IS NULL OR id < ?6) ORDER BY id DESC LIMIT ?7",
            (account_sid, sender, recipient, sent_from, sent_before, below_id, limit),
        )
        return [_message(row) for row in rows]

    def thread(self, customer: str, *, dealership: str = "", limit: int = 200) -> list[Message]:
        """List the latest texts of a handset, oldest first."""
        rows = self._all(
            "SELECT * FROM (SELECT * FROM messages WHERE sender = ?1 AND direction = 'inbound' "
            "AND (?2 = '' OR recipient = ?2) UNION ALL "
            "SELECT * FROM messages WHERE recipient = ?1 AND direction <> 'inbound' "
            "AND (?2 = '' OR sender = ?2)) ORDER BY id DESC LIMIT ?3",
            (customer, dealership, limit),
        )
        return [_message(row) for row in reversed(rows)]

    # Media

    def add_media(self, media: Media) -> None:
        """Store a file of a text."""
        self._write(
            "INSERT INTO media (sid, message_sid, position, content_type, content, source_url, "
            "token, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                media.sid,
                media.message_sid,
                media.position,
                media.content_type,
                media.content,
                media.source_url,
                media.token,
                media.created,
            ),
        )

    def fill_media(self, sid: str, *, content: bytes, content_type: str) -> None:
        """Store what was fetched for a file."""
        self._write(
            "UPDATE media SET content = ?, content_type = ? WHERE sid = ?",
            (content, content_type, sid),
        )

    def media_of(self, message_sid: str) -> list[Media]:
        """List the files of a text."""
        rows = self._all(
            "SELECT * FROM media WHERE message_sid = ? ORDER BY position", (message_sid,)
        )
        return [_media(row) for row in rows]

    def media(self, *, sid: str = "", token: str = "") -> Media | None:
        """Find a file by its SID or its unguessable token."""
        row = (
            self._one("SELECT * FROM media WHERE sid = ?", (sid,))
            if sid
            else self._one("SELECT * FROM media WHERE token = ?", (token,))
        )
        return None if row is None else _media(row)

    # Blocks

    def block(self, scope: str, *, customer: str, at: float) -> bool:
        """Block a handset for a number or service; False if it was blocked already."""
        return (
            self._write(
                "INSERT OR IGNORE INTO blocks (scope, customer, created) VALUES (?, ?, ?)",
                (scope, customer, at),
            )
            > 0
        )

    def unblock(self, scope: str, *, customer: str) -> bool:
        """Lift a block; False if there was none."""
        return (
            self._write("DELETE FROM blocks WHERE scope = ? AND customer = ?", (scope, customer))
            > 0
        )

    def is_blocked(self, scope: str, *, customer: str) -> bool:
        """Say whether the handset is blocked."""
        row = self._one("SELECT 1 FROM blocks WHERE scope = ? AND customer = ?", (scope, customer))
        return row is not None

    def blocks(self) -> list[tuple[str, str]]:
        """List the blocks as (scope, customer)."""
        rows = self._all("SELECT scope, customer FROM blocks ORDER BY rowid", ())
        return [(row["scope"], row["customer"]) for row in rows]

    # Logs

    def add_request(
        self,
        *,
        at: float,
        method: str,
        path: str,
        query: Mapping[str, Sequence[str]],
        params: Mapping[str, Sequence[str]],
        authorized: bool,
    ) -> int:
        """Note a request as it arrives and return its id."""
        sender = "".join(params.get("From", query.get("From", ()))[:1])
        recipient = "".join(params.get("To", query.get("To", ()))[:1])
        with self._lock:
            cursor = self._connection.execute(
                "INSERT INTO requests (at, method, path, query, params, sender, recipient, "
                "authorized) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    at,
                    method,
                    path,
                    json.dumps(query),
                    json.dumps(params),
                    sender,
                    recipient,
                    authorized,
                ),
            )
            return cursor.lastrowid or 0

    def finish_request(
        self,
        request_id: int,
        *,
        outcome: str,
        status: int | None,
        message_sid: str,
        faults: Sequence[int],
        at: float,
    ) -> None:
        """Note what became of a request."""
        self._write(
            "UPDATE requests SET outcome = ?, status = ?, message_sid = ?, faults = ?, "
            "answered = ? WHERE id = ?",
            (outcome, status, message_sid, json.dumps(faults), at, request_id),
        )

    def requests(
        self,
        *,
        method: str = "",
        path: str = "",
        sender: str = "",
        recipient: str = "",
        after_id: int = 0,
        limit: int = 1000,
    ) -> tuple[int, list[ApiRequest]]:
        """Count the matching requests, and list the first `limit` of them, oldest first.

        `path` matches where the path contains it.
        """
        found_by = (
            " FROM requests WHERE (?1 = '' OR method = ?1) AND (?2 = '' OR instr(path, ?2) > 0) "
            "AND (?3 = '' OR sender = ?3) AND (?4 = '' OR recipient = ?4) AND id > ?5"
        )
        values = (method, path, sender, recipient, after_id)
        with self._lock:
            count = self._one("SELECT count(*) AS n" + found_by, values)
            rows = self._all("SELECT *" + found_by + " ORDER BY id LIMIT ?6", (*values, limit))
        return (0 if count is None else int(count["n"])), [_request(row) for row in rows]

    def add_delivery(
        self,
        *,
        at: float,
        kind: str,
        url: str,
        message_sid: str,
        message_status: str,
        attempts: int,
        status: int | None,
        error: str,
        seconds: float,
    ) -> None:
        """Note a webhook and what the portal said."""
        self._write(
            "INSERT INTO deliveries (at, kind, url, message_sid, message_status, attempts, "
            "status, error, seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (at, kind, url, message_sid, message_status, attempts, status, error, seconds),
        )

    def deliveries(
        self, *, kind: str = "", message_sid: str = "", after_id: int = 0, limit: int = 1000
    ) -> list[Delivery]:
        """List webhooks, oldest first."""
        rows = self._all(
            "SELECT * FROM deliveries WHERE (?1 = '' OR kind = ?1) "
            "AND (?2 = '' OR message_sid = ?2) AND id > ?3 ORDER BY id LIMIT ?4",
            (kind, message_sid, after_id, limit),
        )
        return [Delivery(**dict(row)) for row in rows]

    def last_delivery(self, message_sid: str) -> Delivery | None:
        """Find the latest webhook about a text."""
        row = self._one(
            "SELECT * FROM deliveries WHERE message_sid = ? ORDER BY id DESC LIMIT 1",
            (message_sid,),
        )
        return None if row is None else Delivery(**dict(row))

    def latest(self, limit: int) -> tuple[list[ApiRequest], list[Delivery]]:
        """List the latest requests and webhooks, newest first."""
        requests = self._all("SELECT * FROM requests ORDER BY id DESC LIMIT ?", (limit,))
        deliveries = self._all("SELECT * FROM deliveries ORDER BY id DESC LIMIT ?", (limit,))
        return (
            [_request(row) for row in requests],
            [Delivery(**dict(row)) for row in deliveries],
        )

    def reset(self, *, everything: bool) -> None:
        """Forget texts, blocks and logs; numbers, services and handsets too if `everything`."""
        with self.transaction():
            for statement in _RESET:
                self._connection.execute(statement)
            if everything:
                for statement in _RESET_EVERYTHING:
                    self._connection.execute(statement)

    # The connection

    def _write(self, statement: str, values: Sequence[Value]) -> int:
        with self._lock:
            return self._connection.execute(statement, values).rowcount

    def _one(self, statement: str, values: Sequence[Value]) -> sqlite3.Row | None:
        with self._lock:
            rows = self._connection.execute(statement, values).fetchall()
        return rows[0] if rows else None

    def _all(self, statement: str, values: Sequence[Value]) -> list[sqlite3.Row]:
        with self._lock:
            return self._connection.execute(statement, values).fetchall()

    def _change(
        self,
        table: str,
        key_column: str,
        key: str,
        changes: Mapping[str, Value],
        *,
        allowed: frozenset[str],
    ) -> None:
        unknown = set(changes) - allowed
        if unknown:
            raise ValueError(f"unknown columns of {table}: {sorted(unknown)}")
        with self.transaction():
            for column, value in changes.items():
                # Every name here is a constant of this file.
                self._connection.execute(
                    f"UPDATE {table} SET {column} = ? WHERE {key_column} = ?",  # noqa: S608
                    (value, key),
                )


_SERVICE_COLUMNS = frozenset(
    {"name", "inbound_url", "fallback_url", "status_callback", "use_number_webhook"}
)
_NUMBER_COLUMNS = frozenset(
    {
        "name",
        "account_sid",
        "service_sid",
        "answers",
        "sms_url",
        "sms_fallback_url",
        "voice_url",
        "voice_fallback_url",
        "status_callback",
    }
)
_RESET = (
    "DELETE FROM media",
    "DELETE FROM messages",
    "DELETE FROM blocks",
    "DELETE FROM requests",
    "DELETE FROM deliveries",
)
_RESET_EVERYTHING = ("DELETE FROM numbers", "DELETE FROM services", "DELETE FROM phones")


def _service(row: sqlite3.Row) -> Service:
    values = dict(row)
    values["use_number_webhook"] = bool(values["use_number_webhook"])
    return Service(**values)


def _number(row: sqlite3.Row) -> Number:
    values = dict(row)
    answers = values["answers"]
    values["answers"] = None if answers is None else tuple(answers.split("+")) if answers else ()
    return Number(**values)


def _phone(row: sqlite3.Row) -> Phone:
    return Phone(**dict(row))


def _message(row: sqlite3.Row) -> Message:
    return Message(**dict(row))


def _media(row: sqlite3.Row) -> Media:
    return Media(**dict(row))


_decode: Callable[[str], dict[str, list[str]]] = json.loads


def _request(row: sqlite3.Row) -> ApiRequest:
    return ApiRequest(
        id=row["id"],
        at=row["at"],
        method=row["method"],
        path=row["path"],
        query=_decode(row["query"]),
        params=_decode(row["params"]),
        authorized=bool(row["authorized"]),
        message_sid=row["message_sid"],
        outcome=row["outcome"],
        status=row["status"],
        faults=json.loads(row["faults"]),
        answered=row["answered"],
    )
