"""A day at the desk, drawn at random: what people of both sides say and do, step by step.

What is drawn doesn't know how the day goes: tickets, letters and messages are chosen by a number
that is taken modulo how many there are.
"""

from dataclasses import dataclass
from enum import StrEnum

from hypothesis import strategies as st
from stage import texts

from bot.command import Command, Parameter, Type
from bot.commands import COMMANDS
from bot.model.person import Role

REQUESTERS = ("ada@example.org", "bea@example.org", "carl@example.org")
AGENTS = ("leo@desk.example", "eva@desk.example", "max@desk.example")
NAMES = dict(
    zip(
        (*REQUESTERS, *AGENTS),
        ("Ada Lin", "Bea Gil", "Carl Hill", "Leo Prats", "Eva Sanz", "Max Roth"),
        strict=True,
    )
)
SPANISH = ("bea@example.org", "eva@desk.example")  # the others speak English, all day long


class Way(StrEnum):
    """How something is said."""

    WRITTEN = "written"  # as a message, answered by letters
    PRESSED = "pressed"  # a slash command or a button, answered at once
    FILLED = "filled"  # the same with the fields of a form
    FORGED = "forged"  # in their name, and nobody vouches for it


class Place(StrEnum):
    """Where it is said, in a chat."""

    DIRECT = "direct"  # to the desk alone
    HELP = "help"  # in the open, where everybody reads along
    CARD = "card"  # below a ticket's card, where only agents read


@dataclass(frozen=True)
class Says:
    """Somebody says something; in it `⟨0⟩`, `⟨1⟩`… are tickets, `⟨w⟩` a word nobody said before.

    `answers` is the letter or the message of theirs that it answers, None for none.
    """

    who: str
    words: str
    answers: int | None = None
    way: Way = Way.WRITTEN
    fields: tuple[tuple[str, str], ...] = ()
    place: Place = Place.DIRECT


@dataclass(frozen=True)
class Signs:
    """Somebody puts an emoji on a message; only in a chat."""

    who: str
    words: str
    on: int


@dataclass(frozen=True)
class Repeats:
    """The network brings something again."""

    which: int


@dataclass(frozen=True)
class Alters:
    """Somebody changes what they said, or takes it back where `words` are None."""

    which: int
    words: str | None


@dataclass(frozen=True)
class Responds:
    """A machine answers a letter: an out-of-office note, or that it came back."""

    which: int
    bounced: bool


@dataclass(frozen=True)
class Breaks:
    """The next letter isn't taken, for good or for now."""

    for_good: bool


@dataclass(frozen=True)
class Passes:
    """Time goes by, and every job is called."""

    hours: float


Step = Says | Signs | Repeats | Alters | Responds | Breaks | Passes

ENGLISH_WORDS = (
    "My VPN is down ⟨w⟩", "URGENT: nobody in the office can print ⟨w⟩",
    "This is unacceptable, ⟨w⟩ again",
    "Could I have a second screen, ⟨w⟩?", "It still fails ⟨w⟩", "IT-⟨0⟩ it is for Monday ⟨w⟩",
    "Hello", "Good morning", "Thanks", "It works now, thank you", "ok", "👍", "",
    "status", "close", "solved", "reopen", "my tickets", "help", "resolve IT-⟨0⟩", "status IT-⟨0⟩",
    "/status IT-⟨0⟩", "/close IT-⟨0⟩", "/reopen IT-⟨0⟩ it is back ⟨w⟩", "/var is full ⟨w⟩",
    "My password: Hunter2!Long ⟨w⟩",
)  # fmt: skip
SPANISH_WORDS = (
    "No me funciona la VPN ⟨w⟩", "URGENTE: nadie puede imprimir en la oficina ⟨w⟩",
    "Esto es inaceptable, otra vez ⟨w⟩", "¿Puedo tener otra pantalla, ⟨w⟩?", "Sigue sin ir ⟨w⟩",
    "IT-⟨0⟩ es para el lunes ⟨w⟩", "Hola", "Buenos días", "Gracias", "Ya funciona, muchas gracias",
    "vale", "👍", "", "estado", "cerrar", "resuelto", "reabrir", "mis casos", "ayuda",
    "/estado IT-⟨0⟩", "/cerrar IT-⟨0⟩", "/reabrir IT-⟨0⟩ ha vuelto ⟨w⟩",
    "Mi contraseña: Hunter2!Long ⟨w⟩",
)  # fmt: skip

SIGNS = ("/resolve", "/claim", "/new", "👍")

ARGUMENTS: dict[Type, tuple[str, ...]] = {
    Type.TICKET: (*(f"IT-⟨{number}⟩" for number in range(8)), "", "IT-999"),
    Type.PERSON: ("ada@example.org", "Bea", "new@example.org", "me", "Leo", "Eva", "", "nobody"),
    Type.AGENT: ("leo", "Eva Sanz", "max@desk.example", "me", "", "nobody", "Ada"),
    Type.TEXT: ("⟨w⟩", "⟨w⟩\n⟨w⟩", "⟨w⟩\n\n⟨w⟩", ""),
    Type.MOMENT: (
        "2h",
        "2h,",
        "1 day,",
        "tomorrow,",
        "mañana,",
        "Friday at 9,",
        "3 días,",
        "2020-01-01",
        "soon",
        "",
    ),
    Type.BEGIN: ("in 2 h,", "tomorrow 20:00,", "el viernes a las 22,", "now", ""),
    Type.END: ("2 h,", "23:30,", "media hora,", "2020-01-01,", ""),
    Type.AFFECTED: ("everybody:", "todos:", "#vpn:", "team Network:", "nobody:", ""),
    Type.NOTICE: ("N-1", "n-2", "N-99", ""),
    Type.DURATION: (
        "25 min",
        "1h 30",
        "media hora",
        "-10 min",
        "hora y media,",
        "25h",
        "a while",
        "",
    ),
    Type.TEAM: ("network", "Support", "to network", "a Network", "", "nobody"),
    Type.ASSETS: ("PC-0231", "PC-0231, -PR-2", "-pr-2", "⟨w⟩", ""),
    Type.TAGS: ("vpn", "vpn, Madrid", "-vpn", "⟨w⟩, -⟨w⟩", "x" * 41, ""),
    Type.RELATION: ("parent", "padre", "child", "related", "duplicado", "none", "", "uncle"),
    Type.MESSAGE: ("still fails", "sigue sin", "VPN", "zq", "⟨w⟩", ""),
    Type.FILTER: ("urgent", "libres", "mine", "network", "VPN", "urgente sin", "⟨w⟩", ""),
    Type.NAME: (
        "vpn:",
        "vpn",
        "VPN, español:",
        "vpn, all, English:",
        "vpn, klingon:",
        "x" * 41,
        "",
    ),
    Type.ARTICLE: ("KB-1", "kb-2", "KB-1 KB-2", "#1", "", "KB-999", "vpn"),
    Type.CANNED: ("vpn", "vpn send", "vpn enviar: ⟨w⟩", "vpn anyway", "hello", ""),
    Type.PRIORITY: ("low", "normal", "high", "urgent", "alta", "baja", "", "grave"),
    Type.KIND: ("problem", "request", "question", "queja", "", "thing"),
    Type.TRAIT: ("office", "idioma", "zone", "", "shoes"),
    Type.LANGUAGE: ("en", "español", "English", "", "klingon"),
    Type.ZONE: ("Madrid", "Europe/Paris", "", "Nowhere Town"),
    Type.NUMBER: ("1", "2", "99", "", "x"),
    Type.RUNG: ("network:", "support", "2:", "level 3", "", "9"),
    Type.ROLE: ("agent", "lead", "calidad", "requester", "", "boss"),
    Type.TEAMS: ("network", "Support, Network", "", "nowhere"),
}


_ANSWERED = st.one_of(st.none(), st.integers(0, 30), st.integers(0, 30))


def days(steps: int) -> st.SearchStrategy[list[Step]]:
    """Days of up to so many steps, of which the first is a report."""
    first = st.just(Says(REQUESTERS[0], ENGLISH_WORDS[0]))
    rest = st.lists(_steps(), min_size=steps // 2, max_size=steps)
    return st.tuples(first, rest).map(lambda drawn: [drawn[0], *drawn[1]])


def _steps() -> st.SearchStrategy[Step]:
    about_tickets = [each for each in COMMANDS if each.wants_ticket]
    orders = st.sampled_from(
        [*COMMANDS, *[each for each in about_tickets if each.role > Role.REQUESTER] * 3]
    ).flatmap(_ordered)
    by_agents = st.one_of(*[orders] * 4, _said_by(AGENTS))
    by_requesters = st.one_of(_said_by(REQUESTERS), st.sampled_from(COMMANDS).flatmap(_begged))
    which = st.integers(0, 30)
    words = st.sampled_from((None, "⟨w⟩", "/note ⟨w⟩", ""))
    rare = st.one_of(
        st.builds(Alters, which, words),
        st.builds(Repeats, which),
        st.builds(Responds, which, st.booleans()),
        st.builds(Breaks, st.booleans()),
        st.builds(Signs, st.sampled_from((*REQUESTERS, *AGENTS)), st.sampled_from(SIGNS), which),
    )
    passes = st.builds(Passes, st.sampled_from((0.1, 3.0, 30.0, 24 * 4.0, 24 * 15.0)))
    return st.one_of(*[by_agents] * 4, *[by_requesters] * 2, passes, rare)


def _said_by(people: tuple[str, ...]) -> st.SearchStrategy[Says]:
    return st.sampled_from(people).flatmap(
        lambda who: st.builds(
            Says,
            st.just(who),
            st.sampled_from(SPANISH_WORDS if who in SPANISH else ENGLISH_WORDS),
            _ANSWERED,
            st.sampled_from((Way.WRITTEN, Way.WRITTEN, Way.WRITTEN, Way.PRESSED, Way.FORGED)),
            st.just(()),
            _place(who),
        )
    )


def _ordered(command: Command) -> st.SearchStrategy[Says]:
    return st.sampled_from(AGENTS).flatmap(lambda who: _given(command, who))


def _begged(command: Command) -> st.SearchStrategy[Says]:
    """A requester gives a command: mostly one that they may."""
    if command.role > Role.REQUESTER:
        return st.sampled_from(REQUESTERS).map(
            lambda who: Says(who, f"/{_word(command, who)} IT-⟨0⟩")
        )
    return st.sampled_from(REQUESTERS).flatmap(lambda who: _given(command, who))


def _given(command: Command, who: str) -> st.SearchStrategy[Says]:
    slots = [st.sampled_from(_arguments(each)) for each in command.parameters]
    ways = (*[Way.WRITTEN] * 5, *[Way.PRESSED] * 4, *[Way.FILLED] * 3, Way.FORGED)
    behind = st.sampled_from(("", "", "", "\n\n⟨w⟩", "\n/note ⟨w⟩", "\n/claim"))
    return st.builds(_order, st.just(command), st.just(who), st.tuples(*slots), _ANSWERED,
                     st.sampled_from(ways), behind, _place(who))  # fmt: skip


def _place(who: str) -> st.SearchStrategy[Place]:
    return st.sampled_from(Place if who in AGENTS else (Place.DIRECT, Place.HELP))


def _arguments(parameter: Parameter) -> tuple[str, ...]:
    """What may stand for a parameter; for types that aren't known here, words."""
    return ARGUMENTS.get(parameter.type, ARGUMENTS[Type.TEXT])


def _order(
    command: Command,
    who: str,
    values: tuple[str, ...],
    answers: int | None,
    way: Way,
    behind: str,
    place: Place,
) -> Says:
    named = dict(zip((each.name for each in command.parameters), values, strict=True))
    if way is Way.FILLED:
        about = named.pop("ticket", "") if command.wants_ticket else ""
        word = f"/{_word(command, who)} {about}".strip()
        return Says(who, word, answers, way, tuple(named.items()), place)
    words = " ".join([f"/{_word(command, who)}", *filter(None, values)])
    return Says(who, words + (behind if way is Way.WRITTEN else ""), answers, way, (), place)


def _word(command: Command, who: str) -> str:
    """What they call it in their language."""
    return texts().words(f"{command.name}.words", "es" if who in SPANISH else "en")[0]
