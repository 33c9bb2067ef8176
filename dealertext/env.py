"""Pure: read the environment, and refuse a bad value with one line that names the variable."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class BadSetting(SystemExit):
    """A missing or bad environment variable: the start stops with this one line."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"dealertext cannot start: {name} {problem}")


def load_state_env() -> None:
    """Take what `make run` generated from $STATE_DIR/env; what is set already wins.

    Without STATE_DIR that of this checkout, from whatever folder manage.py is called.

    Lines are `KEY=VALUE`; blank lines and lines that begin with # are skipped.
    """
    path = Path(os.environ.get("STATE_DIR") or ROOT / ".state") / "env"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        key, found, value = line.strip().partition("=")
        if found and key and not key.startswith("#"):
            os.environ.setdefault(key, value)


def envstr(name: str, default: str | None = None) -> str:
    """Return the variable, or the content of the file that `<name>_FILE` names.

    Raises BadSetting when it is missing and has no default.
    """
    value = os.environ.get(name)
    if value is None and (file := os.environ.get(f"{name}_FILE")):
        try:
            value = Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE", f"cannot be read: {error.strerror}") from error
    if value is None or (value == "" and default is None):
        if default is None:
            raise BadSetting(name, "is not set (.env.example lists all variables)")
        return default
    return value


def envbool(name: str, *, default: bool) -> bool:
    """Return a yes/no variable; anything but 1/0, true/false, yes/no, on/off stops the start."""
    value = envstr(name, "1" if default else "0").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise BadSetting(name, f"must be 1 or 0, not {value!r}")


def envint(name: str, default: int, *, low: int, high: int) -> int:
    """Return a whole number between low and high, or stop the start."""
    value = envstr(name, str(default))
    try:
        number = int(value)
    except ValueError:
        raise BadSetting(name, f"must be a whole number, not {value!r}") from None
    if not low <= number <= high:
        raise BadSetting(name, f"must be between {low} and {high}, not {number}")
    return number


def envlist(name: str, default: str) -> list[str]:
    """Return a comma-separated variable as a list without blanks."""
    return [part.strip() for part in envstr(name, default).split(",") if part.strip()]
