"""Commands for what waits: the queue, views of it that somebody saves, many tickets at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

from bot.arguments import Arguments
from bot.clerk import carry_out
from bot.command import Call, Parameter, Type, command
from bot.commands.looking import PAGE
from bot.grammar import Grammar, Line
from bot.model.message import Answer, Button
from bot.model.order import in_order
from bot.model.refused import Refused
from bot.model.signing import parted
from bot.model.ticket import Ticket
from bot.moved import current
from bot.narrowing import Narrowed, narrowed
from bot.ready import own_teams
from bot.rows import A_PAGE, line_of, part_of, rows_of
from bot.shown import stands_for

MOST_LOOKED_THROUGH = 2_000  # tickets that go on; of more, the most urgent are looked through
MOST_AT_ONCE = A_PAGE  # tickets that one command changes: each of them was shown
FILTER = Parameter("filter", Type.FILTER, required=False)


@command(FILTER, PAGE, changes=False)
def queue(call: Call, filter: Narrowed | None, page: int | None) -> Answer:  # noqa: A002 - its name
    """What waits for one's teams: the most urgent first, and of those the longest."""
    found = _waiting(call, filter)
    part = part_of(page, len(found))
    rows = rows_of(call, found[part.begin : part.end])
    said = filter.said if filter else ""
    return call.answer("done.queue", rows=rows, more=part.more, next=part.page + 1, said=said)


@command(Parameter("view", Type.TEXT, required=False))
def view(call: Call, view: str | None) -> Answer:
    """The queue by a name that they gave to a filter; with a colon they give one, or drop it."""
    name, colon, words = (view or "").partition(":")
    name, words = " ".join(name.split()), words.strip()
    if not name:
        rows = [{"name": each, "said": said} for each, said in call.work.views.of(call.by.id)]
        return call.answer("done.views", rows=rows)
    if colon and words:
        asked = _read(call, words, "refused.view_of_what")
        call.work.views.save(call.by.id, name, asked.said)
        return call.answer("done.view_kept", name=name, said=asked.said)
    kept = call.work.views.get(call.by.id, name)
    if kept is None:
        names = [each for each, _ in call.work.views.of(call.by.id)]
        raise Refused("refused.no_such_view", value=name, people=names)
    if colon:
        call.work.views.drop(call.by.id, name)
        return call.answer("done.view_dropped", name=name)
    answer: Answer = queue.run(call, _read(call, kept, "refused.view_of_what"), None)
    return answer


@command(Parameter("change", Type.TEXT, lacking="refused.each_of_what"), whole=True)
def each(call: Call, change: str) -> Answer:
    """Give one command for all tickets of a filter, once it was shown which these are.

    All of it happens, or nothing.
    """
    asked, _, order = change.partition(":")
    line = _ordered(call, order)
    shown, asked = _parted(asked.strip())
    narrow = _read(call, asked, "refused.each_of_what")
    found = [one for one in _waiting(call, narrow) if one.id != _goal(call, line)]
    if not found or shown != _shown(found):
        return _preview(call, found, narrow.said, line)
    for ticket in found:
        with _of_many(ticket):
            _refuse_unread(call, line, ticket, narrow.said)
            carry_out(*_about(call, line, ticket))
    return call.answer("done.each", count=len(found), order=_written(line))


def _ordered(call: Call, order: str) -> Line:
    """The command that is to be given; a goodbye below one that takes no words is left out."""
    line = Grammar(call.commands, call.desk.texts).begun(order)
    if line is None or not line.command.needs_ticket or not line.command.changes:
        raise Refused("refused.each_of_what")
    if any(not file.inline for file in call.attachments):
        raise Refused("refused.each_files")
    begun, _, below = line.words.strip().partition("\n")
    known = call.desk.ear.closings, call.desk.settings, below, call.by.name
    told = line.command.takes_words or parted(*known).said
    return line if told else replace(line, words=begun)


def _goal(call: Call, line: Line) -> int | None:
    """The ticket in which all others are to go on, wherever that goes on itself."""
    named = line.about(call.desk.settings) if _joins(line) else None
    ticket = call.work.tickets.get(named[0]) if named else None
    return current(call.work, ticket).id if ticket else None


def _joins(line: Line) -> bool:
    """Whether it names just another ticket, in which the one it is said in goes on."""
    parameters = line.command.parameters
    return len(parameters) > 1 and all(one.type is Type.TICKET for one in parameters)


def _preview(call: Call, found: list[Ticket], said: str, line: Line) -> Answer:
    """Which tickets it would be, and how to do it."""
    if not found:
        raise Refused("refused.each_of_none", said=said)
    if len(found) > MOST_AT_ONCE:
        raise Refused("refused.each_of_many", said=said, count=len(found), most=MOST_AT_ONCE)
    call.look(line, None)
    for ticket in found:
        _refuse_unread(call, line, ticket, said)
    count, order = len(found), _written(line)
    behind = f"{_shown(found)} {said}: {order}"
    rows, typed = rows_of(call, found), _typed(call, behind)
    answer = call.answer("done.each_of", rows=rows, count=count, order=order, line=typed)
    label = call.desk.texts.render("done.each_label", call.reader, count=count)
    return replace(answer, buttons=(Button(label, f"/{each.name} {behind}", main=True),))


def _refuse_unread(call: Call, line: Line, ticket: Ticket, said: str) -> None:
    """Raises `Refused` for words of the desk's that it would only show, unless they are ordered."""
    if line.command.drafts is None:
        return
    given, about = _about(call, line, ticket)
    if line.command.drafts(about, **Arguments(given, about).read()) is not None:
        send = call.desk.texts.words("ordered.send", call.reader.language)[0]
        typed = _typed(call, f"{said}: {_written(line)} {send}")
        raise Refused("refused.each_unread", line=typed)


def _about(call: Call, line: Line, ticket: Ticket) -> tuple[Line, Call]:
    """The command for one of them; what one of them was answered with was for that one."""
    about = replace(call, here=ticket if _joins(line) else None, attachments=())
    if _joins(line):
        return line, about
    reference = call.desk.settings.reference(ticket.id)
    return replace(line, words=f"{reference} {line.words}"), about


@contextmanager
def _of_many(ticket: Ticket) -> Iterator[None]:
    """What is refused in here names the one of them all that can't be."""
    try:
        yield
    except Refused as refusal:
        refusal.about, refusal.of_many = ticket.id, True
        raise


def _typed(call: Call, behind: str) -> str:
    word = call.desk.texts.words("each.words", call.reader.language)[0]
    return f"{call.reader.command(word)} {behind}"


def _written(line: Line) -> str:
    return f"{line.word} {line.words}".strip()


def _shown(tickets: list[Ticket]) -> str:
    """A short word for these tickets as they are: whoever names it has seen them so."""
    return stands_for(*sorted((each.id, each.version) for each in tickets))


def _parted(words: str) -> tuple[str, str]:
    """The word for what somebody was shown, "" without one, and the filter's own words."""
    first, _, rest = words.partition(" ")
    return (first.lower(), rest) if first.startswith("#") else ("", words)


def _read(call: Call, words: str, otherwise: str) -> Narrowed:
    """The filter. Raises `Refused` in the words of `otherwise` where it is none."""
    asked = narrowed(call.desk.texts, call.desk.settings, call.by, words)
    if asked is None:
        raise Refused(otherwise)
    return asked


def _waiting(call: Call, asked: Narrowed | None) -> list[Ticket]:
    """What goes on in one's teams, or those that are asked for, in the one order."""
    teams = (asked.filter.teams if asked else ()) or own_teams(call.by, call.desk.settings)
    found = in_order(call.work.tickets.queue(teams, MOST_LOOKED_THROUGH))
    if asked is None:
        return found
    return [each for each in found if asked.filter.takes(each, partial(line_of, call, each))]
