"""What is special about a letter: what goes along with it, when it leaves, and behind what."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from bot.model.attachment import Attachment
from bot.model.entry import Entry, Event
from bot.model.message import Inbound, Invitation
from bot.model.refused import Refused

MOST_ENCLOSED = 10 * 1024 * 1024  # bytes of files in one letter: more is refused by many servers


class Manner(NamedTuple):
    """What is special about a letter."""

    answers: Inbound | None = None  # the message in whose thread it goes
    later: datetime | None = None  # it leaves then
    invitation: Invitation | None = None  # an entry for the reader's calendar
    apart: str = ""  # what it follows, and nothing else that its reader is told


PLAIN = Manner()


def enclosed(said: Entry | None, *, but: int | None = None) -> tuple[Attachment, ...]:
    """The files that go along, unless they are the reader's own, whose number is `but`.

    Those are the ones we kept, as long as a letter with them is taken anywhere.
    """
    if said is None or isinstance(said, Event) or said.by == but:
        return ()
    found: list[Attachment] = []
    for each in said.attachments:
        if each.kept and sum(other.size for other in found) + each.size <= MOST_ENCLOSED:
            found.append(each)
    return tuple(found)


def permit_enclosing(files: Iterable[Attachment]) -> None:
    """Raises `Refused` for files of an answer that wouldn't go along."""
    if sum(each.size for each in files) > MOST_ENCLOSED:
        raise Refused("refused.too_large", limit=MOST_ENCLOSED // 2**20)
