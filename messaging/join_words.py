"""Pure: the words of the sign-up page and of the printed card, in three languages."""

from __future__ import annotations

JOIN: dict[str, dict[str, str]] = {
    "en": {
        "title": "Get texts from us",
        "lead": "Leave your number and say what we may text you. Nothing is ticked beforehand.",
        "name": "Your name",
        "number": "Your mobile number",
        "what": "What may we text you? Tick at least one.",
        "next": "We then text this number one question. Only your YES from that phone signs you "
        "up; without it we send nothing.",
        "submit": "Sign me up",
        "done": "Thank you",
        "done_text": "If this number can get our texts, a question arrives on it shortly. Answer "
        "YES there: only then are you signed up. If it is not you who gets it, nothing happens.",
        "wait": "Too many tries",
        "wait_text": "Please try again in an hour, or call us.",
        "full": "We could not sign you up today",
        "full_text": "So many people signed up here today that we take no more. Nothing was "
        "recorded and no question arrives: please come back tomorrow, or call us.",
        "help": "Questions? Call",
        "privacy": "Privacy policy",
        "terms": "Terms",
        "shared": "We do not share your number or your consent with anybody for their own use.",
        "no_name": "Please tell us your name.",
        "bad_number": "This is not a mobile number that we can text.",
        "tick": "Tick at least one box.",
        "again": "The page was open for too long. Please read the boxes and tick them again.",
    },
    "fr": {
        "title": "Recevoir nos textos",
        "lead": "Laissez votre numéro et dites ce que nous pouvons vous envoyer. Rien n'est coché "
        "d'avance.",
        "name": "Votre nom",
        "number": "Votre numéro de cellulaire",
        "what": "Que pouvons-nous vous envoyer? Cochez au moins une case.",
        "next": "Nous envoyons ensuite une seule question à ce numéro. Seul votre OUI depuis ce "
        "téléphone vous inscrit; sans lui, nous n'envoyons rien.",
        "submit": "M'inscrire",
        "done": "Merci",
        "done_text": "Si ce numéro peut recevoir nos textos, une question y arrive bientôt. "
        "Répondez OUI : alors seulement vous êtes inscrit. Si ce n'est pas vous qui la recevez, "
        "rien ne se passe.",
        "wait": "Trop d'essais",
        "wait_text": "Réessayez dans une heure, ou appelez-nous.",
        "full": "Nous n'avons pas pu vous inscrire aujourd'hui",
        "full_text": "Tant de personnes se sont inscrites aujourd'hui que nous n'en prenons plus. "
        "Rien n'a été enregistré et aucune question n'arrive : revenez demain, ou appelez-nous.",
        "help": "Des questions? Appelez le",
        "privacy": "Politique de confidentialité",
        "terms": "Conditions",
        "shared": "Nous ne communiquons votre numéro ni votre consentement à personne pour son "
        "propre usage.",
        "no_name": "Dites-nous votre nom.",
        "bad_number": "Ce n'est pas un numéro que nous pouvons texter.",
        "tick": "Cochez au moins une case.",
        "again": "La page est restée ouverte trop longtemps. Relisez les cases et cochez-les de "
        "nouveau.",
    },
    "es": {
        "title": "Reciba nuestros mensajes",
        "lead": "Deje su número y diga qué podemos enviarle. Nada está marcado de antemano.",
        "name": "Su nombre",
        "number": "Su número de celular",
        "what": "¿Qué podemos enviarle? Marque al menos una casilla.",
        "next": "Después enviamos una sola pregunta a este número. Solo su SI desde ese teléfono "
        "lo inscribe; sin él no enviamos nada.",
        "submit": "Inscribirme",
        "done": "Gracias",
        "done_text": "Si este número puede recibir nuestros mensajes, pronto llega una pregunta. "
        "Responda SI: solo entonces queda inscrito. Si no es usted quien la recibe, no pasa nada.",
        "wait": "Demasiados intentos",
        "wait_text": "Intente de nuevo en una hora, o llámenos.",
        "full": "No pudimos inscribirlo hoy",
        "full_text": "Hoy se inscribieron tantas personas que ya no tomamos más. No se registró "
        "nada y no llegará ninguna pregunta: vuelva mañana, o llámenos.",
        "help": "¿Preguntas? Llame al",
        "privacy": "Política de privacidad",
        "terms": "Condiciones",
        "shared": "No compartimos su número ni su consentimiento con nadie para su propio uso.",
        "no_name": "Díganos su nombre.",
        "bad_number": "No es un número al que podamos escribir.",
        "tick": "Marque al menos una casilla.",
        "again": "La página estuvo abierta demasiado tiempo. Lea las casillas y márquelas de "
        "nuevo.",
    },
}

#: The printed card: what to do, and what the law wants beside it (law §2.2, §4.9).
CARD: dict[str, dict[str, str]] = {
    "en": {
        "do": "Point your camera here and press send, or text {keyword} to",
        "do_plain": "Point your camera here and press send, or text us at",
        "small": "We answer you there and ask once whether we may text you; answer YES. Msg "
        "frequency varies. Msg & data rates may apply. Reply STOP to end, HELP for help, or call "
        "{care_phone}. Not a condition of any purchase.",
    },
    "fr": {
        "do": "Visez ce code et envoyez le texto, ou textez {keyword} au",
        "do_plain": "Visez ce code et envoyez le texto, ou textez-nous au",
        "small": "Nous vous répondons et demandons une fois si nous pouvons vous écrire; répondez "
        "OUI. Fréquence variable. Des frais peuvent s'appliquer. Répondez ARRET pour arrêter, AIDE "
        "pour de l'aide, ou appelez le {care_phone}. Ce n'est pas une condition d'achat.",
    },
    "es": {
        "do": "Apunte la cámara aquí y envíe el mensaje, o envíe {keyword} al",
        "do_plain": "Apunte la cámara aquí y envíe el mensaje, o escríbanos al",
        "small": "Le respondemos y preguntamos una vez si podemos escribirle; responda SI. "
        "Frecuencia variable. Pueden aplicarse tarifas. Responda STOP para terminar, AYUDA para "
        "ayuda, o llame al {care_phone}. No es condición de compra.",
    },
}
