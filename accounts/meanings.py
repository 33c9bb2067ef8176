"""Whether a word already means something to those above this floor: they register, forms ask."""

from __future__ import annotations

from collections.abc import Callable

#: Each says whether a customer who texts a word alone says something by it.
READERS: list[Callable[[str], bool]] = []


def has_meaning(word: str) -> bool:
    """Say whether any reader takes the word for more than itself."""
    return any(reader(word) for reader in READERS)
