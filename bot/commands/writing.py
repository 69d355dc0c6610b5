"""Commands by which agents write down what the desk knows, and see that it stays true."""

from dataclasses import replace
from datetime import datetime

from bot.articles import (
    changed,
    kept,
    may_publish,
    permit_changing,
    reading,
    rows,
    searched,
    shown,
    written,
)
from bot.command import TICKET, WORDS, Call, Draft, Parameter, Type, command
from bot.commands.searching import ARTICLE
from bot.drafted import drafted
from bot.model.article import Article, State
from bot.model.message import Answer, Button
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.rows import part_of
from bot.verdicts import answered_by
from bot.wanted import wanted_with

PAGE = Parameter("page", Type.NUMBER, required=False)
SOUGHT = Parameter("sought", Type.NAME, required=False)
OTHER = Parameter("other_article", Type.ARTICLE)
_UNLIKELY = 0.02  # a sureness below which a list isn't longer for it


@command(WORDS, whole=True)
def kb_new(call: Call, text: str) -> Answer:
    """Write an article: its title in the first line, what to do below it."""
    return _kept(call, kept(call, written(call, text)))


def _as_it_reads(call: Call, article: Article, text: str | None) -> Draft | None:  # noqa: ARG001 - as the command is called
    permit_changing(article)
    return None if text else Draft(_source(article), settled=article.reference)


@command(ARTICLE, replace(WORDS, required=False), whole=True, drafts=_as_it_reads)
def kb_edit(call: Call, article: Article, text: str | None) -> Answer:
    """Write an article anew; what it said before is kept."""
    permit_changing(article)
    if not text:
        return call.answer("done.kb_source", article=shown(call, article), quoted=_source(article))
    return _kept(call, kept(call, written(call, text, article)))


def _of_ticket(call: Call, ticket: Ticket, text: str | None) -> Draft | None:
    return None if text else Draft(drafted(call, ticket))


@command(TICKET, replace(WORDS, required=False), whole=True, drafts=_of_ticket)
def kb_from(call: Call, ticket: Ticket, text: str | None) -> Answer:
    """Make an article of a ticket: what was asked, and what solved it.

    Only what somebody read before is shown to people: else it is a draft.
    """
    made = call.work.articles.made_of(ticket.id)
    if made is not None and not text:
        raise Refused("refused.article_made", value=made.called)
    article = replace(written(call, text or drafted(call, ticket)), ticket=ticket.id)
    draft = replace(article, state=State.DRAFT)
    made = kept(call, article) if text else call.work.articles.add(draft)
    if topic := wanted_with(call.work, ticket.id, call.now):
        answered_by(call, topic, made)
    call.desk.rooms.redraw(call.work, ticket, call.now)  # its card proposes it no more
    return _kept(call, made)


@command(ARTICLE)
def kb_publish(call: Call, article: Article) -> Answer:
    """Let everybody whom it is for find an article."""
    if not may_publish(call):
        role = call.desk.settings.knowledge.approve.name.lower()
        raise Refused("refused.publish_role", role=role)
    if article.state is State.PUBLISHED:
        raise Refused("refused.article_already", value=article.called)
    return _kept(call, kept(call, article))


@command(ARTICLE)
def kb_retire(call: Call, article: Article) -> Answer:
    """Take an article away from where people look; the desk keeps it."""
    if article.state is State.RETIRED:
        raise Refused("refused.article_already", value=article.called)
    gone = changed(call, article, state=State.RETIRED)
    return call.answer("done.kb_retire", article=shown(call, gone))


@command(ARTICLE, Parameter("until", Type.MOMENT, required=False))
def kb_review(call: Call, article: Article, until: datetime | None) -> Answer:
    """Say that an article is still true, and when somebody should look at it again."""
    if article.state is State.RETIRED:
        raise Refused("refused.article_draft", value=article.called)
    later = until or call.now + call.desk.settings.knowledge.review
    if later <= call.now:
        raise Refused("refused.review_never")
    day = later.astimezone(call.desk.settings.zone).date()
    seen = changed(call, article, review_on=day)
    return call.answer("done.kb_review", article=shown(call, seen), until=later)


@command(ARTICLE, OTHER)
def kb_merge(call: Call, article: Article, other_article: Article) -> Answer:
    """Let one article stand for another, too: what was learned of that is known of this one."""
    if article.id == other_article.id:
        raise Refused("refused.same_article")
    if article.state is State.RETIRED:
        raise Refused("refused.article_draft", value=article.called)
    if other_article.state is State.RETIRED:
        raise Refused("refused.article_already", value=other_article.called)
    gone = changed(call, other_article, state=State.RETIRED, merged_into=article.id)
    call.work.offers.move(gone.id, article.id, call.now)
    call.work.topics.move(gone.id, article.id)
    return call.answer("done.kb_merge", article=shown(call, article), other=gone.called)


@command(PAGE, SOUGHT)
def kb(call: Call, page: int | None, sought: str | None) -> Answer:
    """The articles there are, those first that need somebody."""
    if sought:
        found = [x.article for x in searched(call, sought, 100) if x.sureness >= _UNLIKELY]
    else:
        known = call.work.articles.listed([State.DRAFT, State.PUBLISHED])
        found = sorted(known, key=lambda each: each.state is not State.DRAFT)
        due = {x.id for x in call.work.articles.to_review(call.now.date())}
        found.sort(key=lambda each: each.id not in due and each.state is not State.DRAFT)
    part = part_of(page, len(found))
    listed = rows(call, found[part.begin : part.end])
    more, sought = part.more, sought or ""
    return call.answer("done.kb", rows=listed, more=more, next=part.page + 1, sought=sought)


def _kept(call: Call, article: Article) -> Answer:
    """What became of an article that somebody wrote, and what its words could do better."""
    remarks = call.desk.critic(article.text, article.language)
    told = [{"judge": each.judge, "words": each.words} for each in remarks]
    answer = call.answer("done.kb_kept", article=shown(call, article), rows=told)
    say = call.desk.texts.render
    buttons = [*reading(call, [article])]
    if article.state is State.DRAFT and may_publish(call):
        label = say("button.kb_publish", call.reader)
        buttons.insert(0, Button(label, f"/kb_publish {article.reference}", main=True))
    return replace(answer, buttons=tuple(buttons))


def _source(article: Article) -> str:
    """An article as it is written: what stands above it, its title, and its text."""
    above = [
        ("tags", ", ".join(article.tags)),
        ("links", ", ".join(article.links)),
        ("audience", article.readership.value if article.readership != "everybody" else ""),
    ]
    lines = [f"{name}: {value}" for name, value in above if value]
    return "\n".join([*lines, f"# {article.title}", "", article.text])
