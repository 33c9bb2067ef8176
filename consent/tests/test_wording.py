"""Which level words need, why, and what else is wrong with them; the weights fit their corpora."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent import training
from consent.levels import Level
from consent.readers import weights
from consent.scoring import rows_of
from consent.wording import FLAGS, LEVELS, check

with (Path(__file__).parents[1] / "readers/corpora/wording.tsv").open(encoding="utf-8") as _lines:
    CORPUS = [row.text for row in rows_of(_lines, kinds=LEVELS)]
WORDS = sorted({word for text in CORPUS for word in text.split()})

texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    st.sampled_from(CORPUS),
)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("0.9% APR this weekend", Level.PROMOTIONAL),
        ("We can really work with you on numbers this weekend", Level.PROMOTIONAL),
        ("0 % d'intérêt sur les RAV4 jusqu'à dimanche", Level.PROMOTIONAL),
        ("Sin enganche este fin de semana, venga", Level.PROMOTIONAL),
        ("The Tacoma is $34,995", Level.PROMOTIONAL),
        ("Your appointment is tomorrow at 9:30", Level.INFORMATIONAL),
        ("Votre véhicule est prêt", Level.INFORMATIONAL),
        ("Ya llegó su pieza", Level.INFORMATIONAL),
        ("yes", Level.CONVERSATIONAL),
        ("It is $24,995", Level.CONVERSATIONAL),
        ("You asked about the price, it's $24,995", Level.CONVERSATIONAL),
        ("C'est 21 995 $ plus taxes", Level.CONVERSATIONAL),
        ("", Level.CONVERSATIONAL),
    ],
)
def test_the_level_of_words(text: str, level: Level) -> None:
    assert check(text).level is level


def test_a_reason_names_the_words() -> None:
    text = "Hi Dana, it's Emily at Metro Kia: 0.9% APR on the Sportage"
    (reason,) = check(text).reasons
    assert (reason.code, text[slice(*reason.span)]) == ("rate", "0.9% APR")
    assert reason.text == "It speaks of a rate or of financing terms."


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("COME SEE US TODAY FOR THE NEW TRUCKS", "shouting"),
        ("Great news!!!!", "shouting"),
        ("Book at https://bit.ly/3xYz", "public_shortener"),
        ("Your form: tinyurl.com/abc", "public_shortener"),
        ("Free beer at the tent", "shaft"),
        ("Tirage d'un fusil de chasse", "shaft"),
        ("Hi {{first_name}}, your car is ready", "unfilled_blank"),
        ("Hi [Name], your car is ready", "unfilled_blank"),
        ("0% APR this weekend only, come in", "no_identification"),
    ],
)
def test_flags(text: str, flag: str) -> None:
    assert flag in {reason.code for reason in check(text).reasons}


@pytest.mark.parametrize(
    "text",
    [
        "OK SUV at 5?",
        "Your form: https://metrokia.example/f",
        "The gun metal gray one is here",
        "Hi Dana, your car is ready!",
        "Hi Dana, it's Emily at Metro Kia, 0% APR ends Monday",
        "Metro Kia: 0% APR ends Monday",
    ],
)
def test_ordinary_words_carry_no_flag(text: str) -> None:
    assert not {reason.code for reason in check(text).reasons} & FLAGS


@given(texts)
def test_any_text_has_a_level_and_reasons_inside_it(text: str) -> None:
    told = check(text)
    assert told.level in LEVELS
    for reason in told.reasons:
        start, end = reason.span
        assert 0 <= start < end <= len(text)
    assert told.level is Level.CONVERSATIONAL or told.reasons


@given(texts, st.data())
def test_case_blanks_and_invisible_characters_change_no_level(
    text: str, data: st.DataObject
) -> None:
    level = check(text).level
    # Letters that change their number with their case are no different way of typing.
    if len(text.upper()) == len(text) == len(text.upper().lower()) and text.isascii():
        assert check(text.upper()).level is level
        assert check(text.lower()).level is level
    spaced = text.replace(" ", data.draw(st.sampled_from(["  ", "\u00a0", " \t"])))
    assert check(f" {spaced} ").level is level
    # A line is a sentence: what it sells by itself may drown in a longer one, never the reverse.
    assert check(text.replace(" ", "\n")).level in {level, Level.PROMOTIONAL}
    mark = data.draw(st.sampled_from("\u200b\ufe0f\u2060\u00ad"))
    assert check(mark.join(text)).level is level


@pytest.mark.parametrize("name", sorted(training.READERS))
def test_weights_are_fitted_to_the_corpus_in_the_tree(name: str) -> None:
    reader = training.READERS[name]
    assert weights.load(reader.weights).fitted_to == training.digest(reader.examples()), (
        "run manage.py train_readers"
    )


def test_fitting_is_deterministic_and_learns() -> None:
    examples = [(("a", "common"), 0), (("b", "common"), 1), (("a",), 0), (("b",), 1)]
    fitted = training.fit(examples, classes=2)
    assert fitted == training.fit(examples, classes=2)
    assert fitted.chances(["a"])[0] > 0.6 > 0.4 > fitted.chances(["b"])[0]
    assert fitted.chances(["unknown"]) == []


def test_weights_survive_their_file(tmp_path: Path) -> None:
    kept = weights.Weights("abc", {"a b": (1, -1), "/é_": (40, -40)})
    weights.save(kept, tmp_path / "weights.tsv")
    assert weights.load(tmp_path / "weights.tsv") == kept


@pytest.mark.parametrize(
    "body",
    ["first", "This should go out", "mode drop", "Want to come in for a test drive?", "second try"],
)
def test_few_words_without_a_sign_of_an_offer_are_none(body: str) -> None:
    assert check(body).level is Level.CONVERSATIONAL


@pytest.mark.parametrize(
    ("text", "offer"),
    [
        ("Your appointment is confirmed for 9am. P.S. Rogue leases from $199.", "$199"),
        ("Your car is ready, total $240. Tires from $99", "$99"),
        ("Your title came in the mail today. We slashed the sticker on 14 trucks overnight", ""),
        ("Votre plaque est arrivée, elle est à la réception. Ne payez rien avant les Fêtes", ""),
        ("La grúa ya recogió su Escape. Precios de empleado para todos los clientes hoy", ""),
    ],
)
def test_an_offer_beside_a_notice_is_an_offer(text: str, offer: str) -> None:
    """RULE-US-03: what one sentence sells, no other sentence turns into a notice."""
    found = check(text)
    assert found.level is Level.PROMOTIONAL
    start, end = found.reasons[0].span
    assert offer in text[start:end]


@pytest.mark.parametrize(
    "text",
    [
        "Yes we have it. It is $24,995.",
        "Your Pilot has a recall of the fuel pump; the repair is free.",
        "Your Rogue's windshield has been replaced. See you at the desk. Thanks",
        "Hi, this is Valley Nissan. Your windshield has been replaced, please wait 2 hrs",
    ],
)
def test_sentences_that_sell_nothing_stay_what_they_are(text: str) -> None:
    assert check(text).level is not Level.PROMOTIONAL


@pytest.mark.parametrize("mark", [". ", "\n", " - ", "! ", "; ", "  \n\n"])
def test_a_sentence_begins_after_any_mark(mark: str) -> None:
    notice, offer = "Your title came in the mail today", "We slashed the sticker on 14 trucks"
    found = check(f"{notice}{mark}{offer} overnight")
    assert found.level is Level.PROMOTIONAL
