"""What each command does: a declaration for each, which the tests hold it to on every channel.

To declare a new one, add a line to `DECLARED`. In the lines and words, "{it}" is a fresh ticket of
the asker's, "{other}" a second one; "{colleague}" is another agent's first name, "{agent}" the
agent's name, "{asker}" how the channel names the asker, and "{giver}" a word that says who speaks.
"{article}" and "{spare}" are two articles that are about nothing else here, and "{notice}" is a
planned work that affects nobody.
"""

from collections.abc import Mapping
from datetime import timedelta

from declared import ANY, Declared, both
from declared_articles import OF_ARTICLES
from declared_notices import OF_NOTICES

from bot.model.asset import Asset, Inventory
from bot.model.person import Role

THINGS = Inventory((Asset(name="PC-0231", kind="laptop"),))
UNDO = timedelta(seconds=20)  # for which a desk that tries them all lets answers be taken back
_CABLE = (
    "save-answer cable, English: Is the cable in?",
    "save-answer cable, español: ¿Está puesto el cable?",
)


DECLARED: Mapping[str, Declared] = {
    "new": Declared(
        both("new The coffee machine leaks", "nuevo La cafetera gotea"),
        told=both("“The coffee machine leaks”", "«La cafetera gotea»"),
        asker_told=both("“The coffee machine leaks”", "«La cafetera gotea»"),
    ),
    "log": Declared(
        both("log {asker} Rang about a badge", "registrar {asker} Ha llamado por la tarjeta"),
        told=both("Logged as", "Registrado como"),
        hears=both("Rang about a badge", "Ha llamado por la tarjeta"),
    ),
    "claim": Declared(
        both("claim {it}", "tomar {it}"),
        told=both("is yours", "es tuyo"),
        after="open, agent",
        outward=True,
    ),
    "release": Declared(
        both("release {it}", "soltar {it}"),
        told=both("is back with Support", "vuelve a Support"),
        before=("claim {it}",),
    ),
    "assign": Declared(
        both("assign {it} {colleague}", "asignar {it} {colleague}"),
        told=both("is with {colleague}", "lo tiene ahora {colleague}"),
        after="open, colleague",
    ),
    "transfer": Declared(
        both("transfer {it} network By the {giver}", "transferir {it} network Lo pide: {giver}"),
        told=both("{it} is with Network now", "{it} lo lleva ahora Network"),
        hears=both("The people of Network go on", "Las personas de Network siguen"),
    ),
    "escalate": Declared(
        both("escalate {it} network Ask the {giver}", "escalar {it} network Pregunta: {giver}"),
        told=both("with Network at level 2", "Network, en el nivel 2"),
        hears=both("and they are in Network", "y está en Network"),
    ),
    "reply": Declared(
        both("reply {it} Is the cable in?", "responder {it} ¿Está puesto el cable?"),
        told=both("gets your answer", "recibe tu respuesta"),
        after="open, agent",
        hears=both("Is the cable in?", "¿Está puesto el cable?"),
        outward=True,
    ),
    "undo": Declared(
        both("undo {it}", "deshacer {it}"),
        told=both("Taken back: nothing of it went out", "Retirada: no ha salido nada"),
        after="open, agent",
        before=("reply {it} Complete nonsense",),
        at_once=True,
    ),
    "canned": Declared(
        both("canned {it} cable send", "plantilla {it} cable enviar"),
        told=both("gets “cable” for {it}", "recibe «cable» por {it}"),
        after="open, agent",
        hears=both("Is the cable in?", "¿Está puesto el cable?"),
        before=_CABLE,
        outward=True,
    ),
    "note": Declared(
        both("note {it} Kicked again by the {giver}", "nota {it} Otra patada: {giver}"),
        told=both("Noted on", "Anotado en"),
    ),
    "ask": Declared(
        both("ask {it} Which one?", "preguntar {it} ¿Cuál de los dos?"),
        told=both("{asker_name} is asked", "La pregunta va a"),
        after="waiting, agent",
        hears=both("Which one?", "¿Cuál de los dos?"),
        outward=True,
    ),
    "hold": Declared(
        both("hold {it} 2h", "pausar {it} 2h"),
        told=both("is yours and is on hold until", "es tuyo y queda en pausa hasta"),
        after="held, agent",
        hears=both("{agent} goes on with this", "{agent} sigue con esto"),
    ),
    "priority": Declared(
        both("priority {it} urgent", "prioridad {it} urgente"),
        told=both("urgent", "urgente"),
    ),
    "kind": Declared(
        both("kind {it} question", "tipo {it} pregunta"),
        told=both("counts as a question", "cuenta ahora como pregunta"),
    ),
    "tag": Declared(
        both("tag {it} vpn, madrid", "etiquetar {it} vpn, madrid"),
        told=both("are now: vpn, madrid", "son ahora: vpn, madrid"),
    ),
    "asset": Declared(
        both("asset {it} PC-0231", "aparato {it} PC-0231"),
        told=both("is now about: PC-0231", "va ahora de: PC-0231"),
    ),
    "contract": Declared(
        both("contract {it}", "contrato {it}"),
        told=both("no contract is written down", "no consta ningún contrato"),
    ),
    "time": Declared(
        both("time {it} 25 min By the {giver}", "tiempo {it} 25 min Lo hizo: {giver}"),
        told=both("Noted on {it}: 25 min, 25 min in all", "Anotado en {it}: 25 min"),
    ),
    "resolve": Declared(
        both("resolve {it} A new cable", "resolver {it} Un cable nuevo"),
        told=both("is resolved", "está resuelto"),
        after="resolved, nobody",
        hears=both("A new cable", "Un cable nuevo"),
        asker_told=both("Good that it is solved", "Qué bien que esté resuelto"),
        outward=True,
    ),
    "close": Declared(
        both("close {it}", "cerrar {it}"),
        told=both("is closed", "está cerrado"),
        after="closed, nobody",
        hears=both("{agent} closed this", "{agent} lo ha cerrado"),
        asker_told=both("We closed it as you asked", "Lo hemos cerrado, como pedías"),
    ),
    "reopen": Declared(
        both("reopen {it}", "reabrir {it}"),
        told=both("is open again", "está abierto otra vez"),
        hears=both("It is open again", "Está abierto otra vez"),
        asker_told=both("It is open again", "Está abierto otra vez"),
        before=("resolve {it} A new cable",),
    ),
    "rate": Declared(
        both("rate {it} 4 Said the {giver}", "valorar {it} 4 Lo dijo: {giver}"),
        told=both("Only whoever reported it can say", "Solo quien nos lo contó puede decir"),
        after="resolved, nobody",
        asker_told=both("4 of 5 is noted", "anotado un 4 de 5"),
        before=("resolve {it} A new cable",),
    ),
    "merge": Declared(
        both("merge {it} {other}", "unir {it} {other}"),
        told=both("goes on in", "sigue en"),
        hears=both("go on together in", "siguen juntos en"),
    ),
    "relate": Declared(
        both("relate {it} {other} parent", "relacionar {it} {other} padre"),
        told=both("{it} is part of {other} now", "{it} es ahora parte de {other}"),
    ),
    "split": Declared(
        both("split {it} my badge", "separar {it} mi tarjeta"),
        told=both("goes on in", "sigue en"),
        hears=both("before stays here, as {it}", "antes sigue aquí, como {it}"),
        more=both("And my badge opens no door", "Y mi tarjeta no abre ninguna puerta"),
    ),
    "watch": Declared(
        both("watch {it}", "seguir {it}"),
        told=both("{agent} hears about", "A {agent} le llega"),
    ),
    "unwatch": Declared(
        both("unwatch {it}", "dejar-de-seguir {it}"),
        told=both("{agent} hears no more about", "A {agent} ya no le llega"),
        asker_told=both("You told us of this", "lo contaste"),
        before=("watch {it}",),
    ),
    "history": Declared(both("history {it}", "historial {it}"), told=both("{it}", "{it}")),
    "why": Declared(both("why {it}", "plazo {it}"), told=both("{it}", "{it}")),
    "brief": Declared(
        both("brief {it}", "ficha {it}"), told=both("{it} · {asker_name}", "{it} · {asker_name}")
    ),
    "queue": Declared(both("queue", "cola"), told=both("{asker_name}", "{asker_name}")),
    "view": Declared(
        both("view VPN: urgent vpn", "vista VPN: urgente vpn"),
        told=both("“VPN” shows “urgent vpn”", "«VPN» muestra «urgente vpn»"),
    ),
    "each": Declared(
        both("each support {it}: priority urgent", "cada support {it}: prioridad urgente"),
        told=both("would change this ticket", "cambiaría este ticket"),
    ),
    "mine": Declared(
        both("mine", "casos"),
        told=ANY,
        asker_told=both("What you have with us", "Lo que tienes con nosotros"),
    ),
    "away": Declared(
        both("away 2h", "ausente 2h"), told=both("You are away until", "Estás fuera hasta")
    ),
    "back": Declared(
        both("back", "vuelta"), told=both("Welcome back", "de vuelta"), before=("away 2h",)
    ),
    "answers": Declared(
        both("answers cable", "plantillas cable"),
        told=both("- cable (en, es", "- cable (en, es"),
        before=_CABLE,
    ),
    "save_answer": Declared(
        both("save-answer plug: Is the plug in?", "guardar-plantilla clavija: ¿Está la clavija?"),
        told=both("“plug” is saved in English", "«clavija» está guardada en español"),
    ),
    "drop_answer": Declared(
        both("drop-answer cable", "quitar-plantilla cable"),
        told=both("“cable” is deleted", "«cable» ya no está guardada"),
        before=_CABLE,
    ),
    **OF_ARTICLES,
    **OF_NOTICES,
    "figures": Declared(both("figures 30", "cifras 30"), told=both("Done: ", "Terminados: ")),
    "status": Declared(
        both("status {it}", "estado {it}"),
        told=both("{it}", "{it}"),
        asker_told=both("waiting for somebody", "a la espera de que alguien"),
    ),
    "language": Declared(
        both("language English", "idioma español"),
        told=both("we write to you in English", "te escribimos en español"),
        asker_told=both("we write to you in English", "te escribimos en español"),
    ),
    "zone": Declared(both("zone Madrid", "zona Madrid"), told=ANY, asker_told=ANY),
    "unsubscribe": Declared(
        both("unsubscribe", "desuscribirme"),
        told=both("no weekly word any more", "Ya no recibirás"),
        asker_told=both("no weekly word any more", "Ya no recibirás"),
    ),
    "subscribe": Declared(
        both("subscribe", "suscribirme"),
        told=both("the weekly word again", "otra vez el resumen"),
        asker_told=both("the weekly word again", "otra vez el resumen"),
    ),
    "link": Declared(
        both("link elsewhere@example.org", "vincular elsewhere@example.org"),
        told=ANY,
        asker_told=ANY,
    ),
    "person": Declared(
        both("person {asker}", "persona {asker}"), told=both("{asker_name}", "{asker_name}")
    ),
    "add_address": Declared(
        both("add-address {asker} {it}@home.example", "añadir-dirección {asker} {it}@home.example"),
        told=ANY,  # where the desk sends no mail, that it can't be reached
    ),
    "unite": Declared(
        both("unite {asker} {agent}", "unificar {asker} {agent}"),
        told=both("These would be one person", "Serían una sola persona"),
    ),
    "unlink": Declared(
        both("unlink", "desvincular"),
        told=both("We know you by", "te conocemos por"),
        asker_told=both("We know you by", "te conocemos por"),
    ),
    "help": Declared(
        both("help", "ayuda"),
        told=both("claim", "tomar"),
        asker_told=both("Your own words", "Con tus palabras"),
    ),
    "appoint": Declared(  # the last: after it the asker is an agent
        both("appoint {asker} agent 2 network", "nombrar {asker} agente 2 network"),
        told=both("now has the role “agent”, in Network, at", "el papel «agente», en Network, en"),
        hears=both("gave you the role “agent”", "te ha dado el papel «agente»"),
        by=Role.ADMIN,
    ),
}
