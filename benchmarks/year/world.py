"""The world of the year: who works and writes where, by which hours, and what is promised."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from bot.model.calendar import Hours
from bot.model.holiday import holidays_of
from bot.model.person import Role
from bot.model.settings import Agent, Desk, Knowledge, Team
from bot.model.subscription import EVERYBODY, LEADS, TEAMS, Subscription
from bot.model.target import (
    OF_TEAM,
    After,
    Calendar,
    Clock,
    Covers,
    Escalation,
    Target,
    Targets,
)
from bot.model.triage import Priority

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2027, 1, 1, tzinfo=UTC)
CHATS = ("slack", "discord")
MAIL = "email"
PEOPLE = 300
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
_URGENT, _CLAIMED, _ASKED, _REOPENED = 0.08, 0.7, 0.6, 0.1  # of all tickets, or of what follows
_BURST, _BURSTS = 25, 0.001  # so many report within minutes, so often


def week(days: range, *spans: tuple[int, int]) -> dict[int, tuple[tuple[time, time], ...]]:
    """The same spans of whole hours on each of these days."""
    return dict.fromkeys(days, tuple((time(begin), time(end)) for begin, end in spans))


MADRID = Hours(
    ZoneInfo("Europe/Madrid"),
    week(range(5), (9, 14), (15, 18)),
    holidays=holidays_of("ES-MD"),
)
NEW_YORK = Hours(ZoneInfo("America/New_York"), week(range(5), (8, 17)), holidays=holidays_of("US"))
LORD_HOWE = Hours(ZoneInfo("Australia/Lord_Howe"), week(range(5), (22, 6)))  # a night shift
ALWAYS = Hours(ZoneInfo("UTC"))
HOURS = {"support": MADRID, "network": NEW_YORK, "night": LORD_HOWE}
AT = {"support": "slack", "network": "discord", "night": MAIL}  # where each team works
URGENT = Target(
    name="Urgent",
    when=Covers(priority=(Priority.URGENT,)),
    first_answer=HOUR,
    solution=8 * HOUR,
    calendar="always",
)
USUAL = Target(
    name="Usual",
    first_answer=4 * HOUR,
    next_answer=8 * HOUR,
    news=12 * HOUR,
    solution=27 * HOUR,
)
LATE = Escalation(name="Late", after=After.BROKEN, clock=Clock.SOLUTION, level=2)
SURVEY = timedelta(days=30)
SUBSCRIPTIONS = (
    Subscription(report="daily", to=(TEAMS,), at=time(8, 45)),
    Subscription(report="weekly", to=(EVERYBODY,), at=time(13), weekday=4),
    Subscription(report="monthly", to=(LEADS,), at=time(9)),
)


def agents() -> tuple[Agent, ...]:
    """Two agents and a lead of each team."""
    found = []
    for team, channel in AT.items():
        for name, role in (("Ann", Role.AGENT), ("Ben", Role.AGENT), ("Lea", Role.LEAD)):
            address = f"{name.lower()}.{team}@desk.example"
            called = f"{name} {team.capitalize()}"
            found.append(Agent(called, {channel: address}, (team,), role, "en"))
    return tuple(found)


def settings() -> Desk:
    """The desk."""
    teams = (
        Team("support", rooms={"slack": "agents"}, hours=MADRID),
        Team("network", rooms={"discord": "agents"}, hours=NEW_YORK),
        Team("night", hours=LORD_HOWE),
    )
    calendars = tuple(Calendar(f"{OF_TEAM}{x}", HOURS[x], teams=(x,)) for x in HOURS)
    always = Calendar("always", ALWAYS)
    return Desk(
        name="Help desk",
        zone=MADRID.zone,
        hours=MADRID,
        burst=timedelta(0),
        teams=teams,
        agents=agents(),
        survey=SURVEY,
        subscriptions=SUBSCRIPTIONS,
        targets=Targets((URGENT, USUAL), (*calendars, always), (LATE,)),
        knowledge=Knowledge(most=0),
    )


@dataclass(frozen=True, slots=True)
class Requester:
    """Somebody who writes."""

    number: int

    @property
    def channel(self) -> str:
        """Where they write."""
        return (*CHATS, MAIL)[self.number % 3]

    @property
    def address(self) -> str:
        """Their id there."""
        return f"person{self.number}@example.org"

    @property
    def spanish(self) -> bool:
        """Whether they write in Spanish."""
        return self.number % 2 == 0


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does to a ticket at a moment."""

    at: datetime
    what: str  # open, claim, reply, ask, answer, hold, urgent, resolve, reopen, thanks
    words: str = ""


@dataclass(slots=True)
class Story:
    """The life of one ticket, as it is meant."""

    requester: Requester
    team: str
    deeds: list[Deed]


_THINGS = {
    True: (
        "la impresora", "el escáner", "el portátil", "la pantalla", "el teclado", "el ratón",
        "el teléfono", "el cargador", "la cámara", "el micrófono", "la wifi", "el portero",
        "el proyector", "la silla", "la mesa", "la persiana", "la cafetera", "la nevera",
        "el aire", "la taquilla", "el lector", "la tableta", "el altavoz", "la lámpara",
    ),
    False: (
        "the printer", "the scanner", "the laptop", "the screen", "the keyboard", "the mouse",
        "the telephone", "the charger", "the camera", "the microphone", "the wifi", "the intercom",
        "the projector", "the chair", "the desk", "the blind", "the coffee machine", "the fridge",
        "the heating", "the locker", "the reader", "the tablet", "the speaker", "the lamp",
    ),
}  # fmt: skip
_TROUBLES = {
    True: (
        "se atasca", "hace ruido", "no responde", "se apaga solo", "parpadea", "va muy lento",
        "va a saltos", "está roto", "no se enciende", "se desconecta", "está flojo", "se mueve",
    ),
    False: (
        "jams", "is noisy", "doesn't respond", "goes off by itself", "flickers", "is very slow",
        "stutters", "is broken", "doesn't go on", "loses its connection", "is loose",
        "wobbles",
    ),
}  # fmt: skip
_PLACES = {
    True: ("en la sala", "en la planta", "en el puesto", "en el almacén", "junto a la puerta"),
    False: ("in room", "on floor", "at place", "in store", "beside door"),
}
_MORE = {True: "Sigue igual, mirad otra vez", False: "It is still the same, look again please"}


def story(random: Random, number: int, at: datetime) -> Story:
    """One ticket from its report to its end; what is done fits how it then stands."""
    person = Requester(random.randrange(PEOPLE))
    team = random.choices(["support", "network", "night"], [6, 3, 1])[0]
    deeds = [Deed(at, "open", _report(random, number, spanish=person.spanish))]

    def then(what: str, hours: float, words: str = "") -> None:
        minutes = max(1, round(random.expovariate(1 / (60 * hours))))
        deeds.append(Deed(deeds[-1].at + minutes * MINUTE, what, words))

    if random.random() < _URGENT:
        then("urgent", 1)
    if random.random() < _CLAIMED:
        then("claim", 4)
    then("reply", 6, "We look into it")
    for _ in range(random.choice((0, 0, 0, 1))):
        if random.random() < _ASKED:
            then("ask", 5, "Which one is it?")
            then("answer", 20, _MORE[person.spanish])
            then("reply", 8, "Thank you, we go on")
        else:
            then("hold", 5)
            deeds.append(Deed(deeds[-1].at + 30 * HOUR, "reply", "The part is here"))
    then("resolve", 20, "The new driver is in")
    if random.random() < _REOPENED:
        then("reopen", 30, _MORE[person.spanish])
        then("resolve", 20, "Now it is another printer")
    return Story(person, team, deeds)


def _report(random: Random, number: int, *, spanish: bool) -> str:
    """What somebody reports, like no other."""
    said = (random.choice(each[spanish]) for each in (_THINGS, _TROUBLES, _PLACES))
    words = f"{' '.join(said)} {number}"
    return words[0].upper() + words[1:]


def reports(random: Random, count: int, days: int) -> list[datetime]:
    """When people report: more by day, on Mondays, and each month a little more; with bursts."""
    moments: list[datetime] = []
    while len(moments) < count:
        day = int(days * random.random() ** 0.9)
        at = BEGIN + timedelta(days=day)
        busy = (1.4, 1.1, 1, 1, 0.9, 0.2, 0.15)[at.weekday()]
        if random.random() > busy / 1.4:
            continue
        minute = min(1439, max(0, round(random.gauss(11 * 60, 210))))
        many = _BURST if random.random() < _BURSTS else 1
        moments += [at + (minute + n) * MINUTE for n in range(many)]
    return sorted(moments[:count])
