"""Pure data: Spanish phrase patterns of the reply classifier.

See replies_grammar for the language and replies_en for what each set is.
"""

from __future__ import annotations

ORDINARY = """
^ si|claro|ok|bueno|pues|hola|yo? le|les|te? doy|damos|otorgo mi|el? permiso|consentimiento|autorizacion de|para|a|que? @es_inf|@es_sub? me|nos?
^ si|claro|ok|bueno|pues|hola? tiene|tienen|tienes usted|ustedes? mi|el|todo? permiso|consentimiento|autorizacion de|para|a|que? @es_inf|@es_sub? me|nos?
^ si|claro|ok|bueno|pues? mi consentimiento|permiso|autorizacion para|de|a? @es_inf? me|nos? la|lo? tiene|tienen
no hay ningun|ninguna? bronca|problema|pedo|falla|inconveniente
^ le|les|te|yo|si|claro autorizo|permito|autorizamos a|que? @es_inf me|nos
no se quien|quienes es|eres|son|sea usted|ustedes|tu
no molestar activado|activada|activo|esta|mientras|encendido
modo|con|en no molestar
puse|mande|escribi|envie stop|STOP sin|por querer|error|accidente
-- things that are not to be sent, people, hours
no|ni ~1 me|nos|le mande|manden|mandes|envie|envien|envies|mandar|enviar|traiga|traigan ~1 la|el|los|las|un|una|mi|otra|otro|esa|ese|eso !@es_msgs|numero|de _
no|ni ~1 me|nos|le mande|manden|mandes|envie|envien|envies ~2 a|de @name|@proper|nadie|alguien|dos|tres|0|otro|otra
no|ni ~1 me|nos|le mande|manden|mandes|envie|envien|envies|escriba|escriban|escribas|llame|llamen|llames ~2 todavia|aun|manana|lunes|martes|miercoles|jueves|viernes|sabado|domingo
no|ni ~1 me|nos|le mande|manden|mandes|envie|envien|envies|quiero nada|la|el|los|las ~1 por correo|mail|email|fax
no quiero|quisiera|queria ~1 recibir nada|la|el|los|las|una ~2 por|en correo|mail|email|papel
no me|nos mande|manden|mandes|envie|envien|envies nada yo|ya|paso|voy
no me|nos mande|manden|mandes|envie|envien|envies mas de|a _
no ~1 quiero|queria|quisiera|quise|es|era|fue|pretendo|pretendia ~2!que molestar|molestarlo|molestarla|molestarle|molestarlos
perdon|disculpe|disculpa|siento que|la|las|si|lo moleste|molestia|molesto|molestias
quite|quiten|quita|saque|saquen|saca|borre|borren|borra|elimine|eliminen me|nos|le de|del|la|el|las|los ~3 0|cita|citas|turno|turnos|horario|espera|rifa|lunes|martes|miercoles|jueves|viernes|sabado|domingo
mi|el|su|un|tu|del|este pedido
no me|nos|lo ~1 contactaron|escribieron|contestaron|hablaron|regresaron
muy|mas|tan|demasiado|esta|es|bien|el|lo|bastante|un|pago|precio|super alto|alta|altos|altas
alto|alta|altos el|precio|pago|interes|kilometraje|millaje|costo|de|y|o
mas|muy|esta|es|llanta|bateria|poco|tan|mensualidad|presion|que baja|bajo|bajas
<!de|dar|dame baja|baje|bajar|bajen|bajas|bajarle el|la|un|california|mensualidad|de|precio|pago|poco|mas|los|a|le|mi|tantito|presion|enganche|velocidad
baja|baje|bajar !$ !por|gracias|please|ya|de|mi
para el|la|mi|los|las|que|cuando|manana|hoy|un|una|ver|su|ir|comprar|poder|mis|despues|este|ese|esa|esta|dar|hacer|financiar|bien|lunes|martes|miercoles|jueves|viernes|sabado|domingo|@new|0|nada|siempre|pagar|trabajar|saber|otra|otro|cambiar|recoger|llevar|aca|alla
no|frenos|ni|puedo|puede|quiere|carro|es|son|va|voy|cita|a|listo|buena|bueno|seria|tiempo|ahi|pasar para|paran|paro|parar
no para|paro|paran|parar|puedo bien|de|parar|por
paro|parar|paramos por|en|manana|ahi|alla|hoy|despues|el|un|manana|a
puedo|voy|podemos|vamos|quiero|podria|quisiera|pienso parar|pasar
pare por|en|ahi ahi|la|alla|el|su|aqui|@new
parada|paradas
detener el|la
deje|deja|dejen|dejar ~1 pensarlo|ver|pregunto|checar|le|el|la|mi|saber|hablo|consulto|preguntar|lo|reviso|pensar|carro|las|hablar
cancelar|cancele|cancela|cancelen|cancelo|cancelaron|cancelar|anular ~3!suscripcion|subscripcion|mensajes|textos cita|orden|garantia|contrato|deposito|seguro|prueba|compra|pedido|reservacion|plan|trato|servicio|prestamo
quitar|quite|quiten|quita|sacar|saque|saca|eliminar|elimine|borrar|borre|remover|remueva le|me|nos? el|la|los|las|un|una|mi|ese|esa|@thing ~1 @thing|@new|cargo|cargos|seguro|garantia|accesorios|tinte|asientos|esposa|esposo|aro|rines|precio|costo|fee|parrilla|calcomania|placas !lista
quitar|quite|quiten|sacar|saque|eliminar ~1 el|la|los|las ~1 @thing|@new|cargo|garantia|accesorios|tinte|asientos
no mas|nomas de|quiero|quiero|queria|que|quisiera|estoy|necesito|para|tengo|me|era|por|pregunto|preguntaba !favor|mensajes|textos
nomas
basta con mi|la|el|los|las|un|una|@thing
no mas de|que
no hay|tienen|tiene ~1 mas
no me|nos|le|lo ~1 han|ha|mando|mandaron|llamaron|llamo|llego|escribio|escribieron|enviaron|envio|llega|llegan|contestaron|contesto|respondieron|he|llegaron
no recibi|recibo|ha|he|vi|vio ~3
por|si|que|porque que|no|me no? me llama|llamo|llamaron|manda|contesta|llaman
si|cuando|hasta ~1 me|no ~1 llama|llame|llaman|manda|escribe
no me|nos llame|llamen|escriba|mande antes|despues|a|al|hasta|hoy|en|temprano|tan|tarde
no venda|vendan|vendas|lo|la|deje|dejen|olvide|hagan|haga|puedo|pude|todavia|pero|seria|sale|voy
no quiero|queremos|deseo ~3 @thing|pagar|financiar|perder|perderlo|perderla|negro|rojo|blanco|azul|gris|usado|nuevo|gastar|ir|manejar|esperar|el|la|ese|esa|otro|dar
color|precio|foto|modelo|link|carro|vin|version ~2 equivocado|equivocada|equivocados
equivocado|equivoco|equivocada de|en|con color|modelo|carro|precio|dia|fecha|hora|foto|direccion|el|la
precio|color|modelo|foto|carro|trim|ano|total|pago esta ~1 equivocado|mal|incorrecto
foto|color equivocada|equivocado
ese|este|esa no|es no? es? ~1 @thing|precio|el|la|carro !celular|cel|telefono|numero|movil
mi abogado ~2 leer|revisar|ver|lea|revise ~1 leer|revisar|a|ver|el|contrato
@relative|papa|abuelo|tio|suegro|hermano ~1 fallecio|murio ~1 y|asi|por|entonces|el
murio la|el bateria|carro|motor|telefono
se|me murio|muere la|el|mi|se
chingo|chingon|chingona
"""

WRONG_NUMBER = """
se|usted confundio|confundieron|confunde $
no es|era ~1 celular|cel|telefono|numero|movil de|del
este|el|ese|mi ~1 celular|cel|telefono|numero|movil|linea es|pertenece de|del|a ~1 hijo|hija|nino|nina|menor|trabajo|empresa|negocio|oficina|escuela|iglesia|mama|papa|abuela|abuelo|esposa|esposo|otra|otro|companero
numero|persona|contacto|telefono|num|celular|no ~1 equivocado|equivocada|incorrecto|erroneo|erronea|mal|incorrecta
equivocado|equivocada|mal|incorrecto|erroneo numero|telefono|contacto
^ @lead* esta|estas|estan|te|se|anda ~1 equivocado|equivocada|equivoco|equivocaste|equivocando|equivocaron|equivocados ~1 $|de|numero|persona|usted|disculpe
equivoco|equivocaste|equivocaron|equivocado|equivocada|confunde|confundiendo|equivocando|equivocan de|con|el|$ numero|persona|otra|otro|telefono|contacto|@tail|$
se|te|me|ya equivoco|equivocaste|equivocaron $
confunde|confundiendo|confundio|confundieron ~1 con|de otra|otro|alguien|persona|numero
no es|soy|son|era ~1 el|mi|la|su|ese numero|nombre|persona|telefono|correcto|correcta|indicado !de|vin|serie
no ~1 es|soy ~1 @name|@proper|el|ella|yo|esa|quien $|aqui|el|ella|disculpe|gracias|persona|que|se|busca|senor|senora|sorry|y
este|esta|ya|yo|aqui|el no|ya|es es|no|soy ~1 @name|@proper $|aqui|se|senor|disculpe
yo? no soy @name|@proper|ella|esa|el|ese|quien !carro|troca
ya no ~1 es ~2 numero|telefono|celular
este|el numero|telefono|celular ya|no ~1 no|es|pertenece|era ~1 es|de|a|mio|pertenece|suyo
aqui no|ni hay|vive|existe|esta|tenemos|es|trabaja ~2 @name|@proper|ningun|ninguna|nadie|esa|ese|el|$|persona
no hay|vive|existe|trabaja ~1 ningun|ninguna|@name|@proper|nadie|esa|persona ~1 @name|@proper|aqui|con|llamado|ese
no vive|esta aqui|ahi
no|ni|nadie conozco|conocemos|conoce|se|idea ~1 a|quien|ningun|de|con|es|esa ~1 @name|@proper|ningun|esa|nadie|ninguna|persona|es|quien|el|ella|el
@name|@proper|el|ella|persona ya|no ~1 no|tiene|usa ~1 tiene|usa|vive|es|este|aqui|trabaja ~1 numero|este|aqui|telefono|celular|dueno
@name|@proper|el|ella|ya cambio|tiene ~1 de|otro|nuevo numero|telefono
@name|@proper|el|ella|ya|esposo|esposa|papa|mama|madre|padre|hermano|hijo|senor|senora|persona|dueno|abuelo|abuela ~2 fallecio|murio|muerto|muerta|fallecido|fallecida|fallecieron
busca|buscan|buscando|buscas ~2 a|otra ~1 otra|alguien|persona
ya? no es el|mi|este|su ~1 numero|nombre|telefono $|de|mio|disculpe|sorry
no es @name|@proper|el|ella $|quien|ese
este ~2 no es ~2 de|el|ella @name|@proper|el|ella|numero
este es ~1 otro|nuevo|numero numero|nuevo|dueno
nuevo dueno
acabo|apenas ~2 agarrar|obtener|sacar|adquirir|tengo|este ~1 numero
nunca|no|jamais|jamas ~1 di|dado|pedi|solicite|he|les|le|pregunte|llene|registre ~2 numero|informacion|esto|nada|dado|solicitado|mensajes|datos|formulario|pedido|$
yo no pedi|solicite|pregunte
"""

LEGAL = """
poner|pongo|pondre|meter|meto|hacer|hago|levantar|presentar una|mi? queja|denuncia|demanda|reporte
demandar|demanda|demandarlos|demandare|demandarte|demando|demandando|demandarlo|demandas
mi|un|nuestro|mis abogado|abogada|abogados|licenciado !lea|revisa|revise|dice|quiere
abogado|abogada ~2 comunicar|contactar|llamar|demandar
acoso|acosando|acosan|hostigamiento|hostigando|acosar
reportar|reportare|reporte|reportando|reportarlos|reportado|reporto|reportarte|denunciar|denunciarlos|denuncia|denunciare|denunciando|denuncio !de|accidente|robo|carfax|credito|mi
queja ~2 ante|fcc|con|formal
es|esto ilegal
policia
ultima advertencia|vez
violando|viola|violacion ~2 ley|derechos|privacidad|leyes
lista ~1 no llamar
"""

HOSTILE = """
dejen|deja|deje|dejar me|nos? ~1 en paz
en paz $
deja|dejen|deje me|nos? ~1 tranquilo|tranquila|tranquilos|tranquilas|solo|sola
vete|vayase|vayanse|larguense|largate|larguese|ve|vaya|vayan|vallanse ~2 diablo|mierda|verga|chingada|carajo|carrizo|freir|infierno|demonio
^ @lead* largate|larguese|larguense|lárgate|fuera|callate|callese|callense|vete
chinga|chingue|chinguen|chingas ~1 tu|su|a|tus madre|su|madres
vete|vayanse|vayase a la|chingar|volar
jodete|jodanse|jodase|chingate|chinguense|chingada
no ~2 chingues|chinguen|chingando|jodas|jodan|joda|mames|jodiendo|fregando|friegues|frieguen|molesten|moleste|molestes|molestar|molestando
deja|dejen|deje de chingar|joder|mamar|fregar|molestar
vale|vales|valgan verga|madre
^^ @lead* ~1 puto|pendejo|pendejos|putos|cabron|cabrones|idiota|idiotas|estupidos|estupido|imbeciles @tail* $$
hijo|hijos de|su puta|perra|chingada|madre
que te|les|se jodan|den|jodas|chinguen
^^ @lead* es? spam|estafa|estafadores|fraude|rateros|ratas|estafador $$
esto es ~1 spam|estafa|fraude
bloquear|bloqueare|bloqueando|bloqueado|bloqueados|bloqueo|bloquearte|bloquearlos|bloquee|bloqueada ~1 $|este|numero|su|tu|y|a|por|spam|los|te
no ~1 estes|esten|ande|anden|este chingando|molestando|jodiendo|mandando|escribiendo|llamando|fregando
pinche|pinches acosadores|spam|spammers|molestos
"""

PHRASE = """
nadie|nunca les|le|te? dio|di|dimos|ha dado? mi|el|su? permiso|autorizacion|consentimiento de|para|a
permiso|autorizacion|consentimiento negado|negada|denegado|denegada|retirado|retirada|revocado|revocada
agradeceria|agradezco|apreciaria|pediria|pido|ruego ~1 que no|ya|dejen|deje ~2 contacte|contactara|contactaran|contacten|escribiera|escribieran|escriba|escriban|mande|mandara|mandaran|manden|texteen|textee
no me|nos interesa que ~1 esten|manden|escriban|texteen|llamen|sigan
no lo vuelva|vuelvan|vuelvas a hacer
no me|nos esten|este|anden|ande ~3 mandando|escribiendo|texteando|marcando|llamando|molestando|buscando|enviando
textos|mensajes|texto no $
den|denme|dar|darme|da|deme|dame|denle|dele de baja !el|la|del|seguro|cita
por? texto|mensaje|mensajes no|ni quiero|queremos|deseo|acepto|me !perder
no ~1 quiero|queremos|deseo que me|nos|le ~1 mandando|escribiendo|enviando|llamando|molestando
solo|solamente|unicamente ~1 por|via correo|email|mail
por|via correo|email solamente|nomas|unicamente
harto|harta|cansado|cansada|canse|canso|fastidiado|aburrido ~2 de ~3 @es_msgs
como|donde ~2 cancelo|cancelar|cancela|salgo|salir|quito|quitar|detengo|detener|paro|elimino|bloqueo ~1 esto|estos|los|las|@es_msgs|de|$
no ~2 lleguen|llegue|llegan|lleguen mas|estos|@es_msgs|$
sin|nada|cero|no|ni de|mas? @es_msgs por|gracias|$
^ @lead* alto|baja|para|pare|paren|parar|parenle|parele|parale|detener|detengan|detenga|detente|detenganse|deten|basta|cancelar|cancele|cancela|cancelen|anular|desuscribir|eliminar|remover|terminar|bajas|quitar|borrar|salir|alto|cesen|cese|suspender|suspenda|suspendan|stop|STOP @tail* $
@stop mandando|enviando|escribiendo|llamando|con|de @es_msgs|me|los|@tail|$
^ @lead* ya para|pare|paren|parele|parenle|parale|basta|alto|estuvo|stop|STOP|bajale
ya basta|estuvo|parenle|parale|parele
<!consentimiento|permiso|autorizacion @es_stop ~1 de|con|los|las|sus|tus|mandar|enviar|estos|esos|todos|tanto|tantos ~2 @es_inf|@es_msgs|spam|mensajes
@es_leave ~1 de @es_inf|@es_sub|stop
@es_leave me? de @es_inf|mandar
@es_leave de me? ~1 @es_inf
podria|podrian|puede|pueden|quiero|pido|dije|favor|dije|favor|necesito|gustaria|ruego|exijo|digo ~3 dejar|dejen|deje|paren|pare|parar|parara|detener|detengan|dejaran|dejara|pararan $|de|los|ya|por
detener|detengan|detenga|pausar|suspender|suspenda|suspendan|cancelar|cancela|cancele|cancelen|terminar|anular|parar|paren|parar|quitar|pare ~2 mensajes|textos|suscripcion|mensaje|notificaciones|sms|servicio|alertas|publicidad|promociones|suscripcion|envio|envios|subscripcion|suscripciones
desuscribir|desuscriba|desuscriban|desuscribe|desuscribo|desuscrito|desuscripcion|desinscribir|anular|desubscribir|desapuntar|desafiliar|desuscribase
dar|dan|da|de|darse|den|dada|quiero|doy me|la|una|nos? de|la? baja
quiero|solicito|pido|necesito ~2 baja
basta ~1 de|con
basta|suficiente $
no mas|mas @det* @es_msgs|de|llamadas|contacto|correos|por|gracias|spam !0|que
^ @lead* ya? no|ni mas @tail* $
ni un|una ~1 mas|mensaje|texto|llamada|solo mas|mensaje|texto
ya|por|favor|yo no|ni ~1 me|nos|quiero|te|le|mas|se|lo @es_sub|@es_inf|comuniquen|llame|@es_msgs|recibir|estes|esten|mas|mensajes|nada
ya no ~2 @es_sub|@es_inf|comuniquen|vuelvan
<!@es_que no me|nos|le|les|mas|se @es_sub|@es_inf|comuniquen|comunique|vuelvan|hostigue|hostiguen|mensajeen !antes|hasta|a|al|el|la|esta|hoy|0
<!@es_que no|ni @es_sub|contactar|molestar|enviar|mandar|textear|llamar|escribir ~2 $|mas|mensajes|textos|me|nos|nada|sms|a|por|gracias|ni|otra|nunca|de|por|jamas|este
no vuelva|vuelvas|vuelvan|vuelve ~1 a @es_inf|me|molestar|escribir
no me|nos vuelva|vuelvas|vuelvan|vuelve|esten|este|ande|anden|sigan|siga ~1 @es_inf|contactando|escribiendo|mandando|a|molestando|llamando|enviando
nunca|jamas|nadie ~1 me|nos ~1 @es_sub|@es_inf|vuelvan|vuelva
no ~1 quiero|queremos|deseo|deseamos|quisiera|gustaria|quiere|necesito|acepto|autorizo|permito|consiento|deseo|interesa|interesado|interesada|me ~4!@thing|perder|garantia @es_msgs|contacten|contacte|escriban|manden|llamen|recibir|texteen|molesten|contacto|recibiendo|moleste|escriba|mande|saber|contactado|contactada|contactar|ser|escribas|mandes|seguir
^ @lead* no|ya mas por|gracias|@tail* favor? $
no le|les doy|di mi? permiso|autorizacion|consentimiento
no ~1 quiero|deseo ~1 nada|saber|mas|recibir|mas de|mensajes|nada|sus|estos !informacion
ya no quiero|deseo ~2 mas|mensajes|recibir|esto|estos|nada|textos|sus|saber|que|textos|seguir
no|nunca ~1 ocupo|necesito|quiero ~1 mas|sus|estos|recibir mensajes|textos|sms|mensaje
no|nunca ~1 doy|di|dado|he|autorizo|autorice|acepte|acepto|tienen|tiene|consiento|autorizado ~2 consentimiento|permiso|autorizacion|mensajes|textos|contacto|esto|consentimiento|dado|$|para
revoco|retiro|cancelo|anulo|revocar|retirar|quito ~1 mi|el consentimiento|permiso|autorizacion|suscripcion
no|nunca ~2 pedi|suscribi|solicite|inscribi|registre|pedido|suscrito|inscrito|apunte|subscribi|solicitado
@es_remove me|nos $|de|por|ya|gracias|inmediatamente !mi|el|los|precio
@es_remove|olvida|olvide|pierda|pierde|olviden|pierdan|tira|bloquee ~1 mi|este|mis|el|nuestro|ese numero|nombre|contacto|datos|telefono|informacion|celular|cel|num|info
@es_remove ~1 de|del ~1 lista|listas|base|sistema|registro|contactos|directorio|grupo
de|del su|tu|la|esta|sus|todas|esa ~1 lista|listas|base|sistema !precios|espera|de|del
ser|sea|estar|me|quiero ~1 removido|eliminado|borrado|borren|eliminen|quiten|saquen|removida|eliminada|quitado
no @es_sub $|mas|me
no ~1 molestar|molesten|moleste|molestes
prefiero|preferiria|quisiera|gustaria|rather ~2 no ~2 mensajes|recibir|contacten|escriban|manden|textos|escriba|mande
harto|harta|cansado|cansada|cansan ~4 mensajes|textos|escriban|manden|molesten|ustedes
no me|nos|le? @es_inf
quiten|quite|saque|saquen|borren me|nos
me? quito|salgo|salir|doy de ~1 lista|baja
pare|paren|parar|para ~1 con|de|los ~1 mensajes|textos|mensaje|esto|mandar|escribir|enviar|molestar|tantos
"""

IDENTITY = """
como|donde|d ~2 consiguieron|consiguio|sacaron|saco|tienen|tiene|obtuvieron|agarraron este|mi cel|celular|num|telefono
a que se debe|deben el|este|su|tu|estos|sus mensaje|mensajes|texto|textos|contacto
no reconozco|conozco este|el|su numero
de donde ~1 escribe|escriben|escribes|llaman|texteen|texteas|son|viene ~2 $
que|cual|de|quelle empresa|agencia|compania|concesionario|lote es|son|esta|$
de|d donde ~1 sacaron|saco|sacaste|agarraron|agarro|consiguieron|consiguio|obtuvieron|obtuvo|tienen|tiene ~2 numero|num|cel|celular|telefono|datos
es un|una persona o un|una robot|maquina|bot
^ @lead* con quien ??
cual|cuales|que es|son su|tu|el|la nombre|compania|empresa|negocio !del|de
^ @lead* cual|que compania|empresa|dealer|agencia|concesionario ~1 es|son|eres
quien|kien|quienes|qn es|eres|son|habla|sos|seria|escribe|manda|me|envia|mando|esta|fue !el|la|vendedor|mi|su|gerente|dueno|atiende|puede|ayuda|mecanico|encargado|va|da|hace|financia|recoge|mi
quien|quienes me|nos|le|les|manda|esta ~2 escribe|manda|habla|contacta|texteo|mandando|escribiendo|texto|escribio|mando|llama|envia|dio|mensajea|llamo|contactando ~2 !puede
quien ~1 es|eres|habla ~1 usted|tu|este|el|esta|ustedes|disculpe|perdon|numero|$|ese
quien|quienes ~1 le|les|te|dio|paso ~1 dio|paso|dieron|pasaron|mi ~1 mi|numero|este
con quien|kien|quienes ~1 hablo|tengo|platico|gusto|estoy|hablando $|el|gusto|hablando|por|disculpe|favor
de|parte|departe parte|que|donde|quien|cual|parte de|quien|compania|empresa|dealer|me|compania|numero|es|concesionario|agencia|lado|eres|son|escriben|llaman|lugar|escribe|negocio|concesionaria|esto|este|esto|trata|donde quien|escriben|escribe|es|$|llaman|llama|eres|son|este|hablan|habla|numero|se|ustedes|usted|mi|sacaron|saco|consiguio !carro|precio|color|el carro
de que|cual se trata
de que|cual compania|empresa|dealer|dealership|agencia|concesionario|lugar
^ @lead* de parte? quien|donde|parte @tail* $
^ @lead* de parte de quien|donde
^ @lead* de donde|que|quien ~1 es|son|eres|escribe|escriben|habla|llama|llaman !el|la|carro
^ @lead* porque|por|para ~1 me|nos mandan|manda|escriben|escribe|texteo|textean|escribis|mandas|escribes|mandaste|escribiste
de donde|como ~1 me conoce|conocen|conoces|conocio|encontro|encontraron|encontraste
como|donde ~2 conseguiste|conseguiste|consigue|consiguen|encontro|encontraron|encontraste|hallaron|hallo|saco|sacaron|dieron|obtuvo ~1 mi|mis|este numero|nombre|datos|telefono|informacion|celular|contacto
^ @lead* quien @tail* $
por que|quien|donde|cual ~3 mi|este|mis|el ~1 numero|datos|informacion|telefono|nombre|contacto|celular|numeros
de|como|donde|quien|porque ~1 donde|que|como|quien|tiene|tienen|consiguio|consiguieron|obtuvo|obtuvieron|saco|sacaron|agarro|agarraron|agarraste ~3 mi|este|mis|el ~1 numero|datos|informacion|telefono|nombre|contacto|celular|numeros
como|donde ~2 tiene|tienen|consiguio|consiguieron|obtuvo|obtuvieron|saco|sacaron|consiguiste|sacaste|obtuviste|agarraste|saben|sabe|dieron ~1 mi|este numero|nombre|datos|telefono|informacion
por|porque|xq|para que|me|se|estan ~1 me|estan|esta|recibo|les|llegan|nos|estoy ~2 escribe|escriben|manda|mandan|mandando|llegan|mensajes|llega|recibiendo|contacta|contactan|texteando|contactando|mensaje|escribiendo|llaman|texto|llama
^ @lead* que|esto|para|pa es|que esto|es|este|eso esto|$|mensaje|numero|@tail|eso
que es esto|eso|este
para que es|me|sirve esto|este|escribe|escriben
es|esto|eres|son|esta|hablo|usted ~2 un|una|con|ustedes ~1 robot|estafa|bot|fraude|persona|real|spam|maquina|automatico ??
^ @lead* es|eres|esto es|un|una|esta un|una|robot|bot robot|estafa|bot|fraude|real
^ @lead* nos|lo|la|te|los|le|ya conozco|conocemos|conosco
te|lo|la|los conozco|conosco
sobre|acerca|de que $|cosa|asunto|es|se
identifiquese|identificate
"""

NO_HEAD = """
mi|la respuesta es que? no
no estoy|ando|estamos en eso|esas ahora|ahorita?
no es|seria un? buen momento
no acepto|autorizo|consiento
nel pastel?
no me|nos alcanza por|para? ahora|ahorita|eso?
ni de chiste|loco|broma
no ando|andamos en? busca|buscando de? carro|troca|nada?
lo? voy|vamos a? dejar|dejarlo para|por despues|luego|ahora|ahorita
no esta|estan en|a|de? venta|vende|vendiendo
no la|lo|se|los|las? vendo|vendemos|vende|venden
no estoy|estamos vendiendo mi|el|la|nada|nuestro? @thing?
no? olvidelo|olvidalo no? quiero? nada? contigo|con? ustedes|usted?
fijese|fijate que no
no|nop|nel|nanai|na|negativo|nones
no muchas? gracias
no|ya|ni por|en|hoy|ahora|ahorita|de|creo|mejor|para ahora|el|este|momento|no|gracias|momento|hoy|nada|momento|ninguna|aun? momento|gracias|ahora|manera?
hoy|ahora|ahorita|mejor|ahora mismo? no
por ahora|el|lo no|momento|ahora|pronto momento|no? no?
en este momento no
por el momento no
ya|no|ni no|ya|me? me|nos|le|estoy|estamos|ando|soy|es|hay|tengo|estoy? interesa|interesado|interesada|interesados|interes|buscando|interesan|interesante nada|en|ya|por|mucho|gracias|el|un|eso|ninguno|esto|carro|comprar|carros? absoluto|carro|momento|ahora|nada|el|eso|comprar? momento|carro?
ya no @tail* $
ya no|yo ~1 me|estoy|lo|la|ando|necesito|quiero|hace|es|busco? interesa|interesado|interesada|necesito|quiero|buscando|buscamos|necesario|necesitamos|falta|carro|busco nada|carro|gracias|uno|mas? gracias?
no quiero|queremos|deseo|necesito|necesitamos|gusta|ocupo|busco|acepto|gracias|autorizo|creo|pienso|puede|podria|pueden|compro|puedes|requiero nada|gracias|uno|carro|eso|por|ninguno|mas|ningun|eso|comprar|nada? gracias|ahora|carro|vehiculo|momento|el|nada? momento?
no lo|la|los|me|se|te|le|nos quiero|necesito|creo|deseo|ocupo|interesa|gusta|puede|acepto|busco|convence|haga|interesan|hace|late|animo|autorizo nada|gracias|por|falta|ese|mucho|ahora? ahora|momento?
no hace|hay|es|estoy|seria falta|necesario|necesidad|de|necesaria|buscando|interesado|interes|ok|bueno acuerdo|nada|carro|gracias|por? momento?
no|creo|pienso que|creo|yo|pienso no|creo
creo|prefiero|pienso|yo|diria|claro|supuesto que|creo no|que no?
para nada
en|de ninguna|ningun|absoluto manera|modo|momento?
por|claro|desde supuesto|que|luego que|no no
claro que no
nunca|jamas
estoy|estamos|asi|aqui asi|bien|estoy|todo bien|asi|gracias gracias|bien|asi|por?
asi estoy bien
paso !por|manana|en|a|ahi|el|la|al
mejor no|luego|otro|otra no|dia|vez?
gracias pero|no no|ya gracias|me|estoy|compre|tengo|estamos? interesa|interesado|interesada|bien|carro|uno?
no esta|estoy|estamos bien asi
asi esta bien
tampoco|declino|rechazo|niego|negado
lo siento|lamento ya? no|pero me? interesa?
lo siento|lamento
olvidelo|olvidalo|dejelo|dejalo asi?
prefiero|quisiera|mejor que? no
no senor|senora|senorita|amigo|joven|disculpe|perdon
"""

GONE = """
ya|yo|nosotros|hace|apenas|me|recien|ahorita|acabo compre|compramos|tengo|tenemos|encontre|encontramos|lo|consegui|conseguimos|adquiri|me|agarre|de|saque|adquirimos|hice compre|encontre|uno|una|otro|carro|comprar|con|en|el|troca|otra|vehiculo|camioneta|conseguí|mi|un|compramos? carro|otro|uno|en|lado|vehiculo|lugar|otra|troca|nuevo|dealer|una|un? lado|lugar|otro|dealer|carro|parte|nuevo? lado|dealer|lugar?
compre|compramos|encontre|consegui|tengo|tenemos|fui|fuimos|agarre|decidi|decidimos en|uno|otro|carro|con|a|otra|el|una|quedarme|no|mi|esperar|ya otro|lado|lugar|otra|carro|uno|nuevo|dealer|parte|con|mejor|comprar|mas? lado|lugar|dealer|parte|carro|mio|cerca? cerca?
ya no|ando|estoy estoy|ando|busco|buscando|necesito|anda buscando|carro|uno|nada? carro|nada?
no estoy|ando|estamos buscando|comprando carro|nada|comprar|vehiculo?
"""

NO_FILL = """
esta|sale|es muy|demasiado caro|cara
no puedo|podemos comprar|pagar
gracias a dios
por|gracias favor|todo|la|su|preguntar|tu|el|escribir|el ayuda|tiempo|mensaje|informacion|interes|atencion|momento|todo?
mejor|favor|prefiero llame|llamada|llamadas|correo|por|que|llamen|email|una|me telefono|me|correo|llame|llamen|llamada|email?
que|tenga|pase|buen|buena|feliz tenga|buen|buena|un|pase|dia|tarde|noche|lindo|bonito|bonita|excelente? buen|dia|lindo|tarde|noche|bonito|excelente? dia?
pero|por|ahora|momento|el|hoy|muchas|gracias|disculpe|disculpa|perdon|actualmente|todavia|senor|senorita
"""

YES_HEAD = """
mi|la respuesta es que? si
po|pos|pues si $
si po $
obvio microbio? que? si?
x supuesto
okis|okey
oki|okey doki|dokey|dokie
segurisimo|clarisimo|efectivamente|positivo|correctisimo
me late|anoto|apunto $
le entro $
jalo $
cuenta|cuenten|cuente conmigo
suena bien|perfecto|excelente
esta chido|padre|bueno|suave|cool si?
hagale pues? nomas?
hagale|dele|echele con toda|todo|confianza
adelante sin|con pena|miedo|problema|confianza
no tengo|veo ningun|ninguna? problema|inconveniente|objecion|bronca con? eso|ello|nada|recibir? mensajes|textos?
texteen|textee|textea|mensajeen|mensajee|escriban nomas|no? mas? $
cuando quiera|quieras|quieran|guste|gustes|gusten me|nos? escribe|escribes|escriben|textea|texteas|textean|manda|mandas|mandan
me|nos escribe|escribes|escriben|textea|texteas|textean nomas|aqui|cuando|por? quiera|quieran|guste|gusten? $
me|nos manda|mandas|mandan|tira|tiras|echa|echan un|los|sus|el? mensajito|mensajitos|mensaje|mensajes|msj|texto|textos
echen|eche|echa|tiren|tire|tira|ponga|pon me|nos un|los|sus? mensajito|mensajitos|mensaje|mensajes|msj|texto|textos|textazo
mande|manden|manda|envie|envien los|sus|un? mensajitos|mensajito|mensajes|mensaje|textos|texto|msj cuando? quiera|quieran|guste|gusten?
escriba|escribe|escriban|textea|textee|texteen|mensajee|mensajea me|nos tranquilo|tranquila|nomas|cuando|con? gusto|quiera|quieran|guste|gusten|confianza? $
si? mi consentimiento|permiso|autorizacion lo|la|los? tiene|tienes|tienen
tiene|tienen usted|ustedes? mi|el|todo consentimiento|permiso|autorizacion para|de? @es_where* textear|escribir|mandar|enviar|mensajear|contactar? me? mensajes|textos?
le|les|te doy|damos|otorgo mi|el? permiso|consentimiento|autorizacion para|de? mandar|escribir|enviar|textear|mensajear|contactar me|nos? mensajes|textos|texto?
doy mi consentimiento|permiso|autorizacion para|de? recibir|que? sus|los|me? mensajes|textos|manden|escriban
autorizo los|sus mensajes|textos @es_where*
acepto los|sus|todos? terminos|condiciones|textos|mensajes
llamadas no mensajes|textos|texto|mensaje si
mensajes|textos|texto|mensaje si llamadas no
si a todo
dale que si
como no @name|@proper? $
ok|va|vale|orale|si|claro va|que va? me escribe|escriben|textean
parece|esta bien|perfecto|excelente|estupendo que me|nos contacten|escriban|texteen|manden|avisen por|mensajes|aqui|con? texto|mensaje|mensajes|aqui?
prefiero mensajes|textos|texto|mensaje que|a|en|y vez|no? de? llamadas|llamada
bueno|pues|claro|va|ok|orale pues? si|claro|va|dale|sale|bueno
pues? claro que si|yes
por aqui|este|mensaje|texto medio? nos? comunicamos|comuniquemonos|hablamos|escribimos
por aqui|este|mensaje|texto medio? ~1 me|nos puede|pueden|puedes avisar|escribir|contactar|comunicar
quiero|prefiero|gustaria|gusta|acepto que me|nos avisen|texteen|escriban|manden|contacten @es_where*
ya rugiste
es mas facil|comodo|practico para|por mi|asi|aqui|este|medio|texto
de una
ta bien
escriba|escribe|textee|mande me no? mas
start|unstop por|please favor?
seguro|obvio|claro que si|yes
simon|sip|sale
adelante con los|sus? mensajes|textos
le|les|te autorizo a|para mandar|enviar|escribir|textear me? mensajes|textos?
muy bien
esta bueno
si|ok|claro? le|les|te|yo doy mi? permiso|autorizacion|consentimiento
si mande|manda|escriba|textee me
simon que si
si es? eso|asi|lo|correcto|correcta
si|claro|ok|yo? lo|se|le? confirmo|confirmado|correcto|correcta|exacto|procedan|proceda
yo? lo? confirmo
si? me gusta|conviene|acomoda|queda|funciona|sirve mas|mejor? por|via|con? texto|mensaje|mensajes|aqui?
me parece
autorizado|aprobado|concedido|permitido|aceptada
si con toda? confianza
dele|dale|andele|echele pues|nomas|no? mas?
si? esta bien @es_where*
si? esta bien por|a traves este|texto|mensaje|mensajes|aqui|medio
doy|tiene|tienen|cuenta|cuentan|tienes con? mi|el|todo|mis? consentimiento|permiso|autorizacion para? @es_where* textear|escribir|mandar|enviar? mensajes|textos?
si? por? texto|mensaje es|esta|seria|me mas|mucho? facil|comodo|practico|rapido|mejor para|que? mi|llamar|llamada?
si? es mas facil|comodo|practico|rapido por? texto|mensaje|aqui
ahuevo|sobres|arre|va|porsupuesto|simonn pues|vale?
sale pues|vale
dale|orale|si|ok pues
claro que si puede|pueden
por mi esta|todo? bien|perfecto
por? texto|mensaje|mensajes mejor
si|claro|dale|vale|orale|simon|seguro|acepto|aceptado|adelante|autorizo|afirmativo|consiento|andale|aceptamos
claro|seguro|supuesto que si
por supuesto
por supuesto que si
desde luego
desde luego que si
si como no
como no $
si|me|todo|muy? esta|todo|parece|estaria|seria muy|todo|perfectamente? bien|ok|perfecto|excelente
esta|parece|estaria muy|todo|perfectamente? bien|ok|perfecto para|por|con|conmigo mi|mensaje|mensajes|texto?
me parece bien|perfecto|excelente
bien|ok|perfecto para|por mi|texto|mensaje
de acuerdo
estoy|estamos de acuerdo
estoy|estamos de acuerdo con|en recibir|los|eso mensajes|textos?
con mucho|todo? gusto
bueno si|esta|de bien|acuerdo?
bueno adelante
si puede|puedes|pueden
si lo|se|yo? acepto|autorizo|permito|quiero|deseo|apruebo
si me|ustedes|usted|tu|claro|que? puede|puedes|pueden|podria me|nos? mandar|escribir|enviar|textear|mensajear|contactar me|nos? @es_where*
me|ustedes|usted|tu? puede|puedes|pueden|podria me|nos? mandar|enviar me|nos? los|sus|un? mensajes|textos|texto|mensaje @es_where*
me|ustedes|usted|tu? puede|puedes|pueden|podria me|nos? escribir|textear|mensajear|contactar me|nos? @es_where*
mande|manda|envie|envia|manden|envien me|nos los|sus|un|unos? mensajes|textos|texto|mensaje @es_where*
escriba|escribe|textee|texteen|escriban me|nos @es_where* $
acepto|autorizo|quiero|consiento|deseo|apruebo|permito|gustaria recibir|los|sus|que? los|sus|me? mensajes|textos|texto|sms|manden|escriban @es_where*
acepto|autorizo que me manden|escriban|envien|texteen|contacten @es_where*
doy|tiene|tienen|cuenta|cuentan|tienes con? mi consentimiento|permiso|autorizacion
por|via|los? texto|mensaje|mensajes|textos de? texto? esta|es|parece|estan|seria|me muy|parece|parecen? bien|perfecto|mejor|ok|excelente
por|via texto|mensaje de? texto? por? favor?
mensajes|texto|textos por favor
prefiero|mejor por|los? mensajes|texto|textos|mensaje de? texto?
no me molesta|importa|incomoda
asi es
me gustaria recibir? mensajes|textos?
"""

YES_FILL = """
jaja|jajaja|jeje|jiji|jajajaja|ja
que? dios te|le|lo|la|los? bendiga|cuide
listo|nitido|chevere|bacano|chido|padre|genial|super|fino|perfectisimo|mandale|porfa|porfis|porfavor
mi? amor|reina|rey|cielo|corazon|vida|hermano|hermana|linda|hermosa|pana|llave|primo|cuate|amigos|estimada|estimado|preciosa
le|te|les habla|saluda|escribe @name|@proper @name|@proper?
soy|yo|aqui @name|@proper @name|@proper? @name|@proper?
aqui estoy|estamos al? pendiente
al pendiente
espero|espera sus|los|tus mensajes|textos
pues
hombre|mijo|mija|joven|don|dona|compa|carnal|mano|vato|parce|amiga|saludos|bendiciones|patron|muchacho|maestro|dios|bendiga
este|ese|es mi numero|celular|cel|telefono|movil
ese|este es mi numero|celular|cel|telefono
no hay? bronca|pedo|falla
asi|mejor|mas facil|comodo|practico|rapido para|por|asi|que mi|aqui|este|texto
trabajo de noche|dia
como guste|gusten|quiera|quieran|prefiera
gracias por preguntar|avisar|preguntarme
a|en|por este|mi mismo? numero|celular|medio
con toda? confianza
gracias a dios
por favor
gracias|please|senor|senora|senorita|perfecto|excelente|hola|buenas|buenos|amigo|joven|jefe|ok|disculpe|claro
muchas|mil gracias
buenos dias
buenas tardes|noches
buen dia
hola|gracias @name|@proper
sin|ningun problema|inconveniente
no hay ningun? problema|inconveniente
con gusto
muy amable
que tenga|pase buen|buena|un|bonito|lindo buen|bonito|lindo|dia|tarde|noche dia?
"""

NO_END = """
que no $$
si|pero|y|soy|tengo no ~2 interesado|interesada|interesa|interesados en? vender|venderla|venderlo|cambiar? @tail* $$
"""

NO_STRONG = """
^^ @greet* se|yo? lo|le|les|te agradezco|agradecemos pero no
^^ @greet* muchas? gracias pero no
^^ @greet* mi|la respuesta es no
^^ @greet* mejor? en|otro|otra otra|otro|dia|vez ocasion|momento|dia|$
^^ @greet* todavia|aun no mas|quiza|quizas|tal|luego
^^ @greet* ~2 le|te|les? voy|vamos|tengo|toca a|que decir|decirle|decirles que no
^^ @greet* no muchas? gracias
^^ @greet* ya? no me interesa
^^ @greet* ya? no estoy interesado|interesada
"""

NOT_YES = """
^^ ok|bueno|vale|perfecto|bien|excelente muchas? gracias ~3 $$
te|le|les ~1 escribo|mando|envio|aviso|texteo|escribi|mande|envie|escribire|mandare
-- it answers another question, or says the contrary
^^ que|como|donde|a|otra|ahi ~1 va $$
^^ como|que va|vas|van
^^ y dale
dale|sigue|siguen|otra con|y|vez lo|dale mismo
<!no me|nos molesta|incomoda|fastidia|estorba
es|seria|hay un|mucho problema|inconveniente|molestia
^^ @lead* ok|vale|ya? esta|bueno|bien|bueno bien? ya $$
ya esta|estuvo bien|bueno $$
soy yo
^^ si|ok|pues? todo bien muchas? gracias? $$
^^ si|ok|pues? muy bien muchas? gracias $$
por|nomas|solo esta|una vez
^^ ja|jaja|jajaja|jeje|jajajaja ~2 bueno|bien|claro $$
^^ si? lo|la quiero|deseo $$
^^ si? me gusta|encanta $$
hay|sale|llego|llegaron|recibi|vi ~1 mensaje|mensajes|texto|textos
mensaje con|del|de el|la|los|su
gracias|recibi|vi|lei por? el|su|tu|los? mensaje|mensajes|texto|textos
cuando este|esten|quede|llegue|sepa|tenga|salga
"""

GRANT = """
puede|puedes|pueden|podria|podrias escribir|textear|mandar|enviar|contactar|mensajear|tirar me|nos? @granted|@es_msgs|por|a|cuando|$
le|les|te|yo doy|damos|otorgo mi|el? permiso|consentimiento|autorizacion
tiene|tienes|tienen|cuenta|cuentan con? mi|el|todo|toda? consentimiento|permiso|autorizacion
por texto|mensaje|mensajes|mensajito|textos|aqui de? texto? ~1 es|esta|queda|conviene|sirve|acomoda|parece @adv|muy|mas|mucho? mejor|bien|perfecto|comodo|facil|practico
mande|mandes|manda|envie|envia|envien|manden|escriba|escribe|escriban|textee|textea|texteen me|nos todo? por|sus|los? texto|mensaje|mensajes|textos|aqui
textee|textea|texteen|escriba|escribe|escriban|mensajee me|nos cuando|aqui|sin|$
gusto recibo|recibimos sus|los|tus? mensajes|textos
acepto|aceptamos|bien|gustaria|autorizo que me|nos @es_sub
si me|nos ~1 acomoda|conviene|sirve|queda|gusta ~2 mensaje|mensajes|texto|textos
si quiero|queremos|deseo|acepto|autorizo recibir|que sus|los|me|tus? mensajes|textos|manden|escriban|texteen
prefiero|mejor los|el|que|me? mensajes|texto|textos|mensaje|texteen|escriban @granted|que|$
"""

TAKES_BACK = """
pero|solo|solamente|excepto|nomas|hasta|cuando|quiza|quizas|creo|primero|luego|despues
manana|hoy|lunes|martes|miercoles|jueves|viernes|sabado|domingo
nunca|jamas|tampoco|quien|donde|cual|dijo|dijeron|dice|dicen|esposa|esposo|hijo|hija
"""

NO_HARM = """
llamadas no
mensajes que|a|no llamadas
no tengo|veo|hay ningun|ninguna? problema|inconveniente|objecion|bronca
no hay ningun|ninguna? bronca|pedo|falla
no escucho|oigo bien|mucho|nada?
no mas
cuando quiera|quieras|guste|gustes|pueda|puedas|quieran|gusten
-- why somebody would rather be texted
que|casi|nunca telefono ~3 contesto|uso
casi|nunca ni|no|nunca? ~1 contesto|oigo|escucho|atiendo
no puedo|contesto ~1 hablar|contestar|llamadas|telefono
que por? llamada|llamadas|telefono
no|ningun hay? ningun? problema|inconveniente
no me molesta|importa|incomoda
como|por no
porque|por que? no
"""

ASIDE = """
cuanto|cuando|quien|donde|hora|recibi|interesa|correo|fotos|foto|rojo|tiene|tienen
llame|llamame|llamar|llamenme|llameme|llamen|marque|marqueme
una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|mediodia
voy|vemos|quiero|verlo|vengo|paso
"""
