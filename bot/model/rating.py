"""A rating: how somebody found the help with their ticket, from 1 to 5, and until when they may."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.model.entry import Event, What
from bot.model.refused import Refused
from bot.model.ticket import Change, Ticket, told

MARKS = range(1, 6)
LOW = 2  # up to this, somebody looks at what went wrong
HIGH = 4  # from this on they were content
CHANGEABLE = timedelta(days=1)  # after they gave a mark


@dataclass(frozen=True, slots=True)
class Rating:
    """What a ticket's requester was asked, and answered. Moments are in UTC."""

    ticket: int
    asked_at: datetime | None = None  # when the desk asked them last; None if they rated unasked
    mark: int | None = None  # one of MARKS; None while they said nothing
    words: str = ""
    at: datetime | None = None  # when they gave a mark first since they were asked

    @property
    def is_new(self) -> bool:
        """Whether there is no mark yet that answers what was asked last."""
        return self.at is None or (self.asked_at is not None and self.asked_at > self.at)

    def stands(self, now: datetime) -> bool:
        """Whether there is a mark, too old by then for another one."""
        return self.at is not None and not self.is_new and now - self.at > CHANGEABLE


def rate(
    ticket: Ticket, before: Rating, mark: int, words: str, by: int, now: datetime, channel: str
) -> tuple[Rating, Change]:
    """The requester gives a mark, or another one; words of before stay until there are others.

    Raises `Refused` while the ticket goes on, and where the mark is older than `CHANGEABLE`.
    """
    if ticket.merged_into is not None:
        raise Refused("refused.merged", other=ticket.merged_into)
    if not ticket.status.is_done:
        raise Refused("refused.rate_going")
    if before.stands(now):
        raise Refused("refused.rate_late", mark=before.mark)
    at = now if before.is_new else before.at
    after = replace(before, mark=mark, words=words or before.words, at=at)
    old, new = str(before.mark or ""), str(mark)
    event = Event(what=What.RATED, at=now, by=by, channel=channel, old=old, new=new, words=words)
    return after, told(ticket, event)
