"""Pure data: English phrase patterns of the reply classifier (language: see replies_grammar).

ORDINARY are uses of the stop words in everyday talk with a dealership; they are blotted out before
anything else is looked for. Law: RULE-US-05, RULE-US-06 (free-text opt-outs), section 6 of the
legal notes for what each class means.
"""

from __future__ import annotations

ORDINARY = """
opted|opt|unsubscribed|stopped|texted out|stop|STOP? by mistake|accident|error
promise|promised no spam
tell|ask|know|wonder|wondering|may|can ~3 who|whose this|that|the? number|phone ~1 belongs|belong
accidentally|mistakenly ~1 unsubscribed
accidentally|mistakenly hit|sent|typed|replied stop|STOP
unsubscribed ~2 by|on accident|mistake
know how to turn it|this|them|caps ~1 off
stop|STOP start ~5 turn it off
when|how ~5 end|ends|ended
not looking ~1 no|any more
it|that is a? hard|firm? no from|for me|us
not have|see|got a|any? problem|problems|issue|issues|objection|objections with|to|about
wrong person|number|chat|thread|text|one ~1 that was|is meant|for
do|did|is ~1 @i|this have|got|the|reach the? right number|place|person|store|department for|to|?? !me
she|he is dead need|in|on|at|again|battery|wont|will
-- another way to reach somebody, and texts welcome
{dont} @callv ~4!or|and|nor|not|text|texting|message text|texting|texts|message me|us|only|is|instead|works|fine|please !or|and|nor
{dont} @callv ~4!or|and|nor|not|text|texting|message text|texting|message $$
it|that|this|they|which do|would|did not ~1 @textv
-- hours that suit, not a refusal
{dont} @textv|text ~1 me|us ~1 before|after|until|till|til|while|during|when 0|noon|lunch|work|dinner|i|im|my|he|she|church|class|school|midnight|then|the|@when !instead
{dont} @textv|text ~1 me|us ~1 this|that|so|too early|late
@i ~1 should|might|may ~1 cancel !texts|text|messages|these|your|all|alerts|sms
not own|drive|work|live|run|have ~2 no more !texts|text|messages|calls|of
no more @new|leaks|leak|noise|noises|rattle|rattling|issues|problems|trouble|warning|lights|smoke|vibration|shaking|squeaks|squeaking|appointments|openings|slots|payments !@texting
you|he|she|they|@name ~1 get|gets|come|comes|go|goes off|out $|??|work|today|there|here|tomorrow|tonight
@text_noun ~1 ok|okay|fine|good|only|please|great|better|best no|not|never phone? calls|calling
can|may|could|please|prefer|rather text ~1 do not call|phone
wrong year|zip|key|keys|plate|plates|battery|tire|tires|filter|invoice|receipt|attachment|pic|pics|photo|day|hour
never heard ~1 from|back
no one|body ~1 has|have|called|contacted|answered|texted|got|emailed|replied
please contact|call|text|email me|us !by|only|to stop
-- to stop by, stop signs, things that do not stop
stop|STOP @stopgo
stop|STOP @det* @thing
stop|STOP a|an|at|to !unsubscribe|texting|text
stop|STOP me|us if|when
stop|STOP @det* makes|making|nonsense|alarm|noise|squeaking|beeping|car|truck|sale|raining
@noun_stop stop|STOP !texting|messaging|contacting|calling|sending
@i_can me|us? @i|you|he|she|they|it stop|STOP !$ !texting|messaging|contacting|sending|calling|emailing|the|all|these|this|with|bothering|harassing|spamming|now|please|it
@i_can stop|STOP @thing|what|my|your|his|her
can|could|will|would|do|does|did not ~1 stop|STOP !texting|messaging|contacting|sending|calling|bothering|harassing|spamming
never|not|hardly|barely stop|STOP ~1 @new|learning|looking|talking|working|now|believing|thinking
when|as|if|while|until|before|every @i|you|it|he|she|they ~1 stop|STOP
time|times|how|hard|long|way to stop|STOP ~2 @thing|it|a
takes|take|took|taking|grinds|squeals|comes|coming|came|come ~4!@end|please to a? complete? stop|STOP
<!you|yall|u|them|people to stop|STOP @det* @new|making|spending|paying|and|for|first|working|driving|@thing
auto start? stop|STOP
stop|STOP start
rain|snow|noise|leak|leaking|beeping|light|alarm needs|has|to|will ~2 stop|STOP
stop|STOP payment
put|place a stop
stops by|in|over|at
-- ends
the|this|that|other|front|rear|back|high|low|deep|loose|year|month|week|day|tail|dead|weekend|open|top|bottom|an|no|either|one end
end up|of|result|date|user|to|by|on|at|in
end ~1 the? lease|month|year|week|day|contract|june|july|may|march|april
deal|sale|promo|promotion|offer|lease|event|special|incentive|rebate|deals|sales|it|does|do|did|will|that|this|they ~1 end
ends
ending balance|soon|on|in|date
weekend
-- cancelling a thing
cancel|cancelling|canceling|cancelled|canceled ~3!texts|text|messages|message|alerts|notifications|sms @cancelled_thing
cancel|cancelling|canceling for|on|if|because|sorry|out|until
have|need|got|want|had|going|might|may to cancel !texts|text|messages|message|the|these|this|your|all|my|alerts|sms|subscription|me
gotta|must|hafta cancel
can|do|should|did|how @i ~1 cancel !texts|text|messages|these|this|your|all|my|the|sms|alerts
is|there|fee|to|a|the cancel fee|fees|penalty|charge|policy
noise cancelling|canceling|cancel
cancel that|it and|but|we|i|make|lets|let|change|move|reschedule|book|can|could|one|order|for
-- quitting
quit my|his|her|the|that|a|smoking|drinking|working|work|running|on|while|claim|cold|job|at|raining|when|@thing
quit @new
it|that|@thing|computer|phone|husband|just|i|she|he|they|we|you|before|about|wipers|blower|screen|starter quit !@texting|calling|it|texting
will|would not quit
-- removing a thing
remove|delete|erase|take|get|pull|drop|clear|wipe|removing ~4!me|us|list ~1 from|off|out ~2!@list|this @deal|@thing
remove|delete|erase|wipe|clear|removing ~2!me|us|number|#|info|phone|contact|cell @thing|@new !from|off
take|get|drop me|us ~1 to|home|there|out|off at|to|for|when|after|if
drop me|us off|a
remove|delete|take my|our|his|her|the @new|@family|@relative|cosigner|ex|son|dad|trade
take|get ~2 off @det* @new|price|msrp|asking|hands|work|payment|market
take off the|my|those|these|all
@det* @thing ~1 be|been|get|was|is|are|were removed|deleted|taken
waitlist|waiting|wait list
take|remove me|us off|from ~1 waitlist|waiting|wait|schedule|hold|speaker|speakerphone
on|in|the|price|wish|recall|check|punch|parts|to|your inventory|stock list
-- opting out of a product
opt|opted|opting me|us? out of ~2!@list|these|this|all|any|future|marketing|everything|receiving|getting|being|@msgs @thing|@new|extended
unsubscribe|unsubscribed|unsubscribing|cancel from? @det* @new|gym|sirius|siriusxm|xm|netflix|onstar|other|carfax|autotrader|cargurus
license|licence|registration ~2 revoked
never|not sign|signed|agree|agreed|authorize|authorized|ask|asked|request|requested|order|ordered|consent|consented ~1 for|to|the|that|those|any|up ~2!@msgs|this|be|texted|contacted|text|contact|receive @thing|@new|price|work|repair|repairs|charge|it
-- the wrong thing
i|we ~1 called|dialed|dialled|gave|give|had|have|put|entered|wrote|typed|texted|sent|got|talked|spoke|asked|went|messaged ~2 wrong ~1
the|a? wrong number|phone|name|info on|in|listed|for the|for my|for parts|for service
wrong part|color|price|vin|model|trim|link|picture|car|truck|size|side|turn|way|address|time|day|date
wrong number of
you|he|she|they|@name|guys ~2 quoted|told|sent|used|have|wrote|put|entered|gave ~2 wrong number it|its|for|on|should|@thing|vin
wrong number on|for|in the|my|our
not the right time|one|color|price|car|truck|fit|size
-- not a refusal to be texted
why|if|should|when|who|because|did|how|where|what ~2 do|did|does|can|could|would|have|has|had not @textv|@callv|@texted|called|emailed|send|sent|get|want
<!rather|if|that|wish|prefer|appreciate|hope you|they|he|she|people|@name ~1 did|have|has|had|does not ~1 @textv|@callv|@texted|called|emailed|send|sent
@i do not text much|often|while|and|or|at|when
not text and drive
do not do !it|this|that|texts|texting|text|sms
do not forget|hesitate|worry|sell|let|run|pull|start|lose|wait|go|be|think|mind|charge|order|touch|buy|move|schedule|make|put|take|bring|leave|miss
not forget|hesitate to @textv|@callv
no @mail|text|texts|message|messages|answer|contact|communication yet|from|came|on|in|about|back|since|received|until|for
no message left
<!rather|prefer|want|to|like|wish|please|should not get|got|receive|received|see|seen|getting|had|hear|heard ~3 @msgs
never got|get|received|saw|gotten|heard|sent|called|answered ~3
not send ~3 @thing|vin|pictures|pics|money|it|paperwork|check|link
need|needs ~2 help|info
shut up and|about
leave|left @det* ~1 alone in|at|with
do not disturb while|mode|on|is|turned|setting
phone|have|is ~2 on do not disturb
other|another|last|previous|different|old|these @thing|dealers|dealers'|place|places|company|guys|people ~2 harassing|spamming|harassed|harassment|bothering|texting|calling|bugging|blocked|spam
@relative|my|our|the lawyer|attorney ~2 looking|reviewing|needs|has|is|said|wants|to|look|looked|read|reading|office|fees
lawyer|attorney about|said|first|before|office|friend|look|looking|has|reads|reviews|fees|is
ask|asking|check with? my|a|our lawyer|attorney
police report
report|reported|reporting ~2 accident|stolen|crash|theft|carfax|credit|mileage|damage|hail
carfax|credit|accident|police|inspection|history|condition report
block|blocked|blocking off|out|heater|my|the|driveway|in|someone
engine|motor|small block
is|someone|car|truck|something blocking|blocked
go|going|gone|went away on|party|for|til|until|to|this|next|tomorrow
get|got|getting off work|early|late|at|the
get|got|getting lost on|in|trying|finding|driving|going|looking
spam folder|filter|sandwich|box|call|calls|blocker
illegal u|turn|tint|parking|to drive
scam lol|likely
fucking|fuck great|good|nice|awesome|love|yes|yeah|amazing|beautiful|expensive|high|sweet|ton|perfect|loved
not enough|big|bad
enough room|power|money|space|time|for|to|people|credit|down|left|miles|cash|info
no more|further than|room|questions|reds|seats|available|left|miles|delays|money
dead set|battery|end|on|in|zone|weight|line
screw in|it|that
sue|sues in|from|at|said|says|is|told|over
someone|somebody|anyone else ~1 buys|bought|buy|looking|looks|has|have|get|gets|takes|want|wants|at|can|there|who|i|is|come|on|got|will
new phone who|whos
text|message not call|phone
not want|wanna to miss|lose
"""

WRONG_NUMBER = """
number|cell|phone|line|cellphone|this ~3 reassigned|recycled|transferred to|$
this|number|phone|cell|line|cellphone|it ~1 belongs|belong to !me|us
wrong number|numbers|#|person|guy|dude|man|lady|woman|gal|girl|cell|contact|party|individual|people|human|recipient|phone|no|chick|fella|@name|customer
incorrect|bad|mistaken number|#|person|phone|contact|identity
number is|was ~1 wrong|incorrect|not
not the? right|correct|same number|person|guy|phone|contact|recipient|individual|man|woman
not have|got|reached|reach ~1 right|correct number|person|guy|phone|contact
not have|got|reached|reach|contacted|texting the? right|correct number|person|guy|phone
this|that|it|name|i is|am|was ~1 not|no|never longer? @name|@proper !@thing
^ @lead* this|that|it is ~1 not|no|never longer? @proper|@name $
^ @lead* this|that|it is not|no longer? him|her|he|she|his|hers $
^ @lead* this|that|it is not|no longer? him|her|anymore|he|she you|that|at|anymore|sorry|here
^ @lead* that|this|it is not|never me !@thing|that|who
that|this|it is not|no longer? ~1 @name|my|his|her|their|@proper ~1 name|number|phone|cell|line|#
name|names is not
^ @lead* not @name|@proper anymore|sorry|here|@tail* $
this|that is ~2 landline|church|business|office|school|restaurant|hospital|pharmacy|clinic for|line|phone|number|not|$
^ @lead* @i never contacted|texted|messaged|inquired|called|asked|requested you|this|anything|for|about !@thing|back|yet
^ @lead* this|it is my|our number|phone|cell now
@relative ~1 died|dead|deceased|passed $
person|customer|owner|he|she ~6 deceased|dead
^ @lead* not know|recognize this|that|any|the|her|him|them ~1 person|name|guy|lady|man|woman|anybody|anyone|individual|$
who tf|the|on ~2 is @name $
^ @lead* not|no longer? @name|@proper|his|her|their|my|the number|phone|cell|line|name
not|no longer @name|his|her|their|@proper ~1 number|phone|cell
i am not @name|@proper !about|with|on|in|for|at|available|anymore|ready|going|happy
^ @lead* i am not @name|@proper
i am not him|her|he|she !@thing
i am not|never ~1 the|that|a? person|guy|man|woman|lady|individual
not who|whom you ~1 think|thought|are|want|were|looking|need
you ~4 looking|trying|meant|want|wanted|need|confused|confusing|mistaken|mistaking|mixed|mixing|thinking|wanting|searching ~5 someone|somebody|another|different|other else|person|guy|@name|one
belong|belongs ~1 to someone|somebody|another|a|my|me|new|not|different|other
not belong to
someone|somebody|another ~1 else|person|persons|elses|different number|phone|cell|now
this|that|it|number is ~2 someone|somebody elses|else
@name|@proper|he|she|they|him|her|person ~1 do|does|is|no not|longer ~1 have|has|own|owns|use|uses|using|at|live|lives|on|around ~1 this|that|here|the|it ~1 number|phone|anymore|cell|line|address
@name|@proper|he|she|they|person ~1 do|does|no not|longer ~1 live|lives|work|works|stay here|at
@name|@proper|he|she|they is|was not|no ~1 at this number|phone
@name|@proper|he|she no longer has|uses|owns|have
@name|@proper|he|she|they has|have|had|got ~1 a? new|different|another number|phone|cell|#
@name|@proper|he|she|they changed|switched|changing ~1 number|numbers|phone|phones|cell
^ @lead* no @name|@proper here|at|lives|by|on|with
there is not? no|not|a|any|one|@name ~1 @name|@proper ~1 here|at|on|by|in
there is no @name|@proper $
^ no @name|@proper here
no|noone|nobody one? ~1 named|by|called|with ~2 @name|@proper|name
no|noone|nobody one? here|lives ~1 by|named|called
no|not|nobody ~2 here by that name
nobody|noone|one by|with|of that name
not|never|no ~1 know|knew|heard a|any|of|about|who? @name|@proper $|is|and|or|but|here|sorry|please|so|stop
not|never know|knew a|any|no|who @name|@proper !at|in|from|yet|who|that
^ @lead* not know|knew him|her|them|@name $
not know|knew ~1 him|her|them $
not know|knew who that|he|she|they is|are|was
not know|knew|recognize a|any? this|that|anyone|anybody|one person|guy|lady|by|named|with|name
just|recently|newly got|have|had|received|bought|acquired this|my|a|the ~1 number
had|have|owned this|my|the|same ~1 number for|since|over|about|almost|0
new owner ~1 of|to|here ~2 number|phone
this is ~1 new owner|user|person of|with|here
new owner|user of|with|at ~1 this|number|phone
^ @lead* new number|owner $
new number|phone now? @i do|does? not know
this|that|number|it is|was ~1 landline|business|church|school|hospital|restaurant|pharmacy|company|office|childs|child|kids|kid|minor|minors|fax ~1 phone|line|cell|number|landline|$
this is my|a|our ~1 daughters|sons|moms|dads|mothers|fathers|childs|kids|wifes|husbands|grandmas phone|cell|number|cellphone
mistaken identity|number
mistaken|mistook|confused|mixed|confusing|mixing ~4 with|for ~1 someone|somebody|another|else
you ~2 meant|mean|intended|trying ~2 text|reach|contact|message|call ~2 someone|somebody|another|else|@name
he|she|@name|@proper|they ~2 passed|pass away|on|last|in|yesterday|recently|suddenly|this|from|unfortunately|a|0
^ @lead* he|she|@name ~1 passed $
he|she|@name|@proper|person|owner|they|customer|client ~4 died|deceased|dead
he|she|@name|@proper|they|person is|are no longer|not ~1 with|alive us|anymore|here
never|not inquire|inquired|enquired|inquiring
never|not contact|contacted|called|emailed|reached|visited|been|heard|asked out? ~1 you|your|yall|from|of you|dealership|to|store|company
never|not request|requested|ask|asked|want|wanted ~1 for? any|information|info|more ~1 information|info|quote|from
never|not fill|filled|submit|submitted|complete|completed ~3 form|forms|application|request|anything|inquiry
never|not give|gave|given ~2 you|anyone|yall|out|them ~1 my|this|the ~1 number|info|phone|information|cell|contact
"""

LEGAL = """
last time ~1 saying|asking|telling|i
you have been warned
been warned $
@agency
my|our lawyer|lawyers|attorney|attorneys ~2 will|be|is|are|contact|contacting|call|calling|touch|going|hear|know|involved
hear|hearing ~1 from my|our|a|an lawyer|lawyers|attorney|attorneys
^^ @lead* my|a|an|our? lawyer|attorney @tail* $$
call|calling|contact|contacting|hire|hiring|get|getting|have|having|got|talk|talking|speak|speaking|see|retain|retained|retaining|lawyering|forwarding|sending|forwarded|sent|turning|giving ~3 my|a|an|our ~1 lawyer|lawyers|attorney|attorneys
talk|speak to|with my|our lawyer|attorney $
@i will|am|going|can|may|might|to|gonna|ready ~2 sue|suing !my|the|a|them|him|her|whoever|whomever|that|who|their|his|ford|gm
suing you|your|yall|this
sue you|your|yall|this|u|for
^^ @lead* sue|lawsuit|suing
lawsuit|lawsuits coming|filed|pending|against|if|is
you ~4 sued
class action
see|take|meet|taking you ~1 in|to court
see you ~1 in small
small claims
legal action|actions|steps|proceedings|recourse|consequences
press|pressing charges
do not call|contact|text list|lists|registry|register|registration
no call|calls|contact list|registry
not solicit list
attorney|attorneys general
better business bureau
consumer protection
cease and? desist
federal trade|communications commission
report|reporting|reported you|your|this|these|it|u|to|number|as|them !accident
will|be|going|am|am|getting|been|i report|reporting|reported !@thing|an|a|my|the|back|on
file|filing|filed|filling|lodge|make|making ~2 complaint|complaints|lawsuit|suit|charges|report with|against|to|on|$
complaint filed|with fcc|ftc|to
0 per|a|each|every|for each|every? text|message|violation|call
this|it|that is ~1 illegal|unlawful|harassment|harassing|stalking|criminal
illegal texting|spam|text|texts|messages|solicitation|to text|to contact|to message
illegally texting|contacting|messaging
violating|violate|violates|violation|violated|violations ~2 law|laws|rights|privacy|federal|tcpa|policy|dnc|of|you|my|act
harassment|harassing|harrass|harassed
stop|STOP harass
call|calling|contact|contacting the? police|cops|authorities|sheriff|law
last|final warning|notice $|if|before|or
last|final time asking|$
last|final chance
invasion of privacy
how dare you
unsolicited ~2 @msgs
"""

HOSTILE = """
^ @lead* get lost !in|on|at|trying|going|and
^ @lead* blocking|blocked @tail* $
^ @lead* take a hint
get|buy a clue
kick rocks
pound sand
^ @lead* scram|shoo|skedaddle @tail* $
go jump|fly|suck|choke|kick
^ @lead* jog|jogging on $
^ @lead* hit the road $
leave @me|@my ~2 alone|be|tf
leave my ~2 alone
^ @lead* just? go away @tail* $
^^ @lead* go away
go|get away from me
^ @lead* get|getting lost @tail* $
^ @lead* buzz|bug|back|piss|bugger|sod|naff|fuck|f|screw|eff|get|jerk off @tail* $
@fuck off|you|u|yourself|yourselves|yall|ya|this|outta|out|ur|your
beat it $
go to hell
burn in hell
rot in hell
drop dead $
get bent|stuffed|fucked
go @fuck|fuck yourself|yourselves|off
kiss my|our|me
eat shit|a|my
suck it|my|a|these !@thing
bite me
shut ~2 up|it|f
^^ stfu|gtfo|foad
up yours
piss|bug|buzz off
get out|off ~2 of? my phone|face|line|inbox|messages
get the fuck|hell|f away|out|off
^ reported|blocked $
^^ @lead* you? @insult|spammer|spammers|scammer|scammers|scam|spam|fraud|frauds|trash|junk|phishing|bots @tail* $$
you ~3 are? ~2 @insult|spammers|spammer|scammers|scammer
you ~1 spamming
^^ @lead* this|that|it|these|you are|is ~2 spam|scam|spammers|scammers|fraud|junk @tail* !@thing
marked|marking|flagged|flagging|reported|reporting|mark|flag ~3 spam|junk|scam
@i|will|am|been|going|are|you|is|getting|have|gonna|to ~1 block|blocking|blocked you|this|ur|your|u|yall|and|$
block|blocking|blocked you|this|your|ur|number|u|and|now
^^ @lead* blocked|block|blocking|reported|reporting @tail* $$
^^ @lead* blocked|reported and|now
get|find a life|job $
you are annoying|pathetic|disgusting
"""

PHRASE = """
not send anything|things|stuff|nothing|any ~2 to|here ~2 again|anymore
not you ever|dare text|message|contact|call|write|bother
quit|stop blowing|lighting|burning up? my phone|cell
^ take|get it|me off|out|down now|immediately|asap
you can|may stop|quit now|texting|messaging|already|contacting|sending
{dont} waste ~2 time !@thing
^^ do not $$
only|strictly|solely ~1 contact|reach|message|write ~2 by|via|through|over|with email|mail|phone|letter
^ @lead* use? only|strictly|just email|mail ~1 $|please|no
^ @lead* use? email|mail|emails only $|please|no
@text_noun|texts is|are not ~2 $|good|best|way|ok|okay|fine|welcome|allowed|appropriate|acceptable|convenient|for|wanted
pause|suspend these|this|them $|for|please|now
no one|body wants|want these|this|your|texts
@want|like|love that|this|it|these|them|all|everything ~2 to end|stop|cease $|please|now|thanks
@msgs|it|this|that|these|they|those|all could|can|would|might|will please? cease|stop|end|discontinue $|please|now|thanks
@text_noun ~1 is|are|was not for me|us|my
take|drop|leave|cut|count me|us from|off|out of? it|this|these|that|them|texts|messages|updates|reminders
{dont} use it|this|that|my|the ~1 $|number|#|phone|cell|anymore|again
not trying|looking|here|gonna|going|willing|ready|able to get|receive|read|see|have ~2!@thing texts|messages|spam|sms|ads
say|says|said stop|STOP|quit it|this|that|$
<!will|wont|not|never|cant quit it $
@msgs ~2 unwelcome|unwanted|intrusive|unsolicited|bothersome|annoying
unwanted|unwelcome|unsolicited|intrusive ~1 @msgs|stop|STOP|contact|texting
deactivate|disable|suspend|pause|mute|silence|block|shut|kill ~3 texting|texts|sms|messages|messaging|notifications|alerts|reminders
not want|care|wish|need|like|wanna ~1 hear ~1 about|of|it|this
stop|STOP|quit|cease sending|texting|messaging|asking|bugging|hitting|blowing|pushing|pitching me|us !to|the|if
stop|quit asking
stop sending !@thing|the|it|my
^ STOP to 0
@remove everything|all|anything|whatever ~3 me|us|mine|have|got
deletion|erasure|removal of my|our|all
not|no|never need|want|require|reminders|updates|followups ~2 reminders|updates|followups|surveys|newsletters $|please|thanks|anymore|from
^ @lead* no ~1 reminders|updates|followups|surveys|newsletters|promos|deals|offers $|please|thanks|anymore|from|@i
no|not more|mo|nomore ~1 @msgs|txt
-- what follows if one more comes
next|another|again|one|1|0 ~2 @msgs|text ~3 lawyer|lawsuit|police|sue|suing|corporate|attorney|court|fcc|report|reporting|reported|review|complaint|blocked|block|blocking
@textv me ~1 again|another|one|once|0 ~3 and|or|i|you @i|will|you|am|going
one|0 more time ~1 and|or|i
-- what was never given, or given for something else
not|never gave|give|given ~2 @num ~3 you|yall|your|dealership|anyone|anybody|store|company
gave|give|given ~5 not for|to ~2 ads|marketing|promotions|promos|sales|spam|@msgs
not for ads|marketing|promotions|promos|spam|advertising|solicitation
not want|wanting|need|like|interested ~4!@thing stuff|pitch|pitches|spiel|junk|ads|advertising|followup|followups|outreach
not want|need|require ~3 follow|followup|following|outreach up|$|ups|calls|please|thanks
not ~1 comfortable|ok|okay|fine|cool|happy|keen|into|down|fan with|of|about|for|on ~2!@thing|price|payment texts|texting|messages|messaging|texted|contacted|this
not ~1 do|use|like|read|accept|take texts|texting|sms $|please|sorry|only|call|email|so|thanks|@i|and
not ~1 do|like|enjoy|appreciate text messages|messaging $|please|sorry|only|call|email|so|thanks|@i|and
email|call|phone|mail|write|letter|calls|emails ~4 from now on
from now on ~3 email|call|phone|mail only|me|$|please
turn|shut|switch|toggle ~2 texts|messages|notifications|alerts|reminders|these|this|them|it off !@thing|@new|light|lights|alarm
turn|shut|switch|toggle off ~2 texts|messages|notifications|alerts|reminders|these !@thing|lights|lamp
please|kindly do not @tail* $
{dont} do this|that|it again|anymore
end|ending|close|quit|stop this|the|our ~1 chat|exchange|thread|convo|conversation
charged|pay|paying|charge|charges|costs|cost|costing ~2 per|for|each|every ~1 @msgs|text ~3 stop|STOP|quit|not|no
-- stop the deed
@stop ~1 @det* @texting
@stop @soft* @texting|using|sharing|selling|giving|abusing !@thing
@stop @soft* following|asking|pushing|trying|insisting me|us|up|to contact|reach|text|call|message|get|sell|with
@stop|end @soft* @calling !@thing|my|the|service|parts
please|to|and|you|ya|just @stop|end calling|emailing|phoning
@end @det* @msgs
end|cancel|kill|terminate @det* @msgs|subscription|subscriptions|membership? $
@end ~2 all|any|every|the|these|your ~2 @msgs
@msgs @aux* @end !of|up|in|at|on|@thing
@msgs|it|this|that|these|they|you ~1 has|have|needs|need|must|should|better|got|gotta to|be|get? stop|STOP|end|cease|quit|stopped|ended $
@want|asked|ask|told|tell|begging|beg|begged|asking|telling|demand|make|made|have|get|wish|needed ~3 to? stop|STOP|quit|cease @tail* $
@want|asked|ask|told|tell|asking|telling|have|demand|begging @you|@them|@name|@proper|this|it|that|these|all|your|everyone|people ~2 to? stop|STOP|quit|cease now|please|all|it|$|right|immediately|already|or|before
you|it|they|all|and|yall can|could|would|will|must|should|may|need|please ~1 to? stop|STOP|quit|cease @tail* $
can|could|would|will you|yall|everyone|somebody|someone all|guys|please|just? stop|STOP|quit|cease @tail* $
can|could|would|will you|yall ~1 please ~1 stop|STOP|quit
^ @lead* @stop @tail* $
^ @lead* stop|STOP|quit|end it|this|that|all|now|everything|immediately|already|these|with $|please|now|right|or|and|nonsense|shit|crap|bs|bullshit|i|we|my|thanks|thank|asap
^^ STOP !@thing|@new|by|in|at|the|sign|light|me|start
^ STOP not|i|we|he|she|this|no|do|you|already|thank|thanks|please|never|wrong|now|all|and|or|is|texts|go|sending|my|@i
^^ stop not|i|we|he|she|this|no|do|you|already|thank|thanks|please|never|wrong|now|all|everything|is|am|it|dont|or
^^ stop sir|maam|@name|@proper|man|bro|dude|for|permanently|forever|immediately
so|but|and|please|just|then|no|yes|ok|now|thanks|interested|elsewhere|already|say|said|saying|texted|replied|sent|typed|wrote|text|reply|keep|type @det* stop|STOP @tail* $
@name|guys|please stop|STOP|quit @tail* $
stop|STOP|quit @name @tail* $
please stop|STOP|quit|cease|discontinue|end|cancel|remove|unsubscribe|desist @tail* $
please stop|STOP !@thing|@new|in|by
will|would you ever stop
all? stop|STOP|quit|end|cease|cancel all|every|any @det* @msgs|of|$|this|future|further
^ @lead* end|cancel|quit|cease|revoke|remove|unsubscribe|unsub|delete|terminate|discontinue|desist|optout|removed @tail* $
^ @lead* end|cancel|quit|remove|terminate|delete this|all|everything|these|me|now|immediately|us|conversation|chat|thread @tail* $
^ end|close this|the conversation|chat|thread
end|ending this? communication|texting|conversation|thread
cancel|end me|us|everything|all
cancel|end|stop my|this|the|your|all|any text? subscription|service|alerts
want|like|wish|need|trying|going to cancel|end|quit|stop @det* @msgs|getting|receiving|these|this
stop|quit @soft* getting|receiving
-- lists and records
@remove|unsubscribe|unsub please|just|my? me|us|this|@num|myself !@new|@thing
unsubscribe|unsubscribed|unsubscribing|unsub|unsubs|unsubscription
@remove|forget|lose|block|ditch|trash|toss|burn @my ~1 name|number|numbers|#|cell|phone|info|information|contact|contacts|email|details|data|profile|digits !@thing|plate
@remove number|numbers|info|phone|contact $|please|from|off
lose|losing my|this|our|the|that number|#|contact|info|digits|phone
drop my|this number|#|contact
forget i|you|my|this|about|that ~2 exist|number|me $
forget my|this number|info|contact
take|taking|get|getting|drop|scratch|cross|strike|pull|leave|keep me|us|my|this|our|him|her ~3 off|out|from !work|hold|at|with|the payment|price|thing|@thing
^ @lead* take|get me|us off !at|to
want|wants|be|being|get|getting|come|am|taken|put off|removed|out|deleted ~1 of|from? @det* @list|this|it|there|here
want|wants|be|being|get|getting|am|put off|removed|out|deleted @tail* $
come off @tail* $
take|taken|took|get|drop me|us off @tail* $
take|get|pull @my|his|her|their ~1 name|number|#|info|cell|phone|information|contact ~1 off|out
get|getting|want|like ~1 off ~1 @det* @list
get ~2 off ~1 @det* @list|this
off|from|out of? the|your|this|that|any|all|ur|every|these @det* @list @tail* $
be|have|has|had|get|getting|want|wanted|wants|been|asked|like|need|needs ~4!@thing|seats|seat ~1 to|be|get|me|info|number|it|name removed|deleted|erased|unsubscribed|delisted
number|info|information|contact|name @aux* removed|deleted|erased|off
@i|to|be|me|us removed $
i|we ~3 be removed
optout|unoptin
opt|opting|opted @me|my|this|us? number|phone|please? out
un subscribe|subscribed
^ @lead* stp texting|texts|messages|sending
^^ stop|STOP my|this ~1 phone|number|cell|line is
🛑 @msgs|texting|this|me|it
opt out
-- no leave to text
revoke|revoking|withdraw|withdrawing|rescind|rescinding|retract|revoked|withdrawn|terminate|pull|pulling ~3 consent|permission|authorization|approval|subscription
@i|hereby revoke|withdraw $
consent|permission|authorization is|has|was|been? ~1 revoked|withdrawn|denied|rescinded|refused
not|never|no|without|nor|longer ~1 consent|consented|consenting $|to|for
not|never|no|longer ~3!hear|what|problem ~1 consent|permission|authorization|approval|authorized|allowed|permitted ~2!call|run|pull|repair|fix|charge text|texting|texts|contact|contacting|message|messaging|texted|messages|contacted|be|$|you|this|this number|me
not|never ~1 give|gave|given|giving|have|grant|granted ~4 permission|consent|authorization|approval !call|run|pull|for
^ @lead* no consent|permission
not|never authorize|authorized|authorise|authorised ~1 this|these|texts|texting|messages|any|you $|text|messages|texts|to|communication
not|never|nor sign|signed|signing me? up|on ~2 this|these|texts|text|any|anything|your|messages|messaging|marketing|spam|list|get|receive|be|that|it|notifications|alerts
not|never sign|signed up $
not|never|nor ~1 opt|opted in
not|never|nor ~1 subscribe|subscribed
not|never ask|asked|request|requested|agree|agreed|want|wanted|authorize|authorized|consent|approved|approve ~3 texts|texted|text|messages|messaged|contacted|spam|messaging|texting|solicited|notifications
not|never ask|asked|request|requested|agree|agreed|want|wanted for|to? this|these|any|be ~1 $|contacted|of
not|never ask|asked for|to that|it $
why|how did|do ~3 signed up
-- do not, never
no|not texting|text|texts|messages me|here|please
{dont} @textv|text ~1 me|us|this|that|here|him|her|again|anymore|ever|or|back|people|@proper|@hisher !@thing|back|@new
{dont} @textv @tail* $
asked|ask|told|tell|begged|telling|asking you|yall|u|them|people ~1 to? stop|STOP|quit|cease !by|at|in
{dont} use ~2 text|texts|texting|sms|message|messages|messaging|number|phone
way|how|possible|able|trying ~3 stop|STOP|end|cancel|quit ~2 these|this|them|@msgs|getting|receiving !@thing|@new
be|get left alone
for the last time !i|we|you
not ~1 texted|messaged|contacted|bothered $|going|again|anymore|ever|in|by
^ @lead* turn|shut|switch these|this|them|texts|messages off
{dont} follow|following up
^ @lead* cut|knock it out|off @tail* $
cut|knock it out|off with
chill|ease|easy|enough with ~2 @msgs|texting
not|never recall|remember ~1 giving|signing|agreeing|consenting|subscribing|asking
who said|says ~1 you can|could ~1 text|message|contact
sick of this|these|it @tail* $
^ @lead* forget me $
^^ never again @tail* $$
^ no do not @tail* $
for|to these stop|STOP it
forget ~2 had|have|got this|my number
let me|us be $
seriously|srsly stop|STOP|quit @tail* $
you ~2 not have|got @my|any|the? ~1 consent|permission|authorization
{dont} @callv|@textv me|us|this|here|or|and|my|our|him|her ~1!at|before|after|until|during|while|on|back|@when @textv|again|anymore|ever|number|phone|$|please|for|@callv|cell|thanks|or|@family|about|with|@msgs
{dont} @callv $|again|anymore|or
{dont} @callv|@textv ~1 or|and|nor @callv|@textv !drive
{dont} send|sending|sent|sned me|us|this|to? @det* any|anymore|more|these|this|@msgs|anything|nothing|stuff|crap|shit|another|further|again|offers|$ !@thing
{dont} send|sending ~3 @msgs|anymore|anything|again|nothing
{dont} send $
{dont} reach|reaching out|me
{dont} reply|respond $|to|this|again|anymore
{dont} bother|harass|spam|solicit|pester|contact|annoy|disturb
^ @lead* no|not contact $|@tail|me|us|further
not|never want|wants|wanna|wish|wishes|need|needs|care|like|desire|looking|trying|wanted|interested|appreciate|expect ~6!@thing|miss|waste|missing|hurt texts|texted|messaged|contacted|texting|contacting|messages|messaging|sms|notifications|solicited|solicitations|spam|solicitation|communication|communications|correspondence|alerts|bothered|promotions|advertisements|ads|emails|spammed|harassed|newsletters|marketing|promos !@thing|@when
not|never want|wanna|wish|need|interested|care|like ~1 you|yall|anyone|u|your|them|people|to|in ~2 text|message|contact|contacting|texting|messaging|bothering|reaching|msg !@when|@thing
not|never want|wish|need|care|wanna ~3 hear|hearing|hears ~1 from|anything you|yall|your|them|this|anymore|any|anyone|ya|@name
not|never|no want|wish|longer ~2 to receive|get|recieve|be|continue ~2 these|this|any|them|anything|anymore|your
not|never want|need|wanna|wish|like ~1 these|them|any|this|it|more|to be anymore|of|from|further|texts|any
not|never want these|them @tail* $
no longer want|wants|wish|wishes|interested|need|desire|care|require ~5!@thing texts|texted|text|messages|contacted|contact|texting|notifications|receive|receiving|alerts|communication|hear|communications|messaging|these|marketing|be|emails|offers
sick|tired|fed|annoyed|over|done|had|enough ~3 of|by|with|getting|these|receiving ~4!@thing texts|messages|texting|spam|contacting|notifications|bothering|messaging|calls|these $
sick|tired|fed up? of|with ~3!@thing texts|messages|texting|spam|notifications|contacting|messaging|harassment|you|these|your
<!@have no|zero|nomore more|further|additional|mas? @det* @msgs|txt !yet|from|was|left|came|about|on|received|@thing|@when
<!@have no more|further|additional calls|emails|of|contact|this|these|communication|phone|solicitation|soliciting|soliciting|from|replies|outreach|deals|offers|updates
<!@have no|not more $
^ @lead* no|not more|mas @tail* $
^ @lead* no soliciting|solicitation|solicitations|solicitors|contact|calls|spam|texting|texts|text|sms|emails !yet|from|@when
no calls|calling|emails or|nor|and|no|texts texts|text|texting|messages
^ @lead* enough already|is|$|with|of|texts|messages|texting !@thing
enough|stop with ~3 @msgs
no need|reason|point to|for|in keep|text|contact|texting|contacting|message|call|further|continue ~2 me|anymore|again|further|texting|contacting|messages|texts|us|contact
not|never need|have to keep? text|contact|message|texting|contacting|messaging|send|keep ~2 anymore|again|me|us|texting|messages|texts|contacting|$ !back|the|@when
you|may|should|must|are|people ~2 not|never ~2 texting|contacting|messaging|text|contact|message me|us|this|my|$|here|him|her|people !back|the|@when
you may|should|must|can|are not ~2 text|contact|message|texting|contacting|messaging me|us|this|my|$|here|him|her
not|never allowed|supposed|permitted|welcome|authorized to ~1 text|contact|texting|contacting|message|be
prefer|rather|appreciate|appreciated|love|prefer|request|ask|asking|hope|wish|mind ~3 you|it|yall|if|that ~2 not|stopped|stop|quit|refrained|ceased|discontinued|discontinue|refrain|did|would|removed ~1 text|texting|contact|contacting|message|messaging|me|the|sending|be|any|$|these|call
prefer|rather|like|request|want not ~1 to? receive|get|be|have|hear ~2 texted|contacted|texts|text|messages|messaged|these|notified
prefer|rather|want|like ~2 no texts|messages|texting|contact|text|communication|further
not be|being contacted|texted|messaged|bothered
refrain|desist|stay|keep from|away ~1 texting|contacting|messaging|sending|calling|my|from
^ @lead* refrain|desist|discontinue
@i prefer|want|like to not be
you can|may|should lose|remove|delete|erase|forget|stop|quit|discard my|me|this|texting|contacting|number|messaging
discontinue|cease ~3 @msgs|texting|contact
@i|to|out|be unsubscribed
lose|losing interest|me from
-- the number itself
give me|us ~1 peace
"""

IDENTITY = """
how come|is|am @i on your|this|the list|text
how my contact|personal|phone? information|info|number|details reached|got|came|ended to|up? you
tell|ask|know|wonder|wondering|may|can ~3 who|whose this|that|the? number|phone ~1 belongs|belong
^ @lead* from|by whom|who ~4 coming|from|sent
who am|do @i talking|talk|speaking|texting
why am|are @i on|in|getting|receiving this|your|a|the|these ~1 list|texts|messages|text|group
how ~3 come|came across|by|upon my|our|this|these|the number|cell|phone|info|name
not|no sure|idea|clue why @i? am|are? getting|receiving|got this|these|texts|messages|text
remind me|us? who you|this|it are|is
your name and company|business|dealership|store
who this be|is|iz
^ yo|aye|ayo|bruh|ok who this $
and? you are|r ??
^ @lead* your name ??
^ @lead* this|you ~1 a|an? bot|robot|scam|spam|real|legit ??
^ @lead* human|bot|robot|person ??
how do|did|does you|yall|u know @i
^ @lead* @name|@proper from where|what|which|who
^ @lead* real|actual|live person|human ??
^ @lead* is this the|a ~1 dealership|dealer|store|place|shop|company|lot|bank $
do @i know|remember a|an|any? @name|@proper ??
who|woo|hoo is|are|r|was ~1 this|that|you|it|texting|messaging|there|contacting|calling|speaking|writing|these !@thing|car|truck|one|number|for|registered|titled|under|going|seller|selling|fee|available|there|who|that
who tf|the|on|in? hell|heck|fuck|f|earth|world? is|are|r this|you|it|texting
^ @lead* new|phone? number|phone|iphone? who|whos ~1 is? this|that|$ $|here|now|please
^ @lead* who @tail* this $
who|whom ~1 am|do @i ~2 speaking|talking|texting|chatting|pleasure|dealing|communicating|conversing|messaging
with whom|who am|do
who is speaking|calling|texting|messaging|writing|contacting
^ @lead* who ~1 you with|from $
who are|r you|yall|u
who do|does you|yall|this|u work|represent|belong
who sent|sends|is sending|texted|wrote ~1 me|this|you|it|us
who is @name|@proper $|with|from|@name|@proper|moore|and|why
who is @proper @new
who|what is @proper|@name auto|motors|mall|automotive|group|cars|ford|toyota|honda|chevrolet|nissan|chevy
^ @lead* who is @new|@name|@proper $
^ @lead* what is @name|@proper $
^ @lead* hu|hoo|wo is this|dis|that $
who ~1 @texting|calling me|us|my
how|where ~2 get|got|find|found|obtain|obtained|acquired ~1 my|this number|info|name|contact|phone|cell
@name|@proper who ??
may|can|could|would|tell|say|know|ask|sure|idea|clue|curious|wondering|remember|recall|understand ~3 who|whom ~1 this|you|that|it|is|am|company|i|texting|sent ~1 is|are|from|texting|this|speaking|with|talking|$
may|can|could|would|tell|know|ask|not|no ~3 what this|company|that ~1 is|this|about|from
not recognize|know|recognise|have|recall|remember|got this|that|the|your ~1 number|@num
please? identify yourself|yourselves
^ @lead* you? name ??
who is number|phone is this
who is @proper|@name|@new auto|motors|mall|automotive|group
who|what is @new auto|motors
what is|the? fuck|hell|heck is? this $
^ @lead* is this @name|@proper
^ @lead* is ~1 this an? automated|auto|robot|bot|real ~1 message|text|person|number|$
introduce yourself
^ @lead* what is you name|number|company $
what is your|you name|company|business|organization
^ @lead* what is|was this|that @tail* $
^ @lead* what is|was this|that text|message|number|about|regarding|concerning|for|in|to|all|from|pertaining|reference|with|@msgs !fee|charge|@thing
what number|company|dealership|dealer|business|organization|store|place|agency|lot|car ~1 is|are|do|r|was|company this|you|that|it $|with|work|from|for|calling|texting|represent|at
which company|dealership|dealer|store|location|business|one ~1 is|are|do|company this|you|that $|with|work|from|for|calling|texting|represent
what|which? company|dealership|dealer|business are|is|r you|this
^ @lead* what|which dealership|dealer|company|store ??
^ @lead* what|which dealership|dealer|company $
^ @lead* whose number|phone|cell is this
who do|does ~1 number|phone|this belong
what is this is this
where|who|whom are|r|is you|this|yall|it texting|calling|from|messaging|contacting|writing|coming
^ @lead* from|with what|which|whom|where|who|company|dealership|dealer company|dealership|dealer|business|place|store|$
^ @lead* regarding|about|concerning|what|in|with what|which|regards|reference|regard|who $|inquiry|to|regarding
in|with|what regard|regards|reference|response|relation to|of what|who|which
^ @lead* what|which inquiry|request|form|appointment
why|y|how ~1 are|is|r|am|do|did|would|you|u|i ~2 you|i|yall|we|u|this|someone|he|she|keep|they ~3 texting|getting|receiving|contacting|messaging|text|texts|contact|messages|message|contacted|texted|calling|have|get|receive|asking !back|@thing|the|a|mean|my car|so
why|y am|are|do|did @i|you|yall ~2 get|getting|receiving|receive|got|texting|messaging|contacting|text|message|contact this|these|that|me|a|your|texts|messages|it|us|text|message|my|$|from
why|y are|do|did|would|is|r you|yall|they|someone text|texting|message|messaging|contact|contacting|keep|bothering|have me|us|my|$|texting
why|how you|u|yall|i texting|messaging|contacting|getting|text|get|got|have|know ~2 me|my|this|number|these
how|where|were|who did|do|does|would|have|you|d|i|yall ~1 get|got|gotten|have|find|found|obtain|receive|acquire|buy|know|give|gave ~3 my|this|our ~1 number|#|info|information|name|cell|phone|contact|$|details|from|data|email !on|for
how|where ~4 get|got|have|find|found|obtain|know|receive|obtained my|this|our|me number|#|info|information|name|cell|phone|contact|details|$|data
where|how did my number|info|name|information ~2 come|get|end
who gave|give|given|provided|told|shared|sold|sells ~3 my|this|you ~2 number|info|name|information|phone|contact|cell|details
how|where do|did you know|find|get me|my|who
do|should|did|have @i ~1 know|met|meet|contact|speak|talk|inquire ~1 you|this|$
have we ~1 met|spoken|talked !the|my|your|@thing
^ @lead* do|did @i ask|contact|inquire|request|sign ~2 this|you|something|up|$
is|are|am this|you|i|it|these ~1 a|an|talking|chatting|texting|speaking|some|actually|really|for|even ~1 to|with|of|a|actual|kind|real|legit|legitimate|scam|spam|bot|robot|joke|automated|computer|human|person|machine|ai ~3 !@thing|deal|price|number
is|are this|you|it|these|that ~1 bot|robot|real|legit|legitimate|scam|spam|automated|ai|human|phishing|fraud $
is|are this|you|these ~1 safe $
is this number|text|message|a|an|the ~1 legit|real|spam|scam|automated|bot
^ @lead* is this @name|@proper @tail* $
are you ~1 real|human|bot|robot|ai|person $
^ @lead* whom|who is|am @name|@proper|i|this ~2 $
^ @lead* bot|robot $
"""

NO_HEAD = """
that|it|this would|will|is be? a? hard|big|firm? no|nope|nah from|for me|us
no maam|madam|miss
nty
maybe|probably|prob|perhaps not
passing on? this|that|it? one|time?
@i? are|am|have? went|going|gone|chose another|different|with|elsewhere|someone direction|way|route|someone|somebody|else? else?
it|that is a? hard|firm? no from|for me|us
not at all interested|looking|buying
@i? am|are good|set|fine|ok for now|today|the moment?
@i will pass|skip|decline on? this|that|it? one? time?
found|got|bought something|one|another else|already
@i? changed my|our mind|minds? not? buying|looking|interested?
no need @i will? call|text you?
no need for? your|this|that|it|any? services|service|help?
already|just bought|purchased|got from? another|different|the|other? other|dealer|dealership|place|one?
not the? right|best|good time for|right|at? me|us|now|this|moment? moment?
@i? did not ask no
not for sale
@i? am|are? not selling|trading it|mine|that|this|one|my|ours|our|the|anything? one|@thing? in?
@i? am|are? keeping|keep it|mine|that|this|ours|my|our|the one|@thing?
it|that|mine|ours|she is not for sale
by no means
not right? now maybe in? the? next|later|some|another|spring|summer|fall|winter year|month|week|summer|spring|fall|time|on?
nah|no @i am straight|good
no|non|n
no thanks|thank|ty you|u|ye|s?
um|umm|uh|ew|eh|ugh|lol|haha|yeah|hmm no
no bro|man|dude|fam|buddy|girl|lady|bud|boss|chief
no? just email|call|phone me|us? instead|please|only?
definitely|absolutely|really|honestly|still|currently|just? not ~1 interested
not|no @i? think|believe so
@i do not want to
no it|that|this is ok|okay|fine|alright|good|cool
@i? changed my mind
hold off|hold|waiting|wait
holding|waiting|putting off|it? off|until|til|for? for? now|later|spring|summer|next? year|month|week?
@i are|am|is|have|had? decided? to? hold|holding|wait|waiting off?
not ready|looking to? buy|purchase?
no we|i are|am|is|still|actually good|fine|ok|set|alright|okay|all|great|covered|happy set|good|here|with? what? i? have?
not interested|buying|looking|needed|necessary|wanted|into|for|shopping|anything at|it|me|us|thanks|all|to|in? all|buy|buying|purchase|this|that|anything|purchasing|a|one? car|vehicle|truck|time|one? right|at? now|this? time?
not ~1 interested
no|zero|have|got longer|interest|interested|longer|more|not|no ~1 interested|interest|in|looking|needed|need|shopping|market|buying|the|one|it|car
@i am|have|has|got|is not|no|longer|lost ~2 interested|interest|looking|market|need|buying|shopping anymore|a|for|buy|to|right|at? one|buy|now|car|this|the|vehicle|truck? time|moment?
uninterested|unintrested
not|no in|longer? the|in market
no longer in the? market
no longer looking|needed|need|interested|want|buying|shopping|necessary|required|searching|a|one|it|car|vehicle|truck for? a|one|it|car|vehicle|truck? car|vehicle|truck?
not right|just|for|at|now|today|this|really|even|anymore|tonight|at now|time|this|the|moment|today|all|here? time|moment|now|all?
not ~1 time|moment
not now|today|anymore|tonight|really|particularly|likely|happening|ever|necessary|required|needed|a|gonna|me|us|anytime chance|happen|soon?
not|no way|chance|possible|at|a way|all|chance|how
no way jose
not ok|okay|alright|fine|cool|good with|by? me?
it|that|this is not ok|okay|alright|fine|necessary|needed|required|cool|good|a|for|happening|me with|me|good|us|happening? me|time|idea?
that|it will|would not be necessary|needed|required
absolutely|definitely|certainly|hell|heck|probably|prob|def|hard|firm|fuck|obviously|clearly|likely|unfortunately no|not|nope
of course no|not
nuh|uh no|nuh|uh
of course not
@i am|is|are|im actually|just|already|still|both|really|pretty? good|fine|ok|okay|set|alright|covered|great|happy !with|at|for|on|to|by|till|til|enough for|with|on? now|everything? thanks?
we|im|all good|set|fine !with|for|at|to|on for? now?
@i am|all all set|good|fine !with|for|at|to|on for? now?
we|i are|am all? set|good|done|fine !with|for|at|to|on|there
we|i are|am no|not longer|really|currently|actively|even|actually? longer? looking|interested|shopping|buying|ready|in for|at|in|to|right? a|the? car|vehicle|truck|one|market|moment|now|this? time|now|moment?
we|i have? decided not|against to? buy|it|purchase|trade?
we|i do? not? no? longer? need|want a|the|one|this car|vehicle|truck|anymore?
@i? do not think|believe so
do not need|want a|one|the|it? car|truck|vehicle|one? anymore|now?
not looking for|at|to a|the|buy? car|truck|vehicle|moment|one?
@i? bought|purchased|got|found|leased ~2 car|truck|vehicle|one|elsewhere ~1 last|from|yesterday|another|week|month|somewhere? ~1 week|month|dealer|dealership|else?
we|i went with a|the|another? @thing|@new|@proper
we|i went with a? different|another|other dealer|dealership|store|place|company|truck|car|one
not interest
all set|good|done|fine !with|for|at|to|on
will|am|to|gonna|going|have|imma|must to? pass|decline|skip !by|it|along|on|the on? this|that|it|now|one? time|one?
@i will? have? to? pass|decline|skip !by|along|through
pass !by|it|along|me|on|the|through for|on|this|thanks? now|this|one?
hard pass
refuse|decline|declined|disagree|denied|deny|refused|declining|rejected|reject|opposed
@i ~1 respectfully|politely|must? decline|refuse|disagree|pass|object
rather|prefer|prefer you|to|if|that? not|didnt|no to|text|do? that?
@i would|do? rather|prefer you? did? not to|do|texts?
rather|prefer you did not
@i do|did not want|like|agree|think|wish|care|believe|need|require to|it|this|that|so|one|anything|any|a|with|for|your|either|the? that|this|one|it|help|car|vehicle|truck|services|service|assistance? anymore?
not want|like|agree|think|need|wish|care|believe to|it|this|that|so|one|anything|a|any? that|this|one|it|help|car|vehicle|truck? anymore?
no you|u|i|we|it|they|this|that can|may|do|does|is|did|would|could|will|might|should|am|are not
no need|thanks|point|reason|interest|use|desire to|for|in|at? that|this|it|all|me|one|time?
there is no need
@i have no need|interest|desire|use in|for|to? that|this|it|one|buying|car|a|another? car|one?
never mind|ever|
never !mind|again|got|received|been|seen|texted|sent|called|heard
forget it|about it|that|this? it?
no you can|may|could not
you can|may not
^ @lead* can|may not
negative|nada|nix|nyet
thanks|thank|appreciate|appreciated you|it|the|all|your|u? but|though no|pass|not thanks|thank|interested|today|now|this|right? you?
but no thanks|thank|ty|interest you?
no way|chance|dice|bueno|go|deal
👎
no can do
changed my mind
do not bother $
stay|no where|am
not a|my|our fan|good|thing|interest|priority time|idea|fit|moment? for? me?
not gonna|going to? happen|buy|work
"""

GONE = """
@i? decided|chose|going to? buy|lease|go|shop|look elsewhere|somewhere else?
@i chose|picked|bought|got the|a|an @proper|@thing|@new instead|already?
@my plans changed
@i? went|going|gone|go in|with a|another|different different|another|other? direction|way|route
@i? got|found|have ~2 better|cheaper|good|great deal|price|offer|one ~1 in|at|from|with|elsewhere|near|closer? @proper|@new|@thing?
@i? already|just? traded|sold it|mine|her|him|ours|my|the @thing|in? in|already? already?
@i? have|just|already|actually? bought|purchased|leased|financed|ordered a|an|another|my|new|used|the? new|used|different|certified? @thing|@proper|@new already|last|yesterday|today|recently|from|elsewhere|this|there|at? week|month|weekend|night|year|someone|somewhere|another|else|@proper? dealer|dealership|else?
@i ended|wound|end up ~1 going|buying|getting|leasing|keeping|with ~1 a|an|the|with|my|our? ~1 @thing|@proper|@new|one
@i decided|chose|plan|planning|going|gonna to keep|fix|repair|drive my|our|the|what ~1 @thing|one|old|current|have
@i|he|she|we have|has|had|just|recently|actually|ended|already|now|did|up|got|am|since? already|just|recently|now|up|since? bought|purchased|got|found|own|leased|buying|ordered|have|picked|traded|financed|signed|went|decided|gone|going|chose|chosen a|an|one|another|something|somewhere|elsewhere|my|the|from|at|with|up|other|new|what? car|vehicle|truck|suv|van|one|new|used|different|another|else|other|dealer|dealership|place|elsewhere|from|ride? car|vehicle|truck|suv|one|elsewhere|dealer|dealership|already|yesterday|today|recently|somewhere|from|locally|lot? else|you|dealer|place|already|dealership|week|month?
already|just bought|purchased|got|have|own|found|ordered|leased|bought|did|traded|has|picked a|an|one|another|something|the|somewhere|my|up? car|vehicle|truck|suv|van|one|new|else|used|different? car|elsewhere|vehicle|truck|from|already|one|else? dealer|dealership|else|place?
bought|purchased|found|leased|went|chose|gone|going a|an|one|another|something|somewhere|with|from|it|elsewhere|different|at|somebody|someone car|vehicle|truck|suv|one|new|else|a|another|elsewhere|different|already|closer|locally|other|cheaper|the|last|yesterday? car|vehicle|truck|else|dealer|dealership|elsewhere|one|already|direction|route|different|other|place|week|month|to? dealer|dealership|place|home|one|elsewhere?
went|going|gone|go|decided with|to|in|on|another|a|against|not|it|different another|a|different|other|keep|go|not|it|dealer|direction|route|buy|someone|something|fix|stay? different|other|dealer|dealership|route|direction|my|our|another|else|one|the|to|with|it|buy|car? dealer|dealership|direction|route|car|truck|vehicle|one|other|what|place|way? i|we|have?
decided against|not|to it|to|keep|stay|wait? buy|my|purchase|this|it|our|with|what? car|truck|one|vehicle|i|anything|have|now?
keeping|kept|keep my|our|what|the car|truck|vehicle|i|one|old have|one|car?
"""

NO_FILL = """
enough
my|the husband|wife|son|daughter|dad|mom|kids handles|does|takes|deals ~2 the|my|our|all ~2 $
swamped|slammed|busy
ask|check|text me again|back ~4 $
@i will come|stop|go in|by in? person|there?
@i bought|got|found|have|own|leased a|another|one|something @new|@thing|@proper|@name|already|else|elsewhere?
@i am|are happy|satisfied with my|our|the @thing|one|ours
but? maybe|perhaps? later|sometime|someday|another time?
good luck with? the|your? search|sale|hunt?
but
@i? lost my job
not buying|shopping|looking
no car|truck|vehicle
@i? can not afford it|that|one|this|anything right? now|yet?
about|on @det* @thing
do not need|want a|an|one|it|another|to|the|anything|new car|vehicle|truck|one|buy|new|anymore|suv? car|vehicle|truck|anymore|one|now?
@i have|has|own a|an|one|car|my|another|plenty|already|two|enough !to|for|with|trade|question|that|and|in|cosigner car|vehicle|truck|one|new|vehicles|already|suv|cars? car|already|vehicle|truck|one?
just looking|browsing|curious
just? call|email|phone me|us instead|please|only
please? call|email|phone me|us instead|only|please|if
please call|email|phone $
@i prefer|like|want|rather phone|email|calls|emails|a|to|talk|speak|call|emailed|calling|you calls|call|be|talk|speak|called|only|phone|email|by|instead|on? please|called|emailed|phone|the|me|by|over? phone|email|call?
prefer|rather phone|email|calls|emails|call|a calls|call|only?
email|calls|phone|call|calling|emails is|are|work|only|works|instead|please better|best|fine|preferred|please|only|ok|for? me?
@i do not text
do not text $
my husband|wife|son|daughter|dad|mom handles|does|takes|is|deals|has this|that|it|all|handling|care|with|already|bought|the|these? of|this|that|it|things|stuff|one? this|it|that?
@i am|was just looking|browsing|curious|checking|shopping around?
maybe another|next|some time
have your|you|ur number|info|card
you have|got my email|number? address?
thanks for|anyway|though|again|tho|so reaching|asking|checking|your|the|following|offering|contacting|getting|that|offer|texting|all|everything|much? out|time|help|offer|up|me|in|back|interest|info|assistance|us|it|note? to|though|with|and|of|on? me|us|you|your|help|everything?
thank you for|anyway|though|again|so|all|very reaching|asking|checking|your|the|following|offering|contacting|getting|much|texting|that|everything? out|time|help|offer|up|me|in|back|interest|info|consideration|assistance|us|your|the|note? to|help|time|though|with? me|us|you|your|everything?
appreciate it|you|your|the|that|u reaching|time|help|offer|asking|out|message|call|though|following? out|up?
bro|man|dude|fam|buddy|boss|chief
have a|great|good|an|wonderful good|great|nice|blessed|wonderful|awesome|lovely|day|one|night|weekend day|one|night|evening|weekend|week?
but|though|however|tho|atm|right|now|yet|anyway|anyways|at|moment|this|time|today|really|all|actually|anymore|currently|for
the|my|our price|car|one|deal was|is|sold|not too high?
"""

YES_HEAD = """
@you have|got my|our|full permission|consent|ok|okay|approval|blessing to send me|us? text? messages|texts|text
please? do text|message me|us @where*
@you certainly|surely|absolutely|definitely|indeed may|can
@you? go right? ahead
@text_noun messages? is|are quite|perfectly|just|totally|always|also all right|fine|ok|okay|good|alright
hmu $
@yes_word? @text_noun is|are my|the fav|favorite|favourite|jam
@i? will|gonna|going|am|must|have|would ~1 say yes
my|the answers yes
no objection|objections|problem|problems|issue|issues here|with texts|texting|messages|text|from me|us|messages?
@i? would|do? not mind that|it|this|texts|texting|messages|you at|texting? all|me?
ok|okay|fine|good|cool|alright 0|to text|message me|us?
say less $
damn|darn right $
why of course
naturally|righto|obvs $
@you are? welcome|free to $
@i? would? rather|sooner have|get|receive texts|text|messages than|over|instead of? calls|calling|a|phone call|calls?
@i? am|would|be? ok|fine|good|cool|alright|happy with you|yall|that|it texting|messaging me|us? about|for|on? it|this|that?
@i? do not mind one|a|at bit|all
@i meant|mean|typed? yes
@yes_word send me|us whatever|anything|everything you got|have
please? subscribe|resubscribe me|us? again?
@i? am|would|be? be? pleased|delighted|happy|glad to receive|get|have|accept your|the|those? text? texts|messages|updates|text
sign me|us up for|to the|your|those texts|messages|updates|alerts
my|the answer is yes
@yes_word np
you bet your boots|life
ya no problem|prob|worries
@i? do|can not see why not
why not lol|haha|so? yes|sure|ok
start|unstop please
please do so
@yes_word no issues|issue|objection|objections at? all?
texting|text|texts me|us? is|are no|not problem|prob|issue|bother
@yes_word continue|keep|proceed going|on?
you bet @i? am|do?
@i do not have|see|got a|any? problem|problems|issue|issues|objection|objections with|to that|this|it|texts|texting|text|messages messages?
please? keep|continue texting me|us @where*
@yes_word to? text|texts|messages messages? from @proper|@name|you|yall
@yes_word @i? am? happy|glad to $
@i said|say|already? yes|ok|sure
go on then?
text|texts messages? is|are the easiest|best|quickest|fastest|simplest for|way? me|us?
text|texting messages? is|are? cool|easy|easiest|perfect|preferred|better
@yes_word? from|at|on|to? this|my number|cell|phone is @adv* @okay
that works great|perfectly|fine|well|good for|with me|us
perfectly|totally|absolutely|completely fine|ok|good|alright
not a problem go ahead
no problem at? all? go ahead
no problem at? all? text away
go for it
texts|text|texting are|is welcome
please text
affirmative
@yes_word use|at|on|to this|my number|cell|line|phone
@text_noun easiest|best|better|easier for|with me|us
@yes_word? @i do? confirm
@yes_word confirmed|confirm|proceed|approved|correct
@yes_word please? proceed
please? proceed
@yes_word do it|that|so
@yes_word let us $
@yes_word that|it is right|correct|ok
acceptable
@i am game|straight
most definitely|certainly|assuredly
uh huh|hu
thumbs up
@text_noun messages? ok|okay|fine|good|great|best|easiest|easier|better
@yes_word? @text_noun only
@i do? like|love|enjoy|prefer @text_noun messages? better|more|best|only?
@yes_word do|please
@yes_word? @you sure|certainly|definitely|absolutely|totally|surely can|may
@yes_word? @you can|may|could reach|contact|get|hit|ping|use me|us|this|my|it up? number|cell|phone|here? by|via|thru|through|with|on|at|over? @where*
@i? would? rather|sooner text|texting|message
@i? agree|accept|consent|approve|read to? the|your|these|all terms|conditions|disclosure|policy and? conditions?
@yes_word @you are? @adv* good|fine
approved|accepted|authorized|granted|permitted
@yes_word keep me|us posted|updated|informed|current by|via|with|through? @text_noun?
@yes_word send|text|give|shoot me|us updates|texts|messages|alerts|notifications|reminders by|via? @text_noun?
@yes_word? @i would love|like|appreciate|welcome updates|texts|messages|alerts

-- Each line is a whole, unconditional yes; a wrong one is the worst error of all, so nothing here is
-- a bag of words.
@yes_word
@yes_word it|that|this is @adv* @okay
why yes|sure|certainly|absolutely
@yes_word? shoot|send|drop me|us a text|message|txt @where* $
@yes_word shoot $
@yes_word? by|via|through? @text_noun messages? is|works|would|will be? @adv* @okay|best|better|preferred|easier|easiest
@text_noun messages? works|work|is|are|would @adv* better|best|easier|easiest|faster|quicker|nicer than|over|then a|phone? calls|calling|call|email|emails|talking|phone|voicemail for|to? me|us?
@yes_word? @text_noun|that|this|it is? the|my? best|easiest|quickest|fastest|preferred way|method|option|bet to|of|for? reach|reaching|get|contact|contacting|me|us|communicate? me|us|hold|ahold? of? me|us?
@you have? got? my? full? permission|consent|ok|okay|approval|blessing
@i hereby? give|grant|gave you|yall? my|full? permission|consent|ok|approval to? @text_object* @where*
not mind at all
do not mind at all
best|easiest|fastest way to get|reach|contact me|us? hold|ahold? of? me?
happy|glad to text|chat|message by|via|over? text|here? $
@yes_word this|that is my|the? cell|mobile|personal|direct|best? cell|phone|mobile|number @where*
@yes_word it|that is $
@yes_word @you can|may|should|could
@yes_word @i do|would|agree|consent|accept|want|approve
@yes_word to agree|texts|texting|that|this|messages
@yes_word to? text messages?
yes very much
yes do
very well
@yes_word why not
@yes_word why not ??
of course
of course you|it|that can|may|is
for sure
@you bet you?
fire away
@yes_word that|this is a|the|my? good|right|correct|best number|cell|phone
@yes_word cool|great|perfect|good
@yes_word @you have|got my|full? permission|consent|ok|okay|approval
@yes_word that|this is my cell|number|phone|mobile
@yes_word text|message|contact this|my number|cell|phone @where*
@text_noun here|there is|works @adv* @okay?
@text_noun over|not calls|calling|call|email|emails please?
rather text|texting
@yes_word better|easier than calls|calling|email|emails
@i? would @adv* like|love|appreciate that|it|texts
ya @you can|may
ya @you can|may text|message me|us?
no objection|objections at? all?
@i? have? no objection|objections at? all?
text|message me|us? anytime|here
let us do it|that|this|text
let us text
sign me up
count me in
@i am in $
@yes_word my number|cell|phone is @adv* the? @okay|best|better way|number?
have at it
sure thing
@yes_word @i said yes
@yes_word? this|that|my number|phone|cell is @adv* @okay
@yes_word? this|that|my number|phone|cell works
ya sure|ok|okay|fine|please
ya that is fine|ok|okay|good
text messages|message is|are fine|ok|good|great|best
@yes_word ~0 no problem|prob|worries
@yes_word text|message|contact me|us @where*
all right
roger that
@yes_word @i do? would? like|want|love|prefer|appreciate that|this|it|texts|to? very|be? much?
@yes_word that would be @adv* @okay|helpful
@i prefer text|texts|texting actually|please|instead?
works for|0 me|us
@yes_word works for|0 me|us
@yes_word @you can|may text|message|contact this? me|us|here|my|number? number? @where*
@yes_word @i agree|consent|want|accept to? receive|get|getting? text|texts|messages|texting messages?
@yes_word and? thanks|thank? you?
@yes_word bro|man|dude|girl|boss|buddy|bud|chief|ma'am|love|hun|dear
@that? is ok|okay|fine to text|message
permission granted
bet $
do not mind $
@that is|be|sounds|will|would|are be? @adv* @okay
@that is|will|would be? @adv* @okay with|by|for me|us
@that works|work
@that works|work for|with me|us
@that will|would|should work|do
would be @adv* @okay
@okay with|by me|us
works for|with? me|us?
sounds @adv* @okay
sounds @okay to|with|by me|us
sounds like a plan
@text_noun messages? is|are|works|work|be @adv* @okay|best|better|preferred|easier|easiest|ideal|convenient
@text_noun messages? is|are|works|work|be @adv* @okay|best|better|preferred|easier|easiest for|with|by me|us
@text_noun messages? would|will|can be @adv* @okay|best|better|preferred|easier
@text_noun messages? works|work|preferred|please|welcome
@text_noun works|work for|best|better|great|fine|well|with for? me|us?
me to text
@that? is? @adv* @okay to text|message|contact me|us? @where*
@that? is? @adv* @okay for|if|that you|yall to|can? text|message|texting|contact me|us? @where*
@that? is? @adv* @okay to send me? text|texts|messages messages?
@you all|guys? can|may|could|should @adv* text|message|contact|sms|write|dm me|us? @where*
@you all|guys? can|may|could|should @adv* send me|us? text|texts|messages messages? @where*
@you all|guys? can|may
@you are @adv* welcome|free|good|allowed|clear to text|message|contact me|us? @where*
go|please right? ahead
go ahead and|with? text|message|contact|texting|texts me|us? @where*
go for it
by all means
please? feel free
please? feel free to|and text|message|contact me|us? @where*
please do
please? text me|us @where*
text away|please
please text
@i @adv* agree|consent|accept|approve|authorize|allow
@i @adv* agree|consent|accept|approve|authorize|allow to|with|it|that|this @text_object*
@i am|would|be be? @adv* ok|fine|good|cool|comfortable|happy|down|alright|great with|to|for|getting|receiving @text_object @text_object*
@i am down
@i would|do? do? not mind at? all? @text_object*
@i would|do? like|want|love|prefer to? receive|get|have? the|your|to? @text_noun messages?
prefer|preferred @text_noun messages?
@text_noun messages? preferred
@i hereby? give|grant|gave you|yall? my|full? permission|consent|ok|approval to? @text_object*
@you have|got my|full permission|consent|ok|approval to? @text_object* @where*
permission|consent is? granted|given
@i have no problem|objection|objections|issue|issues|problems with|to|getting|receiving? @text_object*
hell|heck yes
hell|heck to? the? yes
yes @text_noun please?
"""

YES_FILL = """
^ @name @name|@proper|@new @name|@proper? $
^ @name $$
^ @proper @name @name|@proper? $
^ @new @name $$
^ mr|mrs|ms|miss|dr|col|sgt|rev|pastor $
good morning|afternoon|evening|day ben
^ mr|mrs|ms|miss|dr|col|sgt|rev|pastor @name|@proper|@new? @name|@proper|@new? @name|@proper? $
^ @name and @name|@proper|@new|linda $$
^ ret|jr|sr|esq $
dear @name|@proper|sir|madam
young? man|lady|sir
queen|king|bestie|fam|bruh|eh
way|so|much? better|easier|nicer than|over calls|calling|talking|phone|voicemail calls?
@i hate|dislike|avoid|ignore|screen|never|rarely phone|answer|talking|calls? calls|calling|phones|on|phone? the? phone?
sorry|oops|whoops fat|clumsy|big thumbs|fingers
sorry|oops|whoops typo|autocorrect
not many|most|every places|people|dealers|dealerships|companies|one do|ask|asks|does
regarding|about|concerning|for my|the|our vehicle|car|truck|suv|auto? search|hunt|inquiry|shopping
so|super|very excited|happy|glad|pumped|stoked $
hon|honey|sweetheart|friend|pal
sincerely|regards|cordially|respectfully ~3 $
period|comma $
and it was? nice|great|good|lovely meeting|seeing|talking|speaking to|with? you @tail* $
y not
sincerely|regards|cordially @name|@proper|0?
and thank|thanks you? for asking|checking
boss|captain|chief|buddy|guys|maam|man|dude|bro|hun|anyway|anyways
easier|better|best|simpler|quicker|faster for|with me|us $
thanks|thank you? for asking|checking first|ahead?
i am deaf|mute|hard of? hearing?
all good
because|since|cause @i ~8!if|unless|but|until|only|except|when|stop|not|no|never @tail* $
but? do not call me?
only
oh|ooh|ah|aw|aww|yay|tbh|honestly|perfect|great|awesome|excellent|wonderful|sweet|lovely|dear|hun|honey|darling|sweetie
this|it|that is my|the|a cell|mobile|personal|direct|best? cell|mobile|phone|number number|phone?
@i am always|usually|often|mostly|normally? at|in|on work|meetings|class|school all|most day|week
but|just? no|not phone|voice? calls|calling please|thanks|at|during? work|day?
so? much easier|better|faster $
please|thanks|thank|ty|kindly|sir|maam|sorry|lol|haha|x|xo|anytime|totally|absolutely|indeed|again|there|👍|merci|gracias
thank you so|very? much?
thanks so|very|a? much|lot|bunch?
thanks|thank you? for asking|checking|reaching|texting out?
hi|hello|hey|dear|morning|howdy|greetings
hi|hello|hey|dear|thanks|thank|you|morning|afternoon|evening @name|@proper|there|guys|all
good morning|afternoon|evening|day
@name
no problem|prob|worries
have a good|great|nice|blessed|wonderful day|one|night|weekend|evening
appreciate it|you|that
god bless you?
and thank|thanks you?
and? god bless you?
looking forward to it|that|this|hearing
"""

UNCLEAR_FILL = """
maybe|perhaps|possibly|depends|hmm|hm|hmmm|umm|um|uh|er|eh|well|later|what|huh|lol|lmao|haha|wow|thanks|thank|you|so|hi|hello|hey|idk|not|sure|yet|know|do|i|we|guess|suppose|if|want|to|must|think|about|it|that|let|me|yes|no|ok|or|and|please|y|n|mmm|mm|meh|whatever|cool|great|nice|awesome|fine|good|sorry|oops|same|too|welcome|why|me|u|ya|will|see|might|could|may|day|morning|afternoon|evening|night|probably|likely|kinda|sorta|sort|kind|of|np|problem|worries|prob|got|understand|understood|noted|perfect|excellent|oh|interesting|really|right|bye|goodbye|talk|is|problem|👍|👎
@name|@polite|@greet
possiblement|peut|etre|ca|depend|je|j'|sais|pas|vais|y|penser|merci|bonjour|salut|allo|plus|tard|oui|non|d|accord|si|quoi|hein|euh|bof|bonne|journee|beaucoup|probleme|de|vous|reviens|revenir
quizas|quiza|tal|vez|lo|mejor|a|depende|no|se|pienso|pensare|pensarlo|dejeme|deje|gracias|muchas|hola|si|o|que|como|luego|despues|tarde|mas|jaja|hay|problema|le|aviso|buenos|dias|tardes|buenas|voy|pensar|puede|ser
"""

DOUBT = """
^ @lead* stop|STOP|quit !@thing
@stop being|wasting|playing|lying|acting
cancel|end it|that|this|everything|all|please
too many|much texts|messages|texting
so many texts|messages
why ~3 keep texting|messaging|contacting|getting
keep|keeps|kept texting|messaging|contacting|bugging|getting ~1 me|us|this|these|texts|messages
you text|texting too much
already told|said no
not @textv|text|contact me|us? at|before|after|until|during|while|on|@when
no texts|texting|text|messages @when
call|email|phone ~1 me instead|only
call instead
@i prefer|rather ~3 phone|email|call|calls|talk|called
email|phone|calls only|better|instead
annoying|annoyed|bothering
quit wasting
changed my mind
take|put off ~1 list
not reply
no thanks ~1 not text
my|husband|wife|mom|dad|son|daughter|brother|sister|father|mother|he|she ~2 passed away
hell no
never !mind|again|got|received|been|seen|texted|sent|called|heard
fuck|shit|bullshit
enough
suck|sucks
"""

QUESTION_WORDS = """
what|when|where|who|why|how|which|whats|is|are|do|does|did|can|could|would|will|should|any|quel|quelle|quels|quelles|combien|quand|comment|pourquoi|est|avez|pouvez|etes|cuanto|cuanta|cuantos|cuantas|cuando|donde|cual|cuales|puedo|puede|tiene|tienen|hay|esta|sigue|aun|todavia|aceptan|abren
"""

AUTO_REPLY = """
@i am ~1 driving|conducting
^ @lead* driving $|sent|now|right|will|call|cant
driving ~4 will|later|text|respond|get|see|call|sent|do
do not disturb
not receiving notifications
can not talk|answer|text|respond|speak|chat right|now|at|$|text|call|talk|rn|moment
^ @lead* can @i call you ~1 later|back $$
^ @lead* @i will call you ~1 later|right|back|soon|shortly|in ~2 $$
call you right? back|later ~2 $$
@i am|in|currently in? a|in meeting|meetings|class|church|theater|theatre|movie !but|can|about|until|till|to
^ @lead* in a? meeting
^ @lead* on another|the call|line $
missed your call
out of ~1 office
<!this|an|that auto|automatic|automated reply|response|message|text|responder|replies
this is an automated|automatic message|reply|response|text
automatically generated
autoreply|autoresponse
on vacation until|till|through|from|and
^ @lead* @i am|currently away|busy|unavailable from|right|at|until|$
is not monitored|checked
not monitored
unattended|unmonitored mailbox|inbox|number
thank|thanks ~1 for|you contacting|texting|calling|reaching|your|messaging ~8!but ~0 will|our|hours|closed|shortly|soon|get
we ~2 currently|are closed
will|we get|respond|be ~3 back|you|with|to you|shortly|soon|during|possible|business
during|our|regular|normal business hours
message blocking
unable to send|deliver message
sent|via|by android|carplay|car
free msg
if this is urgent|an|emergency
see|respond|read ~2 your? message|messages|text|texts later|when|once|after
phone ~2 silent|silenced
sleeping|asleep
je suis ~1 au|en volant|conduite|reunion|conduisant|voiture|train
je conduis
en conduisant
reponse|message|repondeur automatique
absent|absente|absence du|de|pour|jusqu
peux|peut pas|plus parler|repondre|texter
vous|te|t'|vous? rappelle|rappellerai|recontacte|reponds|repondrai|rappellerons ~1 plus|bientot|des|tard|lorsque|quand|dans|prochainement
estoy|voy|ahora ~1 manejando|conduciendo|ocupado|ocupada
respuesta|mensaje|contestador automatica|automatico
fuera de la? oficina
no ~1 puedo hablar|contestar|responder|atender
te|le|lo|la llamo|marco|llamare|respondo|contesto|hablo ~1 luego|despues|mas|tarde|rato|cuando
"""

NO_STRONG = """
^^ @greet* my|the answer is no
^^ @greet* @i? appreciate it|you|that|the ~2 but no
^^ @greet* thanks|thank ~3 but no
^^ @greet* @i? ~1 respectfully|politely|kindly? decline|refuse
^^ @greet* @i? will|am|gonna|going|have|must ~2 say no|nope|nah
^^ @greet* maybe|perhaps some|another|next other? time|day|year
^^ thanks|thank ~4 answer is|remains ~1 no
^^ @greet* no|not for now
^^ @greet* @proper? sorry? no thanks|ty
^^ @greet* @proper? sorry? no thank you
^^ @greet* @proper? sorry? no? @i? am? not|no longer? interested
^^ thanks|thank you? but no
^^ thanks|thank you? but @i am? not interested
"""

NO_END = """
so|is|answer|say no|nope|nah $$
@i ~3 not|no|longer ~1 interested in? selling|trading|buying|that|it|this? @tail* $$
but|and|yes|am|are|owner not|no longer? ~1 interested in? selling|trading|buying|that|it|this? @tail* $$
"""

CONTRAST = """
but|about|except|instead|however|want|need|looking|what|when|how|where|which|would|could|can|until|yet|still|till|meant|asked|send|call|text|price|offer|come
in|on|with|for|to|at ~2 @thing
the|that|this|a|an|leasing|0
mais|pero|quiero|veux|le|la|el|les|los
"""

#: Leave to be texted, said outright: other words may stand around it (consent.replies._grants).
GRANT = """
@i ~1 pleased|happy|glad|delighted to receive|get|have ~1 texts|messages|text
sign me|us up for|to ~1 texts|messages|text|alerts
<!think|thought|said|says|if|not|who|how|why @you|ya can|may|could @adv* text|message me|us|here|this @granted|number|$
ahead and|n|to? @adv* text|message me|us|here|$ @granted|$
please? text|message me|us|away anytime|whenever|away|here @granted|$
text away !from|with|in|the
@text_noun messages? is|are|works|be|would|will|seems|sounds be? @adv* @okay|better|best|easier|easiest|preferred|simpler|nicer|handier|quicker @granted|$
@text_noun messages? is|are|works|be|would|will|seems|sounds be? @adv* @okay|better|best|easier|easiest|preferred|simpler|nicer|handier|quicker for|with|by me|us @granted|$
texting|texts|text is|are|works @adv* better|easier|simpler|nicer with
@text_noun is|are|works @adv* @okay|better|easier|best can|could not
@i? would? rather|sooner|prefer text|texting|texts @granted|$
@i? do not mind texts|texting|messages|text|you messages|texting? @granted|$
opt|add|sign|put me|us back in|up|on
turn|switch|put|get the|my|your|these|those texts|messages|texting back on
texts|messages back on
start|resume|restart|begin sending|texting|messaging|send|text ~1 texts|messages|me|us|again
@you have|got ~1 permission|consent|ok|okay|blessing to text|message|contact me|us|here|$ @granted|$
"""

#: What narrows such leave, takes it back, asks or reports, wherever it stands.
TAKES_BACK = """
but|if|only|unless|except|until|till|depends|depending|maybe|although|though|however|provided
@when|0|first|sometimes|wait|about
<!d' @thing
guess|suppose|think|thought|probably|dare|did|said|says|told|asked|ask|whether
who|what|which|how|where|wife|husband|son|daughter|mom|dad|lawyer|he|she|they|his|her|their
not|never|stop|STOP|quit|anyone|cares|care
@stop|@fr_stop|@remove|@removed|@fr_remove|@es_remove|alto|basta|baja|paren|dejen|deje
stopall|stop2quit|stop2end|stop2stop|optout|unsub|block|blocked|enough|spam|spammers|scam|scammers|scammer|forget
pourriel|pourriels|spams|assez|fin|arnaque|arnaqueurs|oubliez|oublie
detener|detenga|detengan|parar|cancele|cancelen|cancelar|estafa|estafadores|olvide|olvidese|olvidenme
end|cancel|cancelled|cease|quit|wrong|waste|mauvais|equivocado|out
"""

NO_HARM = """
showed|taught|teaching|shown|learned|learning|teaches ~2 how to
at this|that|my|the same? number|cell|phone|one|line
about my|this|the|our visit|inquiry|question|request
at all
how to text
most|other|some|many ~2 do not
not mind @you? text|texts|texting
y not
-- why somebody would rather be texted
than|over ~2 call|calls|calling|phone|talk|talking|voicemail|voicemails|email|emails|phoning
not|never|barely|hardly ~1 hear|answer|answering|talk|pick|check|get ~2 call|calls|phone|phones|calling|voicemail|voicemails|up
not|never|barely|hardly ~1 hear|answer|talk|pick @adv* here|up|well|good|$
not|never|barely|hardly ~1 hear|answer|talk|pick ~1 up? while|at|during|on work|job|calls|shift|day|the
hate|hates|dislike talking|calls|phone|calling
not see why not
hearing is not @adv* @okay
ahead n
not have|see|got a|any? problem|problems|issue|issues|objection|objections
-- words of refusal in a yes
no|not a? problem|prob|problems|worries|objection|objections|issue|issues|doubt|trouble
not mind at? all?
why not
not at all
no|not phone? calls|calling
do not call
"""

NOT_YES = """
that|the|this|my text|message was|were|said|says|is|came
@i|he|she|they ~1 texted|messaged
my|the|your phone text|texts fine|ok|good
as @i said
text|message me|us pics|pic|pictures|photos|info|details|links|link|a|some|it|your|that
text|message|txt @name|him|her|them|my
^^ ok|yes|sure|alright|great|cool text|message @proper
got|received|read|saw|sent|seen|need ~1 text|message|texts|messages
text|texts|message|messages sent|received|came|arrived|read|there|on
^^ ok|yes|sure texting him|her|them|now
-- thanks for a text, or a text that has come, or a wish to be sent something
<!receive|get|getting|receiving|want|like|accept|enjoy your message|messages|text|texts
<!up|me for|got|get|received|read|saw the|a|that|this message|messages|text|texts
text|send|message|give me|us the|your
^^ texting $$
text away from|with|in|the
-- it answers another question, or means the contrary
^^ @yes_word already|speaking|why|whatever $$
@yes_word right $$
^^ very well thanks|thank you? $$
are? you|u|ya sure|certain|positive
^^ @yes_word all|both|same|again|very|and|because|but|too $$
you|yall too $$
^^ @yes_word? one|single|1 text|message
this|that|one time $
^^ @i bet $$
it|that|this is me|him|her|he|she|i $
^^ @yes_word? @i do? like|want|love|need it $$
@i do? mind|object $
@i do mind|object
it|that|this|texts|texting is|are|would|was ~1 problem|problems|issue|trouble|bother|nuisance|pain|annoying|intrusive|creepy|inconvenient
it|that|this|texts|texting does|would? bother|bothers|annoy|annoys|disturb me|us
of course you are|did|do|would|were
thanks|thank|ty you? anyway|anyways
go|get|stay|keep away|lost
-- thanks for what was said, as likely as leave to text
^^ ok|okay|kk|k|alright|great|perfect|thanks|cool|good thanks|thank|ty|thx you|so|very|a? much|lot|ok? @name? $$
"""

ASIDE = """
-- what a yes may answer beside the question: then it needs to speak of texts in a phrase of its own
0|@thing|@stop
call|calls|called|calling|email|emails|mail|number|here|once|back
both|either|neither|one|two|three|four|five|six|seven|eight|nine|ten|noon
got|received|saw|do|will|see|looks|hold|send|brought|bring|let
this|that|it is @name|@proper
still|interested|bye|way|know
go ahead with it|that
him|her|them
remove|wrong|unsubscribe|illegal|withdraw|withdrawn|revoke|revoked|consented|keep
"""
