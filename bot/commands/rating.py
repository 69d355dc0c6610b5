"""The command by which people say how the help was."""

from dataclasses import replace

from bot.command import TICKET, Call, Draft, Parameter, Type, command
from bot.commands.settling import OPTIONAL_WORDS
from bot.model import rating
from bot.model.message import Answer, Button
from bot.model.person import Role
from bot.model.rating import LOW, Rating
from bot.model.ticket import Ticket
from bot.permission import permit_rating
from bot.press import press
from bot.survey import unconcerned


def _asks_for_words(call: Call, ticket: Ticket, mark: int, text: str | None) -> Draft | None:
    """Whoever gives the mark again that they gave without words is asked for these."""
    known = call.work.ratings.of(ticket.id)
    if text or known is None or known.is_new or known.stands(call.now):
        return None
    again = (known.mark, known.words, ticket.requester) == (mark, "", call.by.id)
    return Draft("", settled=str(mark)) if again else None


@command(
    TICKET,
    Parameter("mark", Type.MARK),
    OPTIONAL_WORDS,
    role=Role.REQUESTER,
    drafts=_asks_for_words,
)
def rate(call: Call, ticket: Ticket, mark: int, text: str | None) -> Answer:
    """Say how the help was with what is solved, from 1 to 5; said twice, it is kept once."""
    permit_rating(call, ticket)
    before = call.work.ratings.of(ticket.id) or Rating(ticket.id)
    words = text or ""
    after, change = rating.rate(ticket, before, mark, words, call.by.id, call.now, call.channel)
    if after != before:
        call.work.ratings.keep(after)
        call.keep(change, deaf=unconcerned(call.work, ticket, mark))
    said = bool(after.words)
    answer = call.answer("answer.rated", ticket, mark=mark, low=mark <= LOW, said=said)
    return answer if said else replace(answer, buttons=(_add_words(call, ticket, mark),))


def _add_words(call: Call, ticket: Ticket, mark: int) -> Button:
    """The same mark once more, which asks for words."""
    texts, facts = call.desk.texts, {"reference": call.desk.settings.reference(ticket.id)}
    again = press(texts, call.reader, f"rate_{mark}", facts)
    return replace(again, label=texts.render("form.add_words", call.reader))
