"""What the reader of replies says today of 1,900 texts: a change of the phrases shows as a diff.

Whether the readings are right is for test_scoring (floors) and test_replies (rules). After a change
that is meant: `python -m consent.tests.test_replies_verdicts` writes the file anew.
"""

from __future__ import annotations

from pathlib import Path

from consent.replies import classify

FILE = Path(__file__).with_name("replies_verdicts.tsv")


def verdict(text: str) -> str:
    """Return everything that a reading says, as the file has it."""
    found = classify(text)
    doubt = {True: "?", False: ""}[found.possible_opt_out]
    words = (found.kind + doubt, found.reason, found.language, found.keyword, found.carrier_word)
    return " ".join("-" if word == "" else str(word) for word in words)


def _rows() -> list[tuple[str, str]]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return [(text, said) for text, said in (line.rsplit("\t", 1) for line in lines)]


def _odd() -> list[str]:
    """Return texts that no customer writes: keywords in every dress, quotations, marks, lengths."""
    words = ("stop", "STOP", "end", "help", "yes", "start", "arret", "alto", "no", "hello")
    dresses = (
        *("{}", " {} ", "{}.", '"{}"', "“{}”", "{}?", "{}!!!", "({})", "¡{}!", "{} 👎", "{} 😊"),
        *(
            "re: {}",
            "> {}",
            "I said {}",
            "{} {}",
            "{}, {}",
            "{}ed",
            "x{}",
            "{}\u200b",
            "{} 5",
            "$ {}",
        ),
        *("Liked “{}”", "reply {} to agree", "Reply YES or {} to opt out", "{} to end please"),
    )
    dressed = [dress.replace("{}", word) for word in words for dress in dresses]
    spelt = [mark.join(word) for word in words for mark in ".- _*" if len(word) > 2]
    faces = [
        "👍😊",
        "👍😡",
        "👍🚗",
        "😊",
        "🙅",
        "❌",
        "✅",
        "👌🏽",
        "🖕",
        "⛔",
        "🆗🎉",
        "👎👍",
        "❤",
        "🚗",
    ]
    masked = [
        *faces,
        "st0p",
        "5top",
        "$top",
        "s†op",
        "stoppppp",
        "sstop",
        "sotp",
        "unsubscrbe",
        "f**k off",
    ]
    other = [
        "",
        " ",
        "?",
        "...",
        "👍",
        "👎",
        "🛑",
        "👍👎",
        "🙏",
        "#",
        "0",
        "a" * 1700,
        "stop " * 400,
    ]
    return [*dressed, *spelt, *masked, *other]


def test_every_text_is_read_as_before() -> None:
    rows = _rows()
    assert len(rows) > 1800
    assert [(text, said, found) for text, said in rows if (found := verdict(text)) != said] == []


if __name__ == "__main__":
    kept = [text for text, _ in _rows()] if FILE.exists() else []
    texts = dict.fromkeys([*kept, *_odd()])
    lines = [f"{text}\t{verdict(text)}" for text in texts if not {*text} & {*"\t\n\r"}]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
