"""What a desk decides about itself: its name, hours, teams, routes, and how patient it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.model.asset import Inventory
from bot.model.calendar import Hours
from bot.model.canned import ReadyAnswer
from bot.model.fold import UNSEEN
from bot.model.person import Organisation, Person, Role
from bot.model.promise import Counting
from bot.model.route import Rule
from bot.model.subscription import Subscription
from bot.model.target import Calendar, Targets

UTC_ZONE = ZoneInfo("UTC")
_HYPHEN = "[-\u2010\u2011]"  # a keyboard's, and those that copied words may have
_MARKS = f"[{UNSEEN}]*"


class Assignment(StrEnum):
    """How a team's new tickets find their agent."""

    MANUAL = "manual"  # somebody takes them
    ROUND_ROBIN = "round robin"
    LEAST_LOADED = "least loaded"


@dataclass(frozen=True, slots=True)
class Team:
    """Agents who share a queue."""

    name: str
    label: str = ""  # as people read it; its name when empty
    rooms: Mapping[str, str] = field(default_factory=dict)  # where its agents work, by channel
    assignment: Assignment = Assignment.MANUAL
    offer_after: timedelta = timedelta(0)  # of open hours that nobody took it; 0: it waits
    hours: Hours | None = None  # when its agents are on duty; the desk's when None
    survey: bool = True  # whether who reported what it solved is asked how it was
    escalates_to: str = ""  # the team that knows more; itself when empty

    @property
    def called(self) -> str:
        """What people read."""
        return self.label or self.name


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody who works at the desk, and their address on each channel."""

    name: str
    addresses: dict[str, str]
    teams: tuple[str, ...] = ()
    role: Role = Role.AGENT
    language: str = ""
    zone: str = ""
    skills: tuple[str, ...] = ()
    level: int = 1  # of support
    posts: tuple[tuple[str, Role], ...] = ()  # the role by team, where it isn't the same in all
    digest: time | None = None  # when a mail tells them on working days what needs them

    @property
    def person(self) -> Person:
        """Them, as the book keeps people."""
        return Person(
            name=self.name,
            role=self.role,
            language=self.language,
            zone=self.zone,
            teams=self.teams,
            level=self.level,
            posts=self.posts,
            skills=self.skills,
        )


@dataclass(frozen=True, slots=True)
class Knowledge:
    """How the desk deals with what it knows."""

    engine: str = "words"  # by which articles are found; or "translated", or "semantic"
    precision: float = 0.7  # of articles that are offered, the part that should be right
    most: int = 3  # articles offered at once; 0: none ever
    approve: Role = Role.AGENT  # who may publish an article
    review: timedelta = timedelta(days=365)  # after which somebody looks at it again; 0: never
    answer: timedelta = timedelta(minutes=10)  # it takes so long where nobody wrote it down
    patience: timedelta = timedelta(milliseconds=50)  # for which an acknowledgement waits for them


@dataclass(frozen=True, slots=True)
class Notices:
    """How people hear of planned works."""

    remind: tuple[timedelta, ...] = (timedelta(days=1), timedelta(hours=1))  # before they begin
    rooms: Mapping[str, str] = field(default_factory=dict)  # that everybody reads, by channel
    announce: Role = Role.AGENT  # who may announce one
    pause: bool = False  # whether what is promised of reports about them waits for their end
    lately: timedelta = timedelta(days=180)  # who hasn't written for so long hears of none


@dataclass(frozen=True, slots=True)
class Desk:
    """The desk's own choices, with what holds when it chose nothing."""

    name: str = "Service desk"
    prefix: str = "IT"
    language: str = "en"
    zone: ZoneInfo = UTC_ZONE
    hours: Hours = field(default_factory=lambda: Hours(UTC_ZONE))
    burst: timedelta = timedelta(seconds=120)
    greeting: timedelta = timedelta(hours=24)
    reopen: timedelta = timedelta(days=14)
    close_after: timedelta = timedelta(days=5)  # of working days
    close_warning: timedelta = timedelta(days=1)  # so long before, its requester is told; 0: never
    undo: timedelta = timedelta(0)  # for which an agent's answer waits, and may be taken back
    undo_sent: timedelta = timedelta(minutes=5)  # for which it may be where a chat shows it
    survey: timedelta = timedelta(days=30)  # somebody is asked once in so long; 0: never
    watch_copied: bool = True
    digest: time | None = None  # of the agents who have no hour of their own
    skills: tuple[str, ...] = ()  # that agents may have, besides those the config gives to some
    teams: tuple[Team, ...] = (Team("support"),)
    agents: tuple[Agent, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    assets: Inventory = field(default_factory=Inventory)
    routes: tuple[Rule, ...] = ()
    targets: Targets = field(default_factory=Targets)
    answers: tuple[ReadyAnswer, ...] = ()  # the operator's own
    subscriptions: tuple[Subscription, ...] = ()
    knowledge: Knowledge = field(default_factory=Knowledge)
    notices: Notices = field(default_factory=Notices)

    @property
    def calendar(self) -> Calendar:
        """What counts where no other calendar does."""
        return Calendar("", self.hours)

    def hours_of(self, calendar: str) -> Hours:
        """The hours of a calendar by its name; the desk's of one that is no more."""
        return next((x.hours for x in self.targets.calendars if x.name == calendar), self.hours)

    @property
    def counting(self) -> Counting:
        """How its promises are counted, and when it reminds of them."""
        return Counting(self.hours_of, self.targets.remind_at)

    @property
    def first_team(self) -> str:
        """Where a ticket goes that nothing else decides."""
        return self.teams[0].name

    @property
    def zones(self) -> tuple[str, ...]:
        """The zones by which its people live, as far as the config says, its own first."""
        homes = (each.zone for each in self.organisations)
        agents = (each.zone for each in self.agents)
        return tuple(dict.fromkeys((self.zone.key, *filter(None, (*homes, *agents)))))

    @property
    def all_skills(self) -> tuple[str, ...]:
        """What agents may know best: the desk's own list, and what the config says of agents."""
        known = (skill for each in self.agents for skill in each.skills)
        return tuple(dict.fromkeys((*self.skills, *known)))

    def team(self, name: str) -> Team:
        """What a team decided; one that is no more decided nothing."""
        return next((each for each in self.teams if each.name == name), Team(name))

    def label(self, team: str) -> str:
        """A team's name as people read it."""
        return self.team(team).called

    def above(self, team: str) -> str:
        """The team to which this one escalates, if not a level up within itself."""
        return self.team(team).escalates_to or team

    def rooms(self, team: str) -> Mapping[str, str]:
        """Where a team's agents work together: a room by its channel."""
        return self.team(team).rooms

    def rooms_on(self, channel: str) -> frozenset[str]:
        """All the rooms of a channel where agents of some team work."""
        return frozenset(each.rooms[channel] for each in self.teams if channel in each.rooms)

    def reference(self, number: int) -> str:
        """A ticket's number as people read it: "IT-42"."""
        return f"{self.prefix}-{number}"

    def referred_to(self, words: str) -> int | None:
        """The number of the first reference among these words, however it is spelled."""
        pattern = rf"\b{re.escape(self.prefix)}{_HYPHEN}(\d{{1,12}})\b"
        found = re.search(pattern, words, re.IGNORECASE)
        return int(found[1]) if found else None

    def begun_with(self, words: str) -> tuple[int, str] | None:
        """The number that these words begin with ("IT-42", "[it-42]:", "#42"), and what follows."""
        named = rf"(?:{re.escape(self.prefix)}{_HYPHEN}|#)(\d{{1,12}})"
        pattern = rf"{_MARKS}\[?{_MARKS}{named}{_MARKS}\]?{_MARKS}[:,]?{_MARKS}(?:\s+|$)"
        found = re.match(pattern, words := words.strip(), re.IGNORECASE)
        return (int(found[1]), words[found.end() :]) if found else None
