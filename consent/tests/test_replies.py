"""What replies mean: the register's table, keywords in every spelling, and never a false yes."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent import replies, rules
from consent.readers import replies_text
from consent.replies import ReplyKind, classify

TABLE = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "replies_register.tsv").read_text().splitlines()
]


@pytest.mark.parametrize(("text", "kind"), TABLE)
def test_register_table(text: str, kind: str) -> None:
    assert classify(text).kind == kind


@pytest.mark.parametrize("word", sorted(rules.STOP_WORDS))
@pytest.mark.parametrize(
    "spelling", ["{}", "{}.", "  {}!!! ", "“{}”", "{} {}", "\u200b{}\ufe0f", "🙄 {} 🙄"]
)
def test_stop_keywords_in_every_spelling(word: str, spelling: str) -> None:
    for cased in (word.lower(), word.upper(), word.title()):
        assert classify(spelling.format(cased, cased)).kind is ReplyKind.OPT_OUT


@pytest.mark.parametrize("word", ["stop", "cancel", "quit", "revoke"])
def test_spaced_and_dotted_keywords(word: str) -> None:
    assert classify(" ".join(word)).kind is ReplyKind.OPT_OUT
    assert classify(".".join(word.upper())).kind is ReplyKind.OPT_OUT


@pytest.mark.parametrize(
    "text", ["yes", "yes!", "Yep, go ahead", "Sí", "Sí, está bien", "oui", "ok"]
)
def test_a_clear_yes(text: str) -> None:
    reply = classify(text)
    assert (reply.kind, reply.reason) == (ReplyKind.OPT_IN, "affirmative")


@pytest.mark.parametrize(
    "text",
    [
        "yes?",
        "yes or no?",
        "yes but not today",
        "Yes I got the quote, thanks",
        "yes, when can I come in?",
        "yes if the price is right",
        "ok but don't text me at work",
        'Liked "may I text you? Reply YES"',
        "> Reply YES or NO",
    ],
)
def test_never_a_false_yes(text: str) -> None:
    assert classify(text).kind is not ReplyKind.OPT_IN


def test_start_is_told_from_yes() -> None:
    for text in ("START", "unstop", "Start!"):
        assert classify(text).reason == "restart_keyword"


def test_only_a_bare_word_was_answered_by_the_carrier() -> None:
    assert classify(" stop ").carrier_word == "STOP"
    assert classify("STOP PLEASE").carrier_word == ""
    assert classify("OPT OUT").carrier_word == ""


@given(st.text(max_size=400))
def test_any_text_has_a_reading(text: str) -> None:
    classify(text)


@given(st.sampled_from([text for text, kind in TABLE if kind in {"none", "opt_in"}]))
def test_a_stop_after_anything_is_a_stop(text: str) -> None:
    assert classify(f"{text}. Stop texting me").kind is ReplyKind.OPT_OUT


# Written out once more: a row that is lost from the tables must not take its test along.
@pytest.mark.parametrize(
    ("word", "kind", "reason", "keyword"),
    [
        *(
            (word, "opt_out", "keyword", keyword)
            for word, keyword in {
                "STOP": "STOP",
                "STOPALL": "STOPALL",
                "STOP ALL": "STOPALL",
                "UNSUBSCRIBE": "UNSUBSCRIBE",
                "CANCEL": "CANCEL",
                "END": "END",
                "QUIT": "QUIT",
                "REVOKE": "REVOKE",
                "OPTOUT": "OPT OUT",
                "OPT OUT": "OPT OUT",
                "OPT-OUT": "OPT OUT",
                "REMOVE": "REMOVE",
                "ARRET": "ARRET",
                "ARRÊT": "ARRET",
                "TD": "TD",
                "STOP2QUIT": "STOP2QUIT",
                "UNSUB": "UNSUB",
                "ALTO": "ALTO",
                "BAJA": "BAJA",
                "ARRETEZ": "ARRET",
                "DESABONNER": "DESABONNER",
                "DÉSINSCRIRE": "DESINSCRIRE",
            }.items()
        ),
        ("HELP", "help", "keyword", "HELP"),
        ("INFO", "help", "keyword", "INFO"),
        ("AIDE", "help", "keyword", "AIDE"),
        ("AYUDA", "help", "keyword", "AYUDA"),
        ("START", "opt_in", "restart_keyword", "START"),
        ("UNSTOP", "opt_in", "restart_keyword", "UNSTOP"),
        ("YES", "opt_in", "affirmative", "YES"),
    ],
)
def test_each_keyword_of_law_and_carriers(word: str, kind: str, reason: str, keyword: str) -> None:
    for typed in (word, word.lower(), f" {word.title()}! "):
        reply = classify(typed)
        assert (reply.kind, reply.reason, reply.keyword) == (kind, reason, keyword)


@pytest.mark.parametrize(
    "word",
    [
        "STOP",
        "STOPALL",
        "UNSUBSCRIBE",
        "CANCEL",
        "END",
        "QUIT",
        "REVOKE",
        "OPTOUT",
        "START",
        "YES",
        "UNSTOP",
        "HELP",
        "INFO",
    ],
)
def test_each_word_that_the_carrier_answers(word: str) -> None:
    assert classify(f" {word.lower()} ").carrier_word == word
    assert classify(f"{word}!").carrier_word == ""


@pytest.mark.parametrize("text", ["START?", "unstop?", "👎 START", "🛑 unstop"])
def test_a_restart_that_is_asked_or_crossed_out_lifts_nothing(text: str) -> None:
    assert classify(text).reason != "restart_keyword"


@pytest.mark.parametrize(
    "text",
    [
        "No that's ok",
        "no it's fine thanks",
        "no thats alright",
        "Of course not",
        "No problem",
        "no worries",
        "perfect thanks",
        "yes this is Mike",
        "call me",
        "shoot",
    ],
)
def test_what_only_sounds_like_a_yes(text: str) -> None:
    assert classify(text).kind is not ReplyKind.OPT_IN


@pytest.mark.parametrize("text", ["How much is it?", "what is the price?", "C'est combien?"])
def test_a_question_waits_for_somebody(text: str) -> None:
    reply = classify(text)
    assert (reply.kind, reply.reason) == (ReplyKind.NONE, "question")


@pytest.mark.parametrize("text", ["too many texts", "why do you keep texting"])
def test_what_may_be_a_stop_is_left_to_managers(text: str) -> None:
    assert classify(text).possible_opt_out


def test_weights_add_a_stop_that_no_phrase_knows() -> None:
    reply = classify("Please update your system, this number no longer belongs to Frank")
    assert (reply.kind, reply.reason) == (ReplyKind.OPT_OUT, "likely")


@pytest.mark.parametrize(
    "text",
    [
        "ok thanks",
        "OK thank you",
        "oui si c'est rapide",
        "oui si vous voulez",
        "yes phone calls only",
        "yes that is my wife's number",
        "Yes I work all day",
        "yes this is Dana",
        "drop me a line",
        "yes you can run my credit",
        "yes it's the best deal",
        "sure call me at work",
        "oui appelez-moi sur mon cell",
        "sí a este número llámeme",
    ],
)
def test_words_of_a_yes_alone_make_none(text: str) -> None:
    assert classify(text).kind is not ReplyKind.OPT_IN


@pytest.mark.parametrize(
    "text",
    [
        "ok thanks you can text me",
        "Yes, text ok, no calls",
        "Yes! Texting is so much easier",
        "sure, shoot me a text",
        "best way to reach me tbh",
        "oui pourquoi pas",
        "si, por texto es más fácil",
    ],
)
def test_a_yes_may_tell_why(text: str) -> None:
    assert classify(text).kind is ReplyKind.OPT_IN


def test_the_weights_overrule_a_yes_whose_words_alone_are_known() -> None:
    text = "yes it's the way to do that"
    plain = replies_text.read(text, spelt=frozenset())
    assert replies._YES_LETTERS.issuperset(replies._encode(plain.words))
    assert classify(text).kind is ReplyKind.NONE


def test_a_stop_in_the_middle_of_a_long_text_is_found() -> None:
    talk = "I went to see the other one and it was very nice. " * 15
    assert classify(f"{talk}Please stop texting me. {talk}").kind is ReplyKind.OPT_OUT
    assert classify(talk).kind is ReplyKind.NONE


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("No thanks Emily zebra grasshopper", ReplyKind.DECLINE),
        ("No thanks, but what about the blue one", ReplyKind.NONE),
        ("Thanks but no, grasshopper", ReplyKind.DECLINE),
        ("ok but no thanks", ReplyKind.DECLINE),
        ("👍 no thanks", ReplyKind.DECLINE),
        ("no thanks?", ReplyKind.NONE),
    ],
)
def test_a_no_with_other_words(text: str, kind: ReplyKind) -> None:
    assert classify(text).kind is kind


@pytest.mark.parametrize(
    ("character", "is_one"),
    [
        ("🚗", True),
        ("→", True),
        ("☂", True),
        ("+", False),
        ("©", False),
        ("a", False),
        ("—", False),
    ],
)
def test_what_counts_as_a_pictograph(character: str, is_one: bool) -> None:
    assert (character in replies_text.read(f"x {character}é", spelt=frozenset()).emoji) is is_one


def test_a_yes_that_is_quoted_or_told_to_reply_is_none() -> None:
    assert classify("> yes\n").kind is not ReplyKind.OPT_IN
    assert classify("Reply YES to agree, thank you very much").kind is not ReplyKind.OPT_IN


@pytest.mark.parametrize(
    ("wish", "stop"),
    [
        ("don't text me before 9, I sleep", "don't text me before or after 9, never"),
        ("do not text me while I'm driving", "do not text me again"),
        ("please do not call, text me when it's ready", "please do not call, do not text me"),
        ("don't phone, just text me", "don't phone or text me"),
        ("that doesn't bother us", "you do bother us, stop it"),
        ("no me mande la cotización", "no me mande la publicidad"),
        ("no me manden nada todavía", "no me manden nada"),
        ("no me escriba el lunes", "no me escriba a este número"),
        ("no quiero molestarlo", "no quiero que me molesten"),
        ("quíteme del turno de las 2", "quíteme de su lista"),
        ("ne m'envoyez pas la facture", "ne m'envoyez pas vos promos"),
        ("ne me textez pas avant 9h", "ne me textez plus"),
        ("ça ne me dérange pas d'attendre", "vous me dérangez, arrêtez"),
    ],
)
def test_a_wish_about_hours_or_things_is_told_from_a_stop(wish: str, stop: str) -> None:
    assert classify(wish).kind is not ReplyKind.OPT_OUT
    assert classify(stop).kind is ReplyKind.OPT_OUT


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Yes it's mine but I'm not interested", ReplyKind.DECLINE),
        ("sí es mía pero no estoy interesada", ReplyKind.DECLINE),
        ("oui je l'ai mais pas intéressé", ReplyKind.DECLINE),
        ("if it's over 20k I'm not interested", ReplyKind.NONE),
        ("I'm not interested in the red one", ReplyKind.NONE),
        ("we are not interested, is the blue one there?", ReplyKind.NONE),
    ],
)
def test_a_no_at_the_end_counts_without_a_condition(text: str, kind: ReplyKind) -> None:
    assert classify(text).kind is kind


class Read(Protocol):
    def __call__(
        self, text: str, *, stop: float = 0, yes: float = 0, no: float = 0
    ) -> replies.Reply: ...


@pytest.fixture
def weighed(monkeypatch: pytest.MonkeyPatch) -> Read:
    """Read a text as if the weights found these chances in it."""

    def read(text: str, *, stop: float = 0, yes: float = 0, no: float = 0) -> replies.Reply:
        chances = [1 - stop - yes - no, stop, yes, no]
        monkeypatch.setattr(replies, "_chances", lambda *_: chances)
        return classify(text)

    return read


def test_a_no_that_is_a_sentence_of_its_own() -> None:
    assert classify("No. Nothing personal.").kind is ReplyKind.DECLINE
    assert classify("Nope. My cousin sells zebras").reason == "negative"
    assert classify("No. But you can send me the price").kind is ReplyKind.NONE
    assert classify("No. What does the zebra cost?").kind is ReplyKind.NONE


def test_what_the_weights_find_likely_or_doubtful(weighed: Read) -> None:
    def read(stop: float, text: str) -> tuple[ReplyKind, bool]:
        found = weighed(text, stop=stop)
        return found.kind, found.possible_opt_out

    talk, explained = "the grasshopper is green", "stop by the green grasshopper"
    assert read(0.39, talk) == (ReplyKind.NONE, False)
    assert read(0.4, talk) == (ReplyKind.NONE, True)
    assert read(0.69, talk) == (ReplyKind.NONE, True)
    assert read(0.7, talk) == (ReplyKind.OPT_OUT, False)
    assert read(0.89, explained) == (ReplyKind.NONE, True)
    assert read(0.9, explained) == (ReplyKind.OPT_OUT, False)
    assert read(0.89, "who is this") == (ReplyKind.HELP, True)
    assert read(0.9, "who is this") == (ReplyKind.OPT_OUT, False)
    assert read(1.0, "I am driving, will text you later") == (ReplyKind.NONE, False)
    assert read(1.0, "yes please") == (ReplyKind.OPT_IN, False)


def test_what_the_weights_find_a_no(weighed: Read) -> None:
    def read(no: float, text: str, stop: float = 0.0) -> tuple[ReplyKind, str]:
        found = weighed(text, no=no, stop=stop)
        return found.kind, found.reason

    talk = "the grasshopper is green"
    assert read(0.44, talk) == (ReplyKind.NONE, "conversation")
    assert read(0.45, talk) == (ReplyKind.DECLINE, "likely")
    assert read(0.29, f"no, {talk}") == (ReplyKind.NONE, "conversation")
    assert read(0.3, f"no, {talk}") == (ReplyKind.DECLINE, "likely")
    assert read(0.44, "no grasshopper is green") == (ReplyKind.NONE, "conversation")
    assert read(1.0, "maybe not sure") == (ReplyKind.DECLINE, "likely")
    assert read(1.0, "why not") == (ReplyKind.NONE, "unclear")
    assert read(0.45, talk, stop=0.4) == (ReplyKind.NONE, "conversation")
    assert read(1.0, "is the grasshopper green?") == (ReplyKind.NONE, "question")
    assert read(1.0, "yes please") == (ReplyKind.OPT_IN, "affirmative")
    assert read(1.0, "who is this") == (ReplyKind.HELP, "identity_question")
    assert read(1.0, "the grasshopper ⛔ is green")[0] is ReplyKind.NONE
    assert read(1.0, "I am driving, will text you later") == (ReplyKind.NONE, "auto_reply")


@pytest.mark.parametrize(
    "text",
    [
        "Texting's fine hon I just type slow",
        "yess texting is perfect i can never answer at work",
        "Sí mija, mándeme todo por texto que casi ni contesto el teléfono",
        "Está bien, le doy permiso de escribirme",
        "Sure, envoye moi des textos mon homme",
        "Tout à fait d'accord pour qu'on communique par texto monsieur",
        "opt me back in",
        "10-4 you can text me",
    ],
)
def test_leave_to_be_texted_among_words_that_no_phrase_knows(text: str) -> None:
    assert classify(text).kind is ReplyKind.OPT_IN


@pytest.mark.parametrize(
    "text",
    [
        "you can text my wife",
        "you can text me the price",
        "you can text me when pigs fly",
        "you can text me at 5",
        "you can text me tomorrow",
        "you can text me about the recall",
        "you have my permission to text my lawyer",
        "go ahead and text me I dare you",
        "who told you that you can text me",
        "so you think you can text me because I filled out a form",
        "texting is better than nothing i guess",
        "texting is fine for service only",
        "Sure, texting is fine for appointment reminders",
        "I prefer texting my friends to dealers",
        "mi hijo dice que puede mandarme mensajes",
        "mejor por mensaje está bien mañana",
        "ok pour les textos de rendez-vous",
        "turn the texts back on my truck screen",
        "Did you say you can text me here",
        "not that you can text me",
        "text away from me",
    ],
)
def test_leave_that_is_narrowed_reported_or_taken_back_is_none(text: str) -> None:
    assert classify(text).kind is not ReplyKind.OPT_IN


@pytest.mark.parametrize(
    "text",
    [
        "you can text me, zebra grasshopper",
        "zebra grasshopper, sounds good by text",
        "why not, go for it",
    ],
)
def test_the_weights_may_veto_assent_among_other_words(weighed: Read, text: str) -> None:
    assert weighed(text, yes=0.2).kind is ReplyKind.OPT_IN
    assert weighed(text, yes=0.19).kind is ReplyKind.NONE
    assert weighed(text, yes=0.8, stop=0.19).kind is ReplyKind.OPT_IN
    assert weighed(text, yes=0.8, stop=0.2).kind is ReplyKind.NONE


@pytest.mark.parametrize(
    "text",
    [
        "yes please hold it for me",
        "Yes, both",
        "sí, a las tres",
        "oui combien",
        "sure, zebra, not interested",
        "yes fine spam",
        "oui d'accord. arrêtez",
        "zebra y texto",
        "zebra grasshopper, sounds good",
        "yes we went with another dealer",
    ],
)
def test_assent_beside_another_matter_is_no_yes_however_likely(weighed: Read, text: str) -> None:
    assert weighed(text, yes=1).kind is not ReplyKind.OPT_IN


def test_weights_make_no_yes(weighed: Read) -> None:
    for text in ("the grasshopper is green", "maybe", "is it yes?", "yes but not today", "no"):
        assert weighed(text, yes=1).kind is not ReplyKind.OPT_IN, text


@pytest.mark.parametrize("text", ["ok 🛑", "no thanks 🛑", "🚫 yes", "No 🖕", "sure ⛔ thanks"])
def test_a_stop_sign_beside_a_word_or_two_is_a_stop(text: str) -> None:
    found = classify(text)
    assert (found.kind, found.reason) == (ReplyKind.OPT_OUT, "emoji")
    assert found.possible_opt_out is False
    assert found.language in {"en", ""}


def test_a_stop_sign_among_other_words_waits_for_a_manager() -> None:
    assert classify("the grasshopper ⛔ is green").possible_opt_out


@pytest.mark.parametrize(
    "text",
    [
        "texts are welcome",
        "no problem at all, text away",
        "ya texting works",
        "yes this is a good number to text",
        "ok pour les textos",
        "adelante con los mensajes",
        "sure thing boss",
        "I'd rather text anyway",
    ],
)
def test_a_yes_in_words_of_a_yes_that_speak_of_texting(text: str) -> None:
    assert classify(text).kind is ReplyKind.OPT_IN


@pytest.mark.parametrize(
    "text",
    [
        "merci pour le message",
        "gracias por el mensaje",
        "thanks for the text",
        "good to get your text",
        "your text is fine",
        "text me the number",
        "mándeme mensaje cuando esté",
        "that number works for me",
        "yes please go ahead and do it",
        "yes 3pm works",
        "texting",
        "deal",
    ],
)
def test_words_of_a_yes_about_something_else_are_none(text: str) -> None:
    assert classify(text).kind is ReplyKind.NONE


def test_the_weights_may_veto_what_speaks_of_texting(weighed: Read) -> None:
    def read(yes: float, text: str) -> ReplyKind:
        return weighed(text, yes=yes).kind

    speaks, neither = "good texts anytime to me", "good anytime to me"
    assert [read(yes, speaks) for yes in (0.6, 0.59)] == [ReplyKind.OPT_IN, ReplyKind.NONE]
    assert read(1.0, neither) is ReplyKind.NONE
    assert read(1.0, "good texts anytime to the grasshopper") is ReplyKind.NONE


@pytest.mark.parametrize(
    "text",
    [
        *("yes I mind", "yes it's a problem", "yes that bothers me", "sure go away", "yeah right"),
        *("yep that's me", "yes speaking", "sure why", "ok thanks anyway", "of course you are"),
        *("oui ça me dérange", "oui c'est un problème", "ça marche pas", "oui c'est moi"),
        *("c'est bon merci", "ouais c'est ça", "si oui", "oui bonjour", "ça va bien"),
        *("qué va", "cómo va", "y dale", "dale con lo mismo", "vale ya está bien", "sí soy yo"),
        *("are you sure", "ok one text", "yes this time", "ok you too", "very well thank you"),
        *("todo bien gracias", "muy bien gracias", "ok por esta vez", "tout va bien merci"),
        *("sí me molesta", "prefiero llamadas que mensajes", "sí lo quiero", "jajaja ta bueno"),
    ],
)
def test_a_word_of_yes_that_means_something_else_opts_nobody_in(text: str) -> None:
    assert classify(text).kind is not ReplyKind.OPT_IN


@pytest.mark.parametrize(
    "text",
    [
        *("please contact me about my title", "could somebody from sales contact me"),
        *("favor de contactarme", "necesito que me contacten", "me da gusto que me escriban"),
        *("veuillez me contacter", "svp me contacter", "merci de m'écrire", "oui c'est ça"),
        *("Les doy permiso de mandarme textos", "J'autorise les textos à ce numéro"),
        *("Vous avez ma permission de m'envoyer des messages", "oui c'est possible de m'écrire"),
    ],
)
def test_who_asks_or_permits_to_be_written_to_is_not_stopped(text: str) -> None:
    assert classify(text).kind is not ReplyKind.OPT_OUT


@pytest.mark.parametrize(
    "text",
    [
        *("no les doy permiso de mandarme textos", "ya no tienen mi permiso de textearme"),
        *("nadie les dio permiso de mandarme mensajes", "permiso negado", "permission refusée"),
        *("vous n'avez pas ma permission de m'envoyer des messages", "vous avez pas ma permission"),
        *("j'ai jamais donné la permission de m'envoyer des messages", "veuillez plus m'écrire"),
        *("sans ma permission vous m'écrivez", "you don't have my permission to text me"),
    ],
)
def test_a_permission_that_is_denied_is_a_stop(text: str) -> None:
    assert classify(text).kind is ReplyKind.OPT_OUT
