"""A notice: a planned work, whom it affects, what they can do meanwhile, and what became of it.

What is told of it is a word: it is announced, reminded of, started, moved, finished or cancelled. A
word goes out to those affected one after the other, and the next word takes the place of one that
is still going out.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.model.calendar import Hours
from bot.model.refused import Refused

PREFIX = "N"
_EVENING = timedelta(hours=1)  # before closing, people still read what they are reminded of


class Scope(StrEnum):
    """By what somebody is affected."""

    EVERYBODY = "everybody"
    OFFICE = "office"  # who works there
    TEAM = "team"  # its agents, and whoever waits for it
    TAG = "tag"  # who has or lately had a ticket that bears it
    CHANNEL = "channel"  # who wrote there last


class Affected(NamedTuple):
    """Some of the people: those of an office, a team, a tag or a channel, by its name."""

    scope: Scope
    name: str = ""


class Said(NamedTuple):
    """A notice in one language: what happens, and what people can do meanwhile."""

    what: str
    meanwhile: str = ""


class Stage(StrEnum):
    """Where a planned work stands."""

    PLANNED = "planned"
    STARTED = "started"
    FINISHED = "finished"
    CANCELLED = "cancelled"

    @property
    def is_over(self) -> bool:
        """Whether nothing more comes of it."""
        return self in (Stage.FINISHED, Stage.CANCELLED)


class Word(StrEnum):
    """What those affected are told."""

    ANNOUNCED = "announced"
    REMINDED = "reminded"
    STARTED = "started"
    MOVED = "moved"  # it begins or ends at another moment
    FINISHED = "finished"
    CANCELLED = "cancelled"


# The words with which an entry of a calendar comes, or changes.
DATED = (Word.ANNOUNCED, Word.MOVED, Word.CANCELLED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A planned work. Moments are in UTC, `starts_at` before `ends_at`."""

    said: Mapping[str, Said]  # by language, at least one
    starts_at: datetime
    ends_at: datetime
    affected: tuple[Affected, ...]
    by: int | None  # who announced it
    at: datetime  # when
    about: tuple[str, ...] = ()  # tags and words by which reports are known to be about it
    stage: Stage = Stage.PLANNED
    revision: int = 0  # how often its entry in calendars was changed
    reminded: datetime | None = None  # the last moment of which it was reminded
    asked: bool = False  # whether it is finished, of who announced it
    telling: Word | None = None  # the word that goes out…
    told: int = 0  # …and the person up to whom it is told
    closing: str = ""  # what was said with the end of it
    knock_at: datetime | None = None  # when the next thing is due; None where nothing is
    version: int = 1
    id: int = 0

    @property
    def reference(self) -> str:
        """As people read it: "N-7"."""
        return f"{PREFIX}-{self.id}"

    @property
    def planned(self) -> bool:
        """Whether it was announced before it began; else it is a problem that is known."""
        return self.starts_at > self.at

    def lasts_at(self, now: datetime) -> bool:
        """Whether the work is going on."""
        return self.stage is Stage.STARTED or (
            self.stage is Stage.PLANNED and self.starts_at <= now < self.ends_at
        )

    def in_language(self, language: str) -> Said:
        """What it says to a reader, in another language where it wasn't said in theirs."""
        return self.said.get(language) or next(iter(self.said.values()))


@dataclass(frozen=True, slots=True)
class Reminding:
    """How long before its beginning people are reminded, and by whose hours they read it."""

    before: Sequence[timedelta]
    hours: Hours

    def moments(self, notice: Notice) -> Iterator[datetime]:
        """When they are reminded: what falls into the night comes at the end of a day before."""
        for each in sorted(self.before, reverse=True):
            moment = self._awake(notice.starts_at - each)
            if moment is not None and notice.at < moment < notice.starts_at:
                yield moment

    def _awake(self, moment: datetime) -> datetime | None:
        if self.hours.always or self.hours.is_open(moment):
            return moment
        days = [*self.hours.spans(moment - timedelta(days=10), moment)]
        if not days:
            return None
        since, until = days[-1]
        return max(since, until - _EVENING)

    def next(self, notice: Notice, after: datetime) -> datetime | None:
        """The next of them."""
        return min((each for each in self.moments(notice) if each > after), default=None)


def announced(notice: Notice, reminding: Reminding) -> Notice:
    """A new one, that those affected are to hear of. Raises `Refused` for one that is over."""
    _look_at_times(notice, notice.starts_at, notice.ends_at, notice.at)
    started = notice.starts_at <= notice.at
    stage = Stage.STARTED if started else Stage.PLANNED
    return _timed(
        replace(notice, stage=stage, telling=Word.ANNOUNCED, told=0), reminding, notice.at
    )


def moved(notice: Notice, starts: datetime, ends: datetime, r: Reminding, now: datetime) -> Notice:
    """Another beginning, or another end. Raises `Refused` where it can't be."""
    _look_if_over(notice)
    if notice.stage is Stage.STARTED:
        starts = notice.starts_at
    _look_at_times(notice, starts, ends, now)
    if (starts, ends) == (notice.starts_at, notice.ends_at):
        raise Refused("refused.notice_same", notice=notice.reference, until=ends)
    anew = replace(notice, starts_at=starts, ends_at=ends, asked=False)
    anew = replace(anew, revision=notice.revision + 1, telling=Word.MOVED, told=0)
    return _timed(anew, r, now)


def reworded(notice: Notice, said: Mapping[str, Said]) -> Notice:
    """The same in other words, or in one more language; those who read it before aren't told."""
    _look_if_over(notice)
    return replace(notice, said={**notice.said, **said}, revision=notice.revision + 1)


def finished(notice: Notice, words: str) -> Notice:
    """It is over, and all is well. Raises `Refused` for what hasn't begun."""
    _look_if_over(notice)
    if notice.stage is Stage.PLANNED:
        raise Refused("refused.notice_not_begun", notice=notice.reference)
    return _over(notice, Stage.FINISHED, Word.FINISHED, words)


def cancelled(notice: Notice, words: str) -> Notice:
    """It doesn't take place, or breaks off."""
    _look_if_over(notice)
    return _over(notice, Stage.CANCELLED, Word.CANCELLED, words)


class Step(NamedTuple):
    """What is due of a notice: what it is then, and whether its end is to be asked for."""

    notice: Notice
    ask: bool = False


def stepped(notice: Notice, reminding: Reminding, now: datetime) -> Step:
    """What has come by now: of what was slept through only the last is told.

    Whether it is finished the desk can't know: who announced it is asked, once for each end.
    """
    if notice.stage is Stage.PLANNED and notice.starts_at <= now:
        notice = replace(notice, stage=Stage.STARTED)
        if now < notice.ends_at:  # else nobody is told of a beginning after the end
            notice = replace(notice, telling=Word.STARTED, told=0)
    elif notice.stage is Stage.PLANNED:
        passed = [each for each in reminding.moments(notice) if each <= now]
        if passed and (notice.reminded is None or passed[-1] > notice.reminded):
            notice = replace(notice, telling=Word.REMINDED, told=0, reminded=passed[-1])
    ask = notice.stage is Stage.STARTED and notice.ends_at <= now and not notice.asked
    return Step(_timed(replace(notice, asked=notice.asked or ask), reminding, now), ask)


def told_up_to(notice: Notice, person: int | None) -> Notice:
    """The same, its word told to everybody up to this person; to all of them where it is None."""
    if person is None:
        return replace(notice, telling=None, told=0)
    return replace(notice, told=person)


def known_by(about: Collection[str], stems: Collection[str]) -> bool:
    """Whether a report with these stems is about what has those."""
    return not set(about).isdisjoint(stems)


def _over(notice: Notice, stage: Stage, word: Word, words: str) -> Notice:
    revision = notice.revision + (word in DATED)
    over = replace(notice, stage=stage, telling=word, told=0, closing=words, revision=revision)
    return replace(over, knock_at=None)


def _timed(notice: Notice, reminding: Reminding, now: datetime) -> Notice:
    """With the moment at which the next thing is due."""
    if notice.stage is Stage.PLANNED:
        # What is slept through is told when the desk wakes, so the last reminder counts.
        reminder = reminding.next(notice, max(now, notice.reminded or now))
        knock = min(filter(None, (reminder, notice.starts_at)))
    elif notice.stage is Stage.STARTED and not notice.asked:
        knock = notice.ends_at
    else:
        return replace(notice, knock_at=None)
    return replace(notice, knock_at=knock)


def _look_if_over(notice: Notice) -> None:
    if notice.stage.is_over:
        told = {"notice": notice.reference, "stage": notice.stage.value}
        raise Refused("refused.notice_over", **told)


def _look_at_times(notice: Notice, starts: datetime, ends: datetime, now: datetime) -> None:
    if ends <= starts:
        raise Refused("refused.notice_ends_first", since=starts, until=ends).at("until")
    if ends <= now:
        raise Refused("refused.notice_past", until=ends).at("until")
    if starts < now and notice.stage is Stage.PLANNED and notice.id:
        raise Refused("refused.notice_past", until=starts).at("from")
