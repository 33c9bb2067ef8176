"""Pure data: the words that the patterns of the reply classifier are made of.

All words are casefolded ASCII without accents. A class may hold words of several languages; its
name says what its words do in a sentence. Written for this project from the reply examples of the
legal notes (section 6) and general knowledge of how people text.
"""

from __future__ import annotations

from consent import rules


def _words(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.split()))


# --- one token, several words ---------------------------------------------------------------------
_CONTRACTIONS = """
dont=do_not don=do_not dnt=do_not dont't=do_not donot=do_not dun=do_not doesnt=does_not
dosent=does_not dosnt=does_not didnt=did_not
dident=did_not wont=will_not wouldnt=would_not shouldnt=should_not couldnt=could_not cant=can_not
cannot=can_not isnt=is_not aint=is_not arent=are_not wasnt=was_not werent=were_not havent=have_not
hasnt=has_not hadnt=had_not mustnt=must_not
im=i_am ive=i_have id=i_would ill=i_will youre=you_are ur=your youve=you_have youll=you_will
youd=you_would were=we_are weve=we_have theyre=they_are theyve=they_have hes=he_is shes=she_is
its=it_is thats=that_is this's=this_is theres=there_is heres=here_is whos=who_is whod=who_did
whose=whose whats=what_is wheres=where_is whered=where_did hows=how_is howd=how_did whyd=why_did
whys=why_is thatd=that_would thatll=that_will itll=it_will itd=it_would lets=let_us
wanna=want_to gonna=going_to gotta=got_to lemme=let_me gimme=give_me tryna=trying_to imma=i_will
dunno=do_not_know idk=do_not_know idc=do_not_care
u=you yu=you ya'll=you yall=you y'all=you yous=you ye'all=you youse=you r=are n't=not nt=not
pls=please plz=please plse=please plese=please pleas=please pleaae=please plx=please pleez=please
pleeease=please pleease=please
thx=thanks thnx=thanks tx=thanks tks=thanks tnx=thanks thanx=thanks ty=thank_you tysm=thank_you
thanku=thank_you thankyou=thank_you thnks=thanks thks=thanks
txt=text txts=texts txting=texting txted=texted txtin=texting txtn=texting txtng=texting
textin=texting textn=texting txring=texting
texing=texting msg=message msgs=messages msging=messaging msgin=messaging mssg=message
mssgs=messages mesg=message mesage=message mesages=messages msgd=messaged messge=message
messagin=messaging callin=calling sendin=sending botherin=bothering
nbr=number num=number numb=number nmbr=number nums=numbers phonenumber=phone_number fone=phone
sms'=sms textmessages=text_messages
abt=about bc=because cuz=because cus=because coz=because b4=before w=with w/o=without
ppl=people sry=sorry srry=sorry soz=sorry rn=right_now atm=right_now asap=now
fck=fuck fuk=fuck fuc=fuck fk=fuck fvck=fuck phuck=fuck fuckin=fucking fuckn=fucking fkn=fucking
fking=fucking effing=fucking fkin=fucking freakin=fucking freaking=fucking frickin=fucking
friggin=fucking effin=fucking f'ing=fucking eff=fuck frick=fuck fk'n=fucking
fo=f_off fff=f fu=fuck_you fuckoff=fuck_off fuckyou=fuck_you kys=fuck_you gtfo=get_lost
gfy=go_fuck_yourself
unsubscribeme=unsubscribe_me removeme=remove_me stopit=stop_it stoptexting=stop_texting
stopplease=stop_please stopmessaging=stop_messaging stopcalling=stop_calling
stoptext=stop_text stoptexts=stop_texts stopmsg=stop_message stopspam=stop_spam
donottext=do_not_text donotcontact=do_not_contact donotcall=do_not_call donttext=do_not_text
wrongnumber=wrong_number wrongperson=wrong_person nothanks=no_thanks nothankyou=no_thank_you
nothx=no_thanks notinterested=not_interested noty=no_thanks leavemealone=leave_me_alone
optmeout=opt_me_out takemeoff=take_me_off nomore=no_more goaway=go_away noway=no_way
nvm=never_mind nevermind=never_mind nm=never_mind nvmd=never_mind nomas=no_mas nogracias=no_gracias

alright=alright allright=alright aight=alright ight=alright aiight=alright
ofc=of_course ofcourse=of_course offcourse=of_course forsure=for_sure fosho=for_sure
goahead=go_ahead soundsgood=sounds_good
okie=ok okey=ok okay=ok okaay=ok okk=ok okkk=ok kk=ok k=ok oki=ok okeydokey=ok okiedokie=ok
okdokey=ok mkay=ok oky=ok oks=ok okai=ok okayy=ok dokie=ok dokey=ok doke=ok o'k=ok
yea=yes yeah=yes yep=yes yup=yes ye=yes yess=yes yas=yes yass=yes yaas=yes yah=yes yeh=yes yeap=yes
betcha=bet_you fs=for_sure pu=plus pus=plus frm=from naww=no yuh=yes mhm=yes mmhm=yes mmhmm=yes yepp=yes yupp=yes yeahh=yes mo=more stahp=stop stawp=stop ta=esta yes'm=yes_maam sho=sure fo=for oue=ouais ouai=ouais lookin=looking lookn=looking yessir=yes_sir textings=texting_is fasho=for_sure tex=text yesmam=yes_sir yesplease=yes_please yeahp=yes yesh=yes
yezz=yes ues=yes yes's=yes yse=yes yrs=yes yus=yes yis=yes yepper=yes yeppers=yes yessum=yes
yuppers=yes yessiree=yes_sir uhhuh=yes yez=yes yees=yes yyes=yes ywes=yes
mam=maam ma'am=maam
nope=no nop=no nah=no naw=no naah=no nay=no nein=no nopes=no nahh=no noo=no nooo=no noep=no nahhh=no
suree=sure shure=sure shur=sure
defo=definitely def=definitely definately=definitely deff=definitely absolutly=absolutely
absolutley=absolutely abso=absolutely certainley=certainly affirm=affirmative
intrested=interested intersted=interested interseted=interested interest=interest intrest=interest
interestd=interested intetested=interested interrested=interested intreasted=interested
hafta=have_to needa=need_to shoulda=should_have
wtf=what_is_this wth=what_is_this whois=who_is whoisthis=who_is_this whodis=who_is_this
whothis=who_is_this dis=this dat=that
lawer=lawyer lawyr=lawyer atty=attorney attny=attorney
harrassment=harassment harrasment=harassment harrassing=harassing harassement=harassment
harasment=harassment
rong=wrong wrng=wrong worng=wrong wrog=wrong
rwmove=remove remov=remove remvoe=remove reomve=remove rmove=remove rm=remove
deceaced=deceased
mais'=mais jai=j'_ai jveux=j'_veux jveut=j'_veux jsuis=j'_suis chu=j'_suis chuis=j'_suis
jpeux=j'_peux cest=c'_est c=c' ct=c'_etait jaimerais=j'_aimerais jaccepte=j'_accepte
daccord=d'_accord dacc=dac acc=accord wi=oui moe=moi svp=please silvousplait=please
mecrivez=m'_ecrivez mecrire=m'_ecrire menvoyer=m'_envoyer menvoyez=m'_envoyez
mappeler=m'_appeler mappelez=m'_appelez mecris=m'_ecris mecrit=m'_ecrit minteresse=m'_interesse
nenvoyez=n'_envoyez necrivez=n'_ecrivez tes'=t'_es tqui=t'_qui vs=vous pcq=parce qq=quelqu'
aujourdhui=aujourd'hui bcp=beaucoup pk=pourquoi pq=pourquoi dsl=desole qqun=quelqu'_un
ya=ya yapas=y_a_pas
porfa=por_favor porfavor=por_favor xfa=por_favor xfavor=por_favor pf=por_favor xq=porque
pq'=porque q=que k'=que tmb=tambien msj=mensajes msjs=mensajes mjs=mensajes mensage=mensaje
mensages=mensajes mensaj=mensaje nolo=no_lo xk=porque grax=gracias grasias=gracias
graxias=gracias gracia=gracias ntp=no_problema
coo=cool wid=with wit=with darlin=darling kitenme=quiten_me sii=si siii=si sip=si sipi=si sisi=si_si clarosi=claro_si
"""
EXPANSIONS: dict[str, tuple[str, ...]] = {
    short.replace("'", "") if short.count("'") and not short.endswith("'") else short: tuple(
        whole.split("_")
    )
    for short, _, whole in (pair.partition("=") for pair in _CONTRACTIONS.split())
}
#: Read as a name for the token before the apostrophe: l'auto, m'envoyer, qu'est.
ELIDED = frozenset(
    {"l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "quelqu", "aujourd"}
)

# --- classes --------------------------------------------------------------------------------------
CLASSES: dict[str, tuple[str, ...]] = {
    name: _words(text)
    for name, text in {
        # people and possession
        "me": "me us moi nous m' nos",
        "you": "you vous tu t' usted ustedes",
        "i": "i we je j' on nous yo",
        "them": "him her them he she they it elle lui il el ella",
        "hisher": "his her their hers him son sa su ses",
        "my": "my our this his her the their mine your mon ma mes ce notre cette mi mis este su tu "
        "nuestro esta s'",
        "num": "number numbers # phone cell cellphone line info information contact contacts name "
        "data details mobile telephone numero numeros nom coordonnees donnees nombre telefono "
        "celular cel datos informacion contacto cellulaire",
        "family": "wife husband kids son daughter family mom mother dad father parents girlfriend "
        "boyfriend job work boss child",
        "relative": "wife husband son daughter mom mother dad father brother sister uncle aunt "
        "grandfather grandmother grandma grandpa owner person boyfriend fiance mari femme pere mere "
        "frere soeur conjoint esposo esposa papa mama padre madre hermano hermana hijo hija marido",
        "people": "someone somebody person people guy man dude lady woman party individual one "
        "personne quelqu'un quelqu' persona",
        # ways to reach somebody
        "textv": "text message sms dm write contact ping solicit spam harass bother bug pester annoy "
        "disturb hassle msg reach notify hit blast approach market",
        "callv": "call phone email mail ring dial",
        "texting": "texting messaging smsing writing contacting pinging soliciting spamming "
        "harassing bothering bugging pestering annoying disturbing hassling blasting sending "
        "reaching hitting stalking pursuing bombarding badgering dming flooding blowing "
        "notifying",
        "calling": "calling phoning emailing ringing dialing mailing",
        "texted": "texted messaged contacted bothered spammed solicited harassed pestered annoyed "
        "disturbed notified hassled bugged written",
        "msgs": "texts text message messages sms notification notifications alert alerts promo "
        "promos promotion promotions ad ads advertising advertisement advertisements advert "
        "adverts spam communication communications correspondence marketing newsletter "
        "newsletters solicitation solicitations texting messaging contact junk blasts reminder "
        "reminders followup followups outreach",
        "mail": "calls call emails email phone",
        "stop": "stop STOP quit cease discontinue halt",
        "STOP": "stop STOP",
        "end": "stop STOP quit end cancel cease discontinue halt terminate kill ending cancelling "
        "canceling stopping",
        "det": "the these those this that all any your my me us our further more future additional "
        "such other annoying unwanted unsolicited random constant daily stupid damn dumb fucking "
        "with of from receiving getting sending in to every automated auto bot robo text sms "
        "promotional marketing sales message god all weekly monthly please anymore further these "
        "ridiculous useless endless nonstop your fucking bullshit goddamn",
        "soft": "please now all already just fucking the hell it with constantly always me us and "
        "or keep trying to from blowing up your people guys damn even by of via calling texting "
        "emailing messaging writing f both",
        "list": "list lists database databases system systems records contacts campaign campaigns "
        "thread chain mailing mailings directory distribution rolodex texts messages service texting "
        "crm group program rotation files file subscription subscriptions reminders alerts promos "
        "newsletter newsletters notifications rolls board books roster",
        "remove": "remove strike scrub delete erase wipe purge clear scratch unlist removing",
        "off": "off from out outta",
        "removed": "removed deleted erased taken wiped purged off unsubscribed delisted",
        "neg": "not never",
        "want": "want wants wish wishes need needs care like desire wanted interested",
        "get": "get gets receive recieve getting receiving hear see be being have",
        "more": "more further additional future other mas",
        "aux": "need needs to must should has have will please can just ever really better got "
        "gotta be get gets now already immediately needed would",
        "lead": "please ok no yes now just hey hi hello dude bro man sorry thanks thank you but and so "
        "ugh seriously omg again then i said say saying like wow damn fucking god sir maam guys "
        "well cool great fine oh alright honestly interested elsewhere already lol or kindly "
        "por favor ya svp si non oui merci gracias hola bonjour sil s' il te plait vous disculpe "
        "fuck emoji que bon mon dieu veuillez lo siento desole pardon",
        "tail": "please thanks thank you now it this already bye dude man bro sir maam ok "
        "immediately guys all everything permanently forever again right at once lol then so much "
        "today anymore fucking god yall people your shit crap nonsense stop STOP me "
        "gracias por favor ya merci sil s' il te plait vous maintenant ca tout todo immediatement "
        "sorry seriously appreciate appreciated would be kindly and too",
        "polite": "please thanks thank you very much so kindly sir maam sorry appreciated merci "
        "beaucoup gracias muchas por favor madame monsieur senor senora senorita s' il plait te vous "
        "desole desolee disculpe perdon buen dia bonne journee bon day have a good great one "
        "god bless appreciate it",
        "greet": "hi hello hey good morning afternoon evening there dear hola bonjour salut allo "
        "bonsoir buenos buenas dias tardes noches buen dia yo howdy greetings",
        # things people talk about with a dealer
        "thing": "car cars truck trucks suv suvs van vans vehicle vehicles auto autos jeep tacoma "
        "tundra camry corolla rav4 highlander civic accord crv pilot odyssey f150 ranger bronco "
        "explorer escape mustang silverado tahoe suburban equinox malibu ram charger wrangler rogue "
        "altima sentra elantra sonata tucson santa sorento telluride outback forester cx5 toyota "
        "honda ford chevy chevrolet nissan hyundai kia subaru mazda dodge bmw audi lexus "
        "acura gmc buick volvo vw tesla hybrid v6 v8 engine motor brakes brake battery tire tires "
        "transmission radio light lights window windows seats seat door wheel wheels color colour "
        "trim model model's interior leather sunroof hitch bed price payment payments deal deals "
        "warranty warranties lease leases leasing loan financing finance rate apr insurance gap fee "
        "fees tax taxes title plates plate registration quote offer deposit appointment appt order "
        "trade mileage miles carfax vin addons accessories accessory package coverage maintenance "
        "protection plan tint nitrogen etching service oil change inspection recall repair part "
        "parts estimate contract paperwork application credit bank dealer dealership store lot shop "
        "garage char camion voiture vehicule prix paiement garantie location financement frais "
        "rendez rdv commande carro carros troca camioneta precio pago pagos garantia enganche seguro "
        "cita placas titulo credito llanta llantas frenos rendezvous pneus soumission bail modele "
        "couleur modelo onstar sirius siriusxm xm subscription gym address red blue black white "
        "silver gray grey green awd 4x4 4wd",
        "deal": "loan title contract lease deal application app registration insurance policy "
        "paperwork order quote appointment appt agreement note finance financing warranty credit "
        "trade schedule waitlist waiting wait purchase price offer mortgage account total bill "
        "invoice payment prestamo contrato pret contrat titulo trato",
        "stopgo": "by in over at for off through into thru up down along and light lights sign signs "
        "home playing lying lol leak leaks leaking believing worrying believin start go payment "
        "thinking looking working driving watch distance distances requesting near between on to "
        "before after around here there payment payments making spending buying paying waiting "
        "smoking drinking eating overthinking procrastinating guessing doing being crying "
        "laughing talking dreaming complaining loving wondering",
        "noun_stop": "bus next last first second third pit full truck rest train one non auto start "
        "door short quick another a an hard complete dead final only every traffic my your his our "
        "each the two gas",
        "i_can": "can may might could will should would to gonna going gotta let us do did does if "
        "when",
        "cancelled_thing": "booking bookings appointment appt appointments order meeting test drive reservation "
        "deposit warranty plan insurance policy contract deal purchase tow oil change service "
        "application credit lease loan gap maintenance check payment payments sirius siriusxm xm "
        "onstar quote offer hold today tomorrow monday tuesday wednesday thursday friday saturday "
        "sunday visit trip loaner rental part parts repair repairs estimate work inspection "
        "delivery title transfer pickup pick ride shuttle policy protection coverage registration "
        "trade tonight morning afternoon 0 fee membership autopay account detail recall tint",
        # yes and no
        "yes": "yes sure ok yes oui si absolutely definitely certainly ouais ouep ouaip claro",
        "yesish": "yes sure ok oui si ouais claro yup fine alright",
        "no": "no non nan nel n",
        "interested": "interested interesse interessee interesser interesado interesada interesados "
        "interest uninterested",
        "when": "today tomorrow tonight later now yet until till til before after during while when "
        "unless monday tuesday wednesday thursday friday saturday sunday weekend week morning "
        "afternoon evening night work noon late early if at past",
        "condition": "but if only unless except until till just depends depending maybe although "
        "though however provided long once mais si seulement sauf juste pero solo solamente excepto "
        "nomas",
        "insult": "asshole assholes bitch bitches motherfucker motherfuckers dick dicks prick pricks "
        "jackass jerk jerks creep creeps douche douchebag scumbag scumbags pendejo pendejos cabron "
        "cabrones puto putos culero osti tabarnak connard con idiota idiotas imbecil imbeciles "
        "creepy stalker stalkers",
        "yes_word": "yes sure ok y absolutely definitely certainly totally affirmative aye indeed "
        "agreed agree accept accepted consent granted correct surely fine alright obviously roger "
        "gladly 👍 works",
        "adv": "much way totally perfectly absolutely completely just definitely very quite all really so "
        "more than always certainly also both still actually always perfectly indeed even",
        "okay": "ok fine good great cool perfect alright wonderful awesome acceptable lovely "
        "fantastic excellent okay",
        "that": "it that this which",
        "text_noun": "text texts texting messaging messages sms message",
        "text_object": "that this it text texts texting messages messaging receive receiving get "
        "getting being be texted message you me us contacted contact from your send communicate with via by "
        "to for",
        "where": "anytime here at by via on this my number cell phone text texts message messages "
        "whenever please now directly about inquiry regarding you want like need anything the it "
        "with any time mobile line cellphone instead for",
        "granted": "anytime whenever here instead please thanks thank because since cause so i my "
        "lol haha sorry hun hon honey sir maam bro man dude and than over this that at on by via to "
        "👍 svp merci por gracias en quand cuando toujours n'",
        "fr_ok": "bon correct parfait beau bien ok good cool super excellent",
        "fr_adv": "tout tres bien a fait parfaitement vraiment",
        "fr_where": "des un une par quand vous voulez textos texto messages message sms texte sur a "
        "ce mon numero ici cell cellulaire svp please tout temps en n' importe les vos moi tu veux "
        "au sans probleme si",
        "es_where": "mensajes mensaje textos texto de por a este numero cuando guste quiera aqui sms "
        "favor sin problema con confianza los un text mi celular telefono gustes quieras al",
        "subject": "i we he she they you it people that who which guys why if dad mom wife "
        "husband brother son daughter",
        "aux_do": "do did does would could can should may might will must is are am was were have "
        "has had why if to",
        "have": "i we got get received have has had see saw there is are was were with if it they he "
        "she know knew need",
        "fr_i": "je j' on nous",
        "fr_any": "penser regarder rever parler faire crier siller silloner sonner caler couler "
        "fumer travailler magasiner chercher payer grincer vibrer clignoter bruler",
        "fr_subject": "je j' on il elle auto char moteur ca peux peut veux vais va pourrais pourrait "
        "viens passer vont allons dois devais ils elles freins",
        "es_que": "que si porque cuando quien aun todavia",
        "fuck": "fuck f f* screw piss f** f*** f**k f*ck fu*k eff",
        # legal
        "lawyer": "lawyer lawyers attorney attorneys counsel avocat avocate avocats abogado abogada",
        "agency": "fcc ftc bbb crtc tcpa casl lcap dnc cfpb profeco",
        "report": "report reporting reported",
        # French verbs, as texters spell them
        "fr_stop": "arretez arrete arreter arretes arretiez arret arrets cessez cesse cesser stop STOP "
        "stoppez stopper stoppe arreteez arretai arrette arrettez arreté arrêtez",
        "fr_text": "texter textez texte textes texto textos ecrire ecrivez ecris ecrit envoyer "
        "envoyez envoie envoies envoi contacter contactez contacte appeler appelez appelle appel "
        "deranger derangez derange harceler harcelez achaler achalez achale achales gosser gossez gosse tanner tannez tanne ecoeurer ecoeurez solliciter sollicitez "
        "messager relancer relancez rejoindre rejoignez communiquer communiquez importuner "
        "importunez spammer spammez ecriviez textiez contactiez envoyiez appeliez parler parlez",
        "fr_send": "envoyer envoyez envoie envoies envoyiez recevoir",
        "fr_msgs": "texto textos message messages sms texte textes courriel courriels pub pubs "
        "publicite publicites publicitaires promotion promotions promo promos notification "
        "notifications alertes communication communications spam pourriel pourriels msg sollicitation rappel rappels suivi",
        "fr_det": "les vos des de d' d tous toutes ces ce cet cette la le mes un aucun plus svp "
        "please vos votre l' aux a avec vos autres autre tes ton quelconque",
        "fr_remove": "retirez retirer retire enlevez enlever enleve otez oter ote supprimez supprimer "
        "supprime effacez effacer efface rayez rayer raye sortez sortir sors desabonnez desabonner "
        "desinscrivez desinscrire radiez radier biffez",
        "fr_neg": "plus pas jamais",
        "fr_want": "veux veut voulons voudrais souhaite desire souhaitons desirons aimerais besoin "
        "prefere prefererais tiens",
        # Spanish verbs, as texters spell them
        "es_stop": "deja deje dejen dejar dejes para pare paren parar parenle parele parale detener "
        "detengan detenga detenganse deten ya alto basta cese cesen cesar",
        "es_leave": "deja deje dejen dejar dejes para pare paren parar cese cesen",
        "es_inf": "escribir mandar enviar textear llamar contactar molestar chingar joder insistir "
        "hostigar acosar mensajear fastidiar marcar hablar buscar",
        "es_sub": "manden mande mandes envien envie envies escriban escriba escribas texteen textee "
        "textees llamen llame llames contacten contacte contactes molesten moleste molestes "
        "vuelvan vuelva vuelvas hablen hable marquen marque marques busquen busque insistan sigan "
        "siga hostiguen acosen mensajeen mensajee fastidien manda mandan envia escribe envian "
        "chinguen chinges jodan jodas joda chingues chinguen",
        "es_msgs": "mensaje mensajes texto textos sms msj notificaciones promociones publicidad spam "
        "ofertas anuncios propaganda alertas recordatorios recordatorio avisos correos",
        "es_remove": "quita quite quiten quitar saca saque saquen sacar borra borre borren borrar "
        "elimina elimine eliminen eliminar remueva remueve remuevan remover remueve "
        "remuevan",
        "es_want": "quiero queremos deseo deseamos quisiera gustaria necesito quiere autorizo acepto",
        "es_self": "me nos m",
    }.items()
}
#: What the weights see in a word beside the word itself: classes whose words do the same work in a
#: sentence, in whatever language. A word has the first sense that holds it.
SENSES: dict[str, str] = {
    "stop": "stop fr_stop es_stop end",
    "msgs": "msgs fr_msgs es_msgs",
    "text": "textv texting texted fr_text es_inf es_sub calling callv fr_send",
    "mail": "mail",
    "neg": "neg no",
    "fr_neg": "fr_neg",
    "want": "want fr_want es_want",
    "remove": "remove removed fr_remove es_remove",
    "list": "list",
    "num": "num",
    "rude": "insult fuck",
    "law": "lawyer agency report",
    "who": "relative people",
    "car": "thing deal cancelled_thing",
    "go": "stopgo",
    "when": "when",
    "if": "condition",
    "yes": "yes yes_word okay",
    "i": "i",
    "me": "me es_self",
    "you": "you",
    "they": "them",
    "soft": "polite greet lead",
    "more": "more",
    "get": "get",
}
#: Spanish verb forms that may carry "me" or "nos": quitame, mandarme, borrenme.
ENCLITIC = frozenset(
    word for name in ("es_inf", "es_sub", "es_remove", "es_leave") for word in CLASSES[name]
) | frozenset(
    [
        "dar",
        "textea",
        "tirar",
        "tira",
        "da",
        "den",
        "suscribir",
        "desuscriba",
        "desuscriban",
        "desuscribe",
        "desuscribir",
        "escriba",
        "escribi",
        "echen",
        "eche",
        "echa",
        "tiren",
        "tire",
    ]
)

# --- keywords -------------------------------------------------------------------------------------
# The whole message: letters only, casefolded, to the word that the lists of law and carriers hold.
_STOP_EXTRA = {
    "alto": "ALTO",
    "baja": "BAJA",
    "desuscribir": "DESUSCRIBIR",
    "arrete": "ARRET",
    "arretez": "ARRET",
    "arreter": "ARRET",
    "stopall": "STOPALL",
    "stoptoend": "STOP",
    "stoptooptout": "STOP",
    "stoptoquit": "STOP",
    "stoptounsubscribe": "STOP",
    "replystop": "STOP",
    "textstop": "STOP",
    "sendstop": "STOP",
    "stopquit": "STOP2QUIT",
    "stopend": "STOP",
    "opt-out": "OPT OUT",
    "optingout": "OPT OUT",
    "optedout": "OPT OUT",
    "optmeout": "OPT OUT",
    "unsubscribed": "UNSUBSCRIBE",
    "desabonner": "DESABONNER",
    "desabonnement": "DESABONNER",
    "desinscrire": "DESINSCRIRE",
    "стоп": "STOP",
}
STOP_KEYWORDS: dict[str, str] = {
    **{"".join(filter(str.isalpha, word)): word.upper() for word in sorted(rules.STOP_WORDS)},
    **_STOP_EXTRA,
    "optout": "OPT OUT",
}
HELP_KEYWORDS: dict[str, str] = {word: word.upper() for word in sorted(rules.HELP_WORDS)}
START_KEYWORDS: dict[str, str] = {word: word.upper() for word in sorted(rules.START_WORDS)}
#: Languages of keywords that do not belong to English.
KEYWORD_LANGUAGE = {
    "ARRET": "fr",
    "DESABONNER": "fr",
    "DESINSCRIRE": "fr",
    "AIDE": "fr",
    "ALTO": "es",
    "BAJA": "es",
    "DESUSCRIBIR": "es",
    "AYUDA": "es",
}
#: Near misses of a keyword that are other words: a whole message of one of these is no keyword.
NOT_MISSPELT = frozenset(
    _words("""
    shop step spot stoop stomp strop slop swop stow atop top tops stops stopped stow sop's camel
    counsel chancel cancels cancelled quiet quite quilt suit quick quid quip quits and bend send
    mend lend tend fend rend wend en ends old ned kind find fine removed remote remover moved
    move removes revoked revolve invoke evoke provoke unsubscribes arrest carrot alt salto also
    auto alta atlo baha bajo bajas baya raja caja bala held hell heel helm helps hello kelp yelp
    whelp hem hel her help's infos into infor inform aides aid side ride wide hide aside tide
    bide ayudan ayudar star stars starts smart tart stark stare stair restart started stat
    unstoppable stock stay shot spin stub stem stir site sold son so sir six
    """)
)

# --- spelling -------------------------------------------------------------------------------------
#: Words that a misspelt token may stand for; the rest of the vocabulary is matched as it is.
SPELLABLE = frozenset(
    _words("""
    stop please remove text texts texting message messages messaging contact contacting
    unsubscribe unsubscribed cancel delete number quit calling sending interested thanks person
    wrong lawyer attorney harassing harassment permission consent anymore revoke discontinue
    subscribe database bother bothering bugging receive alone leave report reporting
    notifications unsubscribing texted contacted removed absolutely definitely deceased blocking
    arretez arreter desabonner desabonnez textos numero retirez enlevez supprimez ecrivez
    envoyez contactez interesse interessee mauvais tranquille harcelement recevoir mensajes
    equivocado interesado interesada manden escriban envien borren eliminen quiten molesten
    dejen suscripcion desuscribir recibir gracias escribir
    """)
)
#: Real words that stand one or two letters from a spellable one and must stay what they are.
REAL_WORDS = frozenset(
    _words("""
    step shop spot stoop stomp atop top tops stow strop swop slop sop stops stopped stock strip
    setup sweep sheep steep stow stamp stump stoop soup soap swap snap stay shot slot test tests
    testing tested tent tents next tex taxi tax taxes teat texas textile texture test massage
    massages passage manage managing sage contract contracts contacts contacted contrast compact
    contractor contracting intact remote remotes removal remover removable removes move moved
    improve prove reprove cancels cancelled canceled cancellation council counsel camel chapel
    panel deleted deletes delegate elite complete relate replete deplete select lumber numbers
    numb member members slumber cucumber timber bumper quiet quite quilt suit quick quid quits
    built guilt falling calling calming caring calling balling rolling selling spelling killing
    seeding spending mending lending tending pending vending ending sensing landing sanding
    sending standing sounding bending persons parson prison season reason poison pearson wrung
    strong throng rung wring bring prong along long wrongs layer player sawyer flyer buyer lower
    leaves lease leased leaving heave weave live love leaf least leather lone along clone phone
    nuit puis suit stone aline along aloe sport support resort export import airport retort resorts report's
    reports supporting brother mother other another brothers rather both bothers hugging tugging
    bugging plugging begging buying during recall relieve receives received believe deceive
    retrieve receipt receipts thank think thinks tanks banks ranks thinking tank please pleased
    pleases lease leases leased release pleasant places place plate content present consents
    convert revolve evoke invoke provoke remake subscribes prescribe describe subscriber
    subscribers unsubscribes interest interesting interests intersect notification modifications
    blocking locking clocking rocking knocking stocking blacking docking texter texto contexts
    context contextual mensual mensuales mensualidad mensualidades equivocada equivocados
    numeros enero mundo arrete arret arriver arretent arrive arrivez arretes retire retires
    retard enleve enlever envoye envoyes ecrire ecrit ecrits mauvaise mauve interessant
    interessante interesante intereses interes rentrez retrouvez recevez recevrai manda mando
    mande mandan mandar mandado menos monden mandes queden quieren quien quienes quite quita
    quieto dejan dejar deje dejo viven escriba escribe escribo envian enviar envia deber deben
    borrar borre elimina gracia gracioso message's messaged context texans temps tempo reviews
    review revoked received devote removed deceased decreased released absolute definite lawyers
    lawn sawyers atone clone shone prone drone throne comtact conduct contain constant
    """)
)

# --- names ----------------------------------------------------------------------------------------
#: Given names common in the United States and Canada. Those that are also words count only when
#: written with a capital within a sentence.
NAMES = frozenset(
    _words("""
    aaron abby abigail abraham adam adrian adriana agnes ahmed aidan aisha al alan albert
    alberto alejandra alejandro alex alexa alexander alexandra alexandre alexis alfred alfredo
    ali alice alicia alison allan allen allison alma alonzo alvin alyssa amanda amber amelia
    amir amy ana andre andrea andreanne andres andrew andy angela angelica angelina angelo angie
    anita ann anna anne annette annie anthony antoine antonio april ariana armando arnold arthur
    arturo ashley audrey austin ava barbara barry beatrice beatriz becky ben benjamin benoit
    bernard bernice beth betty beverly blake bob bobby bonnie brad bradley brandi brandon brandy
    brenda brendan brent brett brian brianna bridget brittany brooke bruce bruno bryan byron
    caleb calvin camila camille carl carla carlos carmen carol carole carolina caroline carolyn
    carrie carter casey cassandra catherine cathy cecilia cedric celine cesar chad chantal
    charles charlie charlotte chelsea cheryl chloe chris christian christina christine
    christophe christopher christy cindy claire clara clarence claude claudia clayton clement
    cliff clifford clint clinton cody colin colleen connie connor corey courtney craig cristian
    cristina crystal curtis cynthia daisy dale damian damon dan dana daniel daniela daniele
    danielle danny daphne darius darlene darrell darren darryl dave david dawn dean deanna
    debbie deborah debra deepak denis denise dennis derek derrick destiny devin devon diana
    diane diego dimitri dolores dominic dominique don donald donna donnie doreen doris dorothy
    doug douglas drew duane dustin dwayne dwight dylan earl ed eddie edgar eduardo edward edwin
    eileen elaine eleanor elena eli elias elijah elizabeth ella ellen elmer elsie emanuel emilie
    emilio emily emma emmanuel enrique eric erica erik erika erin ernest ernesto esperanza
    esteban esther ethan etienne eugene eva evan eve evelyn fabian fatima felicia felipe felix
    fernando florence frances francine francis francisco franck francois francoise frank
    franklin fred freddie frederic frederick gabriel gabriela gabrielle gail garrett gary gaston
    genevieve geoff geoffrey george georgia gerald geraldine gerard gerardo ghislain gilbert
    gilles gina giovanni gladys glen glenda glenn gloria gordon greg gregory gretchen guadalupe
    guillaume guillermo gustavo gwen hannah hans harold harry harvey hassan heather hector heidi
    helen helene henri henry herbert herman hilda howard hubert hugo ian ibrahim ignacio ingrid
    irene iris irma isaac isabel isabella isabelle isaiah ismael ivan jack jackie jackson jacob
    jacqueline jacques jade jaime jake james jamie jan jane janet janice jared jasmin jasmine
    jason javier jay jean jeanette jeanne jeff jeffery jeffrey jen jenna jennifer jenny jeremiah
    jeremy jermaine jerome jerry jesse jessica jesus jill jim jimmy joan joanna joanne jocelyn
    jodi jody joe joel joey johanne john johnny jon jonathan jordan jorge jose josee joseph josh
    joshua josiane josie joyce juan juana juanita judith judy jules julia julian juliana julie
    julien julio justin kaitlyn karen karim karina karl karla kate katelyn katherine kathleen
    kathryn kathy katie kayla keith kelly kelsey ken kendra kenneth kenny kent kerry kevin
    khadija kim kimberly kirk kristen kristin kristina kristy krystal kurt kyle lance larry
    latoya laura lauren laurence laurie lawrence leah lee leo leon leonard leroy leslie leticia
    lewis liam lillian lily linda lindsay lindsey lisa lloyd logan lois lonnie lorenzo loretta
    lori lorraine louis louise luc lucas lucia lucie lucille lucy luis luke luz lydia lynn mabel
    mackenzie madison maggie malik manon manuel marc marcel marcia marco marcos marcus margaret
    margarita maria mariah marie mariana marianne marilyn mario marion marisol marissa marjorie
    marlene marsha martha martin martine marvin mary marylou mateo mathew mathieu matt matthew
    maureen maurice mauricio maxime maxwell megan melanie melinda melissa melody melvin mercedes
    meredith michael michaela michel michele micheal michelle miguel mike mildred milton
    mireille miriam misty mitchell mohamed mohammed moises molly monica monique morgan muhammad
    mya myriam nadia nadine nancy naomi natalia natalie natasha nathalie nathan nathaniel neil
    nelson nicholas nick nicolas nicole nina noah noel nora norma norman octavio olga oliver
    olivia olivier omar oscar pablo pam pamela pascal patricia patrick patty paul paula pauline
    pedro peggy penny perla perry pete peter phil philip philippe phillip phyllis pierre priya
    rachel rafael ralph ramiro ramon ramona randall randy raul raymond rebecca reginald regina
    rejean rene renee reynaldo rhonda ricardo richard rick ricky rita robert roberta roberto
    robin rocio rodney rodolfo rodrigo roger roland rolando ron ronald ronnie rosa rosalie
    rosario rosemary ross roxanne roy ruben ruby russell ruth ryan sabrina salvador sam samantha
    samir samuel sandra sandy santiago sara sarah scott sean sebastian sergio seth shane shannon
    sharon shaun shawn sheila shelby sherri sherry shirley sierra silvia simone sofia sonia
    sophia sophie stacey stacy stan stanley stella stephane stephanie stephen steve steven
    stewart stuart susan suzanne sydney sylvain sylvia sylvie tamara tammy tanya tara tasha
    taylor ted teresa terrance terrence terri terry theo theodore theresa thierry thomas tiffany
    tim timothy tina todd tom tomas tommy toni tony tonya tracey traci tracy travis trevor
    tristan troy tyler tyrone valentina valerie vanessa vera vernon veronica veronique vicki
    vicky victor victoria vincent viola violet virginia vivian wade walter wanda warren wayne
    wendy wesley whitney wilfred william willie wilma xavier yan yannick yasmin yolanda yves
    yvette yvonne zachary zoe
    """)
)
#: Names that are words too, or ends of them.
AMBIGUOUS_NAMES = frozenset(
    _words("""
    april dawn dean drew eve amber daisy destiny earl frank grace jade jan jay joy kim lance may
    misty penny ruby sandy violet wade will mark bill rob sue art grant hope faith rose chase
    max rich pat gene miles guy lane angel dale don al jesus mercedes melody kent summer autumn
    luz rosa rita ray victor norma alma crystal kelsey troy lily christian gerardo stan luc ali
    iris sierra jack
    """)
)

# --- languages ------------------------------------------------------------------------------------
LANGUAGE_WORDS: dict[str, frozenset[str]] = {
    "en": frozenset(
        _words("""
        no problem the this that you your i am is are was do does did not my me we us they
        it and of to for stop STOP text texts texting message messages yes yeah sure please
        thank thanks who what why when where how get got have has had can could would will
        want wrong number person remove list take off leave alone unsubscribe cancel end
        quit help start interested more don't he she his her him go ahead fine good sounds
        right now with from at about call send already bought of course absolutely
        definitely lawyer never mind great hello hi hey okay may works agree consent accept
        """)
    ),
    "fr": frozenset(
        _words("""
        je j' vous tu moi nous m' n' ne pas plus le la les des de d' d du un une mon ma mes
        votre vos est c' oui non merci bonjour svp arret arretez arreter arrete cessez
        textos texto retirez enlevez numero mauvais qui pourquoi comment avez suis veux
        interesse interessee ca bien sur accord aucun liste jamais ici ouais correct allez
        textez ecrivez envoyez contactez demain pour au aux et mais peut etre prix encore
        combien laissez tranquille avec quand l' s' qu' parfait aide dac pourriel
        harcelement avocat plainte sans maintenant aujourd'
        """)
    ),
    "es": frozenset(
        _words("""
        yo usted ustedes me no mas ya de la el los las un una mi su es esta este numero si
        gracias por favor que quiero mensajes mensaje textos deje dejen deja manden mande
        escriban escriba equivocado equivocada quien cual como donde para con pero hola
        buenos buenas dias ahora interesa interesado interesada quite quiten borre borren
        lista baja alto basta ayuda claro puede pueden puedes bien acepto soy aqui hay
        precio carro cuando esposo abogado llame llamen carro tiene hoy manana gusto
        supuesto acuerdo dale vale adelante texto nunca nada paren pare molesten no yo nadie
        persona estoy murio
        """)
    ),
}
