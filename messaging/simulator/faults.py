"""Faults: what the carrier shall do wrong, to which request, and how many times."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

CallbackFault = Literal["reversed", "duplicated", "before_answer", "held"]
Target = Literal["send", "read", "any"]

FINAL_STATUSES = ("sent", "delivered", "undelivered", "failed")
CALLBACK_FAULTS = ("reversed", "duplicated", "before_answer", "held")
TARGETS = ("send", "read", "any")

# Codes in this range are verdicts of the network on a text that the API took (law page 4.6).
DELIVERY_CODES = range(30000, 31000)


class FaultError(ValueError):
    """A fault that makes no sense; its text names the key."""


@dataclass(frozen=True, slots=True)
class Effects:
    """What goes wrong with one request; the defaults are a healthy carrier."""

    drop_before_accept: bool = False
    drop_after_accept: bool = False
    drop_mid_answer: bool = False
    delay_seconds: float = 0.0
    delay_before_accept: bool = False
    status: int | None = None
    accepted: bool = False
    error_code: int | None = None
    callbacks: frozenset[str] = frozenset()
    final_status: str | None = None

    @property
    def is_delivery_verdict(self) -> bool:
        """Say whether `error_code` comes with a status callback instead of the API's answer."""
        return self.final_status is not None or self.error_code in DELIVERY_CODES


@dataclass(frozen=True, slots=True)
class Fault:
    """Effects for requests that match; `times` None means until it is removed."""

    id: int
    effects: Effects
    keys: frozenset[str]
    times: int | None = 1
    to: str = ""
    sender: str = ""
    on: Target = "send"


@dataclass(slots=True)
class Faults:
    """The faults that are set, used up in the order in which they came."""

    _faults: list[Fault] = field(default_factory=list)
    _next_id: int = 1
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, wanted: Mapping[str, object]) -> Fault:
        """Set a fault from its JSON form (docs/simulator.md); raises FaultError."""
        with self._lock:
            fault = build_fault(wanted, fault_id=self._next_id)
            self._next_id += 1
            self._faults.append(fault)
        return fault

    def remove(self, fault_id: int | None) -> int:
        """Remove one fault, or all for None; return how many went."""
        with self._lock:
            before = len(self._faults)
            self._faults = [
                fault for fault in self._faults if fault_id is not None and fault.id != fault_id
            ]
            return before - len(self._faults)

    def listed(self) -> list[Fault]:
        """List the faults that are still set."""
        with self._lock:
            return list(self._faults)

    def take(self, *, on: Target, to: str, sender: str) -> tuple[Effects, list[int]]:
        """Use up what applies to one request; return the joint effects and the faults' ids.

        Faults about different things join; of two about the same thing the older goes first.
        """
        effects = Effects()
        keys: set[str] = set()
        taken: list[int] = []
        with self._lock:
            kept: list[Fault] = []
            for fault in self._faults:
                if not _matches(fault, on=on, to=to, sender=sender) or keys & fault.keys:
                    kept.append(fault)
                    continue
                effects = replace(
                    effects, **{key: getattr(fault.effects, key) for key in fault.keys}
                )
                keys |= fault.keys
                taken.append(fault.id)
                if fault.times is None:
                    kept.append(fault)
                elif fault.times > 1:
                    kept.append(replace(fault, times=fault.times - 1))
            self._faults = kept
        return effects, taken


def build_fault(wanted: Mapping[str, object], *, fault_id: int) -> Fault:
    """Check the JSON form of a fault; raises FaultError naming what is wrong."""
    filters = {"times", "to", "from", "on"}
    known = {*Effects.__dataclass_fields__, *filters}
    unknown = sorted(set(wanted) - known)
    if unknown:
        raise FaultError(f"unknown key: {unknown[0]}")
    keys = frozenset(key for key in wanted if key not in filters)
    if not keys:
        raise FaultError("name at least one effect")
    to, sender = _text(wanted, "to"), _text(wanted, "from")
    times = wanted.get("times", None if to or sender else 1)
    if times is not None and (isinstance(times, bool) or not isinstance(times, int) or times < 1):
        raise FaultError("times: a whole number from 1, or null for always")
    on = wanted.get("on", "send")
    if on not in TARGETS:
        raise FaultError(f"on: one of {', '.join(TARGETS)}")
    return Fault(
        id=fault_id,
        effects=_effects(wanted),
        keys=keys,
        times=times,
        to=to,
        sender=sender,
        on="read" if on == "read" else "any" if on == "any" else "send",
    )


def _matches(fault: Fault, *, on: Target, to: str, sender: str) -> bool:
    return (
        fault.on in (on, "any")
        and (not fault.to or fault.to == to)
        and (not fault.sender or fault.sender == sender)
    )


def _effects(wanted: Mapping[str, object]) -> Effects:
    delay = wanted.get("delay_seconds", 0)
    if isinstance(delay, bool) or not isinstance(delay, int | float) or not 0 <= delay <= 120:
        raise FaultError("delay_seconds: a number from 0 to 120")
    status = _whole(wanted, "status")
    if status is not None and not 400 <= status <= 599:
        raise FaultError("status: an HTTP status from 400 to 599")
    code = _whole(wanted, "error_code")
    if code is not None and not 10000 <= code <= 99999:
        raise FaultError("error_code: one of the carrier's five-digit codes")
    final = wanted.get("final_status")
    if final is not None and final not in FINAL_STATUSES:
        raise FaultError(f"final_status: one of {', '.join(FINAL_STATUSES)}")
    callbacks = wanted.get("callbacks", ())
    if isinstance(callbacks, str):
        callbacks = (callbacks,)
    if not isinstance(callbacks, list | tuple) or not set(callbacks) <= set(CALLBACK_FAULTS):
        raise FaultError(f"callbacks: one or a list of {', '.join(CALLBACK_FAULTS)}")
    return Effects(
        drop_before_accept=_flag(wanted, "drop_before_accept"),
        drop_after_accept=_flag(wanted, "drop_after_accept"),
        drop_mid_answer=_flag(wanted, "drop_mid_answer"),
        delay_seconds=float(delay),
        delay_before_accept=_flag(wanted, "delay_before_accept"),
        status=status,
        accepted=_flag(wanted, "accepted"),
        error_code=code,
        callbacks=frozenset(callbacks),
        final_status=str(final) if final is not None else None,
    )


def _flag(wanted: Mapping[str, object], key: str) -> bool:
    value = wanted.get(key, False)
    if not isinstance(value, bool):
        raise FaultError(f"{key}: true or false")
    return value


def _whole(wanted: Mapping[str, object], key: str) -> int | None:
    value = wanted.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise FaultError(f"{key}: a whole number")
    return value


def _text(wanted: Mapping[str, object], key: str) -> str:
    value = wanted.get(key, "")
    if value is None:
        return ""
    if not isinstance(value, str):
        raise FaultError(f"{key}: a phone number")
    return value
