"""Loose words of requesters: said without their ticket, or behind a command that is refused."""

from bot.grammar import Grammar, Line
from bot.model.person import Role
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.moved import current
from bot.recognition import takes_part
from bot.turn import Turn

SETTLED = "resolve"  # the command of whoever says that it works now
_SETTLING = (SETTLED, "close")
_MOST, _MOST_ASKED = 500, 10  # tickets: looked through, and asked about
_NOT_THEIRS = "refused.not_yours"  # then the command's word itself is news to the agents


def still_open(turn: Turn) -> list[Ticket]:
    """What the speaker reported and is not done, the latest first."""
    own = turn.work.tickets.of_requester(turn.person.id, _MOST)
    return [each for each in own if not each.status.is_done]


def meant(turn: Turn, line: Line) -> Ticket | None:
    """The ticket a command is given in the midst of, or their only open one that it may settle.

    Raises `Refused` with a list where they have several.
    """
    if turn.named or turn.role >= Role.AGENT or line.command.name not in _SETTLING:
        return turn.named
    settings, going = turn.desk.settings, still_open(turn)
    if line.about(settings) or not going:
        return None
    if len(going) == 1:
        return going[0]
    rows = [
        {"reference": settings.reference(each.id), "summary": each.summary}
        for each in going[:_MOST_ASKED]
    ]
    more = len(going) - len(rows)
    raise Refused("refused.which_one", rows=rows, more=more, command=line.command.name)


def pass_on_words(turn: Turn, grammar: Grammar, refusal: Refused) -> Ticket | None:
    """Keep what stood behind a requester's refused command as what they said: on which ticket."""
    if turn.role >= Role.AGENT:
        return None
    ticket = turn.work.tickets.get(refusal.about) if refusal.about else turn.ticket
    if ticket is None or not takes_part(turn.work, ticket, turn.person):
        return None
    turn = turn.in_full()
    words = _behind(turn, grammar)
    if not words and not turn.heard.attachments and refusal.key != _NOT_THEIRS:
        return None
    return turn.saying(words or turn.inbound.text).pass_on(current(turn.work, ticket))


def _behind(turn: Turn, grammar: Grammar) -> str:
    """The free text of the command that the message is."""
    text = turn.inbound.text
    lines = grammar.read(text, Role.REQUESTER).lines
    line = lines[0] if lines else grammar.plain(text, Role.REQUESTER)
    if line is None or not line.command.takes_words:
        return ""
    named = line.about(turn.desk.settings)
    return named[1] if named else line.words.strip()
