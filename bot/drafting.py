"""Drafting: a form that begins with words of the desk's, so that nobody sends them unread."""

from dataclasses import replace

from bot.arguments import Arguments
from bot.command import WORDS, Call
from bot.forms import INPUTS, Wish, choices, wish
from bot.grammar import Line
from bot.model.form import Input
from bot.model.refused import Refused
from bot.model.ticket import Ticket

MOST_DRAFTED = 3_000  # characters that a field holds in every chat; of more it would lose the end


def wished(line: Line, call: Call) -> Wish | None:
    """What a command wants to know, or has ready to be read; None where it is to be carried out."""
    command = line.command
    if command.drafts is None or command.role > call.role:
        return wish(line, call)
    try:
        values = Arguments(_wordless(line), call).read()
    except Refused:
        return _before_the_words(line, call)
    try:
        draft = command.drafts(call, **values)
    except Refused:  # which is said when it is taken in
        return None
    if draft is None or len(draft.words) > MOST_DRAFTED:
        return None
    ticket = values.get("ticket")
    return Wish(
        command,
        ticket if isinstance(ticket, Ticket) else None,
        tuple(each for each in command.parameters if each.name == WORDS.name),
        {WORDS.name: draft.words},
        draft.settled,
        draft.notice,
    )


def _wordless(line: Line) -> Line:
    """The same of a command that can do without the words it is about to show."""
    parameters = (
        replace(each, required=False) if each.name == WORDS.name else each
        for each in line.command.parameters
    )
    return replace(line, command=replace(line.command, parameters=tuple(parameters)))


def _before_the_words(line: Line, call: Call) -> Wish | None:
    """What it must know before there are words to show; None where there is nothing to choose."""
    asked = wish(line, call)
    if asked is None:
        return None
    open_ = tuple(each for each in asked.open if each.required)
    chosen = (each.type for each in open_ if INPUTS[each.type] is Input.CHOICE)
    if all(asked.given.get(each.name, "").strip() for each in open_):
        return None  # something is wrong with what was told, and is said when it is taken in
    return replace(asked, open=open_) if all(choices(each, call) for each in chosen) else None
