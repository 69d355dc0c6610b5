"""What a text is: a sentence for people, in each language, for one audience.

A text stands in its language's folder (`bot.language`), in a file that names its audience
(requester, agent, everybody). Texts are Jinja templates; `[informal|formal]` in one is the word
by which the reader is addressed, decided once by the desk's settings.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import CodeType
from zoneinfo import ZoneInfo

from jinja2 import Environment, StrictUndefined, Template, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import SandboxedEnvironment

from bot.language import Folder
from bot.model.fold import fold
from bot.model.secret import MARK
from bot.model.stamp import Stamp, Style, stamped
from bot.sources import Source, addressed, stacked

_COMMAND = re.compile(r"(?<![\w/<])/(?=[^\W\d_])")  # in our own words, never in somebody's
_SOON = timedelta(days=6)
_codes: dict[str, CodeType] = {}
"""Templates, compiled: that takes long, and comes out the same for all `Texts`."""


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a text is rendered: their language and their clock."""

    language: str
    zone: ZoneInfo
    now: datetime
    slash: str = ""  # where commands stand behind a word of their own: "/desk"
    names_zone: bool = False  # others on other clocks read it as well
    stamps: bool = False  # the network shows each reader moments on their own clock

    def command(self, word: str) -> str:
        """How they write a command: "/claim", or "/desk claim"."""
        return f"{self.slash} {word}" if self.slash else f"/{word}"


class Texts:
    """Every text in every language."""

    def __init__(self, sources: Mapping[str, Mapping[str, Source]], default: str) -> None:
        self.sources = sources
        self.default = default
        self._environment = _environment(self)
        self._templates: dict[tuple[str, str, str], Template] = {}

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages the desk speaks."""
        return tuple(self.sources)

    def spoken(self, *wishes: str) -> str:
        """The first of these languages that the desk speaks, else its own."""
        for wish in wishes:
            short = wish.partition("-")[0].lower()
            if short in self.sources:
                return short
        return self.default

    def addressing(self, *, formal: bool) -> "Texts":
        """The same texts in the one or the other form of address."""
        sources = {
            language: {
                key: replace(source, words=addressed(source.written, formal=formal))
                for key, source in texts.items()
            }
            for language, texts in self.sources.items()
        }
        return Texts(sources, self.default)

    def language_named(self, words: str) -> str | None:
        """The language that somebody names: "es", "Spanish", "español"."""
        named = {
            fold(word): language
            for language in self.sources
            for word in (language, *self.words("language_names.own", language))
        }
        return named.get(fold(words))

    def render(self, key: str, reader: Reader, **values: object) -> str:
        """The words of `key` for this reader. Raises `KeyError` for an unknown key."""
        words = self.sources[reader.language][key].words
        if "{" not in words:  # no template: as it stands
            return _behind(reader.slash, words).strip()
        template = self._template(reader.language, key, reader.slash)
        return self.veiled(template.render(values, reader=reader).strip(), reader)

    def veiled(self, words: str, reader: Reader) -> str:
        """Words with the marks of hidden secrets as people read them: "[password hidden]"."""
        if "⟦" not in words:
            return words
        return MARK.sub(lambda mark: f"[{self._hidden(mark[1], reader)}]", words)

    def lasting(self, minutes: int, reader: Reader) -> str:
        """How long something took: "1 h 25 min", with a minus where it is taken away."""
        hours, rest = divmod(abs(minutes), 60)
        told = {"less": minutes < 0, "hours": hours, "minutes": rest}
        return self.render("format.lasting", reader, **told)

    def words(self, key: str, language: str) -> tuple[str, ...]:
        """The words listed in `key`, separated by commas: "claim, take, mine"."""
        return tuple(word.strip() for word in self.sources[language][key].words.split(","))

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return key in self.sources[self.default]

    def keys(self) -> Iterator[str]:
        """Every key, in the order of the default language's files."""
        return iter(self.sources[self.default])

    def _hidden(self, kind: str, reader: Reader) -> str:
        key = f"label.hidden.{kind}"
        return self.render(key, reader) if self.has(key) else kind

    def _template(self, language: str, key: str, slash: str) -> Template:
        template = self._templates.get((language, key, slash))
        if template is None:
            words = _behind(slash, self.sources[language][key].words)
            # Plain globals: a chain would be searched at each rendering.
            known = dict(self._environment.make_globals(None))
            if words not in _codes:
                _codes[words] = self._environment.compile(words)
            template = Template.from_code(self._environment, _codes[words], known)
            self._templates[language, key, slash] = template
        return template


def load_texts(
    default: str = "en",
    *,
    formal: bool = False,
    own: Path | None = None,
    whole: bool = True,
    beside: Sequence[Folder] = (),
) -> Texts:
    """The packaged texts, with the desk's own over them, key by key.

    `beside` are the folders of other packages, which bring texts of their own in the languages that
    the desk speaks. Raises `TextError`, also where a language lacks texts, unless it needn't be
    `whole`.
    """
    return Texts(stacked(default, formal=formal, own=own, whole=whole, beside=beside), default)


def _behind(slash: str, words: str) -> str:
    """The words of a text with its commands as they are written behind a word of their own."""
    return _COMMAND.sub(f"{slash} ", words) if slash else words


def _environment(texts: Texts) -> Environment:
    environment = SandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )

    @pass_context
    def moment(context: Context, value: datetime) -> str:
        """A moment on the reader's clock, with the day's name."""
        reader: Reader = context["reader"]
        return _dated(value, reader, texts, _pattern(value, reader))

    @pass_context
    def clock(context: Context, value: datetime, day: datetime | None = None) -> str:
        """The time of day alone for a moment of that day, or of today, else with its day."""
        reader: Reader = context["reader"]
        today = _local(value, reader).date() == _local(day or reader.now, reader).date()
        return _dated(value, reader, texts, "format.clock" if today else _pattern(value, reader))

    @pass_context
    def lasting(context: Context, minutes: int) -> str:
        return texts.lasting(minutes, context["reader"])

    @pass_context
    def label(context: Context, value: str, kind: str) -> str:
        """The word for a value of a list: a status, a kind, a priority."""
        return texts.render(f"label.{kind}.{value}", context["reader"])

    @pass_context
    def listed(context: Context, values: Sequence[str], joint: str = "or") -> str:
        """ "Ana, Leo or Eva", with the joint word of the reader's language."""
        *head, last = values
        word = texts.render(f"joint.{joint}", context["reader"], next=last)
        return f"{', '.join(head)} {word} {last}" if head else last

    @pass_context
    def told(context: Context, value: str, before: str = ": ") -> str:
        """Somebody's words in quotation marks, behind `before`; "" for none.

        A sentence of ours ends behind them: they come without the full stop of their own.
        """
        words = value.removesuffix(".") if not value.endswith("..") else value
        told = texts.render("format.told", context["reader"], words=words)
        return before + told if words else ""

    @pass_context
    def day(context: Context, value: date) -> str:
        """A whole day, with its name."""
        reader: Reader = context["reader"]
        months = texts.words("format.months", reader.language)
        weekdays = texts.words("format.weekdays", reader.language)
        named = {"weekday": weekdays[value.weekday()], "month": months[value.month - 1]}
        return texts.render("format.whole_day", reader, day=value.day, year=value.year, **named)

    environment.filters |= {"moment": moment, "clock": clock, "lasting": lasting, "day": day}
    environment.filters |= {"label": label, "listed": listed, "told": told}
    return environment


def _pattern(value: datetime, reader: Reader) -> str:
    """How a day is named: by its week, else by its date, with the year unless it is this one."""
    if abs(value - reader.now) < _SOON:
        return "format.day"
    same = _local(value, reader).year == _local(reader.now, reader).year
    return "format.date" if same else "format.year"


def _local(value: datetime, reader: Reader) -> datetime:
    return value.astimezone(reader.zone)


def _dated(value: datetime, reader: Reader, texts: Texts, pattern: str) -> str:
    words = _spelled(value, reader, texts, pattern)
    if not reader.stamps:
        return words
    style = Style.CLOCK if pattern == "format.clock" else Style.DAY
    time = f"{_local(value, reader):%H:%M}"
    frame = texts.render(f"format.stamp_{style}", reader, stamp="{}", time=time)
    return stamped(Stamp(value, style, words, frame))


def _spelled(value: datetime, reader: Reader, texts: Texts, pattern: str) -> str:
    """A moment in words, on the clock by which the reader lives as far as is known."""
    moment = _local(value, reader)
    zone = f" {_zone_of(moment)}" if reader.names_zone else ""
    return texts.render(
        pattern,
        reader,
        weekday=texts.words("format.weekdays", reader.language)[moment.weekday()],
        day=moment.day,
        month=texts.words("format.months", reader.language)[moment.month - 1],
        year=moment.year,
        time=f"{moment:%H:%M}{zone}",
    )


def _zone_of(moment: datetime) -> str:
    """ "CET"; "UTC-3" where a zone has no such name."""
    name = moment.tzname() or ""
    if name.isalpha():
        return name
    ahead = f"{moment:%z}"  # "-0300"
    minutes = f":{ahead[3:5]}" if ahead[3:5] != "00" else ""
    return f"UTC{int(ahead[:3]):+}{minutes}"
