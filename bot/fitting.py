"""Fitting articles: those that may answer a ticket, as agents see them beside it."""

from typing import NamedTuple

from bot.library import Library
from bot.model.article import Article, Readership, State, Verdict
from bot.model.ticket import Ticket
from bot.store import Work
from bot.story import report

MOST = 3
_LIKELY = 0.3  # a sureness from which on an agent may want to look; they see what they choose


class Fit(NamedTuple):
    """An article that may answer a ticket, and what became of showing it to the requester."""

    article: Article
    shown: bool = False  # it was offered or sent to them
    verdict: Verdict | None = None

    @property
    def may_be_sent(self) -> bool:
        """Whether the requester may read it, and hasn't said that it doesn't help."""
        everybody = self.article.readership is Readership.EVERYBODY
        return everybody and self.verdict is not Verdict.REFUSED


def question_of(library: Library, work: Work, ticket: Ticket) -> str:
    """What the requester of a ticket asks, as it reads by now."""
    first = report(work.entries.of(ticket.id))
    requester = work.people.get(ticket.requester)
    name = requester.name if requester else ""
    return library.question(ticket.subject, first.text if first else "", name)


def fitting(library: Library, work: Work, ticket: Ticket) -> list[Fit]:
    """The articles that may answer a ticket: first what was shown for it, then what is likely."""
    library.catch_up(work)
    known = {each.article: each for each in work.offers.of_ticket(ticket.id)}
    articles = {each: library.article(each) for each in known}
    fits = {
        each.id: Fit(each, shown=True, verdict=known[each.id].verdict)
        for each in articles.values()
        if each is not None and each.state is State.PUBLISHED
    }
    question = question_of(library, work, ticket)
    for found in library.search(question, ticket.language, inside=True, limit=MOST):
        if found.sureness >= _LIKELY:
            fits.setdefault(found.article.id, Fit(found.article))
    return [*fits.values()][:MOST]
