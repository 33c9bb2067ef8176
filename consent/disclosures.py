"""The words customers read, as versions: house wordings, a dealership's own, their blanks."""

from __future__ import annotations

import hashlib
import string

from django.db import transaction
from django.db.models import Max

from accounts.models import Dealership, User
from consent import phones
from consent.levels import Level
from consent.models import Disclosure

P = Disclosure.Purpose
#: Names a wording may use. A wording with any other is refused.
FIELDS = frozenset({"person", "dealership", "city", "street", "region", "care_phone", "privacy"})

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
        "opt out.",
        "fr": "{dealership}, {street}, {city}. Textos sur votre demande ou véhicule. Aide : "
        "{care_phone}. Fréquence variable. Des frais peuvent s'appliquer. Répondez ARRET pour vous "
        "désabonner.",
        "es": "{dealership}, {street}, {city}. Mensajes sobre su consulta o vehículo. Ayuda: "
        "{care_phone}. Frecuencia variable. Pueden aplicarse tarifas. Responda STOP para cancelar.",
    },
}


class BadWording(ValueError):
    """A wording that cannot be used: an unknown blank, or a part that the law wants is missing."""


def house_wording(
    purpose: Disclosure.Purpose, *, level: Level | None, language: str, country: str
) -> str:
    """Return the wording that ships with the portal, with its blanks."""
    if purpose != P.PERMISSION_REQUEST:
        return _OTHERS[purpose][language]
    ask = _ASK_OFFERS if level is Level.PROMOTIONAL else _ASK
    body = ask[language] + _RATES[language]
    return f"{body} {_PARTICULARS[language]}" if country == "CA" else body


def check_wording(body: str) -> None:
    """Raise BadWording when a wording has a blank that nothing fills."""
    try:
        names = {name for _, name, _, _ in string.Formatter().parse(body) if name is not None}
    except ValueError as error:
        raise BadWording(f"the braces do not match: {error}") from error
    if unknown := names - FIELDS:
        raise BadWording(f"nothing fills {', '.join(sorted(unknown))}")


def current(
    dealership: Dealership,
    purpose: Disclosure.Purpose,
    *,
    language: str,
    level: Level | None = None,
) -> Disclosure:
    """Return the newest version in force: the dealership's own, else the house wording."""
    key = {
        "purpose": purpose,
        "level": level.value if level else "",
        "language": language,
    }
    own = Disclosure.objects.filter(dealership=dealership, **key).order_by("-version").first()
    if own is not None:
        return own
    country = dealership.country if purpose == P.PERMISSION_REQUEST else ""
    body = house_wording(purpose, level=level, language=language, country=country)
    newest = (
        Disclosure.objects.filter(dealership=None, country=country, **key)
        .order_by("-version")
        .first()
    )
    if newest is not None and newest.body == body:
        return newest
    return _store(
        None, purpose, level=level, language=language, country=country, body=body, by=None
    )


def publish(
    dealership: Dealership,
    purpose: Disclosure.Purpose,
    *,
    language: str,
    body: str,
    acting_user: User,
    level: Level | None = None,
) -> Disclosure:
    """Store a dealership's own wording as its next version. Raises BadWording."""
    check_wording(body)
    return _store(
        dealership, purpose, level=level, language=language, country="", body=body, by=acting_user
    )


def _store(
    dealership: Dealership | None,
    purpose: Disclosure.Purpose,
    *,
    level: Level | None,
    language: str,
    country: str,
    body: str,
    by: User | None,
) -> Disclosure:
    with transaction.atomic():
        key = {
            "dealership": dealership,
            "purpose": purpose,
            "level": level.value if level else "",
            "language": language,
            "country": country,
        }
        last = Disclosure.objects.filter(**key).aggregate(last=Max("version"))["last"] or 0
        disclosure, _ = Disclosure.objects.get_or_create(
            **key,
            version=last + 1,
            defaults={
                "body": body,
                "sha256": hashlib.sha256(body.encode()).hexdigest(),
                "created_by": by,
            },
        )
    return disclosure


def render(disclosure: Disclosure, dealership: Dealership, *, person: str) -> str:
    """Fill the blanks of a wording for one dealership and the person who texts."""
    return disclosure.body.format_map(
        {
            "person": person or dealership.name,
            "dealership": dealership.name,
            "city": dealership.city,
            "street": dealership.street,
            "region": dealership.region,
            "care_phone": phones.pretty(dealership.care_phone),
            "privacy": dealership.privacy_url,
        }
    )
