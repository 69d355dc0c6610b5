"""Commands by which everybody finds what the desk knows, and says whether it helped."""

from dataclasses import replace

from bot.articles import (
    judging,
    may_read,
    named_article,
    reading,
    rows,
    searched,
    shown,
)
from bot.command import WORDS, Call, Parameter, Type, command
from bot.library import Found
from bot.model import ticket as change
from bot.model.article import Article, Offer, Verdict
from bot.model.message import Answer
from bot.model.person import Role
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.moved import current, going_on_there
from bot.opening import reopening
from bot.permission import permit_settling
from bot.verdicts import heir, judge

ARTICLE = Parameter("article", Type.ARTICLE)
TICKET_IF_ANY = Parameter("ticket", Type.TICKET, required=False)
_SHOWN = 5  # articles that a search shows


@command(replace(WORDS, name="question"), role=Role.REQUESTER, changes=False)
def faq(call: Call, question: str) -> Answer:
    """Look something up: the articles that answer a question, or one of them whole."""
    if article := named_article(call, question):
        return _whole(call, article)
    found = searched(call, question, _SHOWN)
    for each in found:
        call.work.offers.add(_shown_to(call, question, each))
    return _found(call, [each.article for each in found], question)


@command(TICKET_IF_ANY, ARTICLE, role=Role.REQUESTER, aside=True)
def helped(call: Call, ticket: Ticket | None, article: Article) -> Answer:
    """Say that an article solved it; the ticket it was offered for is solved by it."""
    if ticket is None:
        judge(call, None, article, Verdict.HELPED)
        return call.answer("answer.helped_search", article=shown(call, article))
    _permit_judging(call, ticket)
    judge(call, ticket, article, Verdict.HELPED)
    ticket = current(call.work, ticket)
    if ticket.requester != call.by.id:  # it goes on as somebody else's
        return call.answer("answer.helped_search", article=shown(call, article))
    if not ticket.status.is_done:
        seen = may_read(call, article)
        words = f"{article.title} ({article.reference})" if seen else article.reference
        ticket = call.keep(change.resolve(ticket, words, call.by.id, call.now, call.channel))
    return call.answer("answer.helped", ticket, article=shown(call, article))


@command(TICKET_IF_ANY, ARTICLE, role=Role.REQUESTER, aside=True)
def unhelped(call: Call, ticket: Ticket | None, article: Article) -> Answer:
    """Say that an article didn't help; a ticket stays with the people who have it.

    One that they had said was solved by it is open again.
    """
    if ticket is None:
        judge(call, None, article, Verdict.REFUSED)
        return call.answer("answer.unhelped_search", article=shown(call, article))
    _permit_judging(call, ticket)
    solved = (heir(call.work, article).id, Verdict.HELPED)
    said = {(each.article, each.verdict) for each in call.work.offers.of_ticket(ticket.id)}
    judge(call, ticket, article, Verdict.REFUSED)
    ticket, work = current(call.work, ticket), call.work
    own, done = ticket.requester == call.by.id, ticket.status.is_done
    if solved in said and own and done and not going_on_there(work, ticket):
        opened = reopening(work, call.desk, ticket, call.by.id, call.now, call.channel)
        return call.answer("answer.reopened_own", call.keep(opened), told=True)
    return call.answer("answer.unhelped", ticket, article=shown(call, article), done=done)


def _permit_judging(call: Call, ticket: Ticket) -> None:
    """Raises `Refused` for whoever didn't ask: an agent links what answers it."""
    permit_settling(call, ticket)
    if call.by.id != ticket.requester:
        raise Refused("refused.judge_not_yours")


def _whole(call: Call, article: Article) -> Answer:
    here = call.here if call.here and call.here.requester == call.by.id else None
    answer = call.answer("answer.article", here, article=shown(call, article))
    buttons = judging(call, article, here) if article.is_for_everybody else ()
    return replace(answer, buttons=buttons)


def _found(call: Call, articles: list[Article], question: str) -> Answer:
    answer = call.answer(
        "answer.faq", rows=rows(call, articles), sought=" ".join(question.split())[:100]
    )
    return replace(answer, buttons=reading(call, articles))


def _shown_to(call: Call, question: str, found: Found) -> Offer:
    return Offer(
        article=found.article.id,
        words=call.desk.library.question("", question),
        language=call.reader.language,
        channel=call.channel,
        at=call.now,
        person=call.by.id,
        sureness=found.sureness,
    )
