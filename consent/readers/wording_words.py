"""Pure: the words by which consent.wording tells a promotion from a notice and from talk.

Phrases are regular expressions over folded text (no accents, lower case, straight quotes, single
spaces), matched at word borders: one on a line or several with " ; " between; a line that ends in
"|" goes on in the next. `<name>` stands for an entry of SHORT. English, French, Spanish.
"""

from __future__ import annotations

import re


def _phrases(text: str) -> tuple[str, ...]:
    joined = re.sub(r"\|\n\s*", "|", text.strip())
    return tuple(part.strip() for part in re.split(r" ; |\n", joined))


def _phrase(text: str) -> str:
    return _phrases(text)[0]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Abbreviations used in the phrases; each is one phrase.
SHORT: dict[str, str] = {
    "your": _phrase(
        r"""
        (?:your|ur|votre|vos|ton|ta|su|sus|tu|tus)
        """
    ),
    "few": _phrase(
        r"""
        (?:[\w'&./-]+ ){0,5}?
        """
    ),
    "car": _phrase(
        r"""
        (?:cars?|vehicles?|trucks?|suvs?|vans?|minivans?|ride|autos?|sedans?|hybrids?|evs?|
        models?|units?|pickups?|inventory|vehicules?|voitures?|camions?|vus|modeles?|carros?|
        vehiculos?|camionetas?|trocas?|modelos?)
        """
    ),
    "day": _phrase(
        r"""
        (?:today|tonight|tomorrow|midnight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|
        wed|thu|fri|sat|sun|soon|(?:this|the|memorial|labor|presidents) (?:week|weekend|month|
        day)|(?:the )?end of \w+|\d+/\d+(?:/\d+)?|(?:the )?\d+(?:st|nd|rd|th)|(?:jan|feb|mar|
        apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?: \d+)?)
        """
    ),
    "money": _phrase(
        r"""
        (?:\$ ?\d[\d,.]*k?|\d[\d ,.]*\$|\d[\d,.]* ?(?:dollars?|bucks|dolares|dlls|piastres|
        grand))
        """
    ),
    "notmoney": _phrase(
        r"""
        (?! ?(?:%|am|pm|h|miles?|mi|mpg|km|kms|kilomet\w+|millas|mil|lbs?|pounds|psi|rpm|hp|cc|
        on it|people|years?|hours?|hrs?|minutes?|mins?|days?|weeks?|horas|dias|minutos|jours|
        left|more|of|st|th|rd|nd|points|service|mile|\w+ (?:st|ave|rd|blvd|way|dr|lane|street|
        road))(?!\w))
        """
    ),
    "big": _phrase(
        r"""
        (?:great|good|best|huge|big|biggest|amazing|awesome|unbeatable|incredible|killer|hot|
        crazy|sweet|super|better|exclusive|special|fantastic|insane|massive|top|hottest|
        excellent|low|lower|lowest|fresh|strong|stronger|aggressive|competitive|attractive|
        wonderful|limited)
        """
    ),
    "now": _phrase(
        r"""
        (?:right now|now|today|this (?:week|weekend|month|season)|hoy|ahora)
        """
    ),
    "several": _phrase(
        r"""
        (?:two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|fifty|
        hundred|thousand|\d+|dos|tres|cinco|diez|quince|veinte|cien|mil|deux|trois|cinq|dix|
        vingt|cent|mille)
        """
    ),
    "period": _phrase(
        r"""
        (?:mo|mos|mth|months?|wk|weeks?|bi-?weekly|mois|semaine|mes|semana|quincena)
        """
    ),
    "season": _phrase(
        r"""
        (?:summer|winter|spring|fall|autumn|holiday|thanksgiving|christmas|easter|memorial day|
        labor day|presidents'? day|veterans day|independence day|july 4th|4th of july|
        new year'?s?|back to school|year[- ]?end|month[- ]?end|model year[- ]?end|black friday|
        cyber monday|boxing day|tax|anniversary|columbus day|mlk day|weekend|semi-?annual|
        annual)
        """
    ),
}

#: Enough alone to make a text promotional, as a rule: code → phrases.
STRONG: dict[str, tuple[str, ...]] = {
    "price": _phrases(
        r"""
        <money> ; (?:for|only|just) a (?:buck|dollar)
        (?:price[sd]?|pricing|msrp|sticker|listed|asking|invoice|affichee?|prix|precio|
        precios)(?: (?:is|of|at|for|was|to|est|de|a|es|en|just|only|now|down|on|
        it))* ?\d{3}[\d,. ]*(?<!\d\d:)<notmoney>
        (?:do|at|for|to|asking|only|just|por|en|comes? to|around|under|over|toward|
        another) (?:\d{1,3}(?:[,. ]\d{3})+(?!\d)|\d{5,6})<notmoney>
        (?:do|for|asking|only|just|por|comes? to|under|over|toward) \d{1,3}(?:\.\d)?k<notmoney>
        \$0 ; <several> (?:dollars|bucks|grand|dolares|dolars|piastres|mil dolares)
        (?:menos de|under|moins de|less than|sous les?) (?:<money>|<several> (?:mil|k|grand|
        mille|thousand))
        (?:knock|take|took|save|by) (?:off )?(?:you )?(?:another |an extra )?\d{3,5}<notmoney>
        \d{2,4}\.\d[059]<notmoney>
        (?:special|only|just|solo|seulement)(?: [\w:]+){0,5} \d{2,4}(?![\d:/.,-])<notmoney>
        \d{2,4} (?:off|de rabais|de descuento)
        (?:at least|up to|hasta|jusqu'a) \d+k?(?![:\d])<notmoney>
        price (?:drop|cut|reduction|match|adjustment|update|break)s?
        (?:slash|cut|chop|trim|drop|lower|reduc|discount|shav|knock)\w* (?:the |our |its |
        your )?(?:stickers?|msrps?|payments?|prices?|price tags?|<money>|\d{3,5})
        (?:would|could|how about|what about|how does|i can do|we can do|i'll give you|
        we'll give you|get you|give you|offer you) (?:around |about )?\d{3,5}<notmoney>
        \d[\d,.]* (?:mensuales|semanales|quincenales) ; paga (?:solo )?<money>
        (?:drop(?:ped|ping)?|lower(?:ed|ing)?|reduc(?:ed|ing)|slash(?:ed|ing)?|cut) (?:the |
        our |its )?pric\w+
        (?:got|been|just|is now|now) reduced ; reduced (?:by|to|price)
        <big> (?:\w+ )?pric(?:e|es|ing) ; (?:that|this|at that|at this) price
        (?:employee|internet|invoice|wholesale|holiday|clearance|family|costco|sale|new|
        friends and family) pric(?:e|es|ing)
        (?:below|under|beneath) (?:market|invoice|msrp|book|sticker|cost|kbb)
        match ?(?:or|/|and) ?beat
        (?:we'll|we will|i'll|can|will) (?:\w+ )?(?:beat|match) (?:any|that|their|your|it|bank|
        the|other)\w*
        beat (?:any|bank|dealer|their|those|the competition|competitors?|your bank)(?: \w+)?
        out[- ]the[- ]door ; msrp ; mark(?:ed)? ?-?downs? ; marked down
        knock (?:off|something|some|a (?:little|bit)|another)
        (?:a little|some|a bit|something|more|money|thousands|hundreds) off
        prices? (?:start|starts|starting|from|as low|you won't|won't last|have never)\w*
        (?:meilleur|bon|petit|bas|incroyable|imbattable|beau|super)s? prix
        prix (?:imbattable|reduit|coupe|d'ami|special|exceptionnel|ferme|de liquidation|
        employe)\w*
        moitie prix ; a ce prix ; baiss\w+ (?:le|les|nos|de|du) prix
        (?:mejor|buen|gran|increible)(?:es)? precios?
        precios? (?:mas |muy |tan )?(?:baj|especial|increibl|incomparabl|rebajad|
        de (?:liquidacion|remate))\w*
        (?:baj|rebaj)\w+ (?:el|los|de|su|sus) precios? ; mitad de precio ; este precio
        mas (?:baratos?|economicos?)
        """
    ),
    "rate": _phrases(
        r"""
        apr ; a\.p\.r\.?
        \d(?:[.,]\d+)? (?:for|x|pour|por) (?:24|36|39|48|60|63|66|72|75|84|96)
        <big>(?: \w+){0,2} rates?
        (?:promotional|preferred|preferential|reduced|introductory|special|
        better)(?: \w+)? rates?
        rates? (?:as low|starting|start|from|came|come|coming|went|go|are (?:down|low|great|
        dropping|falling)|dropped|drop|dropping|just|have (?:dropped|come|fallen|gone|never)|
        fell|falling|shifted|are lower|just came)\w*
        (?:0|zero|no|low) interest ; interest[- ]free ; sans interets? ; sin intereses?
        cero intereses? ; meses sin intereses
        (?:special|low|easy|flexible|in[- ]house|zero|0|great|attractive|promotional|
        subprime) (?:rate )?financing
        qualified (?:buyers?|customers?|lessees?) ; (?:on|with|with an) approved credit
        w\.?a\.?c\.?
        (?:taux|tasas?)(?: \w+){0,2} (?:exceptionnel|bas|baja|reduit|promotionnel|avantageu|
        especial|imbattable|preferencial|preferentiel|competiti)\w*
        (?:bas|meilleurs?|petits?) taux ; mejor(?:es)? tasas?
        baj(?:a|as|aron|o) (?:las |la )?tasas?
        financ\w+ (?:a|de|des|desde|a partir de|at|from|as low as) \d\S*
        financ\w+ (?:facile|special|avantageu|facil|especial|disponible|para todos|available)\w*
        refinanc\w+ (?:with|and|now|today|your|options?|could|can)
        (?:lower|better|reduce) your (?:\w+ )?rate
        bring (?:it|your rate|the rate|that rate) down
        """
    ),
    "payment": _phrases(
        r"""
        \d[\d,.]* ?\$? ?(?:usd |dollars )?(?:/ ?|per |a |par |al |por |each |every |la |
        le )(?:\w+ )?<period>
        payments? (?:start|starting|from|as low|low as|around|under|of only|of just|that fits?|
        you can afford|you'll love)\w*
        (?:low|lower|lowest|small|smaller|easy|affordable|cheap|cheaper|similar|same|better|
        ideal|comfortable|manageable|predictable)(?:,? \w+){0,2} payments?
        payments? (?:\w+ ){0,3}(?:manageable|comfortable|affordable|lower|have come down|
        came down|went down)
        payments? (?:\w+ ){0,5}come down
        (?:lower|reduce|cut|drop|shrink|skip|waive)(?:ing)? (?:your|ur|that|the|some|
        a)(?: \w+){0,3} payments?
        no (?:\w+ )?payments? (?:til|till|until|for|before|'til)
        defer\w* (?:\w+ ){0,3}payments?
        without (?:increasing|raising|changing) (?:your|the) payment
        (?:no|zero|nothing|0|\$0|little|low|minimal) (?:to no )?(?:money |cash )?down ; zero due
        due at signing ; \d+k? down ; double your down
        (?:we|i|we'll|i'll|boss)(?: can| will| could| says we can)? (?:eat|cover|make|pay|
        pick up|take care of) (?:the |your )?(?:first|next|last)?(?: \w+)? ?payments?
        pay less ; down payment (?:match|assist)\w*
        make your (?:first|next|last) (?:\w+ )?payments?
        (?:lower|reduce) your (?:total )?cost\w*
        save (?:you )?(?:\w+ ){0,3}on your (?:\w+ )?(?:loan|payment|lease|car|next)
        (?:sans|aucun|zero|0) (?:\w+ )?(?:comptant|acompte|mise de fonds|paiements?|versements?)
        (?:baiss|redui|diminu)\w* (?:votre|vos|tes|ta|la|les) (?:mensualites?|paiements?|
        versements?)
        (?:petits?|bas) (?:paiements?|versements?) ; paiements? (?:a partir|des|bas)
        (?:sin|cero|poco|bajo) (?:enganche|inicial|pie|anticipo) ; sin pagos?
        enganches? (?:bajos?|desde|minimo)
        (?:mensualidades?|pagos?)(?: \w+)? (?:baj\w+|desde|comod\w+|accesibl\w+|pequen\w+|
        chiquit\w+)
        baj(?:e|a|amos|ar|arle) (?:su|sus|tu|tus|la|el) (?:mensualidad|pago)(?:es|s)?
        """
    ),
    "credit": _phrases(
        r"""
        (?:bad|no|bruised|poor|any|all|damaged|rough|less than perfect|challenged|rebuild\w*|
        every|low|subprime) credit(?! (?:card|check|needed|score required))
        credit (?:problems?|issues?|challenge[sd]?|refuse|dificil|malo|situations?|types?|
        friendly|profiles?|dinged)
        credit-friendly ; regardless of (?:your )?credit
        guaranteed? (?:approval|financing|credit)\w* ; no credit (?:check|needed|required)
        buy here,? pay here ; approval guarant\w+
        (?:everyone|everybody)(?: is|'s| gets?)? approved
        we (?:approve|finance) (?:every|any|all)\w*
        (?:lenders?|banks?) (?:who|that) (?:say yes|approve|specialize|will work)
        get (?:you |u )?approved
        (?:you're|you are|you've been|you have been|youre|been) (?:now |already |
        just )?pre-? ?(?:approved|selected|qualified)
        get pre-? ?(?:approved|qualified) ; pre-? ?approv(?:ed|al) (?:for|up to|offer|amount)
        (?:approved|approuve\w*|aprobad\w+) (?:for |pour |por )?(?:up to|jusqu'a|hasta)
        (?:soft|fast|quick|instant|easy|same day) (?:approval|pre-?approval|path)\w*
        (?:first|second|2nd|deuxieme|2e|segunda) chance ; segunda oportunidad ; chance au credit
        (?:lenders?|banks?|creditors)(?: \w+){0,3} (?:approv\w+|flexible|loosen\w*|working with|
        eased|lenient|easier)
        (?:better|more|easier) approvals? ; shot at approvals?
        (?:best|good) (?:window|time|odds|chance)(?: \w+){0,4} approval\w*
        what you(?:'d| would|'ll| may| might| could)? (?:\w+ )?qualify for
        (?:may|might|could|likely|probably) (?:now )?(?:qualify|be eligible)
        rebuild\w* (?:your |their )?credit ; hurting your credit ; mauvais credit
        (?:on|nous) vous (?:approuv|financ)\w+ ; c'est approuve ; approbation garantie
        tous? (?:les )?credits? accept\w+ ; preteurs?(?: \w+){0,4} (?:flexible|souple)s?
        avoir droit a ; mal credito ; sin (?:seguro social|licencia|ssn) ; con itin
        aucun credit ; sin (?:credito|historial) ; sin importar ; (?:te|le|lo|los|la) aprobamos
        financiamos ; aprobacion garantizada ; pre-?aprobad\w+
        todos (?:son )?(?:califican|aprobados) ; bancos? (?:\w+ ){0,2}(?:aprobando|flexibles)
        (?:puede|puedes|podria|podrias) (?:que )?calific\w+ ; que califiqu?es? para
        """
    ),
    "discount": _phrases(
        r"""
        discount(?:s|ed)? ; off all ; in your pocket
        (?:earn|love|want|win|appreciate) your business(?! with us) ; coupons? ; rebates?
        incentives? ; promo(?:s|tions?|tional)? ; vouchers? ; savings?
        save (?:big|up|on|an extra|hundreds|thousands|even|extra|a (?:bunch|ton|lot)|some money|
        money|\$?\d\S*)
        and save ; save you (?:some |a (?:lot|ton|bunch) of )?(?:money|hundreds|thousands)
        (?:bonus|customer|loyalty|conquest|owner|trade|lease|college|dealer|military|grad|
        holiday) (?:cash|money|bonus)
        cash ?back ; bonus ; (?:an )?extra <money> ; half (?:off|price) ; percent off
        clearance ; blow ?-?out ; liquidation ; overstock(?:ed)? ; bogo
        buy (?:one|\d|two|three),?(?: \w+){0,4} get
        (?:<big>|current|latest|our|this|generous|additional|extra|these|an?|service|lease|
        loyalty) offers?(?! (?:letter|on your|from you))(?: (?:for you|on|end|expire|good|
        valid)\w*)?
        offers? (?:end|ends|expire|expires|valid|good|available|for you|on (?:all|every|our|new|
        select))
        (?:are|is|we're|now|currently|toyota's|they're) offering ; specials
        special (?:offer|pric|financ|rate|lease|event|deal|program|promotion|saving|buy)\w*
        (?:brakes?|tires?|oil change|lease|manager'?s?|service|detail|detailing|weekly|monthly|
        <season>|alignment|battery|ac|a/c|internet|finance|inspection|maintenance|coolant|flush|
        wiper|one day|flash) special
        special (?:this|today|<now>|on (?:all|our|new|the|tires|brakes|oil)|at|for)
        <big> deals?(?! (?:with|breaker)) ; (?:steal|heck|hell) of a deal
        deals (?:on|start|are|of|end|going|now|like|this|too|that|you)
        (?:our|these|text|more|friday|holiday|daily|weekly|lease|weekend|truck|car) deals
        deal (?:you|of the|won't|ends) ; ready to deal ; make (?:you )?a deal
        being (?:very |super |really |pretty )?aggressive ; wheel and deal
        (?:programs?|month-end|pricing) (?:wrap|end|expire|change)s?(?: up)? <day> ; maximize
        (?:selected|chosen|picked|eligible) for our
        (?:our|exchange|loyalty|buyback|upgrade|vip|owner) (?:\w+ )?program
        month[- ]end programs? ; strong(?:er)? programs?
        loyalty (?:perks|program|rewards|points|bonus|cash|discount) ; perks ; rabais
        remise (?:de|speciale|exceptionnelle) ; escomptes? ; aubaines? ; profitez ; economisez
        economies ; soldes ; reductions?(?! de vitesse) ; incitatifs? ; boni ; remise en argent
        moins cher ; sous le prix ; deux pour un ; a rabais ; imbattables? ; tant qu'il y en a
        jusqu'a epuisement ; prime ; offres?(?! refusee?) ; a l'achat ; descuentos? ; rebajas?
        ofertas? ; promocion(?:es)? ; cupon(?:es)? ; liquidacion ; aprovech\w+
        ahorr(?:e|a|o|os|ar|ara|en|amos) ; remate ; baratos? ; a mitad de ; nosotros pagamos
        salga manejando ; paquete especial ; bono ; en la compra ; al comprar ; 2 ?x ?1
        dos por uno
        """
    ),
    "sale": _phrases(
        r"""
        on sale
        (?:<season>|tent|clearance|big|biggest|huge|day|friday|truck|tires?|flash|private|
        blowout|warehouse|used car|our|end of (?:the )?(?:year|month)|sidewalk|inventory|mega|
        garage) (?:\w+ )?sale
        sales? (?:events?|ends?|starts?|is on|going on|prices?|continues|extended|runs|
        happening)
        (?:having|got|have|throwing|running) a (?:\w+ )?sale ; sale you
        <season> (?:savings?|event|clearance|deals?|blowout|bonus|offers?|kick ?-?off|pricing|
        celebration)
        black friday ; cyber monday ; tax (?:refund|season|return|time)\w* ; truck month
        toyotathon ; happy honda days ; (?:grande|super|mega|immense) vente
        vente (?:sous|de fin|annuelle|privee|d'ete|d'hiver|d'automne|de printemps|speciale|
        finale|exceptionnelle|de liquidation|d'entrepot|trottoir)
        en solde ; vente (?:du|des|de la|de) (?!garantie|vehicule)\w+
        venta de (?!garaje|refacciones)\w+ ; vendredi fou ; gran venta
        venta (?:de (?:verano|fin|liquidacion|primavera|invierno|otono|ano|aniversario)|
        especial|anual|bajo|nocturna|final)
        buen fin ; viernes negro
        """
    ),
    "free": _phrases(
        r"""
        (?<!feel )free (?:oil|car|tire|wash|brake|battery|gift|lunch|food|inspection|appraisal|
        estimate|quote|multi|alignment|rotation|check|delivery|maintenance|roadside|detail|gas|
        fuel|loaner|trial|upgrade|warranty|service|test|vehicle|trade|hot|coffee|tank|a/?c|
        wiper|windshield|tow|t-?shirt|ticket|month|year|prize|health|snow|winter|gifts|stuff|
        with)\w*
        (?:get|receive|enjoy|win|claim|grab|one|1|totally|absolutely|have|
        include[sd]?) (?:\w+ )?free (?!at|on|after|until|till|before|around|from|tomorrow|today|
        tonight|this|next|now|to|for|if|and|or|by|anytime|all|later|then|when|of|space)\w+
        for free ; free[!)] ; it's free ; complimentary ; on us ; on the house
        throw(?:ing)? in ; at no (?:extra|additional) c(?:ost|harge) ; no obligation
        no-obligation ; gratuit(?:e|es|s|ement)? ; gratis ; sin costo ; sans frais
        offert(?:e|s|es)? ; de regalo ; regalamos ; sin compromiso ; sans obligation
        """
    ),
    "giveaway": _phrases(
        r"""
        gift ?cards? ; visa card ; giveaways? ; giv(?:ing|e) away ; prepaid card ; gas card
        winner ; sweepstakes? ; raffle ; enter(?:ed)? (?:to|for a chance) ; chance to win
        win (?:a|an|one|up|big|tickets|<money>|free) ; prizes?
        (?:get|receive|pick up) (?:a|your) (?:free )?gift ; gets? a gift ; contest
        refer(?:ral)? (?:a|your|any|bonus|reward|program|someone|friends) ; bring a friend
        (?:double|triple|bonus|reward|rewards) points ; rewards?
        know (?:someone|anyone|somebody|anybody)(?: else)? (?:who|shopping|looking|
        in the market|that|needing)\w*
        appreciate (?:any|the|your|a) (?:intro|referral)\w*
        send (?:them|him|her|your friends) (?:my|our) way ; carte-? ?cadeaux? ; tirage
        concours ; gagnez ; courez la chance ; refere[zr] ; parrain\w+
        points (?:doubles|bonis) ; cadeaux? ; tarjetas? de regalo ; sorteo ; rifa
        gan(?:e|a|ate|ese|ar) (?:una?|hasta|<money>|dos|un|boletos|premios)
        (?:recomiend|refier|traig?)[ae] (?:a )?(?:un|una|sus?|tus?) (?:amig|familiar|conocid)\w+
        premios? ; regalos?
        """
    ),
    "urgency": _phrases(
        r"""
        (?:other|more|two|three|several|another|few|couple) (?:people|buyers?|customers?|couples?|
        famil(?:y|ies)|guys?|folks|person) (?:are |is |also )?(?:coming|looking|interested|want|
        asking|eyeing)
        if you want (?:it|her|one|this one) (?:you )?(?:better|come|call|get|let|tell|say)
        (?:you )?better (?:get|come|hurry|act|move) (?!back)
        before (?:they|it|we|she) (?:even )?(?:hits?|goes|go|posts?|lists?|sells?)
        first (?:pick|crack|look at)
        il (?:m'|me |nous )?(?:n')?(?:en )?reste (?:juste|que|un seul|une seule|seulement|plus que)
        ne rest(?:era|eront|e) (?:pas|plus) longtemps ; partir(?:a|ont)? vite
        (?:me |nos )?quedan? (?:solo|nomas|un[oa]?|dos|tres|poc[oa]s|ultim[oa]s?)
        no (?:va|van) a durar ; se (?:va|van) rapido ; si viene antes
        (?:today|weekend|month|week|tonight|days?|hours?|(?:mon|tues|wednes|thurs|fri|satur|
        sun)day) only
        one day only ; limited (?:time|supply|supplies|quantit\w+|availab\w+|offer|number|stock)
        while (?:supplies|they|it) lasts? ; last chance ; last call
        final (?:days?|hours|call|week|weekend) ; hurry ; act (?:now|fast|quick|soon)
        don't (?:wait|miss) ; hate (?:for you )?to miss ; for you to miss ; miss (?:out|it|this)
        won't (?:last|be here long|be around) ; get away from you
        let (?:this|it|these) (?:one )?(?:get|slip) away ; goes away
        (?:going|selling|moving|go|goes|sell) (?:\w+ )?(?:fast|quick|quickly)
        before (?:they're|theyre|it's|its|they are|it is) (?:all )?gone ; must go
        (?:have|has|need|got) to (?:go this|move|be gone)
        (?:lots?|a ton|plenty|a lot) of (?:\w+ )?(?:interest|attention|looks|calls|inquiries)
        (?:folks|people|customers) are asking
        (?:someone|somebody) else (?:grabs?|buys?|gets?|takes?|snags?|does|scoops?)
        (?:i'd|you should|better|come) (?:\w+ )?(?:grab|jump on|snag|scoop) (?:it|this|one|
        yours)
        (?:only|just) (?:a few|\d+|two|three|one|a couple)(?: \w+)? (?:left|remain\w*|available|
        at this)
        first come ; spoken for ; first dibs ; going away
        before (?:it|they) (?:ends?|expires?|goes)
        (?:order|buy|sign|reply|lock it in) (?:by|before) <day> ; avant qu'il
        commandez (?:maintenant|avant)
        antes del? (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)
        first \d+ (?:people|customers|buyers|callers)
        (?:sale|offer|deal|promo\w*|specials?|event|program|rebate|discount|price|pricing|
        savings|incentive|rate|bonus|coupon)s? (?:\w+ )?(?:ends?|expires?|ending|expiring|
        good through|is over|valid)
        ends (?:<day>|in \d+) ; par(?:t|ts|tent) vite ; faites vite ; depechez\S*
        ne manquez pas ; derniere chance ; derniers? jours
        (?:semaine|week-?end|aujourd'hui|demain|samedi|dimanche|vendredi) seulement
        ne reste que ; tout doit partir ; duree limitee ; quantites? limitees? ; premier arrive
        avant qu'il ne soit trop tard ; no (?:se|te) l[oa]s? pierdas? ; no (?:se|te) pierdas?
        jusqu'a (?:dimanche|lundi|samedi|vendredi|demain|ce soir)
        ultim[oa]s? (?:dias?|oportunidad|horas|unidades|semana)
        solo (?:por )?(?:hoy|este|esta|quedan) ; quedan (?:solo|pocas|pocos)
        no (?:se|te) quedes? sin ; apur[ae]\w* ; tiempo limitado ; hasta agotar ; date prisa
        se (?:estan )?acaba\w*
        """
    ),
    "event": _phrases(
        r"""
        you(?:'re|r| are) (?:all )?invited ; invite: ; your invitation ; join us ; open house
        grand (?:re-?)?opening ; customer appreciation
        vip (?:event|night|preview|sale|access|day|treatment)
        (?:test drive|ride and drive|savings|model year|sales?|buyback|upgrade|trade[- ]in|
        trade|pricing|pull[- ]ahead|luxury|exclusive|special|private|biggest|lease|clearance|
        <season>) event
        event of the ; live music
        (?:family|fun|community|kids|customer|owner|car|truck|food|taco|pizza|
        ladies)(?: \w+)? (?:fun day|day|night|show|fest|festival|meet)
        bounce house ; face painting ; on the grill ; tacos ; brincolin\w*
        dia (?:familiar|de los ninos) ; journee (?:clients?|familiale|portes) ; private viewing
        meet and greet
        (?:hot dogs|food|drinks|snacks|bbq|cookout)(?: \w+){0,4} (?:on us|for the kids|provided)
        portes ouvertes ; soyez des notres ; joignez-vous a nous ; (?:le|lo|la|te|los) invitamos
        vous etes (?:tous )?invitee?s? ; sous la tente
        evenement (?:special|annuel|vip|prive|d'\w+) ; soiree (?:vip|privee)
        hot-? ?dogs? gratuits ; (?:gran|super|nuestro) evento
        evento (?:especial|anual|vip|privado|de) ; (?:esta|estan) invitad[oa]s?
        festival(?: \w+)? en (?:la agencia|el concesionario) ; festival familiar
        """
    ),
    "trade_in": _phrases(
        r"""
        (?:buyers?|people|customers?|someone|somebody) (?:\w+ )?(?:looking|asking|waiting|
        wanting) for (?:a |an )?(?:\w+ )?(?:just )?like yours
        top (?:dollar|money|value|price)
        (?:bring|worth|paying|pays?|get|fetch|bring in) (?:you )?(?:serious|good|great|big|real|
        more|top|crazy) (?:money|dollars|cash|bucks|value)
        (?:we|i) (?:can )?make (?:\w+ )?offers? on (?:any|all|your) ; sell us your \w+
        interest in selling ; (?:have|got) a buyer ; buyer for your ; tengo (?:un )?comprador
        venderl[oa] ; (?:pret|interesse) a vendre ; exchange program
        (?:nous |on )?payons votre ; pagamos (?:su|tu) primer\w* ; gros prix
        cash for (?:your|cars|clunkers) ; trad(?:e|ing) up
        trade[- ]?ins? (?:value|bonus|event|welcome|worth|credit|assist|offer)\w*
        (?:we|happily|gladly) (?:actually |also )?(?:take|accept|want|love) trades?
        trades welcome
        trade in (?:your|ur) (?:old|gas|current|\d{4}|vehicle|car|truck|suv|ride)
        trade (?:it|yours?|that|your \w+) (?:in )?(?:for|toward) ; trade numbers
        what (?:your|ur|the) (?:\w+ ){1,4}?(?:would|could|might|will) bring
        (?:increase|increased|raise|raised|up|bump|bumped|improve|improved|stronger|higher|more|
        better|soften)(?: \w+){0,4} (?:for |on )?(?:your|the) trade(?: \w+)?
        value (?:on|for|of) your (?:current|old|vehicle|car|trade|truck)\w* ; trade position
        what (?:it|it's|yours|your \w+(?: \w+)?) (?:is |might be |could be )?worth
        worth (?:more|a lot|thousands|up to|way) ; how much your \w+(?: \w+)? is worth
        find out what your
        (?:we|we'd|we're|we'll|i'd|i)(?: \w+){0,4} (?:buy|buying|purchase|purchasing) (?:your|
        ur|cars|used|vehicles|back|pre-?owned|trucks|suvs|it back|yours)
        (?:buy|purchase) your (?:\w+ ){0,3}(?:even|outright|back|today|for cash|no matter)
        even if you (?:don't|dont|do not) (?:buy|purchase)
        no purchase (?:required|necessary|needed)
        pay(?:ing)? (?:off )?(?:your trade|more for|top|well|extra|cash (?:for|on)|you cash)
        what you owe
        (?:well |way )?(?:over|above|more than) (?:book|market|kbb|kelley|blue book)\w*
        (?:high|big|huge|great|strong|hot|serious) demand
        (?:positive|strong|good|some|extra|negative|have|has) equity
        equity (?:position|in your|is)
        (?:free|instant|quick|online|min(?:ute)?|upgrade|on the spot) (?:trade |
        re-?)?(?:appraisal|valuation|cash offer|cash)
        (?:re-?)?appraisers? (?:are|will|is)
        (?:could (?:really )?use|love to (?:have|buy|get)|looking for|need|
        want) your(?: \d{4})? \w+ (?:for|in|on|back|\w+ for) ?(?:our|the|my)?
        (?:interested in|consider(?:ed|ing)?|thought (?:of|about)|thinking (?:of|about)|
        ready to) (?:selling|trading|sell|trade)(?: \w+)?
        sell(?:ing)? (?:us )?your (?:car|truck|suv|vehicle) ; swap[- ]keys ; swap (?:your )?keys
        (?:nous |on )?(?:rachetons|achetons|rachete|achete) (?:votre|vos|tous|les)
        vaut (?:plus|cher|beaucoup|encore|votre) ; combien vaut ; echangez
        (?:tres|fort) (?:recherche|demande)e?s? ; en (?:forte )?demande
        (?:valoir|vaudrait|valent) (?:plus|cher|beaucoup)
        (?:valer|valdria|valen) (?:mas|mucho)
        (?:nous )?(?:cherchons|recherchons) (?:des|votre|vos) ; meilleure offre
        (?:estimation|evaluation) gratuite ; valeur d'echange
        (?:te |le |les )?compramos (?:su|tu|sus|tus|carros|autos|todo)
        (?:te|le|les) (?:damos|pagamos|ofrecemos) (?:mas|hasta|el mejor|lo mejor|buen|<money>)
        vale (?:mas|mucho|su|tu) ; cuanto vale (?:su|tu)
        cambi[ae] (?:su|tu) (?:\w+ )?(?:viej[oa]|usad[oa]|carro por|auto por)
        muy (?:buscad|solicitad)[oa]
        """
    ),
    "upgrade": _phrases(
        r"""
        upgrad(?:e|ing) (?:your (?!software|phone|map)\w+|you|into|to (?:a|the|an|something|
        one)|from)
        (?:for|an|ready to|thinking) upgrade ; upgrade options ; pull[- ]ahead
        buy-?out (?:vs|or|option)\w*
        (?:get|put|getting|putting) you (?:in|into|driving|behind|out of)
        in(?:to)? (?:something|a|an|one of our|the) (?:brand )?newer?
        (?:great|best|perfect|good|right|ideal) (?:time|day|moment|month|
        chance) (?:of (?:the )?year )?to (?:buy|trade|upgrade|get|shop|lease|sell|purchase|own|
        save)
        time for (?:a|an|some) (?:new|newer|upgrade|change)(?! (?:filter|battery|key))
        new (?:year|ride|whip|wheels).{0,12}new (?:ride|you|car)
        early (?:lease )?(?:termination|return|upgrade) ; out of (?:that|your) lease
        (?:drive|driving) (?:home|away|off|it home) (?:in|with|a|your)
        newer (?:one|model|vehicle|car|truck)
        (?:if|when) you (?:buy|purchase|lease|finance|trade)(?: \w+)?
        si (?:vous achetez|achetez|compra|compras|financia) ; graduate to ; upgrade to synthetic
        cambi(?:e|ese|ate) a ; (?:roulez|repartez|partez) (?:en|dans|avec|au)(?: \w+)?
        au volant (?:de|d'un) ; (?:manej[ae]|conduzca|conduce) (?:un|una) \w+ nuev[oa]
        (?:cambiar|cambie) de (?:auto|carro|camioneta|vehiculo) ; switch to (?:a|an)
        second vehicle ; (?:temps|moment|heure) de (?:changer|remplacer|renouveler)
        (?:es )?(?:hora|tiempo|momento) de (?:cambiar|estrenar|renovar)
        (?:thinking (?:about|of)|ready for|considering|in the market for|shopping for) (?:(?:a|
        your|something) )?(?:brand )?(?:new|newer|next|upgrade)(?! (?:key|battery|appointment|
        time))
        still (?:shopping|in the market) ; votre prochain (?:vehicule|auto|voiture|camion|vus)
        (?:changer|renouveler) (?:pour un|votre|de) (?:vehicule|auto|voiture|neuf|modele)
        estren[ae]\w* ; renuev[ae] (?:su|tu) ; (?:su|tu) proximo (?:auto|carro|vehiculo)
        llev[ae](?:te|se) (?:su|tu|un|una|hoy) ; mejores? opciones
        (?:excelentes|buenas|grandes) opciones
        """
    ),
    "inventory": _phrases(
        r"""
        with (?:your|ur) name (?:all over|on) (?:it|one|them) ; just (?:landed|rolled in|hit the lot)
        come (?:on )?(?:in |down |by )?(?:and )?(?:see|check out|look at) (?:what's|whats|the new|our)
        (?:your|ur) next (?:car|truck|suv|van|ride|vehicle) ; tengo justo (?:el|la|lo|un|una)
        just got (?:in )?(?:\d+|a few|some|several|a couple|two|three|another|a (?:really )?nice)
        the new \w+(?: \w+)? (?:are|is) (?:in|here)(?! (?:for|your))
        (?:i've|i have|i) (?:got )?just the (?:car|truck|one|thing|ride|vehicle|suv|van)
        (?:is|are) still (?:here|available) and ; treat(?:ed|ing)? yourself
        (?:boss|manager|gm|owner) (?:is|wants|will|said|says|s)(?: \w+)? (?:dealing|deal|deals|
        make|move)
        (?:new|fresh|more|some|new-?to-?us)(?: \w+)? (?:inventory|arrivals|stock|vehicles|
        trucks|suvs|cars|shipment|allocation)(?: \w+)? (?:arriv|came|come|coming|land|in|hit|
        available|here|rolled|roll)\w*
        (?:new|newest|latest) arrivals? ; fresh (?:inventory|arrivals?|trades?)
        inventory (?:just|has|is|rolled|came)\w*
        (?:check out|see|browse|shop|view|explore|visit) (?:all )?(?:of )?(?:our|the (?:full|
        entire|whole|new|latest))(?! (?:address|hours|location|privacy|report|service))(?: \w+)?
        <big> (?:selection|inventory|variety|lineup|choice of)
        our (?:\w+ ){0,2}(?:inventory|selection|lineup)
        just (?:in|landed|traded in|listed|took in)[:!,]
        we've got (?:trucks|cars|suvs|vans|them|inventory)
        (?:all[- ]?new|brand new|redesigned|newest|new) (?:\d{4}|20\d\d|'\d\d)(?:'?s)?
        all[- ]new ; redesigned
        (?:the )?20\d\d(?:'?s)?(?: \w+){0,3} (?:are|is|have|has)(?: \w+)? (?:arriv|here|land)\w*
        (?:our|an|your) allocation ; tag an inbound
        (?:book|schedule|reserve|claim|set up) (?:your|a|ur)(?: \w+)? (?:drive|spot|vip|viewing|
        seat)\w*(?: \w+)? (?:today|now|online)
        behind the wheel ; (?:for|take (?:one|it|her)(?: out)?) (?:for )?a spin
        (?:see|find out) why ; come (?:see|check)(?: out)? (?:our|all|what we|these|them|why)
        come (?:grab|get|pick out|take advantage)(?: \w+)?
        \d+\+ (?:cars|vehicles|suvs|trucks|models|used|new)
        <car> (?:under|for under|starting at|as low as) \d\w* ; you'd (?:love|really like)
        you might (?:love|like)
        might be (?:a )?(?:perfect|right|good fit|great) (?:for|match)\w*
        matche?s? (?:your )?(?:wish ?list|what you|your) ; fits? what you(?: \w+)? wanted
        magasinez ; (?:decouvr|venez voir|venez essayer)\w* (?:la|le|les|nos|notre|toute)
        nouve(?:aux|lle|lles|au) (?:modele|gamme|arriv|collection|inventaire|camion|vehicule|
        vus)\w*
        reserve[zr] (?:votre|un|des maintenant) essai
        (?:grand|vaste) (?:choix|inventaire|selection) ; notre inventaire
        pourraient? vous (?:plaire|interesser)
        nuev[oa]s? (?:modelos?|linea|inventario|llegad\w+|arribos?|camionetas|autos|carros)
        vea (?:nuestr|todo|la nueva)\w* ; visite nuestr\w+
        gran (?:seleccion|surtido|variedad|inventario)
        agend[ae] (?:su|tu) prueba.{0,15}(?:hoy|ya|ahora) ; nuestro inventario
        (?:acaban|acaba) de llegar (?:mas|nuev)\w*
        (?:le|te) (?:pueden?|podrian?) (?:gustar|interesar)
        """
    ),
    "upsell": _phrases(
        r"""
        (?:pensez|songez) a (?:la|une|votre) (?:garantie|protection) ; (?:je vous|on) l'ajoute
        (?:want|should) (?:me|i|us|we) (?:to )?add (?:the|it|that|a|gap)
        (?:se|te) la agrego ; piense en la garantia
        protection plans?(?: \w+)?
        want (?:a|an|me to add|me to bundle) (?:\w+ ){0,3}(?:quote|package|bundle|remote start|
        mats|bed ?liner|tint|warranty)
        (?:winter|summer|snow|all season)(?: \w+)? (?:tire|wheel|wheel/tire)s? (?:package|quote|
        sale|set)
        warranty (?:\w+ ){0,3}(?:extend|cover|protect|continue)\w*
        (?:we can|let's|can) extend it ; less than you'?d (?:think|expect) ; dollars more
        extended (?:warranty|service|coverage)(?: \w+){0,3} (?:available|still|offer|now|today)
        (?:we|i|also) (?:\w+ )?recommend(?: \w+){1,6} (?:for|at|only) \$?\d\S*
        """
    ),
}

#: What a sale is about: code → phrases. A topic needs a stance beside it.
TOPICS: dict[str, tuple[str, ...]] = {
    "finance": _phrases(
        r"""
        (?:interest )?rates?(?! (?:your|us|my|our|the) ) ; lenders? ; approvals?
        credit(?! (?:cards?|union|app|application)) ; refinanc\w* ; loans? ; co-?sign\w*
        monthly ; payments? ; financ(?:e|ing) ; terms ; leas(?:e|es|ing) ; qualif\w+ ; eligib\w+
        afford\w* ; budget ; taux ; financement ; paiements? ; mensualites? ; versements?
        location ; preteurs? ; tasas? ; financiamiento ; creditos? ; pagos? ; mensualidad\w*
        prestamos? ; enganche ; arrendamiento
        """
    ),
    "trade": _phrases(
        r"""
        trade(?:s|d|-ins?)? ; trading ; (?:re-?)?apprais\w+ ; pre-?value ; buy-?outs? ; equity
        echange ; evaluation ; a cuenta ; avaluo
        """
    ),
    "quote": _phrases(
        r"""
        quotes? ; pric(?:e|es|ing) ; prix ; precios? ; soumission ; cotizacion ; price moves?
        figures?
        """
    ),
    "stock": _phrases(
        r"""
        in stock ; en stock ; on the lot ; in inventory ; inventory ; certified(?: pre-?owned)?
        pre-?owned ; select models ; demo models? ; low miles ; loaded ; one owner ; options
        (?:brand )?new (?:one|<car>) ; third row ; units? ; lineup ; vehicles ; trucks ; suvs
        inventaire ; neufs? ; inventario ; los nuevos ; seminuevos?
        """
    ),
    "upsell": _phrases(
        r"""
        protection ; warrant(?:y|ies) ; gap ; service contracts? ; accessor(?:y|ies)
        maintenance (?:plan|package) ; (?:winter|summer|snow|all season) (?:tires?|wheels?)
        new tires ; ceramic ; undercoat\w* ; rust ?proof\w* ; remote start(?:er)?
        detail(?:ing)?(?: package| service)? ; tint ; garantie prolongee ; plan de protection
        antirouille ; garantia extendida ; plan de proteccion
        """
    ),
    "season": _phrases(
        r"""
        (?:winter|summer|spring|fall|road[- ]?trip|holiday|vacation|cold weather|
        snow)[- ](?:is (?:coming|here|around)|check\w*|prep\w*|ready|inspection|tune\w*|season|
        weather)
        road trip ready ; before (?:winter|summer|the (?:cold|snow|holidays|trip))
        beat the heat ; get (?:your (?:\w+ ){1,3})?(?:ready|checked) ; kick ?-?off
        l'hiver (?:arrive|approche|s'en vient) ; mise au point
        se acerca el (?:invierno|verano) ; revision
        """
    ),
    "event": _phrases(
        r"""
        event ; evenement ; evento ; hot-? ?dogs? ; food ; refreshments ; lunch ; bbq ; cookout
        prizes ; comida ; musica ; musique ; festival ; showcase
        """
    ),
    "deal": _phrases(
        r"""
        deals? ; offer ; special ; program ; programs ; vip ; exclusi[fv]\w* ; loyal(?:ty)?
        fidelite ; fidelidad ; college grad
        """
    ),
    "service": _phrases(
        r"""
        (?:oil change|brakes?|tires?|alignment|detail|battery|wipers?|a/?c|coolant|inspection|
        checkup|tune ?-?up|rotation)
        """
    ),
}

#: How a seller speaks of it: code → points and phrases.
STANCES: dict[str, tuple[int, tuple[str, ...]]] = {
    "push": (
        1,
        _phrases(
            r"""
            want me to ; should i ; would you like (?:me )?to
            want to (?:see|know|hear|learn|take|try|get|review|compare|bring|explore|look|come)
            interested\? ; open to ; let me know if (?:you'd|you would|you want|interested)
            want (?:details|info|options|in|the|yours|one|10|a)
            reply (?:yes|y|si|oui|book|info|deal) ; looking for (?:a|an) ; right\?
            when (?:can|are|will) (?:you|u) (?:com(?:e|ing)|stop(?:ping)?|swing(?:ing)?|dropping) ; ask (?:me|us)(?: about| how| for)? ; call me
            (?:quiere|quieres) (?:que|ver|saber|conocer) ; (?:le|te) (?:interesa|gustaria)
            voulez-vous (?:que|voir|savoir) ; ca vous (?:interesse|tente) ; interesse\w*\?
            preguntenos ; demandez(?:-moi|-nous)?
            """
        ),
    ),
    "now": (
        1,
        _phrases(
            r"""
            right now ; now ; today ; currently ; lately ; tonight
            this (?:week|month|season|year|weekend) ; these days ; finally
            (?:until|through|till|til|jusqu'au?|hasta el) <day> ; hoy ; ahora ; este (?:mes|fin)
            ce mois-ci ; des maintenant ; actuellement ; ces temps-ci ; cette semaine
            """
        ),
    ),
    "better": (
        2,
        _phrases(
            r"""
            better ; lower ; stronger ; easier ; flexible ; competitive ; improved? ; cheaper
            affordable ; dropped ; dropping ; reduc(?:e|ed|ing) ; comfortable ; manageable
            friendl(?:y|ier) ; attractive ; wide range ; alternative ; speciali[sz]e ; loosened
            (?:come|came|gone|went|bring|going) (?:\w+ )?down ; closer to your ; shifted
            updated
            new(?:er)? (?:lenders?|programs?|banks?|rates?|options?|allocation)|new shipment
            more (?:options|lenders|vehicles|programs|flexible|approvals)
            a (?:bunch|lot|ton|wide range|variety|couple|few) of (?:\w+ )?(?:options|lenders|
            vehicles|programs)
            (?:payment|lender|financing|lease|loan|finance) options ; extra ; best ; lowest
            biggest ; huge ; great ; surprise you ; be surprised ; in your situation
            like yours ; similar to yours ; meilleur\w*
            plus (?:bas|basse|abordable|flexible)s? ; baiss\w+ ; avantageu\w+
            mejor(?:es|ar|arlo|arselo)? ; mas (?:baj|accesibl|comod|facil)\w* ; flexibles?
            """
        ),
    ),
    "reach": (
        2,
        _phrases(
            r"""
            (?:i|we)(?:'d| would|'ll| can| could| may| might| bet i could|
            [ ]bet we could)?(?: probably| possibly| also| definitely| love|
            [ ]like)?(?: to)?(?: be able to)? (?:see if i can )?(?:get|save|put|offer|beat|
            lower|approve|qualify|tailor|appraise|bundle|enroll|rework|recheck|rerun|
            requote) (?:you|a|your|it|them)
            let me (?:find|save|help|get) you ; help you (?:get|save|into|out of) ; did you know
            you (?:may|might|could) (?:now )?(?:qualify|be eligible|have|save|get|be able)
            we have (?:several|\d+|some|plenty|a few|more|exceptional|a great)
            we've got (?:some|a few|several|plenty|\d+)
            (?:fits?|within|to fit|suits?) (?:the|your|any|every|ur) (?:budget|needs)
            we (?:work|help) (?:with )?(?:many|a lot|people|lenders|clients|buyers)
            (?:many|some) (?:clients|customers|people|buyers) ; thought (?:of|you'd|you might)
            earn your business ; held you back ; in your range
            (?:come|stop|swing|drop|pop)(?: on)? (?:by|in|down|out)(?: (?:for|and|to|this|today|
            saturday|sunday))?
            bring (?:yours|it|them|your \w+) (?:in|by) ; bring yours
            love to (?:have|see|put|get) you
            """
        ),
    ),
    "cta": (
        2,
        _phrases(
            r"""
            (?:call|text|click|visit|book|shop|apply|order|register|reserve|schedule|claim|
            learn|start|enroll|rsvp) (?:(?:your|us|it|in|yours) )?(?:now|today|here|online|more|
            details|below)
            book (?:a|an|your|with) ; book: ; rsvp ; visit (?:us|our) ; tap (?:the|here|below)
            get yours ; details (?:at|inside|here) ; grab (?:it|one|yours) ; cliquez ; visitez
            reservez ; inscrivez\S* ; visitenos ; visitanos ; ha(?:ga|z) clic ; llam[ea] ya
            reserve su ; venez (?:nous )?voir ; passez nous voir ; veng?an? (?:a|este)
            en concession
            """
        ),
    ),
    "hype": (
        2,
        _phrases(
            r"""
            you'll love ; you deserve ; treat yourself ; dream <car> ; introducing
            meet the (?:all|new) ; discover ; unlock ; elevate
            experience (?:the|our|a|luxury|tariff)\S* ; don't settle ; obtenez ; recevez
            obtenga ; reciba ; recibe ; show you (?:one|some|a few) ; priced to sell
            one of a kind ; rare find ; must[- ]see ; stunning ; luxury ; in style ; amazing
            unbeatable ; incredible ; massive ; fantastic ; exciting ; won't want to miss
            spectaculaire ; incroyable ; increibl\w+ ; exceptional ; priced right ; wow
            """
        ),
    ),
}

#: What a notice says: code → phrases.
NOTICES: dict[str, tuple[str, ...]] = {
    "recall": _phrases(
        r"""
        (?:airbag|safety|service|takata|recall) campaign ; campaign on your ; bulletin
        (?:open |safety )?recall(?:s|ed)? ; campagne de rappel ; rappel de securite
        rappel (?:sur|touche|vise|concern)\w* ; aviso de seguridad ; llamado a revision
        """
    ),
    "appointment": _phrases(
        r"""
        reminder ; to remind you ; (?:24|48|72)[- ]hour notice ; service appt ; we have you down
        recuerde (?:su|que) ; petit rappel ; recordatorio ; rappel ?: ; (?:le|te) recordamos
        nous vous rappelons ; please remember ; ^\W*(?:all )?confirmed
        <your> <few>(?:appointment|appt|test drive|reservation|cita|rendez-vous|rdv|essai|
        essai routier|prueba|prueba de manejo) <few>(?:is|was|has been|est|esta|fue|ha sido|
        quedo|at|on|for|with|needs)
        <your> <few>(?:is|are|has been|ha sido|a ete) (?:now )?(?:scheduled|booked|confirmed|
        agendad[oa]|programad[oa]|confirmad[oa]|confirme|fixe)
        (?:appointment|appt)s? (?:confirmed|scheduled|reminder|update|set|canceled|cancelled)
        appointment(?: \w+)? is (?:confirmed|scheduled|set) ; all set for texts
        cita (?:confirmada|programada|agendada) ; rendez-vous (?:confirme|prevu)
        you(?:'re| are|r) (?:now )?(?:confirmed|scheduled|booked)
        you have (?:a|an) (?:\w+ ){0,3}(?:appointment|appt|service|reservation)
        vous avez (?:un )?(?:rendez-vous|rdv) ; tiene (?:una |su )?cita
        booked (?:in )?for (?:service|tomorrow|<day>|your)
        we(?:'ve| have)? (?:moved|rescheduled|had to (?:move|reschedule))
        (?:need|have|had) to (?:reschedule|move) (?:your|ur)(?: \w+){0,3}
        (?:delivery|livraison|entrega)(?: \w+)? (?:is|est|esta) (?:scheduled|set|prevue|
        programada)
        inspection is scheduled
        """
    ),
    "ready": _phrases(
        r"""
        <your> <few>(?:is|are|will be|should be|est|sont|sera|esta|estan|ya esta|
        ya estan)(?: \w+){0,2}? ?(?:ready|done|finished|completed?|washed|pret|prets|prete|
        pretes|termine\w*|list[oa]s?|terminad[oa]s?)
        (?:is|are|'s) (?:all |now )?ready (?:for (?:you|pick ?-?up|signature|delivery)|
        to (?:be )?(?:picked|pick|sign|signed|go home))
        (?:service|inspection|repair|maintenance|detail|update) (?:is |was |has been |
        are )?(?:now )?completed?
        (?:entretien|servicio|reparation|reparacion|inspection|
        inspeccion) (?:[\w'-]+ ){0,6}(?:termine|terminad[oa]|complet\w+)
        pass?er (?:la|le|les) (?:chercher|prendre|recuperer)
        (?:pasar|pase) (?:a |por )?recoger\w* ; puede (?:pasar|recoger)\w* ; ready to sign
        prets? a (?:etre )?sign\w+ ; listos? para (?:firmar|entregar)
        waiting (?:for you )?at the (?:parts|front|service|cashier|desk)
        keys? (?:is|are|will be)? ?(?:with the|at the|inside|in the) (?:cashier|front desk|drop|
        night)\w*
        keys inside ; keys? (?:[\w-]+ ){0,5}(?:night|drop|lock) ?box ; have your \w+ ready
        parked out front ; e-?sign(?:ing|ature)?(?: \w+)? is ready ; <few>is done and \w+
        """
    ),
    "arrived": _phrases(
        r"""
        (?:<your>|the|la|las|los|le|les|el) <few>(?:parts?|order|key|keys|fob|plates?|title|
        registration|sticker|documents?|paperwork|tags?|pieces?|refaccion(?:es)?|partes|pieza|
        piezas|placas|plaque|titulo|vehicule|vehiculo|vehicle|car|truck|suv|\w+ you ordered|
        \w+ commandee?)(?: [\w'&./-]+){0,5}? (?:arrived|arrives|came in|is in(?! \w)|
        are in(?! \w)|is here|are here|has arrived|have arrived|shipped|came (?:in|today|this)|
        was delivered|was renewed|(?:est|sont) arrive\w*|ya llego|ya llegaron|llego|llegaron|
        esta aqui|estan aqui)
        (?:ya )?lleg(?:o|aron) (?:<your>|la|el|las|los) (?!nuev)\w+ ; arrived from the
        (?:came|is|are) in the mail ; shipped from ; back ?-?order(?:ed)?
        tracking (?:number|shows) ; eta ; (?:has|have) shipped ; left the (?:plant|factory|port)
        at (?:the )?port ; on (?:the|its) way (?:to you|from) ; shuttle is
        (?:driver|shuttle|courier|delivery|tow truck|truck) is (?:about |on |en route|\d)
        set aside (?:for|under) ; rupture de stock ; delai de
        (?:came|stop) (?:in|at|by)? ?(?:the )?reception ; (?:was|been) (?:cut|programmed|mailed)
        sent to the (?:state|dmv|mvd) ; we-owe
        (?:for|to fit|pour|para) <your> <few>(?:has |have |is |are |just |est |sont |
        ya )*(?:arrived|arrive|arrivee?s?|came in|come in|landed|recue?s?|llego|llegaron|
        in stock|here)
        (?:piece|pieces|pneus|refaccion|partes|pieza)(?: [\w'-]+){0,5} (?:recue?s?|disponibles?)
        (?:are|is) available for pick ?-?up
        """
    ),
    "service_status": _phrases(
        r"""
        status update
        (?:picked up|dropped off|towed|released|returned|received|delivered|
        mailed) (?:\w+ )?your \w+
        (?:a|ont) (?:ramasse|approuve|recu|livre|termine|poste) (?:\w+ )?(?:votre|vos|les|la|
        le) \w+
        (?:ya )?(?:recogio|aprobo|entrego|termino|recibio|mando) (?:su|la|el|las|los) \w+
        insurance (?:company )?approved ; work (?:resumes|starts|begins)
        (?:phones?|phone lines?|system|computers|internet|lignes telephoniques|
        lignes)(?: \w+)? (?:are|is|sont|est) (?:\w+ )?(?:down|out|en panne)
        no funcionan los
        (?:passed|paso|reussi) (?:the |la |l')?(?:inspection|inspeccion|emissions)
        (?:still|sigue) (?:pending|pendiente|en attente) ; falta su ; presupuesto listo
        (?:por favor )?apruebe ; votre accord ; estimation
        (?:out|done|finished|ready) around \d ; moved to the ; your technician
        votre technicien ; su tecnico ; update (?:on|for|about) (?:your|ur|the) ; update:
        delay:
        (?:tech|technician|mechanic|body shop|detail department|advisor|technicien|mecanicien|
        tecnico|mecanico)(?: \w+)? (?:is|has|found|finished|says|just|will|started|a (?:termine|
        trouve)|termino|encontro|esta)
        service advisor \w+ here ; <your> (?:service )?advisor(?: \w+)? is
        diagnos(?:is|tic|tics|ed)
        found (?:a|an|some) (?:\w+ )?(?:nail|screw|leak|crack|issue|problem|hole)
        <your> <few>(?:tires?|tread|battery|brakes?|pads?|belts?|filters?|wipers?|rotors?|
        struts?)(?: \w+){0,4}? (?:at|have|has|failed|worn|low|need|needs|cracked|are|is)
        estimate (?:for [\w ]{0,30} )?(?:is|comes|total)\w* ; to authoriz\w+ ; autoris(?:er|ez)
        nos autoriza ; your ok ; patched ; ordering a ; [pbcu]0\d{3}
        <your> <few>(?:is|are) (?:in the shop|being (?:worked|serviced|inspected|detailed|
        repaired)|delayed)
        (?:will not|won't) be ready ; will be (?:painted|installed|repaired|delivered)
        view (?:it|the report|your report) ; voi(?:r|ci) le rapport ; ver el (?:reporte|informe)
        check engine ; scheduled to be
        """
    ),
    "payment_notice": _phrases(
        r"""
        we(?:'ve| have)? received ; nous avons (?:bien )?recu ; (?:hemos recibido|recibimos)
        payment reminder
        <your> <few>(?:payment|paiement|pago|balance|solde|saldo|invoice|facture|
        factura)(?: [\w$.,]+){0,4}? (?:is due|due|was|has been|est du|vence|received|processed)
        (?:refund|reembolso|remboursement|receipt)
        total(?:s)?(?: \w+)? ?(?:is|:|due|est|es|\$) ; (?:ro|repair order|invoice) ?#\S*
        pay (?:online|at) ; amount due ; balance due
        """
    ),
    "due": _phrases(
        r"""
        (?:is|are|you're|your|coming|now|past|over) ?due (?:for|by|on|back|today|tomorrow|soon)
        overdue ; due for ; expires? (?:on|at|this|in|soon|next|<day>) ; is expiring
        (?:recommends?|recommended) (?:this |your )?(?:service|maintenance)(?: \w+)? every
        scheduled maintenance
        time for your (?:next )?(?:\w+ )?(?:service|oil|maintenance|inspection|checkup)
        (?:your|the) next service
        (?:ya )?(?:le|te) toca (?:el |su |la )?(?:servicio|cambio|mantenimiento|afinacion|
        verificacion)
        etes du ; est du pour
        il est temps de (?:planifier|faire|prendre|prevoir|poser|changer)
        es (?:hora|tiempo) de ; vence (?:el|este|pronto) ; expire (?:le|bientot|a la)
        """
    ),
    "hours": _phrases(
        r"""
        (?:will be|we'll be|department is|showroom is|office is|dealership is|store is|shop is|
        service is) closed
        our hours ; we(?:'re| are) running (?:\w+ ){0,3}(?:minutes|mins|hours?) (?:behind|late)
        behind schedule ; (?:limited|holiday|new|extended) hours ; we(?:'ll| will)? reopen
        (?:department|showroom|store|office|shop|dealership) reopens ; opening (?:at|late)
        we (?:close|open) (?:at|early|late) ; we'?re closing
        (?:cerramos|abrimos|fermons|ouvrons)(?: hoy)? ; on ferme ; closing (?:early|at)
        now opens? at ; weather update ; (?:serons|sera|est|sommes) fermee?s?
        (?:estaremos|estara|esta) cerrad[oa]s? ; nos heures ; nuestro horario
        due to (?:the )?(?:\w+ )?(?:snow|storm|weather|outage|holiday|hurricane|ice|flood)\w*
        """
    ),
    "program": _phrases(
        r"""
        (?:msg|message|msgs) (?:frequency|freq) ; data rates
        reply (?:stop|help|yes to|no|c|1|start) ; text stop ; unsubscribed ; opted (?:out|in)
        no (?:more|further) (?:messages|texts) ; confirmed for texts ; do not contact
        opt out any ?time
        (?:may|can|could) (?:i|we) (?:communicate|text|message|
        contact) (?:with )?you(?! (?:later|when|at|in|back))
        (?:ok|okay) (?:to|if i|if we) text ; privacy policy ; terms of
        repondez (?:oui|non|stop|arret|aide)
        (?:communiquer avec|contacter|ecrire a) vous (?:par|via) ; vous texter ; par texto\?
        responda (?:si|no|stop|alto|ayuda) ; comunicarme con usted ; por mensaje de texto
        """
    ),
    "survey": _phrases(
        r"""
        survey ; 10/10 ; rate (?:your|us|my|our) \w+
        (?:leave|write|post|for) (?:us |me )?(?:an? )(?:\w+ )?review
        love your (?:feedback|review) ; review (?:us|your visit) ; sondage ; encuesta
        calific\w+ ; califique ; evaluez ; votre avis ; su opinion
        """
    ),
    "greeting": _phrases(
        r"""
        (?:happy|merry|joyeux|joyeuse|bonne?|feliz|felices) [\w ]{3,25}(?:from|de la part|
        de parte|de tod|de tou)\w*
        from (?:all of us|everyone|your friends|the (?:whole |entire )?team)(?: at| here)?
        (?:toute )?l'equipe.{0,20}vous souhaite ; todo el equipo
        """
    ),
    "approval": _phrases(
        r"""
        (?:financing|loan|credit application|application|claim|warranty claim|
        insurance(?: company)?|financement|pret|demande de credit|financiamiento|prestamo|
        solicitud|seguro)(?: \w+){0,4}? (?:approved|denied|declined|approuvee?s?|refusee?s?|
        aprobad[oa]|aprobo)
        (?:the bank|the lender|dmv|the state|la banque|el banco|credit union) (?:still |
        is )?(?:needs?|wants?|requires?|asking|approved|a besoin|demande|exige|necesita|pide|
        requiere)
        """
    ),
    "documents": _phrases(
        r"""
        (?:need|needs|required)(?: \w+){0,4} (?:docs?|documents?|pay ?stubs?|proof of|paperwork|
        signature|copy of)
        (?:for|before) (?:your )?delivery(?:,)? we'?ll need ; still needs? a signature
        needs? (?:to be signed|your signature) ; for signature
        missing (?:a|an|your|the) (?:\w+ )?(?:signature|document|page|copy|form|paper|key)
        (?:falta|manque) (?:su|la|une|votre|un) \w+
        <your> (?:\w+ ){0,3}(?:documents?|paperwork|contract|contrat|contrato|title|titulo|
        registration|plates?|buyer's order)(?: \w+){0,4}? (?:is|are|has|have|was|were|est|sont|
        esta|estan)
        """
    ),
}

#: How a notice opens, at the start of a sentence that is no question.
STATUS_OPENINGS = _phrases(
    r"""
    heads up ; just letting you know ; letting you know
    just a (?:quick )?(?:note|update|heads up|courtesy) ; quick (?:note|update) ; please note
    please be advised ; for your information ; fyi ; notice ; update ; alert
    (?:parts|service|body shop|detail|rental|title|billing|collision|finance)(?: dept|
    [ ]department| team| desk| center| office)? ?:
    (?:le|les) informamos ; le avisamos ; nous vous (?:informons|avisons) ; veuillez noter
    por favor tome nota ; a titre d'information
    """
)

#: "Your …" that is talk and no notice.
NOT_STATUS = _phrases(
    r"""
    wife ; husband ; mom ; dad ; mother ; father ; son ; daughter ; kids? ; friend ; family
    name ; number ; email ; e-mail ; call ; text ; message ; messages ; question ; best ; choice
    welcome ; trade ; old ; bank is ; name's ; voicemail ; note ; epouse ; conjointe? ; mari
    femme ; esposa ; esposo ; amigo ; mensaje ; correo ; nombre
    """
)

#: Verbs of a notice whose subject is "your …".
STATUS_VERBS = _phrases(
    r"""
    is ; are ; was ; were ; did ; does ; should ; may ; cannot ; paso ; has ; have ; had ; will
    won't ; came ; got ; arrived ; expires? ; needs? ; went ; shipped ; passed ; failed ; sent
    est ; sont ; a ; ont ; sera ; seront ; esta ; estan ; fue ; fueron ; ha ; han ; ya ; llego
    llegaron ; sigue ; siguen ; vence ; salio ; quedo ; necesita
    """
)

#: Words that look like a promotion and are none: what they cover is not weighed.
IDIOMS = _phrases(
    r"""
    (?:no big|not a big|good|sounds like a|big) deal(?=[ ,.!]|$)(?! on| for| at)
    (?:deal|sale) (?:paperwork|jacket|is final|was final|number|went through)
    (?:bill of|for|point of) sale ; deal breaker
    sales (?:team|tax|taxes|manager|guy|person|rep|consultant|associate|dept|department|desk|
    office|lady|floor|meeting)
    (?:thanks|thank you|thx|appreciate)(?: for)? (?:the|your) offer
    (?:your|his|her|their|an|accepted the|made an|make an|counter) offer(?! on| for)
    save (?:my|this|our|the|me|us|it|that|him|her) ?(?:number|contact|seat|spot|card|
    info)?(?! \$)
    saved (?:you|it|him|her|your)
    special (?:order|ordered|color|request|tool|edition|case|part|needs)\w*
    (?:no|not any|isn't (?:a|any)|there's no|is no|don't (?:have|do|offer|see)|doesn't (?:have|
    qualify)|aren't any|wasn't a|can't (?:do|give|get))(?: \w+){0,4}? (?:discounts?|rebates?|
    specials?|coupons?|incentives?|promotions?|deals?|sales?)
    (?:discount|rebate|offer|sale|special|promo\w*|event|deal|
    incentive)s?(?: \w+){0,4} (?:ended|expired|is over|are over|was over|has passed)(?: last|
    [ ]already| in)?
    as (?:i|far as i|you may) recall ; i (?:don't )?recall ; pour rappel ; software upgrade
    upgraded? (?:wheels|stereo|sound|tires|audio|package)
    (?:gun ?metal|wine) (?:gr[ae]y|red|color|metallic)
    (?:not|isn't|aren't|wasn't) (?:for|on) sale ; on us (?:route|hwy|highway|\d+)
    free (?:fall|way|space|parking)
    (?:hands|toll|accident|rust|smoke|stress|hassle|duty)[- ]free ; free of charge ; les ventes
    des ventes ; de ventas ; su oferta ; votre offre ; trade paperwork
    (?:with|from) no (?:extra )?cost
    best (?:time|number|way|day|regards|email|wishes)(?: to (?:call|reach|text|come))?
    (?:the|my) best ; all the best ; do (?:my|our) best
    extra (?:key|set|hour|minute|day|time|copy)\w* ; gift from ; your bonus
    (?:don't|dont|do not) miss (?:your|the) (?:appointment|exit|turn)
    great (?:choice|question|meeting|talking|day|weekend|to (?:hear|see|meet)|seeing)
    (?:have|had) a great
    """
)

#: Money that is owed, paid or asked for in business already agreed on.
TRANSACTION = _phrases(
    r"""
    total(?:s|ed)? ; estimation ; balance (?:of|due|on|is|owed) ; your balance ; invoice
    receipt ; deposit ; refund\w* ; we(?:'ve| have)? received
    payment (?:of|due|reminder|received|is due|was|has)
    (?:is|are) due (?:on|by|the|june|jan|feb|mar|apr|may|jul|aug|sep|oct|nov|dec)\w* ; estimate
    authoriz\w+ ; your ok ; go ahead with ; repair (?:would|will|is|cost|order|total|comes)
    parts and labor ; deductible ; was charged ; processed ; amount due ; ro ?#
    solde (?:du|de|est|a) ; facture ; recu ; depot ; rembours\w+ ; reparation ; estim(?:e|ation)
    autoris\w+ ; montant ; franchise ; saldo ; factura ; recibo ; recibimos ; deposito
    reembolso ; reparacion ; estimado ; autoriza\w* ; vence el ; monto ; deducible
    """
)

#: Words beside which money is a price after all.
NO_TRANSACTION = _phrases(
    r"""
    due at signing ; down payment ; toward ; off ; specials? ; coupons? ; any repair ; recommend
    rabais ; cupon ; descuento ; promo\w* ; save ; savings ; out[- ]the[- ]door ; msrp
    with tax ; per month ; a month ; /mo ; apr ; listed ; priced?
    """
)

#: A recall: what it repairs for nothing is no gift.
RECALL = _phrases(
    r"""
    (?:airbag|safety|service|takata|recall) campaign ; campaign on your ; bulletin
    (?:open |safety )?recall(?:s|ed)? ; campagne de rappel ; rappel de securite
    rappel (?:sur|touche|vise|concern)\w* ; aviso de seguridad ; llamado a revision
    """
)

#: Words beside which a percentage measures something.
MEASURES = _phrases(
    r"""
    batter\w* ; charg\w* ; tread ; pads? ; brakes? (?:are|is|have) ; tires? (?:are|have)
    remaining ; sure ; degradation ; health ; range ; capacity ; humidity ; certain ; full
    life ; tint\w* ; humid\w* ; positive ; done ; complete ; synthetic ; electric ; cotton
    confident ; chance of ; leather ; ethanol ; rain ; segur[oa] ; cargad\w* ; carga ; bateri\w*
    pastillas ; polariz\w* ; surs? a ; plaquettes ; usure ; teint\w* ; restant\w*
    """
)

#: How an answer begins: what follows was asked for.
ANSWERS = _phrases(
    r"""
    yes ; yep ; yeah ; yup ; yea
    no(?=[, ]|$)(?! (?:money|payments?|credit|interest|down|purchase|obligation)) ; nope ; nah
    sure ; absolutely ; definitely ; of course ; certainly ; correct ; right(?! now) ; exactly
    great(?=[,!.]) ; perfect(?=[,!. ])(?! time) ; awesome(?=[,!.]) ; sounds good ; got it
    no (?:problem|worries) ; not (?:a problem|yet) ; good question ; understood
    i (?:totally )?(?:understand|hear you|get it) ; will do ; it is ; it's ; that's ; i think
    i'm ; i am ; sorry ; oui ; non ; parfait ; bien sur ; d'accord ; pas de probleme
    exactement ; desolee? ; si(?=[ ,.!]) ; claro ; perfecto ; por supuesto ; asi es ; correcto
    no se preocupe ; todavia no ; lo siento
    """
)

#: The customer asked: hints of a sale are part of the answer.
#: Says that the customer asked for just this.
ASKED = _phrases(
    r"""
    you (?:asked|were asking|wanted|requested|mentioned|inquired|said) ; you'd asked
    (?:like|as) (?:you|u) (?:asked|requested|wanted) ; as (?:asked|requested)
    to answer your ; u asked ; answer to your question ; for your question
    (?:vous|tu) (?:m'|nous )?(?:l')?(?:av(?:ez|iez|ais|as)|as) (?:\w+ )?(?:demande|dit)e?s?
    (?:vous|tu) (?:demand|voul)(?:iez|ais|ez) ; pour repondre a ; comme (?:vous|tu) \S* ?demand\w+
    (?:me|nos) (?:pregunt|pidi|dij)\w+ ; que (?:me )?(?:pregunt|pidi|queri|gust|dij)\w+
    (?:que|como) (?:le|te) gust\w+ ; para contestar(?:le|te)? ; como (?:(?:usted|ud|tu|me) )*(?:queri|pidi|pregunt|dij)\w+
    contestando (?:a )?su ; la que le gusto
    """
)
#: A figure said without naming what costs it, or of the very thing that is talked of.
ELLIPSIS = _phrases(
    r"""
    (?:it|that|this)(?:'s| is|'d be| would be| comes? to| was) ; thatd be ; its
    (?:that|this) one(?:'s| is) ; the (?:price|one) (?:on|that|you) ; asking
    the (?:blue|red|white|black|gr[ae]y|silver|green|other|first|second) one ; sticker is
    c'est ; (?:ca|cela) (?:fait|revient|ferait|serait) ; (?:il|elle) (?:est|se) (?:a|detaille|vend)
    le prix (?:est|affiche|sur|du site) ; celle? que ; celui que
    cuesta ; vale ; esta en ; son (?=\$?\d) ; sale en ; le (?:queda|sale) ; es de (?=\$?\d)
    el precio (?:de la (?:pagina|web)|es|del sitio)
    """
)
ASKED_FOR = _phrases(
    r"""
    you (?:asked|mentioned|inquired|wanted to know|were asking|said|requested)
    thanks? (?:you )?for (?:reaching|asking|your (?:inquiry|interest|question|message)|
    contacting|getting back|inquiring)
    as (?:you )?(?:asked|requested|promised|discussed) ; per your ; to answer your
    your (?:question|inquiry) ; merci (?:de|pour) (?:votre|nous) ; vous (?:avez|aviez) demande
    gracias por (?:su interes|preguntar|contactar|escribir)\w* ; me pregunto ; que pregunto
    """
)

#: How a question about the customer's own affairs begins: no offer stands in it.
QUESTIONS = _phrases(
    r"""
    what ; which ; who ; when ; where ; how (?:much|many|long|is|was|did|about|does)
    did (?:you (?!know)|your|they|he|she|the)
    do you (?:have|know|still|owe|need|remember|plan|prefer|want to (?:finance|lease|pay|trade|
    keep)|want it|want the|already)
    have you (?!ever|thought|considered|seen) ; has your ; is (?:your|this|it|that|there|the)
    are (?:you (?!interested|ready)|there) ; was ; were ; does ; can you ; could you
    can i call ; should i put ; would you (?:rather|prefer) ; quel(?:le)?s? ; combien(?! vaut)
    avez-vous ; etes-vous ; est-ce ; savez-vous ; as-tu ; cual(?:es)? ; cuant[oa]s?(?! vale)
    que ; tiene ; sabe ; ya
    """
)

#: Makes and models: one is as good as another.
MODELS = _words(
    """
    4runner a4 acadia accord acura altima ariya ascent atlas audi blazer bmw bolt bronco buick
    cadillac camaro camry carnival cherokee chevrolet chevy chrysler civic colorado compass
    corolla corvette cr-v crosstrek crv cx-5 cx-50 cx-9 dodge edge elantra enclave encore
    equinox escalade escape expedition explorer f-150 f150 fit focus ford forester forte
    frontier fusion gladiator gmc golf highlander honda hr-v hrv hyundai impreza infiniti jeep
    jetta kia kicks kona leaf legacy lexus malibu maverick maxima mazda mazda3 mdx mitsubishi
    murano mustang nissan odyssey outback palisade passat passport pathfinder pilot prelude
    prius prologue q5 q7 ram ranger rav4 rdx renegade ridgeline rogue santa seltos sentra
    sequoia sienna sierra silverado sonata sorento soul sportage subaru suburban tacoma tahoe
    telluride terrain tesla tiguan titan tlx toyota traverse trax tucson tundra venza versa
    volkswagen volvo vw wrangler wrx x3 x5 xt5 yukon
    """
)

#: Days and months: one is as good as another.
DAYS = _words(
    """
    apr april aug august dec december demain dimanche domingo feb february fri friday jan
    january jeudi jueves jul july jun june lundi lunes manana mar march mardi martes may
    mercredi miercoles mon monday nov november oct october sabado samedi sat saturday sep sept
    september sun sunday thu thurs thursday tomorrow tue tues tuesday vendredi viernes wed
    wednesday
    """
)
