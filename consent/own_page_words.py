"""Pure: the words of the public pages, in the three languages that customers read."""

from __future__ import annotations

from enum import StrEnum

LANGUAGES = {"en": "English", "fr": "Français", "es": "Español"}


class Title(StrEnum):
    """What happened, as the customer is told."""

    GOT_NUMBER = "got_number"
    ASKED = "asked"
    SAID_YES = "said_yes"
    SAID_NO = "said_no"
    TEXTED_FIRST = "texted_first"
    PAUSED = "paused"
    STOPPED = "stopped"
    WRONG_NUMBER = "wrong_number"
    BLOCKED = "blocked"
    RESTORED = "restored"


TITLES: dict[Title, dict[str, str]] = {
    Title.GOT_NUMBER: {
        "en": "We received your number",
        "fr": "Nous avons reçu votre numéro",
        "es": "Recibimos su número",
    },
    Title.ASKED: {
        "en": "We asked for your permission",
        "fr": "Nous avons demandé votre permission",
        "es": "Le pedimos permiso",
    },
    Title.SAID_YES: {
        "en": "You said yes",
        "fr": "Vous avez dit oui",
        "es": "Usted dijo que sí",
    },
    Title.SAID_NO: {
        "en": "You said no",
        "fr": "Vous avez dit non",
        "es": "Usted dijo que no",
    },
    Title.TEXTED_FIRST: {
        "en": "You texted us",
        "fr": "Vous nous avez écrit",
        "es": "Usted nos escribió",
    },
    Title.PAUSED: {
        "en": "You may have asked us to stop, so we paused",
        "fr": "Vous nous avez peut-être demandé d'arrêter : nous avons fait une pause",
        "es": "Quizá nos pidió parar, así que hicimos una pausa",
    },
    Title.STOPPED: {
        "en": "You stopped all texts",
        "fr": "Vous avez arrêté tous les textos",
        "es": "Usted detuvo todos los mensajes",
    },
    Title.WRONG_NUMBER: {
        "en": "We were told that this is the wrong number",
        "fr": "On nous a dit que ce n'est pas le bon numéro",
        "es": "Nos dijeron que este número es equivocado",
    },
    Title.BLOCKED: {
        "en": "The phone company blocks our texts",
        "fr": "La compagnie de téléphone bloque nos textos",
        "es": "La compañía telefónica bloquea nuestros mensajes",
    },
    Title.RESTORED: {
        "en": "You let us text you again",
        "fr": "Vous nous avez permis de vous écrire de nouveau",
        "es": "Usted nos permitió escribirle de nuevo",
    },
}

OWN_PAGE: dict[str, dict[str, str]] = {
    "en": {
        "title": "Your texts",
        "from": "Texts from",
        "to": "to your number",
        "on": "You get texts from us.",
        "off": "You get no texts from us.",
        "waiting": "We wait for your answer before we text you.",
        "no": "You said no: we do not text you.",
        "stop": "Stop all texts",
        "stop_note": "It holds at once, for every dealership of the group. You can also reply STOP "
        "to any text.",
        "stopped": "Done. You get no more texts from us.",
        "back": "To get texts again, text START to the number we wrote from.",
        "history": "What you agreed to",
        "nothing": "Nothing is recorded yet.",
        "many_looks": "This list was opened very often in the last hour. Please try again later.",
        "shown": "You read",
        "said": "You wrote",
        "help": "Questions? Call",
        "privacy": "Privacy",
        "terms": "Terms",
        "gone": "This link does not work (any more)",
        "gone_text": "It may be incomplete or too old. To stop our texts, reply STOP to any of "
        "them; reply HELP for a new link.",
        "many": "Too many tries. Please wait an hour; replying STOP to any text works at once.",
    },
    "fr": {
        "title": "Vos textos",
        "from": "Textos de",
        "to": "à votre numéro",
        "on": "Vous recevez nos textos.",
        "off": "Vous ne recevez aucun texto de notre part.",
        "waiting": "Nous attendons votre réponse avant de vous écrire.",
        "no": "Vous avez dit non : nous ne vous écrivons pas.",
        "stop": "Arrêter tous les textos",
        "stop_note": "L'arrêt vaut tout de suite, pour tous les concessionnaires du groupe. Vous "
        "pouvez aussi répondre ARRET à n'importe quel texto.",
        "stopped": "C'est fait. Vous ne recevrez plus de textos de notre part.",
        "back": "Pour en recevoir de nouveau, textez START au numéro d'où nous avons écrit.",
        "history": "Ce que vous avez accepté",
        "nothing": "Rien n'est encore inscrit.",
        "many_looks": "Cette liste a été ouverte très souvent depuis une heure. Réessayez plus "
        "tard.",
        "shown": "Vous avez lu",
        "said": "Vous avez écrit",
        "help": "Des questions? Appelez le",
        "privacy": "Confidentialité",
        "terms": "Conditions",
        "gone": "Ce lien ne fonctionne pas (ou plus)",
        "gone_text": "Il est peut-être incomplet ou trop ancien. Pour arrêter nos textos, répondez "
        "ARRET à l'un d'eux; répondez AIDE pour un nouveau lien.",
        "many": "Trop d'essais. Attendez une heure; répondre ARRET à un texto agit tout de suite.",
    },
    "es": {
        "title": "Sus mensajes",
        "from": "Mensajes de",
        "to": "a su número",
        "on": "Usted recibe nuestros mensajes.",
        "off": "Usted no recibe mensajes de nosotros.",
        "waiting": "Esperamos su respuesta antes de escribirle.",
        "no": "Usted dijo que no: no le escribimos.",
        "stop": "Detener todos los mensajes",
        "stop_note": "Vale de inmediato, para todos los concesionarios del grupo. También puede "
        "responder STOP a cualquier mensaje.",
        "stopped": "Listo. No recibirá más mensajes de nosotros.",
        "back": "Para recibirlos de nuevo, envíe START al número desde el que le escribimos.",
        "history": "Lo que usted aceptó",
        "nothing": "Todavía no hay nada registrado.",
        "many_looks": "Esta lista se abrió muchas veces en la última hora. Inténtelo más tarde.",
        "shown": "Usted leyó",
        "said": "Usted escribió",
        "help": "¿Preguntas? Llame al",
        "privacy": "Privacidad",
        "terms": "Condiciones",
        "gone": "Este enlace no funciona (o ya no)",
        "gone_text": "Quizá esté incompleto o sea muy antiguo. Para detener nuestros mensajes, "
        "responda STOP a cualquiera; responda AYUDA para un enlace nuevo.",
        "many": "Demasiados intentos. Espere una hora; responder STOP a un mensaje vale de "
        "inmediato.",
    },
}
