"""Commands by which agents give people what the desk knows, and see why it offered what it did."""

from dataclasses import replace

from bot.articles import rows, shown
from bot.command import TICKET, WORDS, Call, Draft, command
from bot.commands.searching import ARTICLE
from bot.commands.talking import reply
from bot.explaining import explained
from bot.fitting import question_of
from bot.handing import permit_handing, theirs, whole
from bot.model import ticket as change
from bot.model.article import Article, State, Verdict
from bot.model.entry import Note
from bot.model.message import Answer
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.permission import permit_speaking
from bot.verdicts import answered_by, heir, judge
from bot.wanted import wanted_with


@command(TICKET, ARTICLE)
def kb_link(call: Call, ticket: Ticket, article: Article) -> Answer:
    """Note that an article answers a ticket: the desk learns by it."""
    named, article = article, heir(call.work, article)
    if article.state is not State.PUBLISHED:
        raise Refused("refused.article_draft", value=article.called)
    topic = wanted_with(call.work, ticket.id, call.now)
    judge(call, ticket, named, Verdict.LINKED)
    count = answered_by(call, topic, article) if topic else 0
    note = Note(text=article.called, at=call.now, by=call.by.id, channel=call.channel)
    kept = call.keep(change.told(ticket, note))
    return call.answer("done.kb_link", kept, article=shown(call, article), count=count)


def _as_sent(call: Call, ticket: Ticket, article: Article, text: str | None) -> Draft | None:
    permit_speaking(call.work, ticket)
    permit_handing(article)
    if text:
        return None
    return Draft(whole(theirs(call, ticket, article)), settled=article.reference)


@command(
    TICKET, ARTICLE, replace(WORDS, required=False), speaks=True, drafts=_as_sent, outward=True
)
def kb_send(call: Call, ticket: Ticket, article: Article, text: str | None) -> Answer:
    """Answer with an article, in the requester's language where there is one."""
    permit_speaking(call.work, ticket)
    permit_handing(article)
    article = theirs(call, ticket, article)
    words = whole(article)
    if text:
        words = text if call.reviewed else f"{text}\n\n{words}"
    said = reply.run(call, ticket, words)
    judge(call, ticket, article, Verdict.LINKED)
    told = call.answer(
        "done.kb_send", call.work.tickets.get(ticket.id), article=shown(call, article)
    )
    return replace(told, buttons=said.buttons)


@command(WORDS)
def kb_why(call: Call, text: str) -> Answer:
    """See how the desk decides what it offers for a question."""
    named = call.desk.settings.begun_with(text)
    ticket = call.work.tickets.get(named[0]) if named and not named[1] else None
    library = call.desk.library
    question = question_of(library, call.work, ticket) if ticket else text
    library.catch_up(call.work)
    why = library.why(question, library.language(question), inside=False)
    known = (library.article(each.index) for each in why.matches)
    told = explained(why, {x.id: row for x in known if x for row in rows(call, [x])})
    return call.answer("done.kb_why", ticket, why=told)
