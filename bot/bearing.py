"""Whom an agent's plain words and files are for: the requester's side, or the other agents."""

from bot.audience import ANSWERS, OUTWARD
from bot.model.entry import Event, Message, What
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.turn import Turn


def stays_inside(turn: Turn, ticket: Ticket) -> bool:
    """What passes on, is said to colleagues with the desk in copy, or answers what they read."""
    said_to_others = turn.inbound.copied and not has_it_already(turn, ticket)
    return turn.inbound.forwarded is not None or said_to_others or answers_inward(turn)


def answers_inward(turn: Turn) -> bool:
    """Whether the letter that is answered was for agents alone: a note, a refusal, a list…"""
    if turn.answered is None or turn.answered.inward:
        return turn.answered is not None
    entry = turn.answered_entry
    return entry is not None and entry.what not in OUTWARD


def own_words(turn: Turn, words: str) -> str:
    """An agent's words, without what they quote of a letter in which the desk alone speaks.

    That may tell of what others had with us.
    """
    entry, letter = turn.answered_entry, turn.answered
    handed_over = entry is not None and entry.what is What.ASSIGNED
    if letter is None or not (letter.entry is None or handed_over):
        return words
    return "\n".join(line for line in words.splitlines() if not line.startswith(">")).strip()


def look_for_own_words(turn: Turn, words: str) -> None:
    """Raises `Refused` for a letter in which an agent left only what it answers."""
    said = [line for line in words.splitlines() if line.strip()]
    if said and all(line.startswith(">") for line in said) and not turn.heard.attachments:
        raise Refused("refused.only_quoted")


def has_it_already(turn: Turn, ticket: Ticket) -> bool:
    """Whether the requester has these words anyway: in copy, or in the ticket's own thread."""
    return _in_its_thread(turn, ticket) or ticket.requester in _in_copy(turn)


def have_it_already(turn: Turn, ticket: Ticket) -> set[int]:
    """Who has these words anyway, by number: also whose own ticket, now joined, has the thread."""
    here = [each for each in (ticket, turn.below) if each and _in_its_thread(turn, each)]
    return {each.requester for each in here} | _in_copy(turn)


def _in_its_thread(turn: Turn, ticket: Ticket) -> bool:
    if not turn.inbound.public or turn.inbound.address != ticket.conversation:
        return False
    if ticket.conversation.thread:
        return True
    # A room with a private thread for each is one address: the thread's first message tells.
    root = turn.work.tickets.of_messages(turn.channel, turn.inbound.replies_to[-1:])
    return root in (None, ticket.id)


def _in_copy(turn: Turn) -> set[int]:
    known = (turn.work.people.find(turn.channel, each.external_id) for each in turn.inbound.others)
    return {found[0].id for found in known if found is not None}


def writer_besides(turn: Turn, ticket: Ticket) -> int | None:
    """Who wrote what is answered, if that was neither the requester nor an agent."""
    entry = turn.answered_entry
    if not isinstance(entry, Message) or entry.by in (None, ticket.requester):
        return None
    writer = turn.work.people.get(entry.by)
    return None if writer is None or writer.is_agent else writer.id


def files_left(turn: Turn, ticket: Ticket) -> bool:
    """Whether files came that no command has put with its own words; a letter's pictures aren't."""
    if all(each.inline for each in turn.heard.attachments):
        return False
    kept = turn.work.entries.of(ticket.id)
    return not any(
        each.attachments and each.at == turn.now and each.by == turn.person.id
        for each in kept
        if not isinstance(each, Event)
    )


def spoke(turn: Turn, ticket: Ticket) -> bool:
    """Whether a command of theirs just said something to the requester."""
    said = (each for each in turn.work.entries.of(ticket.id) if isinstance(each, Event))
    return any(
        each.words and each.what in ANSWERS and each.at == turn.now and each.by == turn.person.id
        for each in said
    )
