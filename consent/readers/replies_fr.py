"""Pure data: French phrase patterns of the reply classifier, Quebec's spellings first.

See replies_grammar for the language and replies_en for what each set is. Law: RULE-CA-03.
"""

from __future__ import annotations

ORDINARY = """
laissez|laisse|donnez moi en|y|lui|le|un|une|juste|d'? parler|reflechir|penser|voir|demander|verifier|consulter|regarder|jusqu'|temps|moment|instant|peu|savoir
^^ je|j' n'|ne? accepte pas $$
^ oui|ok|ouais|bonjour? vous|tu avez|as ma|mon|la|notre permission|accord|consentement|autorisation de|d'|pour|a m'|me @fr_text|ecrire
^ oui|ok|ouais|bonjour? c' est? possible|permis|ok|correct de|d' m'|me @fr_text|ecrire
^ oui|ok|ouais? j'|je vous|t'? autorise|accepte|permets a|de|d'|les|vos|des? m'|me? @fr_text|ecrire|@fr_msgs
^ prenez|prends la? peine|temps de|d' m'|me @fr_text|ecrire
on|je|nous va|vais|allons laisser faire|tomber
ca|cela ne? me? derange|gene pas
autorise|autorisons|permets|permettons|accepte|acceptons|consens a|de m'|me|nous @fr_text|envoyer|ecrire|texter
appelez|appelle|telephonez|appeler moi? pas avant|apres|entre|le|la
ne pas deranger ~2 est|active|activee|volant|actif
mode ne pas deranger
envoye|ecrit|tape|mis stop|STOP par erreur|accident|megarde
vous fermez
mettez|mets|mettre|inscrivez|ajoutez moi|nous|nom? sur|a la|votre liste
ca|moteur|bruit|lumiere arrete|cesse ~1 de|d' @new|@fr_any
le|la bruit|moteur|voyant|pluie|neige a arrete|cesse|arreter
-- things that are not to be sent, hours, calls instead of texts
ne|n'? m'|nous? envoyez|envoie|envoyer pas la|le|l'|les|un|une|ma|mon !@fr_msgs|offres|offre|promotions|promos|pubs|publicite|publicites|infolettre _
ne|n'|pas m'|me|nous? textez|ecrivez|appelez|texte|envoyez|ecris ~1 avant|apres|pendant 0|la|le|l'|mon|que|midi|minuit|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|@new
ne|n' m'|me|nous? textez|ecrivez|appelez|texte|envoyez|ecris pas ~2 avant|apres|pendant 0|la|le|l'|mon|que|midi|minuit|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|@new
pas de|d' texto|textos|message|messages|appel|appels ~1 avant|apres|pendant 0|la|le|l'|mon|que|midi|minuit|@new
ne|n' m'|me|nous? appelez|appelle|telephonez pas ~3!ni|et|ou textez|ecrivez|texte|ecris|texto|textos !ni|pas
pas d'|de appel|appels ~2!ni|ou|et texto|textos|textez|ecrivez seulement|svp|moi|ok|mieux|plutot|$
ca|cela ne|n'? me|m'|nous? derange pas|aucunement d'|de|que|pour|si
je|j' ne|n'? voulais|veux|voudrais pas|point ~1 deranger|derangez ~1 $|c'|juste|mais|est
j' ai|avais arrete|arreter de|d' @new|fumer|manger|boire|travailler|magasiner|chercher|conduire
arreter|arret|arrete|arretez|arretes|arreterai|arreterais|arreterons|arretais ~1!de|d' au|aux|a|en|chez|vous|voir|te|ce|demain|ce|hier|samedi|dimanche|lundi|mardi|mercredi|jeudi|vendredi|pour|par|faire|passer|la|tantot|cet|apres|dans|un|vers|prendre
arreter|arret|arrete vous|te|la voir|saluer|rencontrer|semaine
@fr_subject ~2 arreter|arrete !de|d'|vos|les
@fr_subject|ai|as|est|suis|ont|a|etait arrete|arretee|arreter hier|la|une|ce|mais|et|en|chez|au|a|pour
l'|un|d'|mon|prochain|dernier|aux|premier|chaque arret
arret|arrets d'|de|en|obligatoire|moteur autobus|bus|stop|cours|l'|route
n'|ne ~2 arrete|arretent|arreter|arretes|arretez pas|jamais
arrete|arretent|arretes pas|plus|jamais de|d'|@fr_any
arreter|arrete pas|plus|jamais de|d'
pas|peux|peut|veut|veux|peuvent pas? arreter de|d'|le|la|les ~1 penser|regarder|rever|parler|@fr_any
s'|m'|se|me arrete|arreter|arretent|arretes|arreterai
start|stop|auto stop|start
fin du|de|d'|des|la|le
a|en|la|jusqu'|vers|avant|pour|cette|une|ma fin
annuler|annulez|annule|annuler ~3 rendez|rendezvous|rdv|commande|reservation|garantie|essai|contrat|assurance|visite|changement|depot|demain|aujourd'|samedi|achat|location|rencontre|pret|bail|cet|ce|pour|le|la|l'|mon|ma
dois|doit|veux|voudrais|aimerais|peux|peut|puis|faut ~1 annuler !mon|les|vos|ces|mes
enlevez|enlever|enleve|retirez|retirer|supprimer|supprimez|otez|oter|effacer|effacez les|la|le|l'|un|une|des|ce|cette|ces ~2 frais|gravure|pneus|garantie|protection|option|options|rachat|antirouille|teinte|autocollant|accessoires|plaque|support|@thing|@new|siege|sieges|banc|crochet|film|taxe|taxes
retirer|enlever ma|mon|le|la ~2 du|de pret|contrat|bail|offre|l'|immatriculation|titre
mauvais|mauvaise modele|couleur|prix|lien|photo|vehicule|char|version|auto|nouvelle|etat|temps|date|adresse
pas|mauvais|vous le|la|ton? bon|bonne|mauvais prix|modele|couleur|version|vehicule|auto|date|moment|char|adresse|jour|journee
mauvais|mauvaise? numero de|du serie|plaque|piece|dossier|permis
n'|ne|m'|vous|tu ~2 avez|as|a|ont pas ~2 rappele|envoye|texte|contacte|ecrit|appele|repondu
m'|vous|tu avez|as|a|ont pas|jamais !ma|mon|notre|le|la|eu
pas|jamais recu|eu|vu ~3 @fr_msgs
plus|pas de|d' photos|details|infos|info|information|informations|place|rabais|stock|kilometrage|choix|temps|trouble|probleme|stress|souci|presse|300|options|km
plus|pas d' infos|info|information|informations
ne|n' vendez|vend|touchez|faites|fait|partez|oubliez|oublie|changez|commencez|perdez
mon|notre|l' avocat|notaire ~1 regarde|lit|verifie|a|doit|veut|revise
"""

WRONG_NUMBER = """
c|ce|c'|est pas le|la|ton|votre bon|bonne num|number|numero|cell|no|personne
c'|ce est|serait le|un telephone|cell|cellulaire|numero|cel de|d'|du ma|mon|un|une|l'|sa|son|notre @relative|fille|fils|garcon|enfant|mere|pere|travail|bureau|entreprise|ecole|bureau
inconnu|inconnue a|au ce? numero
mauvais|faux|mauvaise|mauvai numero|numeros|personne|num|destinataire|no|contact|tel|telephone|cellulaire
numero ~1 est|etes|pas mauvais|errone|incorrect|invalide|faux|bon
pas|ni la|le|au|a|une|un|du|ce|son|mon bonne|bon|numero|meme|nom personne|numero|de|destinataire
pas son|mon numero|nom|telephone|cell|cellulaire
trompez|trompe|trompes|tromper|trompee|trompes ~1 de|d' numero|personne|numeros
trompez|trompe|trompes $
erreur de|sur|d' numero|personne|destinataire|le|la
faites|faite|fait|c'|y|il ~1 erreur !sur|dans|de prix|facture|le|la
ce|c'|c n'|est|s' est? ~1 pas|plus|jamais @name|@proper|lui|elle|moi|mon|son|le|la|ma $|ici|nom|numero|telephone|desole|svp|@name|cell|qui|non !@thing
ce|c'|c n'|est est? pas|plus|jamais moi|@name|@proper|lui|elle
c'|ce|n' est? ~1 pas|plus ~1 le|son|mon|la numero|telephone|cell|cellulaire|nom
je|j' ne? suis pas|plus @name|@proper|lui|elle|cette|la|celui|celle
je|j' ne|n'? m'? appelle|nomme pas|plus
je ne me nomme pas
mon nom ~1 n'|est|c' est? pas
y|il|n'|a ~2 pas|aucun|personne|jamais de|d'? @name|@proper|ici|nom|nomme|ce
^ @lead* pas|aucun de|d'? @name|@proper ici|a
@name|@proper|il|elle n'? a|est|ont plus|pas|change|habite ~2 numero|telephone|cell|cellulaire|ici
@name|@proper|il|elle|personne n'|ne? habite|vit|reste|demeure|utilise pas|plus|ici
@name|@proper|il|elle a change|un|change de|nouveau numero
connais|connait|connaissons pas|aucun|personne|plus de|d'|cette|ce|qui|aucun|personne? @name|@proper|personne|nom
connais|connait pas ~1 @name|@proper|cette|lui|elle
pas le|la bon|bonne gars|personne|numero|homme|monsieur|madame
vous|tu faites|fais|avez erreur
@name|@proper|il|elle n' a|est|ai plus ~2 numero|la|ici|telephone|cellulaire
@fr_i ne|n'? connais|connait pas|aucun !ce|votre|cette
ne|n' connais|connait pas|aucun ~1 @name|@proper|personne
@name|@proper|il|elle|mari|femme|pere|mere|personne|proprietaire|conjoint|conjointe|client|cliente ~2 decede|decedee|mort|morte !de|batterie|donc|et|alors|avec|depuis
numero|telephone ~1 appartient ~1 a|pas|plus
appartient ~1 a quelqu'|une|un|moi
vous|tu cherchez|voulez|cherches|visez ~3 quelqu'|autre|d'|une
quelqu' un? d' autre
nouveau|nouvelle numero|proprietaire ~2 je|de|du ~1 connais|numero|suis
je|j' viens|ai ~2 avoir|obtenir|changer|eu ~1 ce|le numero
j'|je ~2 ai|n'|jamais ~1 jamais|rien|pas ~1 donne|demande|fait|communique|contacte|inscrit|laisse|rempli ~2 numero|information|informations|demande|ca|vous|formulaire|cela|rien|texto|textos|$
"""

LEGAL = """
porte|porter|portons|portez|depose|deposer|faire|fais|fait|ferai ~1 plainte|plaintes
plainte ~2 crtc|opc|fcc|police|formelle|au
mon|notre|un|mes|ma|une avocat|avocats|avocate !regarde|lit|verifie|a|doit|veut
harcelement|harceler|harcelez
poursuite|poursuivre|poursuites ~1 judiciaire|judiciaires|vous|en|legale
tribunal|petites
loi canadienne|anti|antipourriel
loi ~2 pourriel|pourriels|anti|antipourriel
liste ~2 exclusion|exclus
lnnte|dnclist
illegal|c'? est illegal|interdit
vous|te|ca|les denonce|denoncer|denoncerai|signale|signaler|signalerai
signale|signaler|denoncer|denonce comme|ce|cette|vous|votre|au
dernier|derniere avertissement|fois
appelle|appeler|contacter la police
"""

HOSTILE = """
laissez|laisse|laisser|lache|lachez moi|nous|me|m'|le tranquille|tranquilles|tranquil|patience|paix|en|la|seul|seule
lache|lachez moi|nous|le
fout|foutez|fous|ficher|fichez|fiche|foutre|sacrez|sacre|crissez|crisse|calisse|calissez moi|nous|le|toi ~1 paix|patience|camp|la
va|allez|vas ~1 chier|foutre|faire|diable|promener|jouer|enfer
va|allez te|vous|au|chier|l'|aux faire|diable|promener|enfer|foutre|chier
^ @lead* degage|degagez|decalisse|decalissez|decrisse|decrissez|decriss|deguerpis|casse|cassez
mange|mangez ~2 marde|merde|char
^ @lead* tabarnak|tabarnac|osti|crisse|merde|ferme|fermez
ferme|fermez ~1 ta|la|votre|gueule
^^ @lead* c'|ce|est? est? spam|pourriel|arnaque|pourriels|fraude|hameconnage $$
spammeurs|arnaqueurs|fraudeurs|spammeur|arnaqueur
vous|je|j'|ai|te|ce|suis|etes|allez|vais ~2 bloque|bloquer|bloquez|bloques !dans|sur|le|la
^^ @lead* bloque|bloquez|bloquer|signale !moi|nous
je bloque
@lead* va au diable
"""

PHRASE = """
vous|tu|ils n'|ne? avez|as|ont pas|plus|jamais|aucune|aucun eu? ma|mon|la|l'|d'|de|le|notre|aucune? permission|consentement|accord|autorisation|droit
jamais|personne|pas ne|n'? vous|t'|te|m'? a|ai|avez? donne|accorde ma|la|de|d'|mon|l'? permission|consentement|accord|autorisation|droit
sans ma|mon|notre permission|consentement|accord|autorisation
pas|aucunement permis|correct|legal|acceptable|bon|normal de|d' m'|me|nous @fr_text|ecrire
permission|autorisation|consentement refusee|refuse|retiree|retire|revoquee
texte|textez|ecris|ecrivez|ecrit|achale moe|moi|me pu|pus|plu|plus
termine|termines|fini|finis|finito avec? les|vos|tes @fr_msgs
fois ~5 d'|de @fr_stop
@fr_msgs ~1 tu|vous peux|pouvez ~2 garder
text|sms moi|nous plus|pas|jamais !avant|apres
envoyez|envoie|envoye|ecrivez|textez en|m'|moi plus $
@fr_want pas|plus de|d'|des|les|vos|tes vos|ces|tes? @fr_msgs
pas|plus ~1 interesse|interessee|interesses par|a|de|d' vos|tes|les|des|recevoir @fr_msgs
seulement|uniquement|juste par courriel|email|telephone
par|via courriel|email seulement|uniquement
^ @lead* @fr_stop don|donc|la
plus|pas|aucun|jamais besoin de|d' ~1 rappel|rappels|suivi|suivis|@fr_msgs|nouvelles
^ @lead* @fr_stop @tail* $
^ @lead* @fr_stop ca|tout|cela|immediatement|maintenant|merci|svp|please|je|j'|s'|de|d'|vos|les|aux|donc|la|tu|avec
@fr_stop ~1 de|d'|avec ~2 @fr_text|envoyer|ecrire|recevoir|m'|me|nous|spam|harceler|messages|textos|pub
@fr_stop @fr_det* @fr_msgs|contact|envois|envoi|tout
tout|toute contact|communication
@fr_stop|cessez|cesser tout|toute|toutes|vos|les|ces ~2 @fr_msgs|contact|communication|sollicitation
ca|cela|que|vous|tu ~1 arrete|arretent|cesse|arretiez|cessiez|arretes $|maintenant|svp|please|de
veux|voudrais|aimerais|souhaite|demande|ai|voulez|pouvez|pourriez|veuillez|peux|peut|priere|merci|besoin ~4 arreter|arretiez|arretez|cesser|cessez|cessiez|arrete|stopper $|de|d'|svp|vos|les|maintenant|merci|ca|please|tout
veuillez|pouvez|pourriez|merci|voulez|priere|svp|please|veux|aimerais|voudrais|peux|faut ~1 vous|de|m'|me|nous? ~1 m'|me|nous? @fr_remove !les|la|le|des|une|un|l'
@fr_remove moi|me|nous|m' !la|le|les|des|un|une|l'|mon|ma|ca
@fr_remove moi|me|nous de|du
me|m'|nous|se|vous desabonner|desinscrire|retirer|enlever|supprimer|effacer|desabonne|desinscris|desabonnez|oter
desabonner|desabonnement|desabonnez|desabonne|desinscrire|desinscription|desinscrivez|desinscris|desabonnes
@fr_remove|oubliez|oublie|perdez|perds|jetez|bloquez|effacez ~1 mon|mes|ce|notre|le ~1 numero|nom|coordonnees|contact|telephone|informations|info|infos|donnees|cell|cellulaire
de|sur|d' votre|la|ta|vos|cette|toutes|vos|tes liste|listes|base|envoi|fichier|contacts|systeme|dossiers !recherche|attente|d'attente|rappel
annuler|annulez|annule|resilier mon|mes|l' ~1 abonnement|textos|inscription|messages !telephone
annuler|annulez|annule|resilier|terminer|mettre|mettez ~2 abonnement|textos|messages|inscription|sms|alertes
^ @lead* annuler|annulez|annule|resilier|fin|terminer|terminez @tail* $
ne|n' ~1 m'|me|nous|plus|pas|jamais ~2!@thing @fr_text|ecrire|deranger ~1 plus|pas|jamais|moi|a|de|des|@tail|rien|ce|$
de|svp|please|a|veuillez|merci ~1 plus|pas|jamais ~2!@thing @fr_text|ecrire|deranger ~1 moi|a|de|des|@tail|rien|ce|$
de|svp|please|a|veuillez|merci m'|me|nous ~1 @fr_text|ecrire|deranger ~1 plus|pas|jamais|rien
ne|n'|et|svp|please|mais|priere|de|merci|vous @fr_neg m'|me|nous|lui|@fr_text
ne|n' m'|me|nous? @fr_text|ecrivez|contacter|contacte ~1 plus|pas|jamais|rien|aucun
^ @lead* ne|n'? @fr_neg m'|me|nous|le|lui? @fr_text
^ @lead* ne|n'|me|m'? m'|me|nous? @fr_text plus|pas|jamais|rien !le|la
@fr_text moi|nous|a|me|m'|ce plus|pas|jamais|numero|rien !avant|apres|pendant|le
@fr_text|ecrivez|contactez|textez moi|nous|a? plus|jamais|pas $|svp|jamais|de|merci|please|@tail|s'
plus|pas ~1 me|m'|nous|d'|de @fr_text|contacte
plus|aucun|pas|zero|fini|jamais de|d'|aucun|autre|autres|les? @det* @fr_msgs|contact|appels|communication|sollicitation|nouvelles $|svp|please|merci|a|s'|et|ni|ou|de|stp|sil|publicitaires|promotionnels|pub|moi|non|non|@tail
plus|aucun|autre aucun|autre? texto|message|sms|contact|appel
veux|voulons|souhaite|souhaitons|desire|desirons|souhaiterais|aimerais|voudrais|accepte|autorise|consens|interesse|prefere ~1 plus|pas|jamais|aucun|ne|rien ~5!@thing|manquer|garantie @fr_msgs|contacte|contactee|contactiez|ecriviez|textiez|recevoir|recoive|vous|derange|sollicite|sollicitee|communications|spam|texte|contacter|contact|deranger|textee|texter
veux|souhaite|desire|voulons plus|pas rien? ~1 recevoir|entendre|vos|vous|avoir|etre|rien ~3 nouvelles|parler|@fr_msgs|de|contacte|textos|$|rien|ca
veux plus|pas de|d'|vos|tes @fr_msgs
prefere|aimerais|aimerai|mieux|apprecierais ~3 ne|pas|plus ~3 contacte|textos|textiez|messages|recevoir|contacter|texte|contactee|ecriviez|texter
ne|pas ~1 plus|pas ~1 etre|recevoir ~3 contacte|texte|contactee|textos|messages|sms|derange|vos
ne|n'|pas consens|consent|consentement|autorise|accepte|permets ~1 pas|plus|jamais ~4 $|textos|messages|recevoir|contacte|consentement|permission|texter|sms
n'|ai|pas|jamais jamais|pas ~1 donne|accorde ~2 consentement|permission|autorisation|accord|numero
n'|ai|suis|j'|me|m' ~1 jamais|pas ~1 demande|inscrit|abonne|inscrite|abonnee|autorise|accepte|signe|voulu|consenti
retire|revoque|retirer|revoquer|annule ~1 mon|ma|notre consentement|permission|autorisation|accord
pas|aucun|sans de|mon? consentement
^ @lead* ca|c'? est? suffit|assez @tail* $
^ @lead* assez @tail* $
ca suffit
^ @lead* pu|plus jamais @tail* $
c' est du? spam|harcelement|pourriel
veux|voudrais|aimerais qu'|que ca|cela|vous arrete|arretez|cesse|cessez|arreter
c' est assez|trop $
ecoeure|tanne|tannee|ecoeuree|fatigue ~5 textos|messages|texter|recevoir|vos
"""

IDENTITY = """
^ @lead* c'|c|s' ki|qui
quelle|quel compagnie|entreprise|concession|concessionnaire|garage etes|est|svp|please|$
comment ~6 avez|as|a|ont mon|mes|notre numero|num|coordonnees|no|cell|nom
je|j' sais pas|plus qui vous|tu etes|es
vous travaillez|bossez pour qui|quelle
message|texto|ca vient|provient d'|de ou|qui
c' est quoi ~2 ces|ce|cette message|messages|textos|texto|numero
vous|t' etes|es qui vous|toi|ca|donc|au|$
comment ~4 avez|as|a|ont mon|mes|notre numero|num|coordonnees|no|cell|nom
@name|@proper qui ??
ecrivez|textez|appelez|texte|ecrit ~2 de|d' ou
de quoi s'? agit|agissait
c'|ce|qui|t'|vous|tu|s'|cest est|qui|c'|etes|es ~1 qui ~1 ca|ce|numero|svp|please|la|$|donc|au|qui
^ @lead* c' qui ca|$|svp
^ @lead* t|tu|c qui|ki $|ca|toi
est ce un|une robot|arnaque|bot|fraude
^ @lead* qui est|es|etes|etiez|c'|s' ce|tu|vous|la|il|est $|ce|svp|please|donc|qui|et|de|numero
qui est|es|etes ce|vous|tu !le|la
^ @lead* vous|tu|t' etes|es|est qui|quelle|de qui|compagnie|quelle|quel|concessionnaire|$|entreprise
^ @lead* t'|tu|c' es|est? qui
^ @lead* qui m'|me|ca|vous|parle|ecrit|texte|est|appelle|etes|nous
qui parle|ecrit|texte $|svp|la|please|a|la|au
qui m'|me ecrit|texte|contacte|parle|envoie|appelle|derange
a|avec|je qui ~1 je|ai|parle|est|l' ~1 parle|honneur|je|ai|affaire
je parle ~1 a|avec|au qui|quel|quelle
c'|s'|ca|de|est est|agit|vient ~1 quoi|quelle|quel|a|pour|d'|de ~1 ca|sujet|compagnie|entreprise|garage|concessionnaire|quoi|message|texto|numero|ou|quel ~1 !le|la|prix|kilometrage|rabais|taux|heure|heures
c' est quoi ca|$|ce|cette|c'|le|ca ~1 message|texto|numero|$|histoire|affaire
c' est pour quoi|qui
^ @lead* a|c'|pour|concernant|de|au ~1 quel|propos|sujet|quoi|qui|propos $|sujet|de
quel|quelle|c'|quels est? quelle|quel? compagnie|entreprise|concessionnaire|concession|garage $|etes|vous|c'|est|ca
de|pour|chez quelle|quel|qui compagnie|entreprise|concessionnaire|garage|part|magasin
de la part|part de qui
d' ou ~2 vient|viennent|texto|message|vous
comment|ou|d'|pourquoi|qui|avez ~2 avez|as|vous|eu|tu|a|ai|est ~3 eu|pris|obtenu|trouve|mon|trouver|donne|recu|avoir ~2 mon|mes|ce|numero ~1 numero|nom|coordonnees|information|informations|telephone|cellulaire|cell|numeros|infos
vous|tu ~1 avez|as ~1 eu|pris|trouve|obtenu mon|mes|ce numero|coordonnees|nom ~1 ou|comment|d'
qui vous|t'|te a donne|refile|fourni
pourquoi|comment ~1 vous|je|tu|est|me|m'|on|j' ~3 ecrivez|textez|recois|contactez|ecris|textes|recu|texte|messages|ecrit|appelez|contacte !pas
est|c'|ce|etes ~3 robot|arnaque|fraude|bot|vraie|vrai|legitime|personne|humain|pourriel ??
c'|est|ce|vous ~3 robot|arnaque|fraude|bot|spam ??
est ce qu'|que? ~1 c'|ce est un|une robot|bot|arnaque|fraude
^ @lead* je|on|vous ~1 vous|te|se|connais|connait|connaissons connais|connait|connaissez|on
identifiez vous
"""

NO_HEAD = """
ma|la reponse c'|ca? est non
ce|ca sera|serait|va? etre? non pour? moi|nous?
@name mieux pas
je|j' n'|ne? accepte pas $
non la|la la?
pas le|un|vraiment bon moment
on|je|nous va|vais|allons laisser faire|tomber
deja? bien|tres servi|servie|servis ailleurs
peut etre une autre fois
pantoute
jamais|pas|non pantoute
point interesse|interessee|interesses
c' est non
on|je|j'|nous est|suis|sommes correct|corrects|correcte|bon|bons|ok
pas du tout
pas a vendre
je|on|nous ne? vends|vend|vendons pas mon|notre|ma|la|le? auto|char|vehicule|camion?
on|je|nous garde|gardons le|la|notre|mon|ma notre|mienne|mien|auto|char?
ben|bin|mais non
non|nan|nenon|nonon|nn
non merci|beaucoup|pas|plus|desole|desolee|vraiment|du|absolument|jamais vraiment|du|tout|besoin|beaucoup|maintenant? tout?
non ca|c'|je va|ira|est|vais correct|bon|beau|merci|bien? merci?
ca va|ira|passe non|merci|aller|pour|de? moi|merci|l'? instant?
je|j'|suis|on ne|n'? suis|sommes|est? pas|plus|aucunement vraiment|trop|du? interesse|interessee|interesser|interesses tout|par|pour|a? ca|cela|l'|cette|le|moment|offre? instant|moment|offre?
pas|plus|aucunement|non vraiment|trop|du|tellement? interesse|interessee|interesser|interesses|interest|interesting|interessant pour|par|a|merci? l'|le|ca|cela|moment? instant|moment?
ca|cela ne|n'|m'|me? m'|me? interesse|tente|dit|interese|convient pas|plus|rien|aucunement vraiment|du|tout? tout?
pas maintenant|aujourd'|ce|vraiment|tout|pour|en|dans|besoin|question|necessaire|presentement|cette|la|de|ici hui|soir|de|l'|le|ce|moment|immediat|suite|instant|tout|peine|fois? moment|instant|suite? merci?
pas|plus pour|en|au l'|le|ce|moment instant|moment? merci?
pas en ce moment
plus|pas|aucun besoin|necessaire|interet|utile merci|d'|de|pour? un|auto|char|ca|l'|vehicule? auto|char|instant?
je|j'|on|nous|en n'|ne|n'? en? ai|avons|a|aurai pas|plus|aucunement|aucun ~1 besoin|interet|envie d'|de|merci|pour? un|ca|auto|char|l'? auto|char|instant?
je|j' ne? crois|pense|veux|souhaite|desire|accepte|consens|suis|cherche|magasine|recherche|achete pas|plus d'|de|non|vraiment|a|une|le|la|interesse|interessee|ca|merci|rien|acheter? accord|auto|char|vehicule|acheter|echanger|une|un? auto|char|vehicule?
je|j' prefere|aime|aimerais|prefererais|aimerai pas|que|mieux|autant|ne non|pas|merci? pas?
j' aime autant|mieux pas
refuse|decline|refusons
je refuse|passe|decline mon|pour|merci|cette|ce? tour|fois|instant|cette|coup? fois?
jamais de|la|$? vie? vie?
certainement|absolument|surement|definitivement|vraiment|surtout|bien pas|non|que que|non? non?
bien sur que non
hors de question
pas question
sans facon|interet
laissez|laisse|oubliez|oublie|laissons faire|tomber|ca|faire|sa donc|merci? ca?
merci mais|beaucoup non|je|mais|pas|j' non|passe|pas|merci|ai|ne|suis? deja|interesse|trouve|suis|pas?
aucun|aucunement interet|merci
non? pas pour moi|nous
negatif
je ne|n' desire|veux|souhaite pas|plus
je|moi passe
"""

GONE = """
@fr_i ne|n'|en|y|l'|avons|ai|a|avez|as|est|suis|m'? ai|avons|a|suis|est|en|ete? deja|en|recemment|finalement|trouve|achete|change|magasine ~1 deja|achete|trouve|un|une|ailleurs|d'|commande|pris|signe|loue|autre ~1 ailleurs|une|un|mon|ma|notre|autre|auto|char|vehicule|voiture|camion|hier|la|le|de|neuf|d'|mieux|concessionnaire? auto|char|vehicule|voiture|camion|autre|ailleurs|neuve|semaine|neuf|idee|mois? passee|concessionnaire|ailleurs|dernier?
deja achete|trouve|un|une|ai|fait|magasine|commande|achetee ailleurs|un|une|merci|autre|auto|char|mon|ma|le|vehicule? auto|char|vehicule|autre|ailleurs?
@fr_i ai|avons|a|suis achete|trouve|pris|change|alle|choisi ailleurs|une|un|d'|mon|autre|le|mieux auto|char|vehicule|idee|autre|voiture|ailleurs|chose? ailleurs?
@fr_i ne|n'? cherche|magasine|recherche|veux|regarde|suis plus|pas|juste d'|de|une|un|a? auto|char|vehicule|acheter?
achete|trouve ailleurs|deja
@fr_i en|ai|avons ai|avons? deja|trouve|achete un|une|mon|ma? auto|char|vehicule|voiture?
"""

NO_FILL = """
euh|hum|bah|heu
trop|bien|tellement cher|chere pour? moi|nous
deja? bien|tres servi|servie|servis ailleurs
je|on suis|est
malheureusement|helas
merci de votre|ta comprehension
appelez|appele|telephonez moi|plutot|svp|a plutot|svp|a la place?
merci|beaucoup de|d'|pour|quand|bonne|bien|mais m'|votre|avoir|l'|vous|avoir|journee|soiree|meme ecrit|offre|demande|message|temps|contacte|aide|interet|avoir|etre|ecrit?
bonne|bon journee|soiree|fin|continuation|chance|weekend|matinee de? semaine?
pour le|l' moment|instant
mais|maintenant|actuellement|presentement|vraiment|aujourd'|finalement|tout|du|beaucoup|desole|desolee
"""

NO_END = """
c'|est|la|que non $$
mais|je|j'|suis|oui pas|plus ~1 interesse|interessee|interesses de|a? vendre? @tail* $$
"""

YES_HEAD = """
ma|la reponse c'|ca? est oui
cent pour cent oui
pour sur
carrement
autorisation|permission|accord accordee|accorde|donnee|donne
les? textos|sms|messages me|nous conviennent|vont @fr_adv* bien|parfaitement
sans|pas|aucun de? souci|probleme|trouble envoyez|envoie|ecrivez|textez|texte|ecris moi|nous des|vos|les? textos|sms|messages?
vas|allez y textez|ecrivez|texte|ecris moi|nous icitte|ici?
je|j' vous|t'|te? autorise|permets|donne|laisse a|de|d'|la|le|ma|mon? m'|me|permission|droit? @fr_text|ecrire|permission? de|d'|a? m'|me? @fr_text|ecrire? @fr_where*
j'|je autorise|accepte les|vos|des|tes textos|messages|sms @fr_where*
vous|tu avez|as ma|mon|la|le permission|accord|consentement|autorisation|feu|droit vert? de|d'|pour m'|me|l'? @fr_text|ecrire @fr_where*
c' est? possible|permis|ok|correct|bon de|d' m'|me @fr_text|ecrire @fr_where*
feu vert
vous|tu avez|as le feu vert
ca|cela ne? me|nous? derange|gene pas pantoute|vraiment|plus? $
y|il' a? pas|aucun de|d'? probleme|trouble|souci|objection|inconvenient textez|ecrivez|texte|ecris
aucun|sans|pas de|d'? souci|probleme|trouble|objection|inconvenient pour|avec moi|nous|ca|cela|textos
aucun|sans|pas de|d'? souci|probleme|trouble|objection|inconvenient textez|ecrivez|texte|ecris|allez|vas|vous|tu moi|y|pouvez|peux?
pas|aucune|aucun d'|de? objection|inconvenient $
je|j' n' y? vois pas|aucun d'|de|un? inconvenient|objection|probleme
je|j' n'|ne ai|vois aucun|pas|aucune d'|de? objection|probleme|inconvenient
avec joie
je|j'|chu|on suis|est? partant|partante|game|down $
j'|je|on embarque
inscrivez|inscris|abonne|abonnez|ajoutez|ajoute moi $
positif|affirmatif
ok|oui? d' ac
wi|oui mesi
j'|je veux ben|bin
oui|ok? a|sur ce|mon numero|cell|cellulaire
plus facile|simple|pratique|rapide|commode par|pour texto|textos|message|messages|moi pour? moi?
j'|je|on aime|prefere|prefererais mieux? les|des|par? textos|texto|messages|message que|a|aux|au|plutot que? les|des|d'|un|l'|le? appels|appel|telephone|appeler
certain que oui
mais oui|certainement|bien|volontiers|absolument sur?
c' est oui
accepte|acceptons que vous|tu m'|me|nous ecriviez|textiez|contactiez|ecrives|textes
prefere|aime|mieux ca|cela au|que telephone|appels|appel
tiguidou|ouin|correct|certain $
@yesish go
y consens|consentons
ce numero est le bon
certainement|volontiers|absolument $
worry pas
accord pour|avec les|des? sms|textos|messages
je|j' vous|te donne la|ma|mon|l'? permission|autorisation|accord|consentement|feu vert?
oui? genez|gene vous|toi pas
bin|ben|bien certain
certain que oui
c'|ca est|va @fr_adv* @fr_ok par|pour message|messages|texto|textos texte?
start|unstop s' il te|vous plait
parfaitement
oui? je|j' le|l'? confirme
oui? vous|tu avez|as ma|mon|la|notre|toute? permission|accord|consentement|autorisation|benediction
mets|met en
certain $
c'|ca est|serait|va|sera @fr_adv* plus? facile|simple|pratique|mieux|rapide|commode par|pour? texto|textos|message|moi?
par|les? texto|textos|message|messages|sms c'|ca|est|sont est|va|serait? @fr_adv* plus? facile|simple|pratique|mieux|rapide pour? moi?
oui|ouais|ouep|ouaip|ui|volontiers|certainement|absolument|dac|accepte|entendu|evidemment|affirmatif|assurement
d|d' accord
d|d' accord avec ca|cela
c'|tout est? d|d' accord
je|j' suis tout? a? fait? d|d' accord avec|pour? ca|cela|les|recevoir? textos|messages|des|les? textos|messages?
oui|ok je|j'|on veux|aimerais|le bien|veux?
bien|ben|bin|mais|oui sur|oui !que
oui? pourquoi pas $
oui toujours
je|j' suis @fr_ok|d' accord? avec ca|cela
tout a fait
avec grand? plaisir
allez|vas|va y
c'|ca|tout est|va|serait @fr_adv* @fr_ok
c'|ca|tout est|va|serait @fr_adv* @fr_ok pour|avec|par moi|nous|texto|textos|ca|message|messages|cela
ca|cela me|nous? va|convient|marche|fonctionne bien|parfaitement|tres? bien?
ca|cela ne? me|nous? derange|gene|embete|importune pas|aucunement du? tout?
@fr_ok pour moi|nous
je|j'|nous|on l'|les|y|vous? accepte|acceptons|consens|consentons|autorise|approuve|donne|confirme|permets
je|j'|nous l'|les|y|vous? accepte|acceptons|consens|autorise|donne|permets de|a|d'|mon|les|vos|des|bien recevoir|consentement|accord|textos|messages|permission|autorisation|etre|les|vos|des? les|vos|des|contacte|pour|textos|messages|texte|par? textos|messages|sms|texto|les|texte|par? texte|textos|messages?
je|j' veux|aimerais|voudrais bien
je|j' veux|aimerais|voudrais bien? recevoir des|les|vos? textos|messages|sms texte?
vous|tu|v' pouvez|peux|peut|pourrez
vous|tu|v' pouvez|peux|peut|pourrez sans|bien|toujours|certainement? probleme|sur? m'|me|nous? texter|ecrire|envoyer|contacter|rejoindre|messager|communiquer|parler|textez @fr_where*
vous|tu avez|as mon consentement|accord|permission|autorisation
textez|ecrivez|texte|ecris moi|nous @fr_where* $
par? texto|textos|texte|sms|message|messages texte? c'|ca|est|sont|va|serait est|me|va|c'? va|est? @fr_adv* @fr_ok|mieux|preferable
par texto|message|sms|texte texte? @fr_ok|svp|please
texto|textos|message|messages ok|svp|please|correct|parfait
bonne idee
envoye|envoie|envoyez|awaye|enweye donc
ouii
@fr_ok pour moi|nous
oui|ok|parfait les|par|le? texto|textos|message|messages|sms c'|est|ca|sont|va est|va|me? @fr_adv* @fr_ok
oui|ok|d'? accord? pour|par|avec les|le|des? textos|texto|sms|messages|message
bien sur que oui
oui certain
je|j' prefere|aime les|des|par|mieux par? textos|texto|messages|sms
c'|c bon|beau|correct|parfait|cool
c' est beau|bon|correct|parfait|chill|cool|good
"""

YES_FILL = """
ca me fait plaisir
icitte
mme|mr|m|monsieur|madame @name|@proper
que dieu vous|te benisse
je|j' suis toujours|souvent sur|avec mon cell|cellulaire|telephone anyway?
mon|ma belle|beau|grande|amour|pote|loulou|doux
moi|je @name|@proper @name|@proper?
ici|c' est? @name|@proper @name|@proper?
je vous lis|ecoute
c' est gentil|fin de|d' demander
mesi
pas de|d' souci|soucis|trouble|probleme pour moi
mon|ma cher|chere|ami|amie|homme|chum|grand
boss|chef|patron|chum|ouin|madame|mademoiselle
c'? est? le|mon bon? numero|cell|cellulaire
de meme
pas de|d' soucis|souci|trouble|troubles|stress
je? suis souvent en|au reunion|travail|route|volant|chantier
c' est plus? simple|facile|pratique|vite de|comme meme|ca
ce numero est le bon
me fait plaisir
c'? plus facile|simple|pratique par|pour moi|nous|texte|texto?
merci de|d' demander|avoir|verifier demande|verifie?
svp|please|merci|madame|monsieur|desole|desolee|stp|parfait|super|excellent|bonjour|salut|allo|bonsoir|beaucoup|ok
merci beaucoup|bien|a? vous?
s' il te|vous plait
bonne journee|soiree|fin
bonjour|salut|merci|allo @name|@proper|a? vous|tous?
pas de|d' probleme|souci|trouble|problemes
aucun probleme|souci|trouble
sans probleme
pas de probleme avec ca|cela
"""

NO_STRONG = """
^^ @greet* ma|la reponse c'|ca? est non
^^ @greet* je vous|te? remercie mais non
^^ @greet* merci ~2 mais ce|ca? sera|serait? non
^^ @greet* peut etre une autre fois|annee|jour
^^ @greet* je|j'|on? vais|dois|prefere|va? decliner|refuser|decline|declinerai
^^ @greet* une autre fois|jour|annee
^^ @greet* malheureusement|desole|desolee|helas pas|non
^^ @greet* je dis|dirais|dirai non
^^ @greet* point|pas|aucunement interesse|interessee
^^ @greet* non merci
^^ @greet* non? je? ne? suis? pas|plus interesse|interessee
"""

GRANT = """
vous|tu|v' pouvez|peux|pourrez ~1 m'|me|nous? texter|ecrire|envoyer|contacter|rejoindre|messager @granted|@fr_msgs|par|des|$
envoyez|envoie|envoye|envoies|envoyer|ecrivez|texte|textez moi|nous des|par|les|vos|en|@granted|anytime|$ ~1 @fr_msgs
envoyez|envoie|envoye|envoies moi|nous des|les|vos|tes @fr_msgs
textez|texte|ecrivez|ecris|text|messagez moi|nous @granted|sans|$
vous|tu avez|as ~1 permission|accord|consentement|autorisation|feu
d' accord pour ~4 @fr_msgs
d' accord avec les|des textos|sms|messages
go|partant|partante|ok|oui pour|avec les|des|vos? @fr_msgs
abonnez|reabonnez|reinscrivez|remettez|inscrivez|rajoutez moi|nous
par texto|textos|sms|message|messages c'|ca est|va|serait|marche|convient ~2 @fr_ok|mieux|simple|facile
c' est ~2 mieux|facile|simple|pratique que le|les|un|d'? telephone|appels|appel|appeler
j'|je|on aime|prefere ~2 @fr_msgs @granted|que|$
j'|je accepte|autorise ~3 @fr_msgs
"""

TAKES_BACK = """
mais|seulement|sauf|quand|pense|avant|apres|sur|d'abord
demain|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche
pas|jamais|ne|n'|qui|quoi|ou|comment|dit|dis|femme|mari|fils|fille|elle|ils
"""

NO_HARM = """
pas|aucune|aucun d'|de? objection|inconvenient
n' y? vois pas|aucun
que|aux les|des? appels
pas de|d' soucis|trouble|troubles|stress
au|que telephone|appels
ca|cela ne? me? derange|gene pas
mais oui|certainement|bien
worry pas
mais oui|bien
quand vous|tu voulez|veux|voudrez|pouvez|peux
-- why somebody would rather be texted
que le|les|un|d'|l'? telephone|appels|appel|appeler
derange point|pas|aucunement
pas|aucun|sans de|d'? probleme|problemes|souci|trouble|objection
derange pas|aucunement
pourquoi pas
"""

NOT_YES = """
^^ ok|bon|bien|parfait|super|excellent merci ~3 $$
je|j'|on ~2 texte|ecris|envoie|envoye|texterai|enverrai|ecrirai
pour le message|texto|courriel
y a ~2 message|messages
merci|recu|eu|lu|vu pour? le|la|votre|vos|ton|les|ce? message|messages|texto|textos
-- "si" is a yes in Spanish, and a condition here
oui|ouais|ouep|ouaip si
si c'|ca|vous|tu|je|j'|on|il|elle|s'
^^ si oui
-- it answers another question, or says the contrary
ca|cela me|nous derange|gene|embete|agace|importune|fatigue !pas|aucunement|point
c'|ca|cela est|serait|devient ~1 probleme|derangeant|genant|fatigant|agacant|tannant|trop|assez|long|plate
ca|cela marche|fonctionne|convient|va|fait pas|plus|jamais|mal|pu
c' est ca $
^^ oui? je l' aime|veux|prends $$
c' est moi|lui|elle|vrai|faux|fini|drole
^^ oui|ouais|ok bonjour|allo|salut $$
^^ oui? ca|tout va @fr_adv* bien merci|beaucoup? merci|beaucoup? $$
cause|causez|parle|parlez toujours
^^ @lead* c' est bon|beau|correct merci|thanks|thank $$
"""

ASIDE = """
combien|quand|ou|peut|facture|recu|recue|recus|courriel|interesse|interessee|rouge
appelez|appeler|appelle|appellez|rejoindre|rappeler|rappelez|telephonez
une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|midi
voit|verra|blonde|viens|arrive|passe|passerai
"""
