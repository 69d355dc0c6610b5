"""Which language a short text is written in, told by its commonest words."""

import re
from collections.abc import Collection

from bot.model.fold import fold

_READ = 2_000  # characters
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PASTED = re.compile(  # often in another language than the person: error messages, links, code
    r"\"[^\"\n]{8,}\"|“[^”\n]{8,}”|«[^»\n]{8,}»|`[^`\n]+`"
    r"|[a-z]{2,8}://\S+|[\w.+-]{1,64}@[\w.-]+|\b[A-Z]{2,}-\d+|\bIT\b"
)
_SIGNS = {"es": "ñ¿¡"}  # letters and signs of one language alone
_SPANISH = """
    a al algo alguien algun alguna ante antes aqui asi aun aunque ayer bien buen buena buenas
    bueno buenos cada casi como con cual cuando cuanto de del desde despues dia dias donde dos el
    ella ellos en entonces entre era eres es esa ese eso esta estaba estan estar estas este esto
    estos estoy fue gracias gente ha hace hacer hacia han hasta hay he hola hoy la las le les
    llega lo los luego mal manana mas me mi mientras mis mismo mucha muchas mucho muy nada nadie
    necesita necesitamos necesito ni ningun no nos nosotros nuestra nuestro nunca os otra otro
    para pero poco podeis podemos podes podria podrian podrias por porque posible puede pueden
    puedes puedo pues que queda quedo queria quien quiero quisiera saber sale se sea segun ser si
    siempre sigue sin sobre solo somos son soy su sus tambien tan tarde tengo tenemos tenia tiene
    tienen todavia todo todos tu tus un una uno unos usted ustedes va vale vamos van varios ver
    vez vos vosotros voy y ya yo abre abrir acceso aca ahi ahora ahorita alta amigo anda andan
    apaga apagar aplicacion archivo archivos arreglar auricular auriculares averia ayuda ayudar
    baja bloqueada bloqueado bloqueo caducada caida caido cambiar cambio carga cargador carpeta
    cayo cerrado che cierra clave colgado colgo comision compu computadora conecta conectar
    conexion contrasena correo correos cuenta cuentas datos disculpa disculpe duda encender
    enciende entra entrar enviar equipo escanear escritorio factura falla fallo favor firma funca
    funciona funcionan funcionar guardar horario hora horas imprime imprimir impresora incidencia
    ingresar instalar jefe lenta lento linea listo llamada llamar llamo llave luz mandar maquina
    mensaje mesa mejor mira mirar movil muchisimas negra nomina nueva nuevo nuevos oficina olvide
    ordenador oye pagina pantalla pasa pasar pedido pedir perdi perdido perdon perfecto permiso
    permisos persona personas piso planta portatil prende problema problemas proximo queja raton
    rapido reclamo red resuelto reunion robaron rota roto saludo saludos semana senal servidor
    sistema solicito solicitud solucion solucionado soporte sueldo sugerencia tarjeta teclado
    tecla telefono tercer tinta toner trabajar trabajo urge urgente usuario usuarios vacaciones
    vencida vencio vergonzoso verguenza
"""
_ENGLISH = """
    a about after again all also am an and any anybody anyone are aren't as ask at be because been
    before being but by can can't cannot cant could couldn't did didn't do does doesn't doesnt
    doing don't done dont down each else every everyone for from get gets getting give go goes
    going gone good got guys had has hasn't have haven't having he hello help her here hey hi him
    his how i i'd i'll i'm i've if im in into is isn't isnt it it's its itself just keep keeps
    know last late let like look made make many may maybe me might more most much must my need
    needs never new next no nobody not nothing now of off on once one only or other our out over
    own please pls plz same see seems she should since so some somebody someone something soon
    still stop stopped such than thank thanks that that's the their them then there these they
    thing this those though through thx til till to today tomorrow too try trying two ty under
    until up us use used using very want was wasn't way we we're well went were what what's when
    where which while who whole why will with without won't wont work works working worked would
    wrong yes yesterday yet you your you're access account add address afternoon angry anything
    asap available back badge battery black blank blocked blue boss broke broken call card change
    charger charging check clicked close closed coffee colleague connect connecting connection
    crash crashed crashes crashing customer customers dead deleted desk died disk download drives
    drops empty evening expired fails fast file files fix fixed floor folder forgot forgotten
    freezes friday frozen fully great headset holiday hour hours install issue issues jammed
    joiner keyboard kindly leave licence license load loading locked log logged long lost loud low
    meeting message minutes missing monday money month morning name network noise office old open
    order paper payroll payslip phone power printer printers printing problem problems question
    quick quickly rude reply rejected request room running screen screens send sent service setup
    share shared sign site slow slowly someone's sorted sound space spare speaker speakers started
    starter stolen stuck suggestion system team tickets time times tried turn turns unable unlock
    urgent user users waiting warning week weird won worst write year
"""
_BORROWED = """
    password mouse laptop mail reset login link server drive update desktop ticket chat software
"""
# French, German, Portuguese and Italian, which the desk must not take for its own languages.
_FOREIGN = """
    je ne pas suis vous nous mon ma mes c'est n'arrive j'ai est et les des du au aux avec sur pour
    dans bonjour bonsoir merci mot passe imprimante marche ich nicht und der die das ist mein
    meine mich mir sich kann bitte guten tag hallo danke drucker auf mit ein eine einen dem den zu
    anmelden geht funktioniert kennwort passwort eu nao voce meu minha uma um os com obrigado
    obrigada ola senha impressora consigo esta preciso acessar bom boa io il che non mio mia sono
    della di per grazie buongiorno ciao stampante funziona posso riesco gli ho alla
"""
_FOREIGN_WORDS = frozenset(_FOREIGN.split())
_HINT = 0.5  # what an ending or a borrowed word tells, where a common word tells 1
_WORDS = {  # a borrowed word is English, but said in Spanish offices too
    "es": dict.fromkeys(_SPANISH.split(), 1.0),
    "en": dict.fromkeys(_ENGLISH.split(), 1.0) | dict.fromkeys(_BORROWED.split(), _HINT),
}
_KNOWN = frozenset(word for words in _WORDS.values() for word in words)
_ENDINGS = {
    "es": (
        *(
            "cion",
            "ciones",
            "sion",
            "mente",
            "ando",
            "iendo",
            "idad",
            "aje",
            "amos",
            "emos",
            "aron",
        ),
        *(
            "ieron",
            "arme",
            "erme",
            "irme",
            "ito",
            "ita",
            "ado",
            "ada",
            "ados",
            "adas",
            "aba",
            "oso",
        ),
    ),
    "en": ("ing", "tion", "tions", "ness", "ly", "ment", "ght", "ould", "ck", "ful", "ies", "sh"),
}


def detect(text: str, among: Collection[str]) -> str | None:
    """The language of a text, "es" or "en", if it is one of `among`; None when unsure.

    Made for help-desk talk, where two words often are all there is: "vpn down", "no me va". What
    stands in quotation marks doesn't count, and only the first 2,000 characters are read.
    """
    said = fold(_PASTED.sub(" ", text[:_READ]))
    spoken = _WORD.findall(said.replace("’", "'"))
    unknown = [word for word in spoken if word not in _KNOWN]
    scores = {
        language: sum(words.get(word, 0.0) for word in spoken)
        + sum(_HINT for word in unknown if word.endswith(_ENDINGS[language]))
        + sum(sign in text for sign in _SIGNS.get(language, ""))
        for language, words in _WORDS.items()
    }
    foreign = sum(word in _FOREIGN_WORDS for word in spoken)
    best = max(scores, key=lambda language: scores[language])
    others = (score for language, score in scores.items() if language != best)
    return best if best in among and scores[best] > max(foreign, *others) else None
