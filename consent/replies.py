"""Pure: what a customer's reply means. Rules only: no model, no network, linear time.

A wrong YES is the worst bug there is, a lost STOP the second: a message is an opt-out when a
reasonable person reads it so (47 CFR 64.1200(a)(10)), and an opt-in only when every word of it
belongs to a clear yes.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from consent import rules


class ReplyKind(StrEnum):
    """The classes of law §6; precedence opt_out > help > decline > opt_in > none."""

    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    DECLINE = "decline"
    HELP = "help"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reply:
    """The reading of one text.

    `possible_opt_out`: doubtful, switches sending off until a manager decides. `keyword`: the
    canonical keyword if the whole message is one. `carrier_word`: the bare word if the carrier
    itself acts on this exact message (single words only).
    """

    kind: ReplyKind
    reason: str
    language: str = ""
    possible_opt_out: bool = False
    keyword: str = ""
    carrier_word: str = ""


# --- normalisation (RULE-CT-03, RULE-CT-04) -----------------------------------------------------------

_LOOKALIKES = str.maketrans("авекмнорстухіјѕԁɡοαερτυικνχ", "abekmhopctyxijsdgoaeptuiknx")
_DROPPED = re.compile(r"[\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\u00ad\u202a-\u202e]")
_QUOTES = str.maketrans("’‘ʼ`´“”„«»‹›", "'''''" + '"' * 7)
_TAPBACK = re.compile(
    r"""^\s*(?:(?:liked|loved|disliked|emphasized|questioned|laughed\ at|removed\ an?\ \w+\ from
    |a\ aime|a\ adore|n'a\ pas\ aime|a\ ri\ de|le\ gusto|le\ encanto|no\ le\ gusto|reacted\ .{1,20}\ to
    |a\ reagi\ .{1,20}\ a|reacciono\ .{1,20}\ a)\s*:?\s*
    |[^\w\s"']{1,6}\s*(?:to|a)\s*)"(.*)"\s*$""",
    re.VERBOSE | re.DOTALL,
)
_AUTO_REPLY = re.compile(
    r"\b(i'?m driving|driving right now|auto-?reply|automatic(?:ally)? (?:reply|response|sent)"
    r"|out of (?:the )?office|do not disturb|will (?:see|reply to|get back to) (?:your|you).{0,40}later"
    r"|je suis au volant|reponse automatique|estoy conduciendo|respuesta automatica"
    r"|can'?t talk (?:right )?now|away from my phone)\b"
)
_STOP_EMOJI = frozenset("🛑✋🚫⛔🖕")
_YES_EMOJI = frozenset("👍👌✅🆗✔")
_NO_EMOJI = frozenset("👎❌")


def _fold(body: str) -> str:
    text = _DROPPED.sub("", unicodedata.normalize("NFKC", body)).translate(_QUOTES).casefold()
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    if not text.isascii():
        text = text.translate(_LOOKALIKES)
    return " ".join(text.split())


_WORD = re.compile(r"[a-z0-9$]+(?:'[a-z]+)*")
_CONTRACTIONS = {
    "dont": "don't", "cant": "can't", "wont": "won't", "im": "i'm", "isnt": "isn't",
    "doesnt": "doesn't", "didnt": "didn't", "thats": "that's", "whos": "who's", "u": "you",
    "ur": "your", "pls": "please", "plz": "please", "txt": "text", "txts": "texts",
    "txting": "texting", "msg": "message", "msgs": "messages", "msging": "messaging", "nd": "and",
    "fuk": "fuck", "fck": "fuck", "wat": "what", "ya": "you", "r": "are", "y": "why", "k": "ok",
}  # fmt: skip
#: Words of the grammar that typing errors are corrected to, and words they must not be made of.
_CORRECTED = [
    "stop",
    "unsubscribe",
    "texting",
    "messaging",
    "messages",
    "message",
    "remove",
    "number",
    "contact",
    "please",
    "arretez",
    "arreter",
    "unsubscribed",
    "subscribe",
    "opted",
    "wrong",
    "person",
]
_NOT_TYPOS = frozenset(
    [
        "step",
        "shop",
        "stock",
        "top",
        "spot",
        "stops",
        "stopped",
        "strop",
        "stoop",
        "sto",
        "soup",
        "shot",
        "slot",
        "stow",
        "store",
        "story",
        "massage",
        "removed",
        "removes",
        "numbers",
        "contacts",
        "contract",
        "contacted",
        "persons",
        "passing",
        "testing",
        "wrong",
        "message",
        "messages",
        "texting",
        "texts",
        "remote",
        "person",
        "persona",
        "parson",
        "texas",
        "text",
        "next",
        "drop",
        "prop",
        "crop",
        "chop",
        "stand",
        "start",
        "state",
        "status",
        "stay",
        "still",
        "steep",
        "strip",
        "stamp",
        "setup",
        "sop",
    ]
)
_STOP_TYPOS = frozenset(
    [
        "sotp",
        "stpo",
        "srop",
        "dtop",
        "stp",
        "sop",
        "stoo",
        "stopp",
        "sstop",
        "stoppp",
        "atop",
        "ztop",
        "stol",
        "sto",
        "tsop",
        "sttop",
        "stiop",
        "stip",
        "shtop",
        "stap",
    ]
)


def _within_one(a: str, b: str) -> bool:
    """Whether two words differ by one edit or one swap of neighbours."""
    if abs(len(a) - len(b)) > 1:
        return False
    n = 0
    while n < min(len(a), len(b)) and a[n] == b[n]:
        n += 1
    rest_a, rest_b = a[n:], b[n:]
    return (
        rest_a[1:] == rest_b
        or rest_a == rest_b[1:]
        or rest_a[1:] == rest_b[1:]
        or (len(rest_a) > 1 and len(rest_b) > 1 and rest_a[:2] == rest_b[1::-1]
            and rest_a[2:] == rest_b[2:])
    )  # fmt: skip


def _corrected(word: str) -> str:
    word = _CONTRACTIONS.get(word, word)
    if len(word) < 6 or word in _NOT_TYPOS or word in _CORRECTED:
        return word
    for target in _CORRECTED:
        if len(target) > 5 and word[0] == target[0] and _within_one(word, target):
            return target
    if word == "rwmove":
        return "remove"
    for target in ("remove", "unsubscribe"):
        if len(word) == len(target) and sum(x != y for x, y in zip(word, target, strict=True)) == 1:
            return target
    return word


# --- the words ------------------------------------------------------------------------------------------

_KEYWORDS_STOP = {
    "stop": "en", "stopall": "en", "unsubscribe": "en", "cancel": "en", "end": "en", "quit": "en",
    "revoke": "en", "optout": "en", "remove": "en", "arret": "fr", "td": "", "stop2quit": "en",
    "stoptoquit": "en", "unsub": "en", "stopplease": "en", "pleasestop": "en", "arretez": "fr",
    "arreter": "fr", "desabonner": "fr", "desabonnement": "fr", "desinscrire": "fr", "alto": "es",
    "baja": "es", "desuscribir": "es", "desuscribirme": "es", "cancelar": "es", "parar": "es",
    "pare": "es", "detener": "es", "darmedebaja": "es", "stopit": "en", "optmeout": "en",
    "optoutall": "en", "unsubscribeme": "en", "removeme": "en", "unsubscribeall": "en",
    "endall": "en", "cancelall": "en", "stoptext": "en", "stoptexts": "en", "stopmsg": "en",
}  # fmt: skip
_CANONICAL = {
    "stopall": "STOP ALL", "optout": "OPT OUT", "arret": "ARRET", "stop": "STOP",
}  # fmt: skip
_KEYWORDS_HELP = {"help": "en", "info": "en", "aide": "fr", "ayuda": "es", "informacion": "es"}
_KEYWORDS_START = {"start": "en", "unstop": "en"}

_ME = (
    r"(?:me|us|my (?:number|phone|cell|info|contact info|name|info rmation)|this (?:number|phone))"
)
_ENDS = r"(?:\b|$)"
# The thing a stop is about: messages, contact, lists.
_MSG = (
    r"(?:text(?:s|ing|ed)?|sms|messag(?:e|es|ing)|notifications?|spam(?:ming)?|alerts?|emails?"
    r"|call(?:s|ing)?|contact(?:s|ing)?|communicat\w+|bothering|harass\w*|bugging|reminders?"
    r"|blowing up|hitting me up|writing|pinging|sending|reaching out|soliciting|solicitations?"
    r"|advertis\w+|ads|updates|marketing)"
)
_LIST = r"(?:list|lists|database|system|service|mailing|records|files|contacts|group|thread|crm)"
#: A word that may be a person's name: after "I'm not", most words are something else.
_NAME = (
    r"(?!(?:sure|interested|ready|able|available|going|looking|at|in|home|free|happy|comfortable|"
    r"driving|an?|the|trying|there|quite|really|that|your|selling|buying|worried|planning|good|"
    r"working|what|right|it|my|on|from|here|so|too|very|convinced|paying|coming|feeling|certain|"
    r"picky|asking|getting|doing|about|for|enough|as|gonna|bad|fair|possible|true|and|you|stop|"
    r"anymore|please|sorry|who|made|set|allowed|local|familiar|aware|mad|upset|kidding)\b)[a-z]+"
)
_RAW_OPT_OUT: tuple[tuple[str, str, str], ...] = (
    # (language, reason, pattern over the corrected words)
    ("en", "phrase", rf"\b(?:stop|quit|cease|discontinue|end|halt|cancel|no more|enough with)"
     rf"(?: \w+'?\w*){{0,4}}? {_MSG}\b"),
    ("en", "phrase", r"\b(?:texts?|messages?|messaging|texting|contact|communications?|these)"
     r"(?: \w+){0,3}? (?:to )?(?:stop|cease|end|discontinued?)\b(?! (?:by|in|over|at|sign))"),
    ("en", "phrase", r"\b(?:do not|don't|dont|never|not to|quit|no longer)(?: \w+'?\w*){0,2}?"
     r" (?:text|message|contact|txt|sms|msg|write|email|bother|reach out to|send)"
     r"(?: (?:to )?(?:me|us|this number|my (?:phone|number|cell)|here)\b"
     r"| (?:any ?more|again|any (?:more|further)?|further|another|these|more))"),
    ("en", "phrase", r"^(?:please )?(?:do not|don't) (?:text|message|contact|txt)\b(?! (?:until|before|on|after|at|during|him|her|my wife))"),
    ("en", "phrase", rf"\b(?:do not|don't|dont|no longer|didn't|never)(?: \w+){{0,2}}?"
     rf" (?:want|wish|like|care|need|ask(?:ed)?|agree|consent|give|gave|sign(?:ed)?|interested)"
     rf"(?: \w+'?\w*){{0,5}}? (?:{_MSG}|to be contacted|contacted|hear from|permission)\b"),
    ("en", "phrase", r"\b(?:do not|don't|never) (?:want|wish|need|like) (?:to (?:receive|get) )?(?:these|this|any of (?:this|these)|any ?more|them)\b(?! (?:car|truck|one|color|model))"),
    ("en", "phrase", rf"\b(?:remove|delete|take|erase|drop|scrub|pull|get|unsubscribe|opt|removing|leave)"
     rf"(?: \w+)?? {_ME}(?: \w+){{0,4}}? (?:off|from|out|of)\b(?! (?:work|here by|the (?:lot|lease|loan|car)))"),
    ("en", "phrase", rf"\b(?:remove|delete|erase|scrub|lose|forget|unsubscribe) (?:\w+ ){{0,2}}?{_ME}\b(?! (?:from the (?:loan|lease|title)|to the car))"),
    ("en", "phrase", r"\b(?:my|our) (?:\w+ ){0,3}?(?:number|info|information|phone|name|contact)(?: \w+)?? (?:removed|deleted|taken off|erased)\b"),
    ("en", "phrase", r"\b(?:be|get|been) (?:removed|taken off|unsubscribed|opted out|deleted)\b"),
    ("en", "phrase", rf"\boff (?:\w+ ){{0,3}}?{_LIST}\b"),
    ("en", "phrase", rf"\b(?:me|number|info) (?:\w+ ){{0,3}}?from (?:\w+ ){{0,4}}?{_LIST}\b"),
    ("en", "phrase", r"\bopt(?:ed|ing)?(?: me| us)? ?-?out\b"),
    ("en", "phrase", r"\bunsubscribe\b"),
    ("en", "phrase", r"\b(?:please|pls|just|ok|yes|yeah|now|and|so|i said|said|no|thanks|thank you|hey|hi|omg|you guys) stop$"),
    ("en", "phrase", r"^stop(?: (?:please|it|now|this|already|ok|thanks|thank you|all|pls|right now|immediately|sir|man|bro|dude|all of (?:this|it)|stop|that|today|asap))+$"),
    ("en", "phrase", r"^(?:cancel|quit|end|revoke|remove|unsubscribe)(?: (?:please|it|now|this|already|thanks|thank you|all))+$"),
    ("en", "phrase", r"^(?:please )(?:cancel|quit|end|revoke|remove|unsubscribe|stop)\b(?: (?:now|it|this|all))?$"),
    ("en", "phrase", r"^stop (?:and|call me|you)\b"),
    ("en", "phrase", r"\bleave (?:me|us) (?:the (?:hell|fuck) )?alone\b"),
    ("en", "phrase", r"\b(?:lose|forget|delete|block|blocking|erase) (?:my|this|your) (?:damn |fucking )?number\b"),
    ("en", "phrase", r"\b(?:stop|quit) (?:bugging|bothering|harassing|annoying|spamming)\b"),
    ("en", "phrase", r"\b(?:revoke|withdraw|rescind)(?: \w+){0,3}? (?:consent|permission|authorization)\b"),
    ("en", "phrase", r"\b(?:consent|permission) (?:is |has been )?(?:revoked|withdrawn|rescinded)\b"),
    ("en", "phrase", r"\bno more (?:texts?|messages?|of (?:this|these)|contact|please|spam)\b"),
    ("en", "phrase", r"\bnever (?:contact|text|message|call|write) (?:me|us|this)\b"),
    ("en", "phrase", r"\b(?:do not|don't) (?:contact|text|message) (?:me|us)?\b(?:$|[.! ]+(?:any ?more|again|ever|please)?$)"),
    ("en", "phrase", r"\bget (?:me )?off (?:of )?(?:this|your|the) (?:list|thing|thread)\b"),
    ("en", "phrase", r"\b(?:knock it off|cut it out|go away|buzz off|get lost|beat it|piss off|back off)\b"),
    ("en", "phrase", r"\bi(?:'m| am)? (?:opting|opt) out\b"),
    ("en", "phrase", r"\b(?:don't|do not) (?:ever )?(?:hit|reach|contact|bother) (?:me|us)\b"),
    ("en", "phrase", r"\bspam\b(?: report\w*)?$|\breport(?:ed|ing)? (?:this |you |it )?(?:as )?(?:spam|junk)\b"),
    ("en", "hostile", r"\b(?:fuck|f\*+\w*|eff|screw|piss|f) (?:off|you)\b|\bgo to hell\b|\bstfu\b"),
    ("en", "hostile", r"\bshut (?:the (?:fuck|hell) )?up\b|\bf\*+"),
    ("en", "legal_threat", r"\b(?:my |an? |our )?(?:lawyer|attorney|legal action|lawsuit|tcpa|class action)\b(?! fees (?:on|for))"),
    ("en", "legal_threat", r"\b(?:sue|suing) (?:you|your|u|this)\b|\bi(?:'ll| will|'m going to|'m gonna) (?:sue|report you)\b"),
    ("en", "legal_threat", r"\breport(?:ing|ed)? (?:you|this|your \w+)(?: \w+){0,3}? (?:fcc|ftc|bbb|attorney general|authorities|police|ag|crtc)\b|\bdo not call (?:list|registry)\b|\bharass(?:ment|ing)\b"),
    ("en", "wrong_number", r"\bwrong (?:number|person|phone|guy|contact|#|num|numb|man|lady|one here)\b"),
    ("en", "wrong_number", r"\b(?:this is not|this isn't|this ain't|not|isn't|i'm not|i am not|you are not texting) (?:\w+'s|his|her|their|the right) (?:number|phone|cell)\b"),
    ("en", "wrong_number", rf"(?:^|\b(?:sorry|no|hi|person|hey|but) )(?:this (?:is not|isn't|ain't|is no longer)|i'?m not|i am not|you(?:'re| are) not (?:texting|talking to)) {_NAME}(?: {_NAME})?(?:$| (?:and|you|stop|anymore|please|sorry|who|here)\b)"),
    ("en", "wrong_number", r"\b(?:no one|nobody|no \w+) (?:here )?by that name\b|\b(?:doesn't|does not|don't|no longer) (?:live|work|have) (?:here|this (?:number|phone))\b|\b(?:doesn't|does not|no longer) (?:has|have|own|use)s? this (?:number|phone|cell)\b|\bno \w+ (?:here|at this number)\b"),
    ("en", "wrong_number", r"\b(?:he|she|they|owner|husband|wife|dad|father|mother|mom|brother|sister|son|\w+) (?:has |have |recently |sadly )?(?:died|passed away|is dead|is deceased|deceased)\b|\bis deceased\b"),
    ("en", "wrong_number", r"\b(?:i )?(?:don't|do not) know (?:any|a|no) (?:mike|[a-z]+) (?:by|at|here)\b|\b(?:new|just got this) (?:owner of this |)(?:number|phone number)\b(?: and| so)|\byou have the wrong\b|\bi just got this number\b"),
    # French
    ("fr", "phrase", r"\b(?:arrete[rsz]?|cesse[rsz]?|stop(?:pe[rsz]?)?|fini[rs]?)\b(?: \w+'?\w*){0,4}? (?:m'\w+|me |envoyer|texter|ecrire|contacter|messages?|textos?|sms|harceler)"),
    ("fr", "phrase", r"\bne (?:me |m')(?:\w+ ){0,2}?(?:\w+ )?(?:plus|pas|jamais)\b.{0,12}(?:texte|ecri|contact|envo|messag|texto)|\bne (?:m'?|me ?)(?:texte|ecri\w*|contact\w*|envo\w*|derang\w*|appel\w*)\w* (?:plus|pas|jamais)\b"),
    ("fr", "phrase", r"\b(?:plus|pas) (?:de|d'autres?) (?:messages?|textos?|sms|texte)\b|\bne veux (?:plus|pas) (?:\w+ ){0,3}?(?:messages?|textos?|recevoir|etre contacte)"),
    ("fr", "phrase", r"\b(?:enleve[rz]?|retire[rz]?|supprime[rz]?|efface[rz]?|otez|ote)(?:[ -]moi|[ -](?:mon|ce) (?:numero|nom))\b|\bme (?:retirer|enlever|desabonner|desinscrire|supprimer)\b|\bdesabonne[rz]?(?:[ -]moi)?\b|\bdesinscri\w*"),
    ("fr", "phrase", r"\b(?:de|sur) (?:votre|ta|vos|cette|la) liste\b"),
    ("fr", "phrase", r"\blaisse[rz]?[ -](?:moi|nous) tranquilles?\b|\bfoute[rz]?[ -]moi la paix\b|\boubliez mon numero\b|\bne veux plus rien recevoir\b"),
    ("fr", "wrong_number", r"\b(?:mauvais|faux) numero\b|\bmauvaise personne\b|\bvous vous trompez de (?:numero|personne)\b|\bce n'est (?:pas|plus) (?:le numero de|son numero)\b|\berreur de numero\b"),
    ("fr", "legal_threat", r"\b(?:mon avocat|poursuivre en justice|harcelement|porter plainte|crtc)\b"),
    ("fr", "hostile", r"\b(?:va te faire|allez vous faire|va chier|fiche[rz]? le camp|degage[rz]?)\b"),
    # Spanish
    ("es", "phrase", r"\b(?:deja|deje|dejen|dejar|para|pare|paren|basta)\b (?:ya )?de (?:\w+ )?(?:escrib\w*|mandar\w*|enviar\w*|text\w*|molest\w*|contact\w*|llamar\w*|mensaj\w*)"),
    ("es", "phrase", r"\bno (?:me |nos )?(?:\w+ )?(?:escrib\w+|mand\w+|envi\w+|text\w+|contact\w+|molest\w+|llam\w+)(?: \w+){0,3}?(?: mas| nunca|$| por favor| mensajes| textos)"),
    ("es", "phrase", r"\bno (?:quiero|deseo|queremos) (?:\w+ ){0,3}?(?:mensajes?|textos?|recibir|que me|sms|nada de ustedes)\b|\bno mas\b(?! (?:de \d|tarde|que))|\bya no (?:quiero|deseo|me)\b"),
    ("es", "phrase", r"\b(?:quit\w+|borr\w+|elimin\w+|saqu?\w+|sac\w+)(?:me| mi (?:numero|nombre|telefono)| este numero)?(?: \w+){0,2}? (?:de|mi numero|este numero)\b.{0,20}(?:lista|numero|base|sistema)?|\b(?:quitame|quiteme|borrame|borreme|eliminame|elimineme|saquenme|saqueme|sacame)\b|\bdar(?:me|nos)? de baja\b|\bdeme de baja\b|\bborre mi numero\b"),
    ("es", "phrase", r"\bdejame en paz\b|\bdejeme en paz\b|\bdejenme en paz\b|\bno molest\w+\b|\bdesuscrib\w+\b|\bcancelar? (?:la )?suscripcion\b|\bdetenga\w* (?:los )?mensajes\b"),
    ("es", "wrong_number", r"\bnumero equivocado\b|\b(?:se )?equivoc\w+ de numero\b|\bpersona equivocada\b|\b(?:este )?no es el numero de\b|\bno soy (?!(?:de|muy|yo)\b)[a-z]+\b(?:$| y| este| esta|,)|\bno conozco a (?:ningun|esa|nadie)\b"),
    ("es", "legal_threat", r"\b(?:mi abogado|demandar\w*|voy a denunciar\w*|acoso)\b"),
    ("es", "hostile", r"\b(?:vete al|vayase al|chinga\w*|vete a la)\b"),
)  # fmt: skip
_OPT_OUT = tuple((lang, why, re.compile(pattern)) for lang, why, pattern in _RAW_OPT_OUT)
# One cheap look before the grammar: no opt-out is without one of these.
_GATE = re.compile(
    r"stop|quit|cease|discontin|halt|cancel|no more|don't|do not|never|not to|no longer|didn't"
    r"|remov|delet|take|eras|drop|scrub|pull|get|unsub|opt|leav|los|forget|block|off|from|revok"
    r"|withdr|rescind|consent|permission|contact|knock|cut it|go away|buzz|lost|beat|spam|junk"
    r"|f\*|fuck|eff|screw|hell|stfu|shut|lawyer|attorney|legal|lawsuit|tcpa|class action|su(?:e|ing)"
    r"|report|harass|do not call|wrong|isn't|ain't|this is not|i'm not|am not|nobody|no one|by that"
    r"|died|passed|deceased|dead|doesn't|does not|new|just got|know|end|enough|not|bother|hit|no "
    r"|arret|cess|stopp|fini|ne |plus|pas|enlev|retir|supprim|effac|ote|desab|desin|liste|laiss"
    r"|fout|oubli|mauvais|faux|tromp|erreur|avocat|poursui|harcel|plainte|crtc|va |allez|fich|degag"
    r"|dej|para|pare|basta|ya|saq|sac|borr|elim|baja|paz|molest|desusc|deteng|equivoc|conozco|soy"
    r"|abogado|demand|denunci|acoso|vete|vaya|ching"
)
# Ordinary uses at a dealership that the grammar must not see.
_BLANKED = re.compile(
    r"\b(?:can't|cannot|couldn't|won't|never|don't|not) stop (?:think|look|talk|smil|dream|laugh|lov|watch)\w*"
    r"|\bstop(?:s|ped|ping)? (?:by|in|over|at|off|sign|light|and (?:go|see|look)|there|here|the bleeding|leak\w*)\b"
    r"|\b(?:bus|truck|pit|one|full|next|last) stop\b"
    r"|\b(?:end|ends|ended|ending) (?:up|of)\b|\b(?:week|month|year|day|weekend)'?s? end\b|\bweek ?end\b"
    r"|\b(?:front|rear|back|high|low|dead|other) end\b"
    r"|\bcancel(?:s|ed|led|ling)? (?:my|the|our|his|her|that|this|an?|it) (?:\w+ )?(?:appointment|appt|order|deposit|"
    r"service|reservation|test drive|meeting|oil change|visit|application|contract|insurance|warranty|policy|booking|loan|deal|hold)\b"
    r"|\bquit (?:my|his|her|the|a) (?:\w+ )?(?:job|work|smoking)\b"
    r"|\b(?:remove|take|drop|delete|get|pull) (?:the|that|those|these|my (?:old|trade)|his|her|off the|a) (?:\w+ )?(?:add-?ons?|fee|fees|"
    r"warranty|package|tint|decals?|stickers?|plates?|wheels?|tires?|seats?|badge|hitch|dealer|price|co-?signer|wife|husband)\b"
    r"|\bno (?:problem|worries|rush|hurry|doubt|prob|pressure|big deal|more than|later than|idea)\b"
    r"|\bwrong (?:color|colour|car|truck|trim|price|model|part|size|link|day|time|address|vehicle|picture|photo|key|vin|suv|year|email)\b"
    r"|\bdon't (?:forget|worry|mind|think|know|have)\b(?! (?:this number|me\b))"
    r"|\b(?:take|get|drive|pull) (?:it|that one|the \w+) off (?:the )?(?:lot|market|hold|your hands)\b"
    r"|\b(?:info|information|quote|price|list price|price list|message|text) (?:on|about|from)\b"
    r"|\b(?:nonstop|non stop|stop-start|start stop|auto stop)\b"
)

_HELP = re.compile(
    r"^(?:(?:hi|hello|um|uh|ok|sorry|hey|excuse me|yes|wait|lol) )*(?:who(?:'s| is| are|m am i)? ?(?:this|you|it|that|speaking|texting)"
    r"(?: (?:is|are) this)?|who (?:dis|am i (?:talking|speaking|texting) (?:to|with))|what (?:is this|company is this|is this about|is this for|"
    r"dealership is this)|(?:how|where) (?:did|do|have|'d) (?:you|u|yall|you guys) (?:get|have|find|got|obtain) (?:my|this) (?:\w+ )?(?:number|info|"
    r"information|name|cell)|why (?:am i|are you|do i keep) (?:getting|receiving|texting|messaging|contacting|get|being texted)\b.*|"
    r"do i know you|identify yourself|whose number is this|who (?:gave|sold) you my (?:number|info)\b.*|"
    r"qui (?:est[- ]ce|etes[- ]vous|es[- ]tu|m'ecrit|parle|est la)|c'est qui|comment avez[- ]vous (?:eu|obtenu) mon numero|"
    r"pourquoi (?:est-ce que )?je recois.*|d'ou (?:vous )?(?:tenez|avez)[- ]vous mon numero|"
    r"quien (?:es|eres|habla|escribe|me escribe|es usted|son ustedes)|de donde (?:sac\w+|obtuv\w+|tien\w+) mi numero|"
    r"como (?:consigu\w+|obtuv\w+|tien\w+) mi numero|por que me (?:escrib\w+|mand\w+|lleg\w+).*)"
    r"(?: (?:please|and|again|from|exactly|svp|por favor|it|about|is it)\b.{0,40})?$"
)
_I_NEED_HELP = re.compile(
    r"^(?:please )?(?:help|info|aide|ayuda)(?: (?:me|please|svp|por favor|info))*$"
)

_YES = frozenset(
    [
        "yes",
        "yea",
        "yeah",
        "yep",
        "yup",
        "yess",
        "yesss",
        "yas",
        "yeh",
        "ya",
        "yah",
        "sure",
        "ok",
        "okay",
        "okey",
        "k",
        "kk",
        "fine",
        "absolutely",
        "definitely",
        "certainly",
        "agree",
        "agreed",
        "accept",
        "accepted",
        "approve",
        "approved",
        "affirmative",
        "gladly",
        "oui",
        "ouais",
        "ok",
        "daccord",
        "si",
        "sii",
        "claro",
        "dale",
        "vale",
        "bueno",
        "simon",
        "afirmativo",
        "sip",
        "acepto",
        "perfecto",
        "correct",
        "right",
        "ye",
        "aye",
        "yessir",
        "yesmaam",
        "totally",
    ]
)
_YES_FILL = frozenset(
    [
        "i",
        "i'm",
        "you",
        "can",
        "may",
        "could",
        "do",
        "it's",
        "its",
        "is",
        "that",
        "that's",
        "thats",
        "go",
        "ahead",
        "for",
        "it",
        "please",
        "thanks",
        "thank",
        "text",
        "me",
        "message",
        "contact",
        "texting",
        "texts",
        "via",
        "by",
        "sms",
        "that'd",
        "be",
        "would",
        "will",
        "works",
        "with",
        "good",
        "great",
        "fine",
        "perfect",
        "course",
        "of",
        "sounds",
        "okay",
        "alright",
        "all",
        "right",
        "no",
        "problem",
        "sir",
        "ma'am",
        "maam",
        "miss",
        "of-course",
        "this",
        "number",
        "here",
        "my",
        "is",
        "best",
        "way",
        "to",
        "reach",
        "and",
        "am",
        "happy",
        "love",
        "like",
        "it",
        "to",
        "absolutely",
        "very",
        "much",
        "much",
        "so",
        "permission",
        "give",
        "have",
        "consent",
        "agree",
        "welcome",
        "feel",
        "free",
        "be",
        "happy",
        "mr",
        "mrs",
        "emily",
        "definitely",
        "vous",
        "pouvez",
        "me",
        "texter",
        "m'ecrire",
        "m'envoyer",
        "bien",
        "sur",
        "merci",
        "parfait",
        "c'est",
        "ca",
        "va",
        "svp",
        "d'accord",
        "certainement",
        "avec",
        "plaisir",
        "je",
        "accepte",
        "veux",
        "bien",
        "aucun",
        "probleme",
        "un",
        "texto",
        "des",
        "textos",
        "messages",
        "allez",
        "y",
        "esta",
        "bien",
        "por",
        "supuesto",
        "gracias",
        "puede",
        "puedes",
        "mandar",
        "mandarme",
        "enviarme",
        "escribirme",
        "mensajes",
        "de",
        "acuerdo",
        "adelante",
        "favor",
        "claro",
        "que",
        "senor",
        "senora",
        "mensaje",
        "texto",
        "con",
        "gusto",
        "usted",
        "me",
        "hi",
        "hello",
        "hey",
        "absolutely",
        "awesome",
        "cool",
        "sweet",
        "lol",
        "haha",
        "yay",
        "works",
        "ahead",
        "any",
        "anytime",
        "time",
        "i'd",
        "appreciate",
    ]
)
_YES_PHRASES = re.compile(
    r"^(?:(?:hi|hello|hey) )?(?:go ahead|go for it|of course|sounds good|that works|that's fine|thats fine|that is fine|"
    r"fine with me|works for me|by all means|please do|you can text me|you may(?: text me)?|feel free|i agree|i do|"
    r"i consent|bien sur|d'accord|allez y|ca va|c'est bon|pas de probleme|aucun probleme|por supuesto|esta bien|"
    r"de acuerdo|adelante|no problem text me|why not)\b"
)
_CONDITION = re.compile(
    r"\b(?:but|only|if|unless|except|until|till|not|no|never|don't|maybe|later|tomorrow|after|before|when|first|"
    r"depends|however|mais|seulement|sauf|demain|plus tard|peut etre|pero|solo|solamente|manana|despues|quizas|"
    r"tal vez|cuando|si es|or)\b"
)
_NO_START = re.compile(
    r"^(?:(?:hi|hello|hey|um|sorry|oh|lol) )*(?:no|nope|nah|naw|nay|noo+|non|nop|negative|not (?:interested|now|right now|today|at this time|"
    r"really|yet|anymore|for me)|no (?:thanks|thank you|thx|ty|gracias|merci)|i'?m (?:good|all set|ok|okay|fine|not interested)|"
    r"(?:i )?(?:already (?:bought|purchased|got|found)|bought (?:a|one|elsewhere)|went with|found (?:a|one|another))|"
    r"i'?d rather (?:not|you (?:call|email))|(?:please )?(?:call|email) (?:me )?instead|pass|no way|never ?mind|hard pass|"
    r"pas (?:interesse|maintenant|pour l'instant|vraiment)|je (?:ne )?(?:suis pas|prefere pas)|"
    r"no (?:me interesa|estoy interesad\w|por ahora|quiero)|ahora no|prefiero que no|todavia no)\b"
)
_NO_REST = frozenset(
    [
        "no",
        "nope",
        "nah",
        "thanks",
        "thank",
        "you",
        "thx",
        "ty",
        "not",
        "interested",
        "i",
        "i'm",
        "im",
        "good",
        "all",
        "set",
        "at",
        "this",
        "time",
        "now",
        "right",
        "today",
        "for",
        "me",
        "please",
        "sorry",
        "but",
        "rather",
        "you",
        "call",
        "email",
        "instead",
        "already",
        "bought",
        "purchased",
        "got",
        "found",
        "a",
        "one",
        "car",
        "truck",
        "elsewhere",
        "another",
        "something",
        "went",
        "with",
        "different",
        "dealer",
        "dealership",
        "vehicle",
        "merci",
        "non",
        "pas",
        "interesse",
        "interessee",
        "gracias",
        "no",
        "me",
        "interesa",
        "estoy",
        "interesado",
        "interesada",
        "por",
        "ahora",
        "je",
        "ne",
        "suis",
        "maintenant",
        "l'instant",
        "pour",
        "vraiment",
        "don't",
        "do",
        "want",
        "it",
        "the",
        "and",
        "have",
        "we",
        "we're",
        "looking",
        "anymore",
        "longer",
        "am",
        "really",
        "sir",
        "ma'am",
        "nah",
        "ok",
        "okay",
        "just",
        "bye",
        "never",
        "mind",
        "way",
        "pass",
        "appreciate",
        "though",
        "it's",
        "fine",
        "yet",
        "need",
        "vehicle",
        "le",
        "la",
        "prefiero",
        "prefere",
        "que",
        "anything",
        "else",
        "hard",
        "we'll",
        "ahora",
        "todavia",
        "ya",
        "compre",
        "compramos",
        "compro",
        "uno",
        "otro",
        "lado",
        "deja",
        "achete",
        "ailleurs",
        "j'ai",
        "autre",
        "vehicule",
        "voiture",
        "un",
        "une",
    ]
)
_UNCLEAR = re.compile(
    r"^(?:maybe|perhaps|possibly|hmm+|umm*|uh+|idk|i don't know|i do not know|not sure|i'm not sure|we'll see|depends|"
    r"later|ok maybe(?: later)?|maybe later|let me think(?: about it)?|peut[- ]etre|je ne sais pas|on verra|plus tard|"
    r"quiza?s?|tal vez|no se|mas tarde|luego|lol|haha|what|huh|quoi|que|yes or no|yes no|ok\?+|sure\?+|thinking)\b"
)
_FRENCH = re.compile(
    r"\b(?:je|vous|moi|mon|ne|pas|oui|non|merci|bonjour|arret\w*|textos?|numero de|votre|est|une|les|des|c'est|d'accord|svp|qui|plait)\b"
)
_SPANISH = re.compile(
    r"\b(?:el|los|mi|que|por|si|no me|gracias|hola|usted|esta|quiero|mas|numero|favor|bien|de la|deja|lista|ustedes|soy|escrib\w*|para)\b"
)


def classify(body: str) -> Reply:
    """Return what a reply means; never raises, whatever the text.

    Law: RULE-US-05, RULE-CT-03, RULE-CT-04, RULE-CA-03.
    """
    carrier_word = body.strip().upper()
    if carrier_word not in _CARRIER_WORDS:
        carrier_word = ""
    folded = _fold(body[:1700])
    own = "\n".join(line for line in body.splitlines() if not line.lstrip().startswith(">"))
    if own != body:
        folded = _fold(own[:1700])
    if not folded:
        return Reply(ReplyKind.NONE, "empty")
    if _TAPBACK.match(folded):
        return Reply(ReplyKind.NONE, "tapback")
    keyword = _keyword(folded, carrier_word)
    if keyword is not None:
        return keyword
    words = " ".join(_corrected(word) for word in _WORD.findall(folded))
    if not words:
        return _of_symbols(folded)
    language = _language_of(words)
    reply = _of_words(folded, words, language)
    if reply.kind is not ReplyKind.OPT_OUT and _AUTO_REPLY.search(folded):
        return Reply(ReplyKind.NONE, "auto_reply", language)
    return reply


_CARRIER_WORDS = frozenset(
    {*rules.TWILIO_STOP_WORDS, *rules.TWILIO_HELP_WORDS, *rules.TWILIO_START_WORDS}
)


def _keyword(folded: str, carrier_word: str) -> Reply | None:
    """Read a message that is nothing but a keyword, however it is spelt (RULE-CT-03)."""
    if any(symbol in _NO_EMOJI | _YES_EMOJI for symbol in folded) and len(folded) < 4:
        return None
    squeezed = re.sub(r"[^a-z0-9]", "", folded)
    if len(squeezed) > 24:
        return None
    half = len(squeezed) // 2
    if squeezed and len(squeezed) % 2 == 0 and squeezed[:half] == squeezed[half:]:
        squeezed = squeezed[:half]  # "stop stop"
    collapsed = re.sub(r"(.)\1{2,}", r"\1", squeezed)
    for word in dict.fromkeys((squeezed, collapsed)):
        if word in _KEYWORDS_STOP:
            canonical = _CANONICAL.get(word, word.upper())
            return Reply(
                ReplyKind.OPT_OUT, "keyword", _KEYWORDS_STOP[word], False, canonical, carrier_word
            )
        if word in _STOP_TYPOS or (len(word) > 7 and _within_one(word, "unsubscribe")):
            return Reply(ReplyKind.OPT_OUT, "phrase", "en")
        if word in _KEYWORDS_HELP:
            return Reply(
                ReplyKind.HELP, "keyword", _KEYWORDS_HELP[word], False, word.upper(), carrier_word
            )
        if word in _KEYWORDS_START:
            return Reply(
                ReplyKind.OPT_IN, "restart_keyword", "en", False, word.upper(), carrier_word
            )
    return None


def _of_symbols(folded: str) -> Reply:
    symbols = {c for c in folded if not c.isspace()}
    if symbols & _STOP_EMOJI:
        return Reply(ReplyKind.OPT_OUT, "emoji")
    modifiers = {chr(c) for c in range(0x1F3FB, 0x1F400)}
    if symbols - modifiers and symbols - modifiers <= _YES_EMOJI:
        return Reply(ReplyKind.OPT_IN, "affirmative")
    if symbols - modifiers and symbols - modifiers <= _NO_EMOJI:
        return Reply(ReplyKind.DECLINE, "negative")
    return Reply(ReplyKind.NONE, "unclear")


def _of_words(folded: str, words: str, language: str) -> Reply:
    cleared = " ".join(_BLANKED.sub(" _ ", words).split())
    # Each sentence by itself too: "the blue one. Stop texting me" holds no "one stop".
    pieces = [cleared, *_sentences(folded)]
    if any(symbol in folded for symbol in "🛑🖕"):
        return Reply(ReplyKind.OPT_OUT, "emoji", language)
    if "f***" in folded or "f**k" in folded:
        return Reply(ReplyKind.OPT_OUT, "hostile", language)
    for piece in pieces:
        if piece in _LONE_STOPS:
            return Reply(ReplyKind.OPT_OUT, "phrase", language or "en")
        if _GATE.search(piece):
            for tongue, reason, pattern in _OPT_OUT:
                if pattern.search(piece):
                    return Reply(ReplyKind.OPT_OUT, reason, tongue)
    first = cleared.split(" ", 1)[0]
    if first in {"stop", "unsubscribe"} and re.match(r"\s*stop\s*[.,!;:-]", folded):
        return Reply(ReplyKind.OPT_OUT, "phrase", language or "en")
    if _HELP.match(words) or _I_NEED_HELP.match(words):
        return Reply(ReplyKind.HELP, "identity_question", language)
    doubtful = bool(_DOUBTFUL.search(cleared))
    asks = "?" in folded
    if not asks and _NO_START.match(words) and _all_of(words, _NO_REST):
        return Reply(ReplyKind.DECLINE, "negative", language, doubtful)
    if not doubtful and not asks and _is_yes(folded, words):
        return Reply(ReplyKind.OPT_IN, "affirmative", language)
    return Reply(ReplyKind.NONE, _reason_of_none(folded, words), language, doubtful)


_LONE_STOPS = frozenset({"stop", "unsubscribe", "arret", "arretez", "stop it", "no mas"})
_ENDS_OF_SENTENCES = re.compile(r"[.!?;\n]+")


def _sentences(folded: str) -> list[str]:
    """Return the sentences as cleared words, [] for a single one."""
    found = [part for part in _ENDS_OF_SENTENCES.split(folded) if part.strip()]
    if len(found) < 2:
        return []
    return [
        " ".join(_BLANKED.sub(" _ ", " ".join(map(_corrected, _WORD.findall(part)))).split())
        for part in found[:40]
    ]


# Words of stopping that no rule above could place: sending pauses until a manager has read them.
_DOUBTFUL = re.compile(
    r"\b(?:stop|unsubscribe|quit texting|leave me|remove me|not text|enough|annoying|too many (?:texts|messages)|"
    r"so many (?:texts|messages)|tired of|sick of|arretez|dejen|basta|scam|spam|creepy|privacy)\b"
)


def _all_of(words: str, allowed: frozenset[str]) -> bool:
    return all(word in allowed for word in words.split())


def _is_yes(folded: str, words: str) -> bool:
    """Whether every word belongs to a clear, unconditional yes."""
    if _CONDITION.search(words.replace("no problem", "").replace("pas de probleme", "")):
        return False
    parts = words.split()
    if len(parts) > 12:
        return False
    if any(symbol in _NO_EMOJI | _STOP_EMOJI for symbol in folded):
        return False
    leads = parts[0] in _YES or bool(_YES_PHRASES.match(words))
    return leads and all(word in _YES or word in _YES_FILL for word in parts)


def _reason_of_none(folded: str, words: str) -> str:
    parts = words.split()
    starts_yes = parts[0] in _YES
    if starts_yes and "?" not in folded and _CONDITION.search(words):
        return "conditional"
    if _UNCLEAR.match(words) and len(parts) <= 6:
        return "unclear"
    if "?" in folded:
        return "unclear" if starts_yes and len(parts) <= 3 else "question"
    if len(parts) <= 1 and len(words) <= 4:
        return "unclear"
    return "conversation"


def _language_of(words: str) -> str:
    french, spanish = len(_FRENCH.findall(words)), len(_SPANISH.findall(words))
    if french > spanish:
        return "fr"
    return "es" if spanish > french else "en"
