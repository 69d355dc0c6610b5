"""Which one is meant: teams by their names, messages by their words, tags as they were used."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches

from bot.command import Call
from bot.model.asset import Asset
from bot.model.entry import Event, Message, What
from bot.model.fold import fold
from bot.model.refused import Refused
from bot.model.settings import Desk, Team
from bot.model.summary import sentence_with
from bot.model.ticket import Ticket
from bot.routing import addresses_of
from bot.store import Work
from bot.text import Texts

_MOST_TOLD = 5  # messages, of which somebody may choose
_FIRST = 70  # characters by which people know a message
_LATELY = 200  # tickets, the newest of all
_NAMED = "~"  # before the number of a message
_NEAR = 0.6  # how alike a word must be to a team that was meant, from 0 to 1


def bare(words: str) -> str:
    """Words without accents, case and what may stand behind a name: "Network:"."""
    return fold(words.strip().rstrip(".,:;"))


def teams_named(settings: Desk) -> Mapping[str, Team]:
    """The teams by their bare names and labels; a name counts before another team's label."""
    labelled = {bare(each.called): each for each in settings.teams}
    return labelled | {bare(each.name): each for each in settings.teams}


def teams_near(settings: Desk, word: str) -> list[str]:
    """What those teams are called which a mistyped word may mean; all of them if none is near."""
    named = teams_named(settings)
    near = [named[each] for each in get_close_matches(bare(word), named, cutoff=_NEAR)]
    return list(dict.fromkeys(each.called for each in near or settings.teams))


def teams_meant(call: Call, words: str) -> tuple[tuple[Team, ...] | None, str]:
    """The teams that are named one after the other, "of Network and Support"; None for none.

    Raises `Refused` with those that may be meant.
    """
    named, joints = teams_named(call.desk.settings), _joints(call.desk.texts)
    most = max(len(each.split()) for each in named)
    left, found = words.replace(",", " , ").split(), dict[str, Team]()
    while left:
        whole = [" ".join(left[:count]) for count in range(most, 0, -1)]
        known = next((each for each in whole if bare(each) in named), None)
        if known is not None:
            team = named[bare(known)]
            found[team.name] = team
        elif left[0] != "," and fold(left[0]) not in joints:
            near = teams_near(call.desk.settings, left[0])
            raise Refused("refused.no_such_team", value=left[0], people=near).at("teams")
        left = left[len(known.split()) if known else 1 :]
    return tuple(found.values()) or None, ""


def names_tickets(call: Call, words: str) -> bool:
    """Whether words are nothing but references: "IT-2 and IT-3"."""
    said, joints = words.replace(",", " ").split(), _joints(call.desk.texts)
    named = [each for each in said if fold(each) not in joints]
    return bool(named) and all(call.desk.settings.begun_with(each) for each in named)


def assets_near(call: Call, ticket: Ticket | None = None) -> list[Asset]:
    """The desk's assets: what a ticket's requester has, then what their office has, then all."""
    inventory = call.desk.settings.assets
    requester = call.work.people.get(ticket.requester) if ticket else None
    if requester is None:
        return list(inventory.assets)
    return inventory.nearest(addresses_of(call.work, requester), requester.office)


def tags_lately(call: Call) -> list[str]:
    """The tags of the newest tickets, the most used first."""
    tags = [tag for each in call.work.tickets.newest(_LATELY) for tag in each.tags]
    spelled = {fold(tag): tag for tag in reversed(tags)}  # as it was last
    return [spelled[each] for each, _ in Counter(map(fold, tags)).most_common()]


def message_meant(call: Call, ticket: Ticket, words: str) -> Message:
    """The one message of the requester's side that holds these words, or that a form names.

    Its subject is the sentence with the words, "" where there is none.
    Raises `Refused` with those that fit, or may be meant.
    """
    known = splittable(call.work, ticket)
    sought = " ".join(fold(words).split())
    found = [
        each
        for each in known
        if words.strip() == message_name(each) or sought in " ".join(fold(each.text).split())
    ]
    if len(found) == 1:
        return replace(found[0], subject=sentence_with(found[0].text, words))
    if not known:
        raise Refused("refused.nothing_to_split")
    key = "refused.several_messages" if found else "refused.no_such_message"
    people = [first_words(each) for each in (found or known)[:_MOST_TOLD]]
    raise Refused(key, value=_called(call, words.strip()), people=people)


def splittable(work: Work, ticket: Ticket) -> list[Message]:
    """What the requester's side said after the first message, as it reads now, newest first.

    Of what was merged into it as well. What was split off before is no part of it, nor is what a
    machine answered.
    """
    numbers = (ticket.id, *work.tickets.merged_into(ticket.id))
    entries = sorted((x for each in numbers for x in work.entries.of(each)), key=lambda x: x.id)
    messages = {each.id: each for each in entries if isinstance(each, Message)}
    split = (x for x in entries if isinstance(x, Event) and x.what is What.SPLIT)
    gone = [(range(int(each.old), each.id), messages.get(int(each.old))) for each in split]
    now = {each.of: each for each in messages.values() if each.what is What.EDITED}
    said = [each for each in messages.values() if each.what is What.SAID]
    first = {each.ticket: each.id for each in reversed(said)}
    here = (
        each
        for each in said
        if each.id != first[each.ticket]
        and "auto_reply" not in each.remarks
        and not any(each.id in since and begun and each.by == begun.by for since, begun in gone)
    )
    return [replace(each, text=now.get(each.id, each).text) for each in here][::-1]


def message_name(message: Message) -> str:
    """How a form names a message."""
    return f"{_NAMED}{message.id}"


def _called(call: Call, words: str) -> str:
    """What stands for a message, as people know it: a form may name one that has gone."""
    number = words.removeprefix(_NAMED)
    named = call.work.entries.get(int(number)) if number.isdecimal() and number != words else None
    return first_words(named) if isinstance(named, Message) else words


def first_words(message: Message) -> str:
    """By what people know a message: its first words, or its first file."""
    words = " ".join(message.text.split()) or ", ".join(each.name for each in message.attachments)
    return words if len(words) <= _FIRST else f"{words[:_FIRST].rstrip()}…"


def _joints(texts: Texts) -> set[str]:
    """The words that join what is named one after the other, in every language."""
    return {fold(x) for name in texts.languages for x in texts.words("joining.words", name)}
