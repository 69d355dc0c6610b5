"""Choosing: what fits what somebody is typing, best first; it changes nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from zoneinfo import ZoneInfo

from bot.articles import articles_for
from bot.command import Call, Command, Parameter, Type
from bot.forms import choices
from bot.grammar import Grammar, Line
from bot.lasting import lasting
from bot.model.duration import LONGEST, read_duration
from bot.model.fold import fold
from bot.model.form import Choice
from bot.model.moment import read_moment
from bot.model.person import Person, Role
from bot.model.stamp import spelled
from bot.model.tags import begun
from bot.model.ticket import Ticket
from bot.narrowing import filter_words
from bot.permission import may_see
from bot.ready import ready_answers
from bot.when import calling
from bot.which import assets_near, tags_lately
from bot.whom import affected_by_name
from bot.zones import zone_called, zones_meant

MOST = 25  # choices, which is as many as networks show
_USUAL = (15, 30, 60)  # minutes to offer before anything is typed
_SOON = ("tomorrow", "overmorrow", "next_week")  # moments to offer before anything is typed


def fitting(parameter: Parameter, call: Call, words: str) -> tuple[Choice, ...]:
    """What may stand for a parameter, by what is typed of it."""
    return tuple(islice(_FOUND.get(parameter.type, _listed)(parameter, call, words), MOST))


def lines(
    commands: Iterable[Command], grammar: Grammar, call: Call, words: str
) -> tuple[Choice, ...]:
    """Whole lines that go on with what is typed: a command's word, then what belongs behind it."""
    line = grammar.begun(words) if words.strip() else None
    if line is None or not words.removeprefix(line.word)[:1].isspace():
        return tuple(islice(_words(commands, call, words), MOST))
    if line.command.role > call.role:
        return ()
    return tuple(islice(_behind(line, call), MOST))


def _words(commands: Iterable[Command], call: Call, typed: str) -> Iterator[Choice]:
    """The commands one of whose words begins so."""
    texts, sought = call.desk.texts, fold(typed.strip().removeprefix("/"))
    for command in commands:
        called = texts.words(f"{command.name}.words", call.reader.language)
        word = next((each for each in called if fold(each).startswith(sought)), None)
        if word and command.role <= call.role:
            does = texts.render(f"{command.name}.help", call.reader)
            yield Choice(word, f"{word} · {does}")


def _behind(line: Line, call: Call) -> Iterator[Choice]:
    """The line with its next parameter."""
    command, words = line.command, line.words.strip()
    begun = line.about(call.desk.settings) if command.wants_ticket else None
    at = 1 if begun or (call.here and command.wants_ticket) else 0
    if begun:
        words = begun[1]
    before = f"{line.word} {call.desk.settings.reference(begun[0])}" if begun else line.word
    for parameter in command.parameters[at : at + 1]:
        for each in fitting(parameter, call, words):
            yield Choice(f"{before} {each.value}", f"{before} {each.label}")


def _tickets(_: Parameter, call: Call, words: str) -> Iterator[Choice]:
    """Those they may see, the one that is named first."""
    settings, sought = call.desk.settings, fold(words).split()
    number = settings.referred_to(words) or (settings.begun_with(f"#{words}") or (0,))[0]
    named = call.work.tickets.get(number) if number else None
    if call.role >= Role.AGENT:
        found = call.work.tickets.found(words, MOST)
    else:
        own = call.work.tickets.of_requester(call.by.id, MOST)
        found = [each for each in own if all(word in fold(each.summary) for word in sought)]
    seen = {each.id: each for each in ([named] if named else []) + found if may_see(call, each)}
    yield from (_ticket(call, each) for each in seen.values())


def _ticket(call: Call, ticket: Ticket) -> Choice:
    reference = call.desk.settings.reference(ticket.id)
    return Choice(reference, f"{reference} · {ticket.summary}")


def _people(_: Parameter, call: Call, words: str) -> Iterator[Choice]:
    """Agents alone may look through who the desk knows."""
    if call.role < Role.AGENT or not words.strip():
        return
    for person in call.work.people.search(words, MOST):
        yield from _person(call, person)


def _person(call: Call, person: Person) -> Iterator[Choice]:
    known = call.work.people.identities(person.id)
    address = next((each.external_id for each in known if "@" in each.external_id), "")
    here = next((each.external_id for each in known if each.channel == call.channel), "")
    if value := here or address:
        yield Choice(value, f"{person.name} · {address}" if address else person.name)


def _moments(_: Parameter, call: Call, words: str) -> Iterator[Choice]:
    """What is typed, as it is understood; before that, what people often mean."""
    texts, reader, called = call.desk.texts, call.reader, calling(call.desk.texts)
    usual = (texts.words(f"when.{each}", reader.language)[0] for each in _SOON)
    for said in [words] if words.strip() else usual:
        moment = read_moment(said, call.now, reader.zone, called)
        if moment is not None and moment > call.now:
            told = texts.render("form.moment", reader, until=moment)
            label = spelled(told if words.strip() else f"{said} · {told}")
            yield Choice(moment.astimezone(reader.zone).isoformat(timespec="minutes"), label)


def _durations(_: Parameter, call: Call, words: str) -> Iterator[Choice]:
    """What is typed, as it is understood; before that, what things often take."""
    texts, typed = call.desk.texts, words.strip()
    spent = read_duration(typed, lasting(texts)) if typed else None
    for minutes in [spent.minutes] if spent and not spent.rest else [] if typed else _USUAL:
        if abs(minutes) <= LONGEST:
            told = texts.lasting(minutes, call.reader)
            yield Choice(told, told)


def _zones(_: Parameter, call: Call, words: str) -> Iterator[Choice]:
    """The clocks that somebody may mean by a city, or by the time it is where they are."""
    language, desk = call.reader.language, call.desk
    if not words.strip():
        return
    for zone in zones_meant(words, call.now, desk.settings.zones, desk.texts.languages, language):
        time = f"{call.now.astimezone(ZoneInfo(zone)):%H:%M}"
        yield Choice(zone, f"{zone_called(zone, language)} · {time}")


def _filters(_: Parameter, call: Call, words: str) -> Iterator[Choice]:
    """Their own views, then words that go on with what is typed."""
    if call.role < Role.AGENT:
        return
    sought = fold(words.strip())
    for name, said in call.work.views.of(call.by.id):
        if sought in fold(f"{name} {said}"):
            yield Choice(said, f"{name} · {said}")
    before, typed = words.rpartition(" ")[::2]
    for word in filter_words(call.desk.texts, call.desk.settings, call.reader.language):
        if fold(word).startswith(fold(typed)):
            yield Choice(f"{before} {word}".strip(), f"{before} {word}".strip())


def _names(_: Parameter, call: Call, words: str) -> Iterator[Choice]:
    """Those of ready answers that there are; a new one is what is typed."""
    sought = fold(words.strip())
    found = (each.name for each in ready_answers(call) if sought in fold(each.name))
    yield from (Choice(each, each) for each in found)


def _articles(_: Parameter, call: Call, words: str) -> Iterator[Choice]:
    """What fits what is typed, the best first."""
    found = articles_for(call, call.here, words)
    yield from (Choice(each.reference, each.called) for each in found)


def _affected(_: Parameter, call: Call, words: str) -> Iterator[Choice]:
    """Everybody, a team, an office, a channel, by a name that goes on with what is typed."""
    before, last = begun(words)
    for said, label in affected_by_name(call):
        if fold(last) in fold(label):
            yield Choice(f"{before} {said}".strip(), f"{before} {label}".strip())


def _tags(parameter: Parameter, call: Call, words: str) -> Iterator[Choice]:
    """What is typed, and what goes on with it: tags used lately, or assets; for agents alone."""
    if call.role < Role.AGENT:
        return
    before, last = begun(words)
    minus, sought = ("-", fold(last[1:].strip())) if last.startswith("-") else ("", fold(last))
    typed = {fold(each.strip()) for each in before.split(",")}
    is_tag = parameter.type is Type.TAGS
    if last and is_tag:  # a new one; of assets there are no others
        yield Choice(words.strip(), words.strip())
    for name, label in _known_tags(call) if is_tag else _known_assets(call):
        if sought in fold(label) and fold(name) not in {*typed, *([sought] if is_tag else [])}:
            yield Choice(f"{before} {minus}{name}".strip(), f"{before} {minus}{label}".strip())


def _known_tags(call: Call) -> Iterator[tuple[str, str]]:
    yield from ((each, each) for each in tags_lately(call))


def _known_assets(call: Call) -> Iterator[tuple[str, str]]:
    for each in assets_near(call, call.here):
        yield each.name, " · ".join(filter(None, (each.name, each.kind, each.owner or each.office)))


def _listed(parameter: Parameter, call: Call, words: str) -> Iterator[Choice]:
    """Of what is chosen from a list, whatever has the typed words in its name."""
    sought = fold(words.strip())
    yield from (each for each in choices(parameter.type, call) if sought in fold(each.label))


_FOUND: Mapping[Type, Callable[[Parameter, Call, str], Iterator[Choice]]] = {
    Type.TICKET: _tickets,
    Type.PERSON: _people,
    Type.MOMENT: _moments,
    Type.BEGIN: _moments,
    Type.END: _moments,
    Type.AFFECTED: _affected,
    Type.DURATION: _durations,
    Type.ZONE: _zones,
    Type.FILTER: _filters,
    Type.NAME: _names,
    Type.TAGS: _tags,
    Type.ARTICLE: _articles,
    Type.ASSETS: _tags,
}
