"""Suggestions: articles that are offered to whoever reported something."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.audience import Circle, Hearing
from bot.library import Found
from bot.model.article import LONGEST_QUESTION, Offer, Verdict
from bot.model.entry import Entry, What
from bot.model.message import Inbound, Tone
from bot.model.person import Person
from bot.model.ticket import Status, Ticket
from bot.scribe import Scribe
from bot.store import Work
from bot.story import report
from bot.text import Texts
from bot.wording import Facts

RETURNED = timedelta(days=7)  # within which a solved matter that comes back wasn't
FOLLOWING = Hearing(Circle.REQUESTER, "suggested", tone=Tone.NOTICE)


def keep_offers(
    work: Work, ticket: Ticket, question: str, found: Sequence[Found], channel: str, now: datetime
) -> list[Offer]:
    """Keep beside a ticket what its requester is shown; not what was taken away meanwhile."""
    kept = []
    for each in found:
        article = work.articles.get(each.article.id)
        if article is not None and article.is_for_everybody:
            offer = Offer(
                article=article.id,
                words=question[:LONGEST_QUESTION],
                language=ticket.language,
                channel=channel,
                at=now,
                ticket=ticket.id,
                person=ticket.requester,
                sureness=each.sureness,
            )
            kept.append(work.offers.add(offer))
    return kept


def learn_of(work: Work, offer: Offer, verdict: Verdict, by: int, now: datetime) -> None:
    """Keep what somebody says of what was offered; the desk learns by it."""
    work.offers.judge(replace(offer, verdict=verdict, verdict_at=now, by=by, back_at=None))


def notice_return(work: Work, ticket: Ticket, entry: Entry) -> None:
    """What an article had solved within these days came back: it didn't help after all."""
    if entry.what is not What.REOPENED:
        return
    for each in work.offers.of_ticket(ticket.id):
        judged = each.verdict_at if each.verdict is Verdict.HELPED else None
        if judged and not each.back_at and entry.at - judged <= RETURNED:
            work.offers.judge(replace(each, back_at=entry.at))


def rows(work: Work, texts: Texts, language: str, offers: Sequence[Offer]) -> list[Facts]:
    """Offers as texts show them to a reader of this language, as far as everybody may read them."""
    articles = (work.articles.get(each.article) for each in offers)
    return [
        {
            "reference": each.reference,
            "title": each.title,
            "line": each.line,
            "link": each.link,
            "foreign": language_of(texts, each.language) if each.language != language else "",
        }
        for each in articles
        if each is not None and each.is_for_everybody
    ]


def language_of(texts: Texts, language: str) -> str:
    """What a language calls itself, as far as the desk speaks it."""
    known = language in texts.languages
    return texts.words("language_names.own", language)[0] if known else language


def shown_to(
    scribe: Scribe, work: Work, requester: Person, ticket: Ticket, now: datetime
) -> list[Facts]:
    """What a ticket's requester is offered with it, as texts show it."""
    language = scribe.wording.reader(requester, now, ticket).language
    offered = [each for each in work.offers.of_ticket(ticket.id) if each.sureness is not None]
    return rows(work, scribe.texts, language, offered)


def follow(
    scribe: Scribe,
    work: Work,
    inbound: Inbound,
    found: Sequence[Found],
    now: datetime,
) -> None:
    """Offer what was found too late for the acknowledgement, in a letter of its own.

    Only to whoever opened a ticket by this message, while nobody answered it.
    """
    channel = inbound.address.channel
    number = work.tickets.of_messages(channel, (inbound.name,))
    ticket = work.tickets.get(number) if number else None
    if ticket is None or ticket.status is not Status.NEW or ticket.first_answer_at:
        return
    first = report(work.entries.of(ticket.id))
    requester = work.people.get(ticket.requester)
    if first is None or requester is None or first.name != inbound.name:
        return
    question = scribe.library.question(first.subject, first.text)
    keep_offers(work, ticket, question, found, channel, now)
    if offers := shown_to(scribe, work, requester, ticket, now):
        scribe.tell(work, requester, FOLLOWING, now, ticket, offers=offers)
