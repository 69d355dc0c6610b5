"""Verdicts: what people say of articles, and which article learns by it."""

from dataclasses import replace

from bot.command import Call
from bot.fitting import question_of
from bot.model.article import Article, Offer, State, Verdict
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.model.topic import Topic
from bot.store import Work
from bot.suggesting import learn_of
from bot.wanted import settled_by


def judge(call: Call, ticket: Ticket | None, article: Article, verdict: Verdict) -> None:
    """Keep what somebody says of an article; the desk learns by it.

    Of one that another stands for since, that one learns.
    """
    of = heir(call.work, article)
    offer = _shown(call, ticket, article) or _shown(call, ticket, of)
    if offer is None:
        offer = call.work.offers.add(_unshown(call, ticket, of))
    learn_of(call.work, replace(offer, article=of.id), verdict, call.by.id, call.now)


def heir(work: Work, article: Article) -> Article:
    """The article that stands for this one by now: that which it was merged into, else itself."""
    if article.state is not State.RETIRED or article.merged_into is None:
        return article
    other = work.articles.get(article.merged_into)
    return article if other is None else heir(work, other)


def answered_by(call: Call, topic: Topic, article: Article) -> int:
    """The questions of a topic are answered by an article: how many; the desk learns by them.

    But for those of which somebody said whether it did: their own word stands.
    """
    if article.state is State.RETIRED:
        raise Refused("refused.article_draft", value=article.called)
    call.work.topics.settle(settled_by(topic, article.id))
    numbers = call.work.topics.questions(topic.id)
    tickets = [each for each in map(call.work.tickets.get, numbers) if each is not None]
    shown = {each.id: _shown(call, each, article) for each in tickets}
    said = {number: offer.verdict if offer else None for number, offer in shown.items()}
    for each in tickets:
        if said[each.id] is None:
            judge(call, each, article, Verdict.LINKED)
    return sum(each is not Verdict.REFUSED for each in said.values())


def _shown(call: Call, ticket: Ticket | None, article: Article) -> Offer | None:
    """The last time that an article was beside a ticket, else shown to whoever speaks."""
    if ticket is None:
        return call.work.offers.last_to(call.by.id, article.id)
    offers = call.work.offers.of_ticket(ticket.id)
    return next((each for each in reversed(offers) if each.article == article.id), None)


def _unshown(call: Call, ticket: Ticket | None, article: Article) -> Offer:
    question = question_of(call.desk.library, call.work, ticket) if ticket else ""
    return Offer(
        article=article.id,
        words=question,
        language=ticket.language if ticket else call.reader.language,
        channel=call.channel,
        at=call.now,
        ticket=ticket.id if ticket else None,
        person=ticket.requester if ticket else call.by.id,
    )
