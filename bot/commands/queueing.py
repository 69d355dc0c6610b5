"""Commands for what waits: the queue, views of it that somebody saves, many tickets at once."""

from dataclasses import replace
from functools import partial
from hashlib import sha256

from bot.clerk import carry_out
from bot.command import Call, Parameter, Type, command
from bot.commands.looking import PAGE
from bot.grammar import Grammar, Line
from bot.model.message import Answer, Button
from bot.model.order import in_order
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.narrowing import Narrowed, narrowed
from bot.rows import A_PAGE, line_of, part_of, rows_of

MOST_LOOKED_THROUGH = 2_000  # tickets that go on; of more, the most urgent are looked through
MOST_AT_ONCE = 50  # tickets that one command changes
_SIGNS = 4  # of the word that stands for what somebody was shown
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
        asked = _read(call, words)
        call.work.views.save(call.by.id, name, asked.said)
        return call.answer("done.view_kept", name=name, said=asked.said)
    kept = call.work.views.get(call.by.id, name)
    if kept is None:
        names = [each for each, _ in call.work.views.of(call.by.id)]
        raise Refused("refused.no_such_view", value=name, people=names)
    if colon:
        call.work.views.drop(call.by.id, name)
        return call.answer("done.view_dropped", name=name)
    answer: Answer = queue.run(call, _read(call, kept), None)
    return answer


@command(Parameter("change", Type.TEXT))
def each(call: Call, change: str) -> Answer:
    """Give one command for all tickets of a filter, once it was shown which these are.

    All of it happens, or nothing.
    """
    asked, _, order = change.partition(":")
    line = Grammar(call.commands, call.desk.texts).begun(order)
    if line is None or not line.command.needs_ticket or not line.command.changes:
        raise Refused("refused.each_of_what")
    shown, asked = _parted(asked.strip())
    narrow = _read(call, asked)
    found = _waiting(call, narrow)
    if not found or shown != _stands_for(found):
        return _preview(call, found, narrow.said, order.strip())
    for ticket in found:
        _carry_out(call, line, ticket)
    return call.answer("done.each", count=len(found), order=order.strip())


def _preview(call: Call, found: list[Ticket], said: str, order: str) -> Answer:
    """Which tickets it would be, and how to do it."""
    if not found:
        raise Refused("refused.each_of_none", said=said)
    if len(found) > MOST_AT_ONCE:
        raise Refused("refused.each_of_many", said=said, count=len(found), most=MOST_AT_ONCE)
    word = call.desk.texts.words("each.words", call.reader.language)[0]
    behind = f"{_stands_for(found)} {said}: {order}"
    rows, more = rows_of(call, found[:A_PAGE]), max(0, len(found) - A_PAGE)
    line = f"{call.reader.command(word)} {behind}"
    answer = call.answer(
        "done.each_of", rows=rows, more=more, count=len(found), order=order, line=line
    )
    label = call.desk.texts.render("done.each_label", call.reader, count=len(found))
    return replace(answer, buttons=(Button(label, f"/{word} {behind}", main=True),))


def _carry_out(call: Call, line: Line, ticket: Ticket) -> None:
    reference = call.desk.settings.reference(ticket.id)
    try:
        carry_out(replace(line, words=f"{reference} {line.words}"), replace(call, here=None))
    except Refused as refusal:
        refusal.about = ticket.id  # of them all, this is the one that can't be
        raise


def _stands_for(tickets: list[Ticket]) -> str:
    """A short word for just these tickets: whoever names it has seen which they are."""
    numbers = " ".join(str(each.id) for each in sorted(tickets, key=lambda one: one.id))
    return f"#{sha256(numbers.encode()).hexdigest()[:_SIGNS]}"


def _parted(words: str) -> tuple[str, str]:
    """The word for what somebody was shown, "" without one, and the filter's own words."""
    first, _, rest = words.partition(" ")
    return (first.lower(), rest) if first.startswith("#") else ("", words)


def _read(call: Call, words: str) -> Narrowed:
    asked = narrowed(call.desk.texts, call.desk.settings, call.by, words)
    if asked is None:
        raise Refused("refused.each_of_what")
    return asked


def _waiting(call: Call, asked: Narrowed | None) -> list[Ticket]:
    """What goes on in one's teams, or those that are asked for, in the one order."""
    every = tuple(team.name for team in call.desk.settings.teams)
    teams = (asked.filter.teams if asked else ()) or call.by.teams or every
    found = in_order(call.work.tickets.queue(teams, MOST_LOOKED_THROUGH))
    if asked is None:
        return found
    return [each for each in found if asked.filter.takes(each, partial(line_of, call, each))]
