"""What an answer may say: the words and what the customer asked decide, not the name they go by."""

from __future__ import annotations

import pytest

from consent.answers import Asked, asked_in, offer_in, weigh
from consent.decision import Purpose
from consent.wording import check

ANSWER, SERVICE, OFFER = Purpose.CONVERSATIONAL, Purpose.INFORMATIONAL, Purpose.PROMOTIONAL


@pytest.mark.parametrize(
    ("texts", "asked"),
    [
        ([], Asked.NOTHING),
        (["YES"], Asked.NOTHING),
        (["thanks"], Asked.NOTHING),
        (["STOP"], Asked.NOTHING),
        (["What time do you close tomorrow?"], Asked.SOMETHING),
        (["Is my truck ready?"], Asked.SOMETHING),
        (["do you take credit cards"], Asked.SOMETHING),
        (["I want to sell my house first"], Asked.SOMETHING),
        (["are there any sales people in"], Asked.SOMETHING),
        (["Is the Tacoma still there?"], Asked.VEHICLES),
        (["Est-elle encore disponible?"], Asked.VEHICLES),
        (["How much is an oil change?"], Asked.VEHICLES),
        (["YES", "How much is it?"], Asked.MONEY),
        (["C'est combien par mois?"], Asked.MONEY),
        (["Cuánto cuesta la Tacoma?"], Asked.MONEY),
        (["Any specials on trucks?", "ok"], Asked.OFFERS),
        (["Quel est votre meilleur prix?"], Asked.OFFERS),
        (["Tienen ofertas?"], Asked.OFFERS),
    ],
)
def test_what_the_customer_asked(texts: list[str], asked: Asked) -> None:
    assert asked_in(texts) is asked


PRICE = "The 2021 Tacoma is $34,995 plus tax. When can you come by?"
TERMS = "We have 0.9% APR on the Tacoma"
EVENT = "Tent sale this Saturday, free hot dogs and 0.9% APR on all Tacomas!"


@pytest.mark.parametrize("declared", [ANSWER, SERVICE])
@pytest.mark.parametrize(
    ("body", "enough"), [(PRICE, Asked.VEHICLES), (TERMS, Asked.MONEY), (EVENT, Asked.OFFERS)]
)
def test_each_kind_of_offer_answers_its_own_question(
    declared: Purpose, body: str, enough: Asked
) -> None:
    for asked in Asked:
        weighed = weigh(body, check(body), declared=declared, asked=asked)
        assert weighed.purpose is (declared if asked >= enough else OFFER)
        assert weighed.reason is not None
        assert weighed.reason.rule == "RULE-US-03"
        told = "answers_question" if asked >= enough else "words_are_an_offer"
        assert weighed.reason.code == told


@pytest.mark.parametrize(
    ("question", "body"),
    [
        ("What time do you close tomorrow?", "8 pm. Our new Tacomas start at $29,995, come in!"),
        ("What time do you close?", "8 pm. We have a great deal on the new Rogue, stop by today"),
        (
            "How much is an oil change?",
            "$49.95. Also 0% APR for 72 months and $2,000 off all Rogues, ends Monday!",
        ),
        ("do you take credit cards", "Yes! Also 0% APR for 72 months on all Rogues"),
        ("what is my remaining lease term", "18 months. Upgrade now and get $1,500 off"),
        ("I want to sell my house first", "0.9% APR on all Escapes this weekend only"),
        ("are there any sales people in", "Yes, and 0.9% APR plus a free gift card"),
        ("How much is the Tacoma?", "$34,995, but hurry, it won't last"),
    ],
)
def test_an_offer_beside_the_answer_is_an_offer(question: str, body: str) -> None:
    weighed = weigh(body, check(body), declared=ANSWER, asked=asked_in([question]))
    assert weighed.purpose is OFFER


@pytest.mark.parametrize("body", ["It is $24,995", "Your car is ready", "We close at 8 tonight"])
@pytest.mark.parametrize("declared", [ANSWER, SERVICE, OFFER])
def test_words_that_are_no_offer_go_as_they_were_sent(body: str, declared: Purpose) -> None:
    weighed = weigh(body, check(body), declared=declared, asked=Asked.NOTHING)
    assert (weighed.purpose, weighed.reason) == (declared, None)


def test_an_offer_sent_as_one_stays_one_whatever_was_asked() -> None:
    weighed = weigh(PRICE, check(PRICE), declared=OFFER, asked=Asked.OFFERS)
    assert weighed.purpose is OFFER


def test_the_reason_quotes_the_words() -> None:
    reason = offer_in("Come in Saturday, we have 0.9% APR on all Tacomas")
    assert reason is not None
    assert "“0.9% APR” speaks of a rate" in reason.text
    assert offer_in("Your car is ready") is None
