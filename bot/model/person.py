"""Who people are: one person on every channel, their organisation, and how we know."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from functools import lru_cache

from bot.model.fold import fold

HIGHEST = 3  # level of support, where quality looks at it itself
_NO_NAME = re.compile(r"[@/\d<>]|www\.", re.IGNORECASE)
_BESIDE = re.compile(r"\([^)]*\)|[\"“”«»]")  # "Ana Ruiz (Marketing)"
_JOINTS = "'’-.·"  # "Jean-Paul", "M.ª"

# Words of display names, folded: they tell a given name from what else people write there.
_TITLES = re.compile(
    r"""
    mr | mrs | ms | miss | mx | dr | dra | prof | profa | sir | sr | sra | srta | ing | lic
    | d | don
    """,
    re.VERBOSE,
)
_TITLES_OF_GIVEN_NAMES = ("dna", "dona")
_DEGREES = re.compile(
    r"""
    phd | md | mba | msc | bsc | ma | ba | llm | jd | cpa | rn | pe | esq | jr | junior | ii
    | iii | iv | pmp | cissp
    """,
    re.VERBOSE,
)
_PLACES_OF_WORK = re.compile(  # departments, and forms of firms
    r"""
    accounting | administration | administracion | almacen | compras | contabilidad |
    department | departamento | dept | desk | direccion | dpto | engineering | finance |
    finanzas | hr | informatica | inc | it | legal | limited | llc | logistics | logistica |
    ltd | management | marketing | mesa | office | oficina | operaciones | operations |
    personal | procurement | production | produccion | purchasing | reception | recepcion |
    rrhh | sa | sales | secretaria | security | service | sistemas | sl | soporte | support
    | team | ventas | warehouse
    """,
    re.VERBOSE,
)
_BEFORE_FAMILIES = re.compile(
    r"""
    de | del | da | di | van | von | der | den
    """,
    re.VERBOSE,
)
_FAMILIES = re.compile(
    r"""
    \w\w+ez | alonso | blanco | castro | delgado | diaz | garcia | gil | iglesias | marin | moreno |
    molina | navarro | ortega | ramos | romero | rubio | ruiz | santos | serrano | soto |
    torres | vidal
    """,
    re.VERBOSE,
)


class Role(IntEnum):
    """What somebody may do; each role may do what the ones below it may."""

    REQUESTER = 1
    AGENT = 2
    QUALITY = 3  # steps into any conflict, and sees to what is escalated furthest
    LEAD = 4  # of a team: what quality may, and what all of it share
    ADMIN = 5  # says who has which role


class Proof(StrEnum):
    """How we know that an address belongs to a person."""

    CLAIMED = "claimed"  # a message said so, nobody vouched
    TOLD = "told"  # an agent wrote it down
    CHANNEL = "channel"  # the network vouched for it
    CONFIG = "config"  # the desk's own config names it


SURE = (Proof.CHANNEL, Proof.CONFIG)  # whose word is enough to trust an address


@dataclass(frozen=True, slots=True)
class Identity:
    """An address of a person on one channel, and how it was verified."""

    person: int
    channel: str
    external_id: str
    proof: Proof
    at: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """An address that somebody says is theirs, until they name the code that was sent there."""

    person: int
    channel: str
    external_id: str
    digest: str  # of the code
    until: datetime
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who writes to the desk or works at it.

    `language` is their own choice, `heard` the one they last wrote in; "" where unknown.
    `reachable` is False when mail to their last address came back. `role` is their highest, and
    `posts` tell it by team where it isn't the same in all of theirs.
    """

    name: str
    id: int = 0
    role: Role = Role.REQUESTER
    language: str = ""
    heard: str = ""
    zone: str = ""
    office: str = ""
    organisation: int | None = None
    teams: tuple[str, ...] = ()
    reachable: bool = True
    level: int = 1  # of support
    posts: tuple[tuple[str, Role], ...] = ()
    skills: tuple[str, ...] = ()  # what they know best
    weekly: bool = True  # whether they take the weekly word

    @property
    def first_name(self) -> str:
        """The given name to greet them by; "" where their name doesn't surely show one."""
        return _first_name(self.name)

    @property
    def display_name(self) -> str:
        """Their name as others read it; "" while we only know an address."""
        return "" if "@" in self.name else self.name

    @property
    def is_named(self) -> bool:
        """Whether anybody is known to write to; a message may name no sender at all."""
        return bool(self.name)

    @property
    def is_agent(self) -> bool:
        """Whether they work at the desk."""
        return self.role >= Role.AGENT

    def works_in(self, team: str) -> bool:
        """Whether it is one of their teams; who has none works in each."""
        return not self.teams or team in self.teams

    def role_in(self, team: str) -> Role:
        """What they are to a team; to one that isn't theirs, an agent."""
        if self.role is Role.ADMIN:
            return Role.ADMIN
        elsewhere = min(self.role, Role.AGENT)
        if self.posts:
            return dict(self.posts).get(team, elsewhere)
        return self.role if self.works_in(team) else elsewhere

    def level_in(self, team: str) -> int:
        """The level at which they see to a team's tickets, 1 to 3."""
        return HIGHEST if self.role_in(team) is Role.QUALITY else self.level


@dataclass(frozen=True, slots=True)
class Organisation:
    """The own company or a customer: who writes from one of its domains belongs to it."""

    name: str
    id: int = 0
    domains: tuple[str, ...] = ()
    language: str = ""
    zone: str = ""
    contract: str = ""  # by its name
    agreed: str = ""  # what it says, as agents read it


@lru_cache(maxsize=256)  # each letter to somebody asks for it several times
def _first_name(name: str) -> str:
    if _NO_NAME.search(name):
        return ""
    parts = [part.split() for part in _BESIDE.sub(" ", name).split(",")]
    parts = [part for part in parts if part]
    named = [part for part in parts if not all(_is_one_of(_DEGREES, each) for each in part)]
    if not named or (len(named[0]) == 1 and len(named) == 1 < len(parts)):
        return ""  # "Baker, PhD": their family's name
    return _given(named)


def _given(parts: Sequence[Sequence[str]]) -> str:
    """The given name in what stands between commas, degrees left out; "" where nobody can tell."""
    first, *rest = parts
    if not rest or not _names_somebody(rest[0]):  # "Ana Ruiz", "Ana Ruiz, Marketing"
        return _called(first, alone=False) if _names_somebody(first) else ""
    if len(first) == 1 or _is_family(first[0]) or "".join(first).isupper():  # "García Pérez, Ana"
        return _called(rest[0], alone=True)
    return ""  # "Ana Ruiz, Acme": it may be either


def _called(words: Sequence[str], *, alone: bool) -> str:
    """The first word behind the titles, if it looks like a given name.

    `alone` says that no family's name is among the words; else "Dr. Ruiz" is called nothing.
    """
    names = list(words)
    while names and (_is_one_of(_TITLES, names[0]) or _goes_with_given_names(names[0])):
        title = names.pop(0)
        if not alone and not _goes_with_given_names(title) and _only_family(names):
            return ""
    name = names[0].strip("'’.-") if names else ""
    return name if len(name) > 1 and all(map(_is_spelled, name)) else ""


def _only_family(words: Sequence[str]) -> bool:
    return len(words) == 1 or (len(words) > 1 and _is_family(words[0]))


def _names_somebody(words: Sequence[str]) -> bool:
    return not any(_is_one_of(_PLACES_OF_WORK, word) for word in words)


def _goes_with_given_names(title: str) -> bool:
    return _plain(title) in _TITLES_OF_GIVEN_NAMES


def _is_family(word: str) -> bool:
    return _is_one_of(_BEFORE_FAMILIES, word) or _is_one_of(_FAMILIES, word)


def _is_one_of(words: re.Pattern[str], word: str) -> bool:
    return words.fullmatch(_plain(word)) is not None


def _is_spelled(letter: str) -> bool:
    return letter in _JOINTS or unicodedata.category(letter)[0] in "LM"


def _plain(word: str) -> str:
    return fold(word).replace(".", "")
