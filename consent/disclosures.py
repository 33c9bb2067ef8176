"""The words customers read, as versions: house wordings, a dealership's own, their blanks."""

from __future__ import annotations

import hashlib
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Dealership, User
from consent import own_page, phones
from consent.levels import Level
from consent.models import Disclosure, PhoneNumber
from consent.wording import check

P = Disclosure.Purpose
#: Names a wording may use. A wording with any other is refused.
FIELDS = frozenset(
    {"person", "dealership", "city", "street", "region", "care_phone", "privacy", "page"}
)

# The permission text names person, dealership and place, says what it costs and how to end it
# (law §2.2), and holds no offer. In Canada the particulars of SOR/2012-36 s.4 follow (RULE-CA-04).
_RATES = {
    "en": "Msg frequency varies. Msg & data rates may apply. Reply HELP for help, STOP to opt out.",
    "fr": "Fréquence variable. Des frais de messagerie peuvent s'appliquer. Répondez AIDE pour de "
    "l'aide, ARRET pour vous désabonner.",
    "es": "Frecuencia variable. Pueden aplicarse tarifas de mensajes y datos. Responda AYUDA para "
    "ayuda, STOP para cancelar.",
}
_PARTICULARS = {
    "en": "{dealership}, {street}, {city} {region}, {care_phone}. You can withdraw consent at any "
    "time.",
    "fr": "{dealership}, {street}, {city} {region}, {care_phone}. Vous pouvez retirer votre "
    "consentement en tout temps.",
    "es": "{dealership}, {street}, {city} {region}, {care_phone}. Puede retirar su consentimiento "
    "en cualquier momento.",
}
_ASK = {
    "en": "This is {person} from {dealership} in {city}, may I communicate with you via text? "
    "Reply YES or NO. Questions? {care_phone}. ",
    "fr": "Ici {person} de {dealership} à {city}. Puis-je communiquer avec vous par texto? "
    "Répondez OUI ou NON. Questions? {care_phone}. ",
    "es": "Soy {person} de {dealership} en {city}. ¿Puedo comunicarme con usted por mensaje de "
    "texto? Responda SI o NO. ¿Preguntas? {care_phone}. ",
}
# What 47 CFR 64.1200(f)(9) wants put before the customer, in the message that is answered.
_ASK_OFFERS = {
    "en": "{person} from {dealership} in {city}: may we also text this number offers and ads, "
    "some sent automatically? Your YES is your signature; it is not a condition of any purchase. "
    "Reply YES or NO. Questions? {care_phone}. ",
    "fr": "{person} de {dealership} à {city} : pouvons-nous aussi envoyer à ce numéro des offres "
    "et publicités, parfois automatiquement? Votre OUI vaut signature et n'est pas une condition "
    "d'achat. Répondez OUI ou NON. Questions? {care_phone}. ",
    "es": "{person} de {dealership} en {city}: ¿podemos enviar también a este número ofertas y "
    "anuncios, algunos de forma automática? Su SI es su firma y no es condición de compra. "
    "Responda SI o NO. ¿Preguntas? {care_phone}. ",
}
# A first message after a referral says so, and names who referred them (SOR/2013-221 s.4).
_REFERRED = {
    "en": "We text you because {referrer} referred you to us.",
    "fr": "Nous vous écrivons parce que {referrer} vous a dirigé vers nous.",
    "es": "Le escribimos porque {referrer} nos recomendó con usted.",
}
_OTHERS = {
    P.CLARIFICATION: {
        "en": "Sorry, we did not understand. Please answer YES or NO: may {dealership} text you? "
        "Reply STOP to opt out.",
        "fr": "Désolé, nous n'avons pas compris. Veuillez répondre OUI ou NON : {dealership} "
        "peut-il vous envoyer des textos? Répondez ARRET pour vous désabonner.",
        "es": "Disculpe, no entendimos. Responda SI o NO: ¿puede {dealership} enviarle mensajes? "
        "Responda STOP para cancelar.",
    },
    P.CONFIRMATION: {
        "en": "{dealership} texts: you are signed up. Msg frequency varies. Msg & data rates may "
        "apply. Help: reply HELP or call {care_phone}. Reply STOP to end.",
        "fr": "Textos de {dealership} : vous êtes inscrit. Fréquence variable. Des frais de "
        "messagerie peuvent s'appliquer. Aide : répondez AIDE ou appelez le {care_phone}. Répondez "
        "ARRET pour arrêter.",
        "es": "Mensajes de {dealership}: quedó inscrito. Frecuencia variable. Pueden aplicarse "
        "tarifas de mensajes y datos. Ayuda: responda AYUDA o llame al {care_phone}. Responda STOP "
        "para terminar.",
    },
    P.STOP_CONFIRMATION: {
        "en": "{dealership}: you are opted out and will get no more texts from us. Text START to "
        "this number to undo it. Help: {care_phone}.",
        "fr": "{dealership} : vous êtes désabonné et ne recevrez plus de textos de notre part. "
        "Textez START à ce numéro pour annuler. Aide : {care_phone}.",
        "es": "{dealership}: quedó dado de baja y no recibirá más mensajes. Envíe START a este "
        "número para deshacerlo. Ayuda: {care_phone}.",
    },
    P.HELP_REPLY: {
        "en": "{dealership}, {street}, {city}. Texts about your inquiry or vehicle. Call "
        "{care_phone} for help. Msg frequency varies. Msg & data rates may apply. Reply STOP to "
        "opt out. What you agreed to: {page}",
        "fr": "{dealership}, {street}, {city}. Textos sur votre demande ou véhicule. Aide : "
        "{care_phone}. Fréquence variable. Des frais peuvent s'appliquer. Répondez ARRET pour vous "
        "désabonner. Ce que vous avez accepté : {page}",
        "es": "{dealership}, {street}, {city}. Mensajes sobre su consulta o vehículo. Ayuda: "
        "{care_phone}. Frecuencia variable. Pueden aplicarse tarifas. Responda STOP para cancelar. "
        "Lo que aceptó: {page}",
    },
}

# The boxes of the public page: one for each level, neither ticked beforehand (RULE-US-02). What
# 47 CFR 64.1200(f)(9) wants stands in the second, what SOR/2012-36 s.4 wants on the page and here.
_BOX = {
    "en": "Yes: text messages from {dealership} to this number about my inquiry, my vehicle and my "
    "appointments. Msg frequency varies. Msg & data rates may apply. Reply HELP for help, STOP to "
    "opt out. I can withdraw my consent at any time.",
    "fr": "Oui : textos de {dealership} à ce numéro sur ma demande, mon véhicule et mes "
    "rendez-vous. Fréquence variable. Des frais de messagerie peuvent s'appliquer. Répondre AIDE "
    "pour de l'aide, ARRET pour se désabonner. Je peux retirer mon consentement en tout temps.",
    "es": "Sí: mensajes de {dealership} a este número sobre mi consulta, mi vehículo y mis citas. "
    "Frecuencia variable. Pueden aplicarse tarifas de mensajes y datos. Responda AYUDA para ayuda, "
    "STOP para cancelar. Puedo retirar mi permiso.",
}
_BOX_OFFERS = {
    "en": "{dealership} may also text this number offers and ads, some sent automatically. This is "
    "not a condition of any purchase. Msg frequency varies. Msg & data rates may apply. Reply HELP "
    "for help, STOP to opt out. I can withdraw my consent at any time.",
    "fr": "{dealership} peut aussi envoyer à ce numéro des offres et publicités, parfois "
    "automatiquement. Ce n'est pas une condition d'achat. Fréquence variable. Des frais de "
    "messagerie peuvent s'appliquer. Répondre AIDE pour de l'aide, ARRET pour se désabonner. Je "
    "peux retirer mon consentement en tout temps.",
    "es": "{dealership} puede enviar también a este número ofertas y anuncios, algunos de forma "
    "automática. No es condición de compra. Frecuencia variable. Pueden aplicarse tarifas de "
    "mensajes y datos. Responda AYUDA para ayuda, STOP para cancelar. Puedo retirar mi "
    "consentimiento en cualquier momento.",
}

# --- what each wording must hold -----------------------------------------------------------------
_YES = {"en": ("YES",), "fr": ("OUI",), "es": ("SI", "SÍ")}
_NO: dict[str, tuple[str, ...]] = {"en": ("NO",), "fr": ("NON",), "es": ("NO",)}
_STOP = {"en": ("STOP",), "fr": ("ARRET", "ARRÊT", "STOP"), "es": ("STOP",)}
_FEES = {"en": "rates", "fr": "frais", "es": "tarifas"}
_FREQUENCY = {"en": "freq", "fr": "fréquence", "es": "frecuencia"}
#: "not a condition of any purchase", "not required to buy": with its negation, in one sentence.
_NO_CONDITION = {
    "en": re.compile(r"\b(?:not|never|no|isn['\u2019]t)\b[^.!?;]{0,60}\b(?:condition|required)"),
    "fr": re.compile(r"(?:\bpas|\bsans|\baucun\w*)\b[^.!?;]{0,60}\b(?:condition|obligation|exig)"),
    "es": re.compile(r"\b(?:no|sin|ningun\w*)\b[^.!?;]{0,60}\b(?:condici[oó]n|requisito|obliga)"),
}
#: "you can withdraw consent at any time", and not its contrary.
_WITHDRAW = {
    "en": re.compile(r"\b(?:can|may)\b(?!['\u2019]t| ?not| never)[^.!?;]{0,40}\bwithdraw"),
    "fr": re.compile(r"\b(?:pouvez|peux|puis|pouvoir)\b(?! pas)[^.!?;]{0,40}\bretirer"),
    "es": re.compile(r"(?<!no )\b(?:puede|puedes|puedo|podr[aá]s?)\b[^.!?;]{0,40}\bretirar"),
}
#: A yes to offers has to be asked for offers (47 CFR 64.1200(f)(9)).
_OFFERS = {
    "en": re.compile(r"\b(?:offer|promo|ads?\b|advert|marketing|deals?\b|specials?\b)"),
    "fr": re.compile(r"\b(?:offre|promo|pub|annonce|marketing|rabais)"),
    "es": re.compile(r"\b(?:oferta|promo|anuncio|publicidad|marketing|descuento)"),
}
#: The blanks that each wording must have: who writes, and where help is (law §2.2).
_BLANKS: dict[Disclosure.Purpose, tuple[str, ...]] = {
    P.PERMISSION_REQUEST: ("person", "dealership", "care_phone"),
    P.CLARIFICATION: ("dealership",),
    P.CONFIRMATION: ("dealership", "care_phone"),
    P.STOP_CONFIRMATION: ("dealership",),
    P.HELP_REPLY: ("dealership", "care_phone"),
    P.WEB_FORM: ("dealership",),
}
MAX_CHARACTERS = 700


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of the portal: its purpose, for which level, language and law it is.

    `country` is "CA" where Canada's particulars must stand in it, else "".
    """

    purpose: Disclosure.Purpose
    language: str
    level: Level | None = None
    country: str = ""


def variants() -> Iterator[Variant]:
    """Yield every wording that the portal uses, in the order in which people read about them."""
    for purpose in P:
        asks = purpose == P.PERMISSION_REQUEST
        has_levels = asks or purpose == P.WEB_FORM
        for level in (Level.INFORMATIONAL, Level.PROMOTIONAL) if has_levels else (None,):
            for country in ("", "CA") if asks else ("",):
                for language in ("en", "fr", "es"):
                    yield Variant(purpose, language, level, country)


class ChangedMeanwhile(Exception):
    """Somebody else published a version of this wording after the one that was being changed."""


class BadWording(ValueError):
    """A wording that cannot be used: an unknown blank, or a part that the law wants is missing."""


def house_wording(variant: Variant) -> str:
    """Return the wording that ships with the portal, with its blanks."""
    if variant.purpose == P.WEB_FORM:
        return (_BOX_OFFERS if variant.level is Level.PROMOTIONAL else _BOX)[variant.language]
    if variant.purpose != P.PERMISSION_REQUEST:
        return _OTHERS[variant.purpose][variant.language]
    ask = _ASK_OFFERS if variant.level is Level.PROMOTIONAL else _ASK
    body = ask[variant.language] + _RATES[variant.language]
    return f"{body} {_PARTICULARS[variant.language]}" if variant.country == "CA" else body


def check_wording(variant: Variant, body: str) -> None:
    """Raise BadWording, with every fault on a line, when a wording cannot be used.

    Law: RULE-US-01, RULE-US-08, RULE-CA-04, RULE-CT-01 (law §2.2, 47 CFR 64.1200(f)(9)).
    """
    faults = [*_faults_of_form(body)] or [*_missing_from(variant, body)]
    if faults:
        raise BadWording("\n".join(faults))


def _faults_of_form(body: str) -> Iterator[str]:
    if not body.strip():
        yield _("Write the words first.")
    if len(body) > MAX_CHARACTERS:
        yield _("At most %(most)d characters; this has %(count)d.") % {
            "most": MAX_CHARACTERS,
            "count": len(body),
        }
    try:
        fields = list(string.Formatter().parse(body))
    except ValueError:
        yield _("The braces do not match.")
        return
    for _literal, name, form, conversion in fields:
        if name is not None and (name not in FIELDS or form or conversion):
            yield _("Nothing fills {%(name)s}.") % {"name": name}


def _missing_from(variant: Variant, body: str) -> Iterator[str]:
    names = {name for _literal, name, _form, _conversion in string.Formatter().parse(body)}
    wanted = _BLANKS[variant.purpose] + (("street",) if variant.country == "CA" else ())
    for name in wanted:
        if name not in names:
            yield _("It must name {%(name)s}.") % {"name": name}
    language = variant.language
    answers = variant.purpose in {P.PERMISSION_REQUEST, P.CLARIFICATION}
    keywords: list[dict[str, tuple[str, ...]]] = [_YES, _NO] if answers else []
    if variant.purpose != P.STOP_CONFIRMATION:
        keywords.append(_STOP)
    for words in keywords:
        if not any(re.search(rf"\b{word}\b", body) for word in words[language]):
            yield _("It must name the word to reply with: %(word)s.") % {"word": words[language][0]}
    if variant.purpose in {P.PERMISSION_REQUEST, P.CONFIRMATION, P.HELP_REPLY, P.WEB_FORM}:
        if not _says(body, _FEES[language]):
            yield _("It must say that rates may apply.")
        if not _says(body, _FREQUENCY[language]):
            yield _("It must say how often texts come.")
    if variant.level is Level.PROMOTIONAL and not _NO_CONDITION[language].search(body.casefold()):
        yield _("It must say that the yes is not a condition of any purchase.")
    if variant.level is Level.PROMOTIONAL and not _OFFERS[language].search(body.casefold()):
        yield _("It must say that offers are texted.")
    if variant.country == "CA" and not _WITHDRAW[language].search(body.casefold()):
        yield _("It must say that consent can be withdrawn.")
    if variant.level is not Level.PROMOTIONAL and check(body).level is Level.PROMOTIONAL:
        yield _("It reads like an offer: this text may hold none.")


def _says(body: str, word: str) -> bool:
    return word in body.casefold()


def current(dealership: Dealership, variant: Variant) -> Disclosure:
    """Return the newest version in force: the dealership's own, else the house wording."""
    key = _key(variant)
    own = Disclosure.objects.filter(dealership=dealership, **key).order_by("-version").first()
    if own is not None and own.body:
        return own
    body = house_wording(variant)
    newest = Disclosure.objects.filter(dealership=None, **key).order_by("-version").first()
    if newest is not None and newest.body == body:
        return newest
    try:
        after = newest.version if newest is not None else 0
        return _store(None, variant, body=body, after=after, by=None)
    except ChangedMeanwhile:  # another process stored the same new house wording first
        return Disclosure.objects.filter(dealership=None, **key).latest("version")


def question_for(phone: PhoneNumber, *, level: Level, language: str = "") -> Disclosure:
    """Return the permission question in force for one customer, in their language if none is given.

    With Canada's particulars where either side is there: CASL reaches a text that is sent from or
    read in Canada (s.12(1)), so that of a dealership in the States to a Canadian too.

    Law: RULE-CA-04, RULE-CA-05.
    """
    dealership, language = phone.dealership, language or phone.contact.language
    law = "CA" if "CA" in {dealership.country, phone.country} else ""
    return current(dealership, Variant(P.PERMISSION_REQUEST, language, level, law))


def referral_sentence(language: str, referrer: str) -> str:
    """Return the sentence that names who referred a customer, in the customer's language.

    Law: RULE-CA-04; SOR/2013-221 s.4.
    """
    return _REFERRED[language].format(referrer=referrer)


def _key(variant: Variant) -> dict[str, str]:
    return {
        "purpose": variant.purpose.value,
        "level": variant.level.value if variant.level else "",
        "language": variant.language,
        "country": variant.country,
    }


def own_versions(dealership: Dealership, variant: Variant) -> QuerySet[Disclosure]:
    """Return the dealership's own versions of a wording, the newest first."""
    return Disclosure.objects.filter(dealership=dealership, **_key(variant)).order_by("-version")


def own_in_force(dealership: Dealership) -> dict[Variant, int]:
    """Return the version of each wording for which the dealership uses words of its own."""
    key = ("purpose", "level", "language", "country")
    newest = Disclosure.objects.filter(dealership=dealership).order_by(*key, "-version")
    return {
        Variant(
            P(row.purpose), row.language, Level(row.level) if row.level else None, row.country
        ): row.version
        for row in newest.distinct(*key)
        if row.body
    }


def publish(
    dealership: Dealership, variant: Variant, *, body: str, after: int, acting_user: User
) -> Disclosure:
    """Store a dealership's own wording as the version after `after` (0: its first).

    Raises BadWording, or ChangedMeanwhile when `after` is no longer the newest.
    """
    check_wording(variant, body)
    return _store(dealership, variant, body=body, after=after, by=acting_user)


def return_to_house(
    dealership: Dealership, variant: Variant, *, after: int, acting_user: User
) -> Disclosure:
    """Use the house wording again: a next version without words, so that the history stays.

    Raises ChangedMeanwhile.
    """
    return _store(dealership, variant, body="", after=after, by=acting_user)


def _store(
    dealership: Dealership | None, variant: Variant, *, body: str, after: int, by: User | None
) -> Disclosure:
    key = {"dealership": dealership, **_key(variant)}
    last = Disclosure.objects.filter(**key).aggregate(last=Max("version"))["last"] or 0
    if last != after:
        raise ChangedMeanwhile
    try:
        with transaction.atomic():
            return Disclosure.objects.create(
                **key,
                version=after + 1,
                body=body,
                sha256=hashlib.sha256(body.encode()).hexdigest(),
                created_by=by,
            )
    except IntegrityError:
        raise ChangedMeanwhile from None


def render(disclosure: Disclosure, dealership: Dealership, *, person: str, page: str = "") -> str:
    """Fill the blanks of a wording for one dealership and the person who texts.

    `page`: the customer's own page, which an answer to HELP names even where its wording does not.
    """
    body = disclosure.body
    if page and "{page}" not in body:
        body = f"{body} {{page}}"
    return body.format_map(
        {
            "person": person or dealership.name,
            "dealership": dealership.name,
            "city": dealership.city,
            "street": dealership.street,
            "region": dealership.region,
            "care_phone": phones.pretty(dealership.care_phone),
            "privacy": dealership.privacy_url,
            "page": page or own_page.SAMPLE,
        }
    )
