"""Pure: the words by which consent.wording tells a promotion from a notice and from talk.

Each line is one phrase, a regular expression over folded text (no accents, lower case, straight
quotes, single spaces), matched at word borders. `<name>` stands for an entry of SHORT. Three
languages: English, French, Spanish.
"""

from __future__ import annotations

#: Abbreviations used in the phrases.
SHORT = {
    "your": r"(?:your|ur|votre|vos|ton|ta|su|sus|tu|tus)",
    "few": r"(?:[\w'&./-]+ ){0,5}?",
    "car": (
        r"(?:cars?|vehicles?|trucks?|suvs?|vans?|minivans?|ride|autos?|sedans?|hybrids?|evs?|models?"
        r"|units?|pickups?|inventory|vehicules?|voitures?|camions?|vus|modeles?|carros?|vehiculos?"
        r"|camionetas?|trocas?|modelos?)"
    ),
    "day": (
        r"(?:today|tonight|tomorrow|midnight|(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed"
        r"|thu|fri|sat|sun|soon|(?:this|the|memorial|labor|presidents) (?:week|weekend|month|day)"
        r"|(?:the )?end of \w+|\d+/\d+(?:/\d+)?|(?:the )?\d+(?:st|nd|rd|th)"
        r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?: \d+)?)"
    ),
    "money": r"(?:\$ ?\d[\d,.]*k?|\d[\d ,.]*\$|\d[\d,.]* ?(?:dollars?|bucks|dolares|dlls|piastres|grand))",
    # not a count of something else, nor a time or a house number
    "notmoney": (
        r"(?! ?(?:%|am|pm|h|miles?|mi|mpg|km|kms|kilomet\w+|millas|mil|lbs?|pounds|psi|rpm|hp|cc|on it"
        r"|people|years?|hours?|hrs?|minutes?|mins?|days?|weeks?|horas|dias|minutos|jours|left|more|of|st"
        r"|th|rd|nd|points|service|mile|\w+ (?:st|ave|rd|blvd|way|dr|lane|street|road))(?!\w))"
    ),
    "big": (
        r"(?:great|good|best|huge|big|biggest|amazing|awesome|unbeatable|incredible|killer|hot|crazy"
        r"|sweet|super|better|exclusive|special|fantastic|insane|massive|top|hottest|excellent|low"
        r"|lower|lowest|fresh|strong|stronger|aggressive|competitive|attractive|wonderful|limited)"
    ),
    "now": r"(?:right now|now|today|this (?:week|weekend|month|season)|hoy|ahora)",
    "several": (
        r"(?:two|three|four|five|six|seven|eight|nine|ten|fifteen|twenty|thirty|forty|fifty|hundred"
        r"|thousand|\d+|dos|tres|cinco|diez|quince|veinte|cien|mil|deux|trois|cinq|dix|vingt|cent|mille)"
    ),
    "period": (
        r"(?:mo|mos|mth|months?|wk|weeks?|bi-?weekly|mois|semaine|mes|semana|quincena)"
    ),
    "season": (
        r"(?:summer|winter|spring|fall|autumn|holiday|thanksgiving|christmas|easter|memorial day"
        r"|labor day|presidents'? day|veterans day|independence day|july 4th|4th of july|new year'?s?"
        r"|back to school|year[- ]?end|month[- ]?end|model year[- ]?end|black friday|cyber monday"
        r"|boxing day|tax|anniversary|columbus day|mlk day|weekend|semi-?annual|annual)"
    ),
}  # fmt: skip

#: Enough alone to make a text promotional: code → phrases.
STRONG: dict[str, tuple[str, ...]] = {
    "price": (
        # amounts in money; what is owed in business agreed on is left out later
        r"<money>",
        r"(?:for|only|just) a (?:buck|dollar)",
        # bare numbers in the place of a price
        r"(?:price[sd]?|pricing|msrp|sticker|listed|asking|invoice|affichee?|prix|precio|precios)"
        r"(?: (?:is|of|at|for|was|to|est|de|a|es|en|just|only|now|down|on|it))* ?\d{3}[\d,. ]*(?<!\d\d:)<notmoney>",
        r"(?:do|at|for|to|asking|only|just|por|en|comes? to|around|under|over|toward|another) (?:\d{1,3}(?:[,. ]\d{3})+(?!\d)|\d{5,6})<notmoney>",
        r"(?:do|for|asking|only|just|por|comes? to|under|over|toward) \d{1,3}(?:\.\d)?k<notmoney>",
        r"\$0", r"<several> (?:dollars|bucks|grand|dolares|dolars|piastres|mil dolares)", r"(?:menos de|under|moins de|less than|sous les?) (?:<money>|<several> (?:mil|k|grand|mille|thousand))",
        r"(?:knock|take|took|save|by) (?:off )?(?:you )?(?:another |an extra )?\d{3,5}<notmoney>",
        r"\d{2,4}\.\d[059]<notmoney>",
        r"(?:special|only|just|solo|seulement)(?: [\w:]+){0,5} \d{2,4}(?![\d:/.,-])<notmoney>",
        r"\d{2,4} (?:off|de rabais|de descuento)",
        r"(?:at least|up to|hasta|jusqu'a) \d+k?(?![:\d])<notmoney>",
        # talk of prices
        r"price (?:drop|cut|reduction|match|adjustment|update|break)s?",
        r"(?:slash|cut|chop|trim|drop|lower|reduc|discount|shav|knock)\w* (?:the |our |its |your )?(?:stickers?|msrps?|payments?|prices?|price tags?|<money>|\d{3,5})",
        r"(?:would|could|how about|what about|how does|i can do|we can do|i'll give you|we'll give you|get you|give you|offer you) (?:around |about )?\d{3,5}<notmoney>",
        r"\d[\d,.]* (?:mensuales|semanales|quincenales)", r"paga (?:solo )?<money>",
        r"(?:drop(?:ped|ping)?|lower(?:ed|ing)?|reduc(?:ed|ing)|slash(?:ed|ing)?|cut) (?:the |our |its )?pric\w+",
        r"(?:got|been|just|is now|now) reduced", r"reduced (?:by|to|price)",
        r"<big> (?:\w+ )?pric(?:e|es|ing)", r"(?:that|this|at that|at this) price",
        r"(?:employee|internet|invoice|wholesale|holiday|clearance|family|costco|sale|new|friends and family) pric(?:e|es|ing)",
        r"(?:below|under|beneath) (?:market|invoice|msrp|book|sticker|cost|kbb)",
        r"match ?(?:or|/|and) ?beat", r"(?:we'll|we will|i'll|can|will) (?:\w+ )?(?:beat|match) (?:any|that|their|your|it|bank|the|other)\w*",
        r"beat (?:any|bank|dealer|their|those|the competition|competitors?|your bank)(?: \w+)?",
        r"out[- ]the[- ]door", r"msrp", r"mark(?:ed)? ?-?downs?", r"marked down",
        r"knock (?:off|something|some|a (?:little|bit)|another)", r"(?:a little|some|a bit|something|more|money|thousands|hundreds) off",
        r"prices? (?:start|starts|starting|from|as low|you won't|won't last|have never)\w*",
        r"(?:meilleur|bon|petit|bas|incroyable|imbattable|beau|super)s? prix",
        r"prix (?:imbattable|reduit|coupe|d'ami|special|exceptionnel|ferme|de liquidation|employe)\w*", r"moitie prix", r"a ce prix",
        r"baiss\w+ (?:le|les|nos|de|du) prix",
        r"(?:mejor|buen|gran|increible)(?:es)? precios?", r"precios? (?:mas |muy |tan )?(?:baj|especial|increibl|incomparabl|rebajad|de (?:liquidacion|remate))\w*",
        r"(?:baj|rebaj)\w+ (?:el|los|de|su|sus) precios?", r"mitad de precio", r"este precio", r"mas (?:baratos?|economicos?)",
    ),
    "rate": (
        r"apr", r"a\.p\.r\.?",
        r"\d(?:[.,]\d+)? (?:for|x|pour|por) (?:24|36|39|48|60|63|66|72|75|84|96)",
        r"<big>(?: \w+){0,2} rates?", r"(?:promotional|preferred|preferential|reduced|introductory|special|better)(?: \w+)? rates?",
        r"rates? (?:as low|starting|start|from|came|come|coming|went|go|are (?:down|low|great|dropping|falling)|dropped|drop|dropping"
        r"|just|have (?:dropped|come|fallen|gone|never)|fell|falling|shifted|are lower|just came)\w*",
        r"(?:0|zero|no|low) interest", r"interest[- ]free", r"sans interets?", r"sin intereses?", r"cero intereses?", r"meses sin intereses",
        r"(?:special|low|easy|flexible|in[- ]house|zero|0|great|attractive|promotional|subprime) (?:rate )?financing",
        r"qualified (?:buyers?|customers?|lessees?)", r"(?:on|with|with an) approved credit", r"w\.?a\.?c\.?",
        r"(?:taux|tasas?)(?: \w+){0,2} (?:exceptionnel|bas|baja|reduit|promotionnel|avantageu|especial|imbattable|preferencial|preferentiel|competiti)\w*",
        r"(?:bas|meilleurs?|petits?) taux", r"mejor(?:es)? tasas?", r"baj(?:a|as|aron|o) (?:las |la )?tasas?",
        r"financ\w+ (?:a|de|des|desde|a partir de|at|from|as low as) \d\S*",
        r"financ\w+ (?:facile|special|avantageu|facil|especial|disponible|para todos|available)\w*",
        r"refinanc\w+ (?:with|and|now|today|your|options?|could|can)", r"(?:lower|better|reduce) your (?:\w+ )?rate",
        r"bring (?:it|your rate|the rate|that rate) down",
    ),
    "payment": (
        r"\d[\d,.]* ?\$? ?(?:usd |dollars )?(?:/ ?|per |a |par |al |por |each |every |la |le )(?:\w+ )?<period>",
        r"payments? (?:start|starting|from|as low|low as|around|under|of only|of just|that fits?|you can afford|you'll love)\w*",
        r"(?:low|lower|lowest|small|smaller|easy|affordable|cheap|cheaper|similar|same|better|ideal|comfortable|manageable|predictable)(?:,? \w+){0,2} payments?",
        r"payments? (?:\w+ ){0,3}(?:manageable|comfortable|affordable|lower|have come down|came down|went down)",
        r"payments? (?:\w+ ){0,5}come down",
        r"(?:lower|reduce|cut|drop|shrink|skip|waive)(?:ing)? (?:your|ur|that|the|some|a)(?: \w+){0,3} payments?",
        r"no (?:\w+ )?payments? (?:til|till|until|for|before|'til)", r"defer\w* (?:\w+ ){0,3}payments?", r"without (?:increasing|raising|changing) (?:your|the) payment",
        r"(?:no|zero|nothing|0|\$0|little|low|minimal) (?:to no )?(?:money |cash )?down", r"zero due", r"due at signing", r"\d+k? down",
        r"double your down", r"(?:we|i|we'll|i'll|boss)(?: can| will| could| says we can)? (?:eat|cover|make|pay|pick up|take care of) (?:the |your )?(?:first|next|last)?(?: \w+)? ?payments?", r"pay less", r"down payment (?:match|assist)\w*", r"make your (?:first|next|last) (?:\w+ )?payments?",
        r"(?:lower|reduce) your (?:total )?cost\w*", r"save (?:you )?(?:\w+ ){0,3}on your (?:\w+ )?(?:loan|payment|lease|car|next)",
        r"(?:sans|aucun|zero|0) (?:\w+ )?(?:comptant|acompte|mise de fonds|paiements?|versements?)",
        r"(?:baiss|redui|diminu)\w* (?:votre|vos|tes|ta|la|les) (?:mensualites?|paiements?|versements?)",
        r"(?:petits?|bas) (?:paiements?|versements?)", r"paiements? (?:a partir|des|bas)",
        r"(?:sin|cero|poco|bajo) (?:enganche|inicial|pie|anticipo)", r"sin pagos?", r"enganches? (?:bajos?|desde|minimo)",
        r"(?:mensualidades?|pagos?)(?: \w+)? (?:baj\w+|desde|comod\w+|accesibl\w+|pequen\w+|chiquit\w+)",
        r"baj(?:e|a|amos|ar|arle) (?:su|sus|tu|tus|la|el) (?:mensualidad|pago)(?:es|s)?",
    ),
    "credit": (
        r"(?:bad|no|bruised|poor|any|all|damaged|rough|less than perfect|challenged|rebuild\w*|every|low|subprime) credit(?! (?:card|check|needed|score required))",
        r"credit (?:problems?|issues?|challenge[sd]?|refuse|dificil|malo|situations?|types?|friendly|profiles?|dinged)", r"credit-friendly", r"regardless of (?:your )?credit",
        r"guaranteed? (?:approval|financing|credit)\w*", r"no credit (?:check|needed|required)", r"buy here,? pay here", r"approval guarant\w+", r"(?:everyone|everybody)(?: is|'s| gets?)? approved",
        r"we (?:approve|finance) (?:every|any|all)\w*", r"(?:lenders?|banks?) (?:who|that) (?:say yes|approve|specialize|will work)", r"get (?:you |u )?approved",
        r"(?:you're|you are|you've been|you have been|youre|been) (?:now |already |just )?pre-? ?(?:approved|selected|qualified)",
        r"get pre-? ?(?:approved|qualified)", r"pre-? ?approv(?:ed|al) (?:for|up to|offer|amount)",
        r"(?:approved|approuve\w*|aprobad\w+) (?:for |pour |por )?(?:up to|jusqu'a|hasta)", r"(?:soft|fast|quick|instant|easy|same day) (?:approval|pre-?approval|path)\w*",
        r"(?:first|second|2nd|deuxieme|2e|segunda) chance", r"segunda oportunidad", r"chance au credit",
        r"(?:lenders?|banks?|creditors)(?: \w+){0,3} (?:approv\w+|flexible|loosen\w*|working with|eased|lenient|easier)", r"(?:better|more|easier) approvals?", r"shot at approvals?", r"(?:best|good) (?:window|time|odds|chance)(?: \w+){0,4} approval\w*",
        r"what you(?:'d| would|'ll| may| might| could)? (?:\w+ )?qualify for", r"(?:may|might|could|likely|probably) (?:now )?(?:qualify|be eligible)", r"rebuild\w* (?:your |their )?credit", r"hurting your credit",
        r"mauvais credit", r"(?:on|nous) vous (?:approuv|financ)\w+", r"c'est approuve", r"approbation garantie", r"tous? (?:les )?credits? accept\w+", r"preteurs?(?: \w+){0,4} (?:flexible|souple)s?", r"avoir droit a",
        r"mal credito", r"sin (?:seguro social|licencia|ssn)", r"con itin", r"aucun credit", r"sin (?:credito|historial)", r"sin importar", r"(?:te|le|lo|los|la) aprobamos", r"financiamos", r"aprobacion garantizada", r"pre-?aprobad\w+", r"todos (?:son )?(?:califican|aprobados)",
        r"bancos? (?:\w+ ){0,2}(?:aprobando|flexibles)", r"(?:puede|puedes|podria|podrias) (?:que )?calific\w+", r"que califiqu?es? para",
    ),
    "discount": (
        r"discount(?:s|ed)?", r"off all", r"in your pocket", r"(?:earn|love|want|win|appreciate) your business(?! with us)", r"coupons?", r"rebates?", r"incentives?", r"promo(?:s|tions?|tional)?", r"vouchers?",
        r"savings?", r"save (?:big|up|on|an extra|hundreds|thousands|even|extra|a (?:bunch|ton|lot)|some money|money|\$?\d\S*)", r"and save", r"save you (?:some |a (?:lot|ton|bunch) of )?(?:money|hundreds|thousands)",
        r"(?:bonus|customer|loyalty|conquest|owner|trade|lease|college|dealer|military|grad|holiday) (?:cash|money|bonus)", r"cash ?back", r"bonus",
        r"(?:an )?extra <money>", r"half (?:off|price)", r"percent off",
        r"clearance", r"blow ?-?out", r"liquidation", r"overstock(?:ed)?", r"bogo", r"buy (?:one|\d|two|three),?(?: \w+){0,4} get",
        r"(?:<big>|current|latest|our|this|generous|additional|extra|these|an?|service|lease|loyalty) offers?(?! (?:letter|on your|from you))(?: (?:for you|on|end|expire|good|valid)\w*)?", r"offers? (?:end|ends|expire|expires|valid|good|available|for you|on (?:all|every|our|new|select))",
        r"(?:are|is|we're|now|currently|toyota's|they're) offering",
        r"specials", r"special (?:offer|pric|financ|rate|lease|event|deal|program|promotion|saving|buy)\w*",
        r"(?:brakes?|tires?|oil change|lease|manager'?s?|service|detail|detailing|weekly|monthly|<season>|alignment|battery|ac|a/c|internet|finance|inspection|maintenance|coolant|flush|wiper|one day|flash) special",
        r"special (?:this|today|<now>|on (?:all|our|new|the|tires|brakes|oil)|at|for)",
        r"<big> deals?(?! (?:with|breaker))", r"(?:steal|heck|hell) of a deal", r"deals (?:on|start|are|of|end|going|now|like|this|too|that|you)", r"(?:our|these|text|more|friday|holiday|daily|weekly|lease|weekend|truck|car) deals",
        r"deal (?:you|of the|won't|ends)", r"ready to deal", r"make (?:you )?a deal", r"being (?:very |super |really |pretty )?aggressive", r"wheel and deal",
        r"(?:programs?|month-end|pricing) (?:wrap|end|expire|change)s?(?: up)? <day>", r"maximize", r"(?:selected|chosen|picked|eligible) for our", r"(?:our|exchange|loyalty|buyback|upgrade|vip|owner) (?:\w+ )?program", r"month[- ]end programs?", r"strong(?:er)? programs?",
        r"loyalty (?:perks|program|rewards|points|bonus|cash|discount)", r"perks",
        r"rabais", r"remise (?:de|speciale|exceptionnelle)", r"escomptes?", r"aubaines?", r"profitez", r"economisez", r"economies", r"soldes", r"reductions?(?! de vitesse)", r"incitatifs?", r"boni", r"remise en argent", r"moins cher", r"sous le prix", r"deux pour un", r"a rabais", r"imbattables?", r"tant qu'il y en a", r"jusqu'a epuisement", r"prime", r"offres?(?! refusee?)", r"a l'achat",
        r"descuentos?", r"rebajas?", r"ofertas?", r"promocion(?:es)?", r"cupon(?:es)?", r"liquidacion", r"aprovech\w+", r"ahorr(?:e|a|o|os|ar|ara|en|amos)", r"remate", r"baratos?", r"a mitad de", r"nosotros pagamos", r"salga manejando", r"paquete especial", r"bono", r"en la compra", r"al comprar", r"2 ?x ?1", r"dos por uno",
    ),
    "sale": (
        r"on sale", r"(?:<season>|tent|clearance|big|biggest|huge|day|friday|truck|tires?|flash|private|blowout|warehouse|used car|our|end of (?:the )?(?:year|month)|sidewalk|inventory|mega|garage) (?:\w+ )?sale",
        r"sales? (?:events?|ends?|starts?|is on|going on|prices?|continues|extended|runs|happening)", r"(?:having|got|have|throwing|running) a (?:\w+ )?sale", r"sale you",
        r"<season> (?:savings?|event|clearance|deals?|blowout|bonus|offers?|kick ?-?off|pricing|celebration)", r"black friday", r"cyber monday", r"tax (?:refund|season|return|time)\w*", r"truck month", r"toyotathon", r"happy honda days",
        r"(?:grande|super|mega|immense) vente", r"vente (?:sous|de fin|annuelle|privee|d'ete|d'hiver|d'automne|de printemps|speciale|finale|exceptionnelle|de liquidation|d'entrepot|trottoir)", r"en solde", r"vente (?:du|des|de la|de) (?!garantie|vehicule)\w+", r"venta de (?!garaje|refacciones)\w+", r"vendredi fou",
        r"gran venta", r"venta (?:de (?:verano|fin|liquidacion|primavera|invierno|otono|ano|aniversario)|especial|anual|bajo|nocturna|final)", r"buen fin", r"viernes negro",
    ),
    "free": (
        r"(?<!feel )free (?:oil|car|tire|wash|brake|battery|gift|lunch|food|inspection|appraisal|estimate|quote|multi|alignment|rotation|check|delivery|maintenance|roadside|detail"
        r"|gas|fuel|loaner|trial|upgrade|warranty|service|test|vehicle|trade|hot|coffee|tank|a/?c|wiper|windshield|tow|t-?shirt|ticket|month|year|prize|health|snow|winter|gifts|stuff|with)\w*",
        r"(?:get|receive|enjoy|win|claim|grab|one|1|totally|absolutely|have|include[sd]?) (?:\w+ )?free (?!at|on|after|until|till|before|around|from|tomorrow|today|tonight|this|next|now|to|for|if|and|or|by|anytime|all|later|then|when|of|space)\w+",
        r"for free", r"free[!)]", r"it's free", r"complimentary", r"on us", r"on the house", r"throw(?:ing)? in", r"at no (?:extra|additional) c(?:ost|harge)", r"no obligation", r"no-obligation",
        r"gratuit(?:e|es|s|ement)?", r"gratis", r"sin costo", r"sans frais", r"offert(?:e|s|es)?", r"de regalo", r"regalamos", r"sin compromiso", r"sans obligation",
    ),
    "giveaway": (
        r"gift ?cards?", r"visa card", r"giveaways?", r"giv(?:ing|e) away", r"prepaid card", r"gas card", r"winner", r"sweepstakes?", r"raffle", r"enter(?:ed)? (?:to|for a chance)", r"chance to win", r"win (?:a|an|one|up|big|tickets|<money>|free)", r"prizes?", r"(?:get|receive|pick up) (?:a|your) (?:free )?gift", r"gets? a gift", r"contest",
        r"refer(?:ral)? (?:a|your|any|bonus|reward|program|someone|friends)", r"bring a friend", r"(?:double|triple|bonus|reward|rewards) points", r"rewards?",
        r"know (?:someone|anyone|somebody|anybody)(?: else)? (?:who|shopping|looking|in the market|that|needing)\w*", r"appreciate (?:any|the|your|a) (?:intro|referral)\w*", r"send (?:them|him|her|your friends) (?:my|our) way",
        r"carte-? ?cadeaux?", r"tirage", r"concours", r"gagnez", r"courez la chance", r"refere[zr]", r"parrain\w+", r"points (?:doubles|bonis)", r"cadeaux?",
        r"tarjetas? de regalo", r"sorteo", r"rifa", r"gan(?:e|a|ate|ese|ar) (?:una?|hasta|<money>|dos|un|boletos|premios)", r"(?:recomiend|refier|traig?)[ae] (?:a )?(?:un|una|sus?|tus?) (?:amig|familiar|conocid)\w+", r"premios?", r"regalos?",
    ),
    "urgency": (
        r"(?:today|weekend|month|week|tonight|days?|hours?|(?:mon|tues|wednes|thurs|fri|satur|sun)day) only", r"one day only", r"limited (?:time|supply|supplies|quantit\w+|availab\w+|offer|number|stock)", r"while (?:supplies|they|it) lasts?",
        r"last chance", r"last call", r"final (?:days?|hours|call|week|weekend)", r"hurry", r"act (?:now|fast|quick|soon)", r"don't (?:wait|miss)", r"hate (?:for you )?to miss", r"for you to miss", r"miss (?:out|it|this)",
        r"won't (?:last|be here long|be around)", r"get away from you", r"let (?:this|it|these) (?:one )?(?:get|slip) away", r"goes away", r"(?:going|selling|moving|go|goes|sell) (?:\w+ )?(?:fast|quick|quickly)", r"before (?:they're|theyre|it's|its|they are|it is) (?:all )?gone", r"must go", r"(?:have|has|need|got) to (?:go this|move|be gone)",
        r"(?:lots?|a ton|plenty|a lot) of (?:\w+ )?(?:interest|attention|looks|calls|inquiries)", r"(?:folks|people|customers) are asking", r"(?:someone|somebody) else (?:grabs?|buys?|gets?|takes?|snags?|does|scoops?)", r"(?:i'd|you should|better|come) (?:\w+ )?(?:grab|jump on|snag|scoop) (?:it|this|one|yours)",
        r"(?:only|just) (?:a few|\d+|two|three|one|a couple)(?: \w+)? (?:left|remain\w*|available|at this)", r"first come", r"spoken for", r"first dibs", r"going away", r"before (?:it|they) (?:ends?|expires?|goes)", r"(?:order|buy|sign|reply|lock it in) (?:by|before) <day>", r"avant qu'il", r"commandez (?:maintenant|avant)", r"antes del? (?:lunes|martes|miercoles|jueves|viernes|sabado|domingo)", r"first \d+ (?:people|customers|buyers|callers)",
        r"(?:sale|offer|deal|promo\w*|specials?|event|program|rebate|discount|price|pricing|savings|incentive|rate|bonus|coupon)s? (?:\w+ )?(?:ends?|expires?|ending|expiring|good through|is over|valid)", r"ends (?:<day>|in \d+)",
        r"par(?:t|ts|tent) vite", r"faites vite", r"depechez\S*", r"ne manquez pas", r"derniere chance", r"derniers? jours", r"(?:semaine|week-?end|aujourd'hui|demain|samedi|dimanche|vendredi) seulement", r"ne reste que", r"tout doit partir", r"duree limitee", r"quantites? limitees?", r"premier arrive", r"avant qu'il ne soit trop tard",
        r"no (?:se|te) l[oa]s? pierdas?", r"no (?:se|te) pierdas?", r"jusqu'a (?:dimanche|lundi|samedi|vendredi|demain|ce soir)", r"ultim[oa]s? (?:dias?|oportunidad|horas|unidades|semana)", r"solo (?:por )?(?:hoy|este|esta|quedan)", r"quedan (?:solo|pocas|pocos)", r"no (?:se|te) quedes? sin", r"apur[ae]\w*", r"tiempo limitado", r"hasta agotar", r"date prisa", r"se (?:estan )?acaba\w*",
    ),
    "event": (
        r"you(?:'re|r| are) (?:all )?invited", r"invite:", r"your invitation", r"join us", r"open house", r"grand (?:re-?)?opening", r"customer appreciation", r"vip (?:event|night|preview|sale|access|day|treatment)", r"(?:test drive|ride and drive|savings|model year|sales?|buyback|upgrade|trade[- ]in|trade|pricing|pull[- ]ahead|luxury|exclusive|special|private|biggest|lease|clearance|<season>) event", r"event of the", r"live music", r"(?:family|fun|community|kids|customer|owner|car|truck|food|taco|pizza|ladies)(?: \w+)? (?:fun day|day|night|show|fest|festival|meet)", r"bounce house", r"face painting", r"on the grill", r"tacos", r"brincolin\w*", r"dia (?:familiar|de los ninos)", r"journee (?:clients?|familiale|portes)", r"private viewing", r"meet and greet", r"(?:hot dogs|food|drinks|snacks|bbq|cookout)(?: \w+){0,4} (?:on us|for the kids|provided)",
        r"portes ouvertes", r"soyez des notres", r"joignez-vous a nous", r"(?:le|lo|la|te|los) invitamos", r"vous etes (?:tous )?invitee?s?", r"sous la tente", r"evenement (?:special|annuel|vip|prive|d'\w+)", r"soiree (?:vip|privee)", r"hot-? ?dogs? gratuits",
        r"(?:gran|super|nuestro) evento", r"evento (?:especial|anual|vip|privado|de)", r"(?:esta|estan) invitad[oa]s?", r"festival(?: \w+)? en (?:la agencia|el concesionario)", r"festival familiar",
    ),
    "trade_in": (
        r"top (?:dollar|money|value|price)", r"(?:bring|worth|paying|pays?|get|fetch|bring in) (?:you )?(?:serious|good|great|big|real|more|top|crazy) (?:money|dollars|cash|bucks|value)", r"(?:we|i) (?:can )?make (?:\w+ )?offers? on (?:any|all|your)", r"sell us your \w+", r"interest in selling", r"(?:have|got) a buyer", r"buyer for your", r"tengo (?:un )?comprador", r"venderl[oa]", r"(?:pret|interesse) a vendre", r"exchange program", r"(?:nous |on )?payons votre", r"pagamos (?:su|tu) primer\w*", r"gros prix", r"cash for (?:your|cars|clunkers)", r"trad(?:e|ing) up", r"trade[- ]?ins? (?:value|bonus|event|welcome|worth|credit|assist|offer)\w*", r"(?:we|happily|gladly) (?:actually |also )?(?:take|accept|want|love) trades?", r"trades welcome",
        r"trade in (?:your|ur) (?:old|gas|current|\d{4}|vehicle|car|truck|suv|ride)", r"trade (?:it|yours?|that|your \w+) (?:in )?(?:for|toward)", r"trade numbers", r"what (?:your|ur|the) (?:\w+ ){1,4}?(?:would|could|might|will) bring",
        r"(?:increase|increased|raise|raised|up|bump|bumped|improve|improved|stronger|higher|more|better|soften)(?: \w+){0,4} (?:for |on )?(?:your|the) trade(?: \w+)?", r"value (?:on|for|of) your (?:current|old|vehicle|car|trade|truck)\w*", r"trade position",
        r"what (?:it|it's|yours|your \w+(?: \w+)?) (?:is |might be |could be )?worth", r"worth (?:more|a lot|thousands|up to|way)", r"how much your \w+(?: \w+)? is worth", r"find out what your",
        r"(?:we|we'd|we're|we'll|i'd|i)(?: \w+){0,4} (?:buy|buying|purchase|purchasing) (?:your|ur|cars|used|vehicles|back|pre-?owned|trucks|suvs|it back|yours)", r"(?:buy|purchase) your (?:\w+ ){0,3}(?:even|outright|back|today|for cash|no matter)",
        r"even if you (?:don't|dont|do not) (?:buy|purchase)", r"no purchase (?:required|necessary|needed)", r"pay(?:ing)? (?:off )?(?:your trade|more for|top|well|extra|cash (?:for|on)|you cash)", r"what you owe", r"(?:well |way )?(?:over|above|more than) (?:book|market|kbb|kelley|blue book)\w*",
        r"(?:high|big|huge|great|strong|hot|serious) demand", r"(?:positive|strong|good|some|extra|negative|have|has) equity", r"equity (?:position|in your|is)", r"(?:free|instant|quick|online|min(?:ute)?|upgrade|on the spot) (?:trade |re-?)?(?:appraisal|valuation|cash offer|cash)", r"(?:re-?)?appraisers? (?:are|will|is)",
        r"(?:could (?:really )?use|love to (?:have|buy|get)|looking for|need|want) your(?: \d{4})? \w+ (?:for|in|on|back|\w+ for) ?(?:our|the|my)?", r"(?:interested in|consider(?:ed|ing)?|thought (?:of|about)|thinking (?:of|about)|ready to) (?:selling|trading|sell|trade)(?: \w+)?", r"sell(?:ing)? (?:us )?your (?:car|truck|suv|vehicle)", r"swap[- ]keys", r"swap (?:your )?keys",
        r"(?:nous |on )?(?:rachetons|achetons|rachete|achete) (?:votre|vos|tous|les)", r"vaut (?:plus|cher|beaucoup|encore|votre)", r"combien vaut", r"echangez", r"(?:tres|fort) (?:recherche|demande)e?s?", r"en (?:forte )?demande", r"(?:valoir|vaudrait|valent) (?:plus|cher|beaucoup)", r"(?:valer|valdria|valen) (?:mas|mucho)", r"(?:nous )?(?:cherchons|recherchons) (?:des|votre|vos)", r"meilleure offre", r"(?:estimation|evaluation) gratuite", r"valeur d'echange",
        r"(?:te |le |les )?compramos (?:su|tu|sus|tus|carros|autos|todo)", r"(?:te|le|les) (?:damos|pagamos|ofrecemos) (?:mas|hasta|el mejor|lo mejor|buen|<money>)", r"vale (?:mas|mucho|su|tu)", r"cuanto vale (?:su|tu)", r"cambi[ae] (?:su|tu) (?:\w+ )?(?:viej[oa]|usad[oa]|carro por|auto por)", r"muy (?:buscad|solicitad)[oa]",
    ),
    "upgrade": (
        r"upgrad(?:e|ing) (?:your (?!software|phone|map)\w+|you|into|to (?:a|the|an|something|one)|from)", r"(?:for|an|ready to|thinking) upgrade", r"upgrade options", r"pull[- ]ahead", r"buy-?out (?:vs|or|option)\w*",
        r"(?:get|put|getting|putting) you (?:in|into|driving|behind|out of)", r"in(?:to)? (?:something|a|an|one of our|the) (?:brand )?newer?",
        r"(?:great|best|perfect|good|right|ideal) (?:time|day|moment|month|chance) (?:of (?:the )?year )?to (?:buy|trade|upgrade|get|shop|lease|sell|purchase|own|save)",
        r"time for (?:a|an|some) (?:new|newer|upgrade|change)(?! (?:filter|battery|key))", r"new (?:year|ride|whip|wheels).{0,12}new (?:ride|you|car)",
        r"early (?:lease )?(?:termination|return|upgrade)", r"out of (?:that|your) lease", r"(?:drive|driving) (?:home|away|off|it home) (?:in|with|a|your)", r"newer (?:one|model|vehicle|car|truck)", r"(?:if|when) you (?:buy|purchase|lease|finance|trade)(?: \w+)?", r"si (?:vous achetez|achetez|compra|compras|financia)", r"graduate to", r"upgrade to synthetic", r"cambi(?:e|ese|ate) a", r"(?:roulez|repartez|partez) (?:en|dans|avec|au)(?: \w+)?", r"au volant (?:de|d'un)", r"(?:manej[ae]|conduzca|conduce) (?:un|una) \w+ nuev[oa]", r"(?:cambiar|cambie) de (?:auto|carro|camioneta|vehiculo)", r"switch to (?:a|an)", r"second vehicle",
        r"(?:thinking (?:about|of)|ready for|considering|in the market for|shopping for) (?:(?:a|your|something) )?(?:brand )?(?:new|newer|next|upgrade)(?! (?:key|battery|appointment|time))", r"still (?:shopping|in the market)",
        r"votre prochain (?:vehicule|auto|voiture|camion|vus)", r"(?:changer|renouveler) (?:pour un|votre|de) (?:vehicule|auto|voiture|neuf|modele)",
        r"estren[ae]\w*", r"renuev[ae] (?:su|tu)", r"(?:su|tu) proximo (?:auto|carro|vehiculo)", r"llev[ae](?:te|se) (?:su|tu|un|una|hoy)", r"mejores? opciones", r"(?:excelentes|buenas|grandes) opciones",
    ),
    "inventory": (
        r"(?:new|fresh|more|some|new-?to-?us)(?: \w+)? (?:inventory|arrivals|stock|vehicles|trucks|suvs|cars|shipment|allocation)(?: \w+)? (?:arriv|came|come|coming|land|in|hit|available|here|rolled|roll)\w*", r"(?:new|newest|latest) arrivals?", r"fresh (?:inventory|arrivals?|trades?)", r"inventory (?:just|has|is|rolled|came)\w*",
        r"(?:check out|see|browse|shop|view|explore|visit) (?:all )?(?:of )?(?:our|the (?:full|entire|whole|new|latest))(?! (?:address|hours|location|privacy|report|service))(?: \w+)?", r"<big> (?:selection|inventory|variety|lineup|choice of)", r"our (?:\w+ ){0,2}(?:inventory|selection|lineup)", r"just (?:in|landed|traded in|listed|took in)[:!,]", r"we've got (?:trucks|cars|suvs|vans|them|inventory)",
        r"(?:all[- ]?new|brand new|redesigned|newest|new) (?:\d{4}|20\d\d|'\d\d)(?:'?s)?", r"all[- ]new", r"redesigned", r"(?:the )?20\d\d(?:'?s)?(?: \w+){0,3} (?:are|is|have|has)(?: \w+)? (?:arriv|here|land)\w*", r"(?:our|an|your) allocation", r"tag an inbound",
        r"(?:book|schedule|reserve|claim|set up) (?:your|a|ur)(?: \w+)? (?:drive|spot|vip|viewing|seat)\w*(?: \w+)? (?:today|now|online)", r"behind the wheel", r"(?:for|take (?:one|it|her)(?: out)?) (?:for )?a spin",
        r"(?:see|find out) why", r"come (?:see|check)(?: out)? (?:our|all|what we|these|them|why)", r"come (?:grab|get|pick out|take advantage)(?: \w+)?", r"\d+\+ (?:cars|vehicles|suvs|trucks|models|used|new)", r"<car> (?:under|for under|starting at|as low as) \d\w*",
        r"you'd (?:love|really like)", r"you might (?:love|like)", r"might be (?:a )?(?:perfect|right|good fit|great) (?:for|match)\w*", r"matche?s? (?:your )?(?:wish ?list|what you|your)", r"fits? what you(?: \w+)? wanted",
        r"magasinez", r"(?:decouvr|venez voir|venez essayer)\w* (?:la|le|les|nos|notre|toute)", r"nouve(?:aux|lle|lles|au) (?:modele|gamme|arriv|collection|inventaire|camion|vehicule|vus)\w*", r"reserve[zr] (?:votre|un|des maintenant) essai", r"(?:grand|vaste) (?:choix|inventaire|selection)", r"notre inventaire", r"pourraient? vous (?:plaire|interesser)",
        r"nuev[oa]s? (?:modelos?|linea|inventario|llegad\w+|arribos?|camionetas|autos|carros)", r"vea (?:nuestr|todo|la nueva)\w*", r"visite nuestr\w+", r"gran (?:seleccion|surtido|variedad|inventario)", r"agend[ae] (?:su|tu) prueba.{0,15}(?:hoy|ya|ahora)", r"nuestro inventario", r"(?:acaban|acaba) de llegar (?:mas|nuev)\w*", r"(?:le|te) (?:pueden?|podrian?) (?:gustar|interesar)",
    ),
    "upsell": (
        r"protection plans?(?: \w+)?", r"want (?:a|an|me to add|me to bundle) (?:\w+ ){0,3}(?:quote|package|bundle|remote start|mats|bed ?liner|tint|warranty)", r"(?:winter|summer|snow|all season)(?: \w+)? (?:tire|wheel|wheel/tire)s? (?:package|quote|sale|set)", r"warranty (?:\w+ ){0,3}(?:extend|cover|protect|continue)\w*", r"(?:we can|let's|can) extend it", r"less than you'?d (?:think|expect)", r"dollars more", r"extended (?:warranty|service|coverage)(?: \w+){0,3} (?:available|still|offer|now|today)", r"(?:we|i|also) (?:\w+ )?recommend(?: \w+){1,6} (?:for|at|only) \$?\d\S*",
    ),
}  # fmt: skip

#: What a sale is about. A topic needs a stance beside it.
TOPICS: dict[str, tuple[str, ...]] = {
    "finance": (
        r"(?:interest )?rates?(?! (?:your|us|my|our|the) )", r"lenders?", r"approvals?", r"credit(?! (?:cards?|union|app|application))", r"refinanc\w*", r"loans?", r"co-?sign\w*", r"monthly", r"payments?", r"financ(?:e|ing)", r"terms", r"leas(?:e|es|ing)", r"qualif\w+", r"eligib\w+", r"afford\w*", r"budget",
        r"taux", r"financement", r"paiements?", r"mensualites?", r"versements?", r"location", r"preteurs?", r"tasas?", r"financiamiento", r"creditos?", r"pagos?", r"mensualidad\w*", r"prestamos?", r"enganche", r"arrendamiento",
    ),
    "trade": (r"trade(?:s|d|-ins?)?", r"trading", r"(?:re-?)?apprais\w+", r"pre-?value", r"buy-?outs?", r"equity", r"echange", r"evaluation", r"a cuenta", r"avaluo"),
    "quote": (r"quotes?", r"pric(?:e|es|ing)", r"prix", r"precios?", r"soumission", r"cotizacion", r"price moves?", r"figures?"),
    "stock": (
        r"in stock", r"en stock", r"on the lot", r"in inventory", r"inventory", r"certified(?: pre-?owned)?", r"pre-?owned", r"select models", r"demo models?", r"low miles", r"loaded", r"one owner", r"options", r"(?:brand )?new (?:one|<car>)", r"third row", r"units?", r"lineup", r"vehicles", r"trucks", r"suvs",
        r"inventaire", r"neufs?", r"inventario", r"los nuevos", r"seminuevos?",
    ),
    "upsell": (
        r"protection", r"warrant(?:y|ies)", r"gap", r"service contracts?", r"accessor(?:y|ies)", r"maintenance (?:plan|package)", r"(?:winter|summer|snow|all season) (?:tires?|wheels?)", r"new tires", r"ceramic", r"undercoat\w*", r"rust ?proof\w*", r"remote start(?:er)?", r"detail(?:ing)?(?: package| service)?", r"tint",
        r"garantie prolongee", r"plan de protection", r"antirouille", r"garantia extendida", r"plan de proteccion",
    ),
    "season": (
        r"(?:winter|summer|spring|fall|road[- ]?trip|holiday|vacation|cold weather|snow)[- ](?:is (?:coming|here|around)|check\w*|prep\w*|ready|inspection|tune\w*|season|weather)", r"road trip ready", r"before (?:winter|summer|the (?:cold|snow|holidays|trip))", r"beat the heat", r"get (?:your (?:\w+ ){1,3})?(?:ready|checked)", r"kick ?-?off",
        r"l'hiver (?:arrive|approche|s'en vient)", r"mise au point", r"se acerca el (?:invierno|verano)", r"revision",
    ),
    "event": (r"event", r"evenement", r"evento", r"hot-? ?dogs?", r"food", r"refreshments", r"lunch", r"bbq", r"cookout", r"prizes", r"comida", r"musica", r"musique", r"festival", r"showcase"),
    "deal": (r"deals?", r"offer", r"special", r"program", r"programs", r"vip", r"exclusi[fv]\w*", r"loyal(?:ty)?", r"fidelite", r"fidelidad", r"college grad"),
    "service": (r"(?:oil change|brakes?|tires?|alignment|detail|battery|wipers?|a/?c|coolant|inspection|checkup|tune ?-?up|rotation)",),
}  # fmt: skip

#: How a seller speaks of it: points.
STANCES: dict[str, tuple[int, tuple[str, ...]]] = {
    "push": (
        1,
        (
            r"want me to", r"should i", r"would you like (?:me )?to", r"want to (?:see|know|hear|learn|take|try|get|review|compare|bring|explore|look|come)", r"interested\?", r"open to", r"let me know if (?:you'd|you would|you want|interested)", r"want (?:details|info|options|in|the|yours|one|10|a)", r"reply (?:yes|y|si|oui|book|info|deal)", r"looking for (?:a|an)", r"right\?", r"when can you (?:come|stop|swing)", r"ask (?:me|us)(?: about| how| for)?", r"call me",
            r"(?:quiere|quieres) (?:que|ver|saber|conocer)", r"(?:le|te) (?:interesa|gustaria)", r"voulez-vous (?:que|voir|savoir)", r"ca vous (?:interesse|tente)", r"interesse\w*\?", r"preguntenos", r"demandez(?:-moi|-nous)?",
        ),
    ),
    "now": (
        1,
        (r"right now", r"now", r"today", r"currently", r"lately", r"tonight", r"this (?:week|month|season|year|weekend)", r"these days", r"finally", r"(?:until|through|till|til|jusqu'au?|hasta el) <day>", r"hoy", r"ahora", r"este (?:mes|fin)", r"ce mois-ci", r"des maintenant", r"actuellement", r"ces temps-ci", r"cette semaine"),
    ),
    "better": (
        2,
        (
            r"better", r"lower", r"stronger", r"easier", r"flexible", r"competitive", r"improved?", r"cheaper", r"affordable", r"dropped", r"dropping", r"reduc(?:e|ed|ing)", r"comfortable", r"manageable", r"friendl(?:y|ier)", r"attractive", r"wide range", r"alternative", r"speciali[sz]e", r"loosened", r"(?:come|came|gone|went|bring|going) (?:\w+ )?down", r"closer to your", r"shifted", r"updated", r"new(?:er)? (?:lenders?|programs?|banks?|rates?|options?|allocation)|new shipment",
            r"more (?:options|lenders|vehicles|programs|flexible|approvals)", r"a (?:bunch|lot|ton|wide range|variety|couple|few) of (?:\w+ )?(?:options|lenders|vehicles|programs)", r"(?:payment|lender|financing|lease|loan|finance) options", r"extra", r"best", r"lowest", r"biggest", r"huge", r"great", r"surprise you", r"be surprised", r"in your situation", r"like yours", r"similar to yours", r"meilleur\w*", r"plus (?:bas|basse|abordable|flexible)s?", r"baiss\w+", r"avantageu\w+", r"mejor(?:es|ar|arlo|arselo)?", r"mas (?:baj|accesibl|comod|facil)\w*", r"flexibles?",
        ),
    ),
    "reach": (
        2,
        (
            r"(?:i|we)(?:'d| would|'ll| can| could| may| might| bet i could| bet we could)?(?: probably| possibly| also| definitely| love| like)?(?: to)?(?: be able to)? (?:see if i can )?(?:get|save|put|offer|beat|lower|approve|qualify|tailor|appraise|bundle|enroll|rework|recheck|rerun|requote) (?:you|a|your|it|them)", r"let me (?:find|save|help|get) you", r"help you (?:get|save|into|out of)", r"did you know", r"you (?:may|might|could) (?:now )?(?:qualify|be eligible|have|save|get|be able)", r"we have (?:several|\d+|some|plenty|a few|more|exceptional|a great)", r"we've got (?:some|a few|several|plenty|\d+)", r"(?:fits?|within|to fit|suits?) (?:the|your|any|every|ur) (?:budget|needs)", r"we (?:work|help) (?:with )?(?:many|a lot|people|lenders|clients|buyers)", r"(?:many|some) (?:clients|customers|people|buyers)", r"thought (?:of|you'd|you might)", r"earn your business", r"held you back", r"in your range",
            r"(?:come|stop|swing|drop|pop)(?: on)? (?:by|in|down|out)(?: (?:for|and|to|this|today|saturday|sunday))?", r"bring (?:yours|it|them|your \w+) (?:in|by)", r"bring yours", r"love to (?:have|see|put|get) you",
        ),
    ),
    "cta": (
        2,
        (
            r"(?:call|text|click|visit|book|shop|apply|order|register|reserve|schedule|claim|learn|start|enroll|rsvp) (?:(?:your|us|it|in|yours) )?(?:now|today|here|online|more|details|below)", r"book (?:a|an|your|with)", r"book:", r"rsvp", r"visit (?:us|our)", r"tap (?:the|here|below)", r"get yours", r"details (?:at|inside|here)", r"grab (?:it|one|yours)", r"cliquez", r"visitez", r"reservez", r"inscrivez\S*", r"visitenos", r"visitanos", r"ha(?:ga|z) clic", r"llam[ea] ya", r"reserve su", r"venez (?:nous )?voir", r"passez nous voir", r"veng?an? (?:a|este)", r"en concession",
        ),
    ),
    "hype": (
        2,
        (
            r"you'll love", r"you deserve", r"treat yourself", r"dream <car>", r"introducing", r"meet the (?:all|new)", r"discover", r"unlock", r"elevate", r"experience (?:the|our|a|luxury|tariff)\S*", r"don't settle", r"obtenez", r"recevez", r"obtenga", r"reciba", r"recibe", r"show you (?:one|some|a few)", r"priced to sell", r"one of a kind", r"rare find", r"must[- ]see", r"stunning", r"luxury", r"in style", r"amazing", r"unbeatable", r"incredible", r"massive", r"fantastic", r"exciting", r"won't want to miss", r"spectaculaire", r"incroyable", r"increibl\w+", r"exceptional", r"priced right", r"wow",
        ),
    ),
}  # fmt: skip

#: Words that look like a promotion and are none: what they cover is not weighed.
IDIOMS = (
    r"(?:no big|not a big|good|sounds like a|big) deal(?=[ ,.!]|$)(?! on| for| at)",
    r"(?:deal|sale) (?:paperwork|jacket|is final|was final|number|went through)", r"(?:bill of|for|point of) sale", r"deal breaker",
    r"sales (?:team|tax|taxes|manager|guy|person|rep|consultant|associate|dept|department|desk|office|lady|floor|meeting)",
    r"(?:thanks|thank you|thx|appreciate)(?: for)? (?:the|your) offer", r"(?:your|his|her|their|an|accepted the|made an|make an|counter) offer(?! on| for)",
    r"save (?:my|this|our|the|me|us|it|that|him|her) ?(?:number|contact|seat|spot|card|info)?(?! \$)", r"saved (?:you|it|him|her|your)",
    r"special (?:order|ordered|color|request|tool|edition|case|part|needs)\w*",
    r"(?:no|not any|isn't (?:a|any)|there's no|is no|don't (?:have|do|offer|see)|doesn't (?:have|qualify)|aren't any|wasn't a|can't (?:do|give|get))(?: \w+){0,4}? (?:discounts?|rebates?|specials?|coupons?|incentives?|promotions?|deals?|sales?)",
    r"(?:discount|rebate|offer|sale|special|promo\w*|event|deal|incentive)s?(?: \w+){0,4} (?:ended|expired|is over|are over|was over|has passed)(?: last| already| in)?",
    r"as (?:i|far as i|you may) recall", r"i (?:don't )?recall", r"pour rappel",
    r"software upgrade", r"upgraded? (?:wheels|stereo|sound|tires|audio|package)", r"(?:gun ?metal|wine) (?:gr[ae]y|red|color|metallic)",
    r"(?:not|isn't|aren't|wasn't) (?:for|on) sale", r"on us (?:route|hwy|highway|\d+)", r"free (?:fall|way|space|parking)", r"(?:hands|toll|accident|rust|smoke|stress|hassle|duty)[- ]free", r"free of charge",
    r"les ventes", r"des ventes", r"de ventas", r"su oferta", r"votre offre", r"trade paperwork",
    r"(?:with|from) no (?:extra )?cost", r"best (?:time|number|way|day|regards|email|wishes)(?: to (?:call|reach|text|come))?", r"(?:the|my) best", r"all the best", r"do (?:my|our) best",
    r"extra (?:key|set|hour|minute|day|time|copy)\w*", r"gift from", r"your bonus", r"(?:don't|dont|do not) miss (?:your|the) (?:appointment|exit|turn)",
    r"great (?:choice|question|meeting|talking|day|weekend|to (?:hear|see|meet)|seeing)", r"(?:have|had) a great",
)  # fmt: skip

#: Money that is owed, paid or asked for in business already agreed on.
TRANSACTION = (
    r"total(?:s|ed)?", r"estimation", r"balance (?:of|due|on|is|owed)", r"your balance", r"invoice", r"receipt", r"deposit", r"refund\w*", r"we(?:'ve| have)? received", r"payment (?:of|due|reminder|received|is due|was|has)", r"(?:is|are) due (?:on|by|the|june|jan|feb|mar|apr|may|jul|aug|sep|oct|nov|dec)\w*", r"estimate", r"authoriz\w+", r"your ok", r"go ahead with", r"repair (?:would|will|is|cost|order|total|comes)", r"parts and labor", r"deductible", r"was charged", r"processed", r"amount due", r"ro ?#",
    r"solde (?:du|de|est|a)", r"facture", r"recu", r"depot", r"rembours\w+", r"reparation", r"estim(?:e|ation)", r"autoris\w+", r"montant", r"franchise", r"saldo", r"factura", r"recibo", r"recibimos", r"deposito", r"reembolso", r"reparacion", r"estimado", r"autoriza\w*", r"vence el", r"monto", r"deducible",
)  # fmt: skip
#: Words beside which money is a price after all.
NO_TRANSACTION = (
    r"due at signing", r"down payment", r"toward", r"off", r"specials?", r"coupons?", r"any repair", r"recommend", r"rabais", r"cupon", r"descuento", r"promo\w*", r"save", r"savings", r"out[- ]the[- ]door", r"msrp", r"with tax", r"per month", r"a month", r"/mo", r"apr", r"listed", r"priced?",
)  # fmt: skip
RECALL = (
    r"(?:airbag|safety|service|takata|recall) campaign", r"campaign on your", r"bulletin",     r"(?:open |safety )?recall(?:s|ed)?", r"campagne de rappel", r"rappel de securite", r"rappel (?:sur|touche|vise|concern)\w*", r"aviso de seguridad", r"llamado a revision",
)  # fmt: skip
#: Words beside which a percentage measures something.
MEASURES = (
    r"batter\w*", r"charg\w*", r"tread", r"pads?", r"brakes? (?:are|is|have)", r"tires? (?:are|have)", r"remaining", r"sure", r"degradation", r"health", r"range", r"capacity", r"humidity", r"certain", r"full", r"life", r"tint\w*", r"humid\w*", r"positive", r"done", r"complete", r"synthetic", r"electric", r"cotton", r"confident", r"chance of", r"leather", r"ethanol", r"rain",
    r"segur[oa]", r"cargad\w*", r"carga", r"bateri\w*", r"pastillas", r"polariz\w*", r"surs? a", r"plaquettes", r"usure", r"teint\w*", r"restant\w*",
)  # fmt: skip

#: What a notice says: code → phrases; one is enough.
NOTICES: dict[str, tuple[str, ...]] = {
    "recall": RECALL,
    "appointment": (
        r"reminder", r"to remind you", r"(?:24|48|72)[- ]hour notice", r"service appt", r"we have you down", r"recuerde (?:su|que)", r"petit rappel", r"recordatorio", r"rappel ?:", r"(?:le|te) recordamos", r"nous vous rappelons", r"please remember", r"^\W*(?:all )?confirmed",
        r"<your> <few>(?:appointment|appt|test drive|reservation|cita|rendez-vous|rdv|essai|essai routier|prueba|prueba de manejo) <few>(?:is|was|has been|est|esta|fue|ha sido|quedo|at|on|for|with|needs)",
        r"<your> <few>(?:is|are|has been|ha sido|a ete) (?:now )?(?:scheduled|booked|confirmed|agendad[oa]|programad[oa]|confirmad[oa]|confirme|fixe)",
        r"(?:appointment|appt)s? (?:confirmed|scheduled|reminder|update|set|canceled|cancelled)", r"appointment(?: \w+)? is (?:confirmed|scheduled|set)", r"all set for texts", r"cita (?:confirmada|programada|agendada)", r"rendez-vous (?:confirme|prevu)",
        r"you(?:'re| are|r) (?:now )?(?:confirmed|scheduled|booked)", r"you have (?:a|an) (?:\w+ ){0,3}(?:appointment|appt|service|reservation)", r"vous avez (?:un )?(?:rendez-vous|rdv)", r"tiene (?:una |su )?cita", r"booked (?:in )?for (?:service|tomorrow|<day>|your)",
        r"we(?:'ve| have)? (?:moved|rescheduled|had to (?:move|reschedule))", r"(?:need|have|had) to (?:reschedule|move) (?:your|ur)(?: \w+){0,3}", r"(?:delivery|livraison|entrega)(?: \w+)? (?:is|est|esta) (?:scheduled|set|prevue|programada)", r"inspection is scheduled",
    ),
    "ready": (
        r"<your> <few>(?:is|are|will be|should be|est|sont|sera|esta|estan|ya esta|ya estan)(?: \w+){0,2}? ?(?:ready|done|finished|completed?|washed|pret|prets|prete|pretes|termine\w*|list[oa]s?|terminad[oa]s?)",
        r"(?:is|are|'s) (?:all |now )?ready (?:for (?:you|pick ?-?up|signature|delivery)|to (?:be )?(?:picked|pick|sign|signed|go home))", r"(?:service|inspection|repair|maintenance|detail|update) (?:is |was |has been |are )?(?:now )?completed?", r"(?:entretien|servicio|reparation|reparacion|inspection|inspeccion) (?:[\w'-]+ ){0,6}(?:termine|terminad[oa]|complet\w+)",
        r"pass?er (?:la|le|les) (?:chercher|prendre|recuperer)", r"(?:pasar|pase) (?:a |por )?recoger\w*", r"puede (?:pasar|recoger)\w*", r"ready to sign", r"prets? a (?:etre )?sign\w+", r"listos? para (?:firmar|entregar)", r"waiting (?:for you )?at the (?:parts|front|service|cashier|desk)", r"keys? (?:is|are|will be)? ?(?:with the|at the|inside|in the) (?:cashier|front desk|drop|night)\w*", r"keys inside", r"keys? (?:[\w-]+ ){0,5}(?:night|drop|lock) ?box", r"have your \w+ ready", r"parked out front", r"e-?sign(?:ing|ature)?(?: \w+)? is ready", r"<few>is done and \w+",
    ),
    "arrived": (
        r"(?:<your>|the|la|las|los|le|les|el) <few>(?:parts?|order|key|keys|fob|plates?|title|registration|sticker|documents?|paperwork|tags?|pieces?|refaccion(?:es)?|partes|pieza|piezas|placas|plaque|titulo|vehicule|vehiculo|vehicle|car|truck|suv|\w+ you ordered|\w+ commandee?)(?: [\w'&./-]+){0,5}?"
        r" (?:arrived|arrives|came in|is in(?! \w)|are in(?! \w)|is here|are here|has arrived|have arrived|shipped|came (?:in|today|this)|was delivered|was renewed|(?:est|sont) arrive\w*|ya llego|ya llegaron|llego|llegaron|esta aqui|estan aqui)",
        r"(?:ya )?lleg(?:o|aron) (?:<your>|la|el|las|los) (?!nuev)\w+", r"arrived from the", r"(?:came|is|are) in the mail", r"shipped from", r"back ?-?order(?:ed)?", r"tracking (?:number|shows)", r"eta", r"(?:has|have) shipped", r"left the (?:plant|factory|port)", r"at (?:the )?port", r"on (?:the|its) way (?:to you|from)", r"shuttle is", r"(?:driver|shuttle|courier|delivery|tow truck|truck) is (?:about |on |en route|\d)", r"set aside (?:for|under)", r"rupture de stock", r"delai de", r"(?:came|stop) (?:in|at|by)? ?(?:the )?reception", r"(?:was|been) (?:cut|programmed|mailed)", r"sent to the (?:state|dmv|mvd)", r"we-owe",
        r"(?:for|to fit|pour|para) <your> <few>(?:has |have |is |are |just |est |sont |ya )*(?:arrived|arrive|arrivee?s?|came in|come in|landed|recue?s?|llego|llegaron|in stock|here)", r"(?:piece|pieces|pneus|refaccion|partes|pieza)(?: [\w'-]+){0,5} (?:recue?s?|disponibles?)", r"(?:are|is) available for pick ?-?up",

    ),
    "service_status": (
        r"status update", r"(?:picked up|dropped off|towed|released|returned|received|delivered|mailed) (?:\w+ )?your \w+", r"(?:a|ont) (?:ramasse|approuve|recu|livre|termine|poste) (?:\w+ )?(?:votre|vos|les|la|le) \w+", r"(?:ya )?(?:recogio|aprobo|entrego|termino|recibio|mando) (?:su|la|el|las|los) \w+", r"insurance (?:company )?approved", r"work (?:resumes|starts|begins)", r"(?:phones?|phone lines?|system|computers|internet|lignes telephoniques|lignes)(?: \w+)? (?:are|is|sont|est) (?:\w+ )?(?:down|out|en panne)", r"no funcionan los", r"(?:passed|paso|reussi) (?:the |la |l')?(?:inspection|inspeccion|emissions)", r"(?:still|sigue) (?:pending|pendiente|en attente)", r"falta su", r"presupuesto listo", r"(?:por favor )?apruebe", r"votre accord", r"estimation", r"(?:out|done|finished|ready) around \d", r"moved to the", r"your technician", r"votre technicien", r"su tecnico", r"update (?:on|for|about) (?:your|ur|the)", r"update:", r"delay:", r"(?:tech|technician|mechanic|body shop|detail department|advisor|technicien|mecanicien|tecnico|mecanico)(?: \w+)? (?:is|has|found|finished|says|just|will|started|a (?:termine|trouve)|termino|encontro|esta)", r"service advisor \w+ here",
        r"<your> (?:service )?advisor(?: \w+)? is", r"diagnos(?:is|tic|tics|ed)", r"found (?:a|an|some) (?:\w+ )?(?:nail|screw|leak|crack|issue|problem|hole)", r"<your> <few>(?:tires?|tread|battery|brakes?|pads?|belts?|filters?|wipers?|rotors?|struts?)(?: \w+){0,4}? (?:at|have|has|failed|worn|low|need|needs|cracked|are|is)",
        r"estimate (?:for [\w ]{0,30} )?(?:is|comes|total)\w*", r"to authoriz\w+", r"autoris(?:er|ez)", r"nos autoriza", r"your ok", r"patched", r"ordering a", r"[pbcu]0\d{3}", r"<your> <few>(?:is|are) (?:in the shop|being (?:worked|serviced|inspected|detailed|repaired)|delayed)", r"(?:will not|won't) be ready", r"will be (?:painted|installed|repaired|delivered)", r"view (?:it|the report|your report)", r"voi(?:r|ci) le rapport", r"ver el (?:reporte|informe)", r"check engine", r"scheduled to be",
    ),
    "payment_notice": (
        r"we(?:'ve| have)? received", r"nous avons (?:bien )?recu", r"(?:hemos recibido|recibimos)", r"payment reminder", r"<your> <few>(?:payment|paiement|pago|balance|solde|saldo|invoice|facture|factura)(?: [\w$.,]+){0,4}? (?:is due|due|was|has been|est du|vence|received|processed)", r"(?:refund|reembolso|remboursement|receipt)", r"total(?:s)?(?: \w+)? ?(?:is|:|due|est|es|\$)", r"(?:ro|repair order|invoice) ?#\S*", r"pay (?:online|at)", r"amount due", r"balance due",
    ),
    "due": (
        r"(?:is|are|you're|your|coming|now|past|over) ?due (?:for|by|on|back|today|tomorrow|soon)", r"overdue", r"due for", r"expires? (?:on|at|this|in|soon|next|<day>)", r"is expiring", r"(?:recommends?|recommended) (?:this |your )?(?:service|maintenance)(?: \w+)? every", r"scheduled maintenance", r"time for your (?:next )?(?:\w+ )?(?:service|oil|maintenance|inspection|checkup)", r"(?:your|the) next service", r"(?:ya )?(?:le|te) toca (?:el |su |la )?(?:servicio|cambio|mantenimiento|afinacion|verificacion)", r"etes du", r"est du pour", r"il est temps de (?:planifier|faire|prendre|prevoir|poser|changer)", r"es (?:hora|tiempo) de", r"vence (?:el|este|pronto)", r"expire (?:le|bientot|a la)",
    ),
    "hours": (
        r"(?:will be|we'll be|department is|showroom is|office is|dealership is|store is|shop is|service is) closed", r"our hours", r"we(?:'re| are) running (?:\w+ ){0,3}(?:minutes|mins|hours?) (?:behind|late)", r"behind schedule", r"(?:limited|holiday|new|extended) hours", r"we(?:'ll| will)? reopen", r"(?:department|showroom|store|office|shop|dealership) reopens", r"opening (?:at|late)", r"we (?:close|open) (?:at|early|late)", r"we'?re closing", r"(?:cerramos|abrimos|fermons|ouvrons)(?: hoy)?", r"on ferme", r"closing (?:early|at)", r"now opens? at", r"weather update", r"(?:serons|sera|est|sommes) fermee?s?", r"(?:estaremos|estara|esta) cerrad[oa]s?", r"nos heures", r"nuestro horario", r"due to (?:the )?(?:\w+ )?(?:snow|storm|weather|outage|holiday|hurricane|ice|flood)\w*",
    ),
    "program": (
        r"(?:msg|message|msgs) (?:frequency|freq)", r"data rates", r"reply (?:stop|help|yes to|no|c|1|start)", r"text stop", r"unsubscribed", r"opted (?:out|in)", r"no (?:more|further) (?:messages|texts)", r"confirmed for texts", r"do not contact", r"opt out any ?time", r"(?:may|can|could) (?:i|we) (?:communicate|text|message|contact) (?:with )?you(?! (?:later|when|at|in|back))", r"(?:ok|okay) (?:to|if i|if we) text", r"privacy policy", r"terms of",
        r"repondez (?:oui|non|stop|arret|aide)", r"(?:communiquer avec|contacter|ecrire a) vous (?:par|via)", r"vous texter", r"par texto\?", r"responda (?:si|no|stop|alto|ayuda)", r"comunicarme con usted", r"por mensaje de texto",
    ),
    "survey": (
        r"survey", r"10/10", r"rate (?:your|us|my|our) \w+", r"(?:leave|write|post|for) (?:us |me )?(?:an? )(?:\w+ )?review", r"love your (?:feedback|review)", r"review (?:us|your visit)", r"sondage", r"encuesta", r"calific\w+", r"califique", r"evaluez", r"votre avis", r"su opinion",
    ),
    "greeting": (
        r"(?:happy|merry|joyeux|joyeuse|bonne?|feliz|felices) [\w ]{3,25}(?:from|de la part|de parte|de tod|de tou)\w*", r"from (?:all of us|everyone|your friends|the (?:whole |entire )?team)(?: at| here)?", r"(?:toute )?l'equipe.{0,20}vous souhaite", r"todo el equipo",
    ),
    "approval": (
        r"(?:financing|loan|credit application|application|claim|warranty claim|insurance(?: company)?|financement|pret|demande de credit|financiamiento|prestamo|solicitud|seguro)(?: \w+){0,4}? (?:approved|denied|declined|approuvee?s?|refusee?s?|aprobad[oa]|aprobo)", r"(?:the bank|the lender|dmv|the state|la banque|el banco|credit union) (?:still |is )?(?:needs?|wants?|requires?|asking|approved|a besoin|demande|exige|necesita|pide|requiere)",
    ),
    "documents": (
        r"(?:need|needs|required)(?: \w+){0,4} (?:docs?|documents?|pay ?stubs?|proof of|paperwork|signature|copy of)", r"(?:for|before) (?:your )?delivery(?:,)? we'?ll need", r"still needs? a signature", r"needs? (?:to be signed|your signature)", r"for signature", r"missing (?:a|an|your|the) (?:\w+ )?(?:signature|document|page|copy|form|paper|key)", r"(?:falta|manque) (?:su|la|une|votre|un) \w+", r"<your> (?:\w+ ){0,3}(?:documents?|paperwork|contract|contrat|contrato|title|titulo|registration|plates?|buyer's order)(?: \w+){0,4}? (?:is|are|has|have|was|were|est|sont|esta|estan)",
    ),
}  # fmt: skip

#: Openings of a notice about what belongs to the customer; the verb follows. Read at the start of a
#: sentence that is no question.
STATUS_OPENINGS = (
    r"heads up", r"just letting you know", r"letting you know", r"just a (?:quick )?(?:note|update|heads up|courtesy)", r"quick (?:note|update)", r"please note", r"please be advised", r"for your information", r"fyi", r"notice", r"update", r"alert",
    r"(?:parts|service|body shop|detail|rental|title|billing|collision|finance)(?: dept| department| team| desk| center| office)? ?:", r"(?:le|les) informamos", r"le avisamos", r"nous vous (?:informons|avisons)", r"veuillez noter", r"por favor tome nota", r"a titre d'information",
)  # fmt: skip
#: "Your …" that is talk and no notice.
NOT_STATUS = (
    r"wife|husband|mom|dad|mother|father|son|daughter|kids?|friend|family|name|number|email|e-mail|call|text|message|messages|question|best|choice|welcome|trade|old|bank is|name's|voicemail|note|epouse|conjointe?|mari|femme|esposa|esposo|amigo|mensaje|correo|nombre"
)  # fmt: skip
STATUS_VERBS = (
    r"is|are|was|were|did|does|should|may|cannot|paso|has|have|had|will|won't|came|got|arrived|expires?|needs?|went|shipped|passed|failed|sent|est|sont|a|ont|sera|seront|esta|estan|fue|fueron|ha|han|ya|llego|llegaron|sigue|siguen|vence|salio|quedo|necesita"
)  # fmt: skip

#: How an answer begins: what follows was asked for.
ANSWERS = (
    r"yes", r"yep", r"yeah", r"yup", r"yea", r"no(?=[, ]|$)(?! (?:money|payments?|credit|interest|down|purchase|obligation))", r"nope", r"nah", r"sure", r"absolutely", r"definitely", r"of course", r"certainly", r"correct", r"right(?! now)", r"exactly", r"great(?=[,!.])", r"perfect(?=[,!. ])(?! time)", r"awesome(?=[,!.])", r"sounds good", r"got it", r"no (?:problem|worries)", r"not (?:a problem|yet)", r"good question", r"understood", r"i (?:totally )?(?:understand|hear you|get it)", r"will do", r"it is", r"it's", r"that's", r"i think", r"i'm", r"i am", r"sorry",
    r"oui", r"non", r"parfait", r"bien sur", r"d'accord", r"pas de probleme", r"exactement", r"desolee?", r"si(?=[ ,.!])", r"claro", r"perfecto", r"por supuesto", r"asi es", r"correcto", r"no se preocupe", r"todavia no", r"lo siento",
)  # fmt: skip
#: The customer asked: hints of a sale are part of the answer.
ASKED_FOR = (
    r"you (?:asked|mentioned|inquired|wanted to know|were asking|said|requested)", r"thanks? (?:you )?for (?:reaching|asking|your (?:inquiry|interest|question|message)|contacting|getting back|inquiring)", r"as (?:you )?(?:asked|requested|promised|discussed)", r"per your", r"to answer your", r"your (?:question|inquiry)",
    r"merci (?:de|pour) (?:votre|nous)", r"vous (?:avez|aviez) demande", r"gracias por (?:su interes|preguntar|contactar|escribir)\w*", r"me pregunto", r"que pregunto",
)  # fmt: skip
#: Questions about what the customer has, knows, did or wants: no offer stands in them.
QUESTIONS = (
    r"what", r"which", r"who", r"when", r"where", r"how (?:much|many|long|is|was|did|about|does)", r"did (?:you (?!know)|your|they|he|she|the)", r"do you (?:have|know|still|owe|need|remember|plan|prefer|want to (?:finance|lease|pay|trade|keep)|want it|want the|already)", r"have you (?!ever|thought|considered|seen)", r"has your", r"is (?:your|this|it|that|there|the)", r"are (?:you (?!interested|ready)|there)", r"was", r"were", r"does", r"can you", r"could you", r"can i call", r"should i put", r"would you (?:rather|prefer)",
    r"quel(?:le)?s?", r"combien(?! vaut)", r"avez-vous", r"etes-vous", r"est-ce", r"savez-vous", r"as-tu", r"cual(?:es)?", r"cuant[oa]s?(?! vale)", r"que", r"tiene", r"sabe", r"ya",
)  # fmt: skip
