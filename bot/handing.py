"""Handing out: an article as an agent gives it to the requester of a ticket."""

from bot.articles import may_read
from bot.command import Call
from bot.model.article import Article, Readership, State, reference
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.text import Reader


def permit_handing(article: Article) -> None:
    """Raises `Refused` for what requesters may not read."""
    if article.state is not State.PUBLISHED:
        raise Refused("refused.article_draft", value=article.called)
    if article.readership is not Readership.EVERYBODY:
        raise Refused("refused.article_inside", value=article.called)


def permitted(call: Call, number: int) -> Article:
    """The article of this number. Raises `Refused` where requesters may not read it."""
    article = call.work.articles.get(number)
    if article is None or not may_read(call, article):
        raise Refused("refused.no_such_article", value=reference(number))
    permit_handing(article)
    return article


def theirs(call: Call, ticket: Ticket, article: Article) -> Article:
    """The article in the requester's language, if there is one."""
    language = _reader(call, ticket).language
    family = call.work.articles.family(article.family)
    fit = (each for each in family if each.language == language and each.is_for_everybody)
    return article if article.language == language else next(fit, article)


def whole(article: Article) -> str:
    """It as it is sent: all of it, or of a page elsewhere its summary and where it is."""
    return "\n\n".join(filter(None, (f"*{article.title}*", article.text, *article.links)))


def named(call: Call, ticket: Ticket, article: Article) -> str:
    """It within a sentence to the requester: its title, and where it is read."""
    told = {"title": article.title, "article": article.reference, "link": article.link}
    return call.desk.texts.render("format.article", _reader(call, ticket), **told)


def _reader(call: Call, ticket: Ticket) -> Reader:
    requester = call.work.people.get(ticket.requester)
    assert requester is not None, "a ticket's requester is kept"
    return call.desk.wording.reader(requester, call.now, ticket)
