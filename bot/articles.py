"""Articles as commands find, read and show them: by reference, by words, for whom they are."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.command import Call
from bot.fitting import fitting, question_of
from bot.heading import heading_of, keys_of
from bot.library import Found
from bot.model.article import (
    LONGEST_TITLE,
    Article,
    Readership,
    State,
    begun_with,
    reference,
)
from bot.model.front_matter import Written, read_article
from bot.model.message import Button
from bot.model.refused import Refused
from bot.model.secret import MARK
from bot.model.ticket import Ticket
from bot.suggesting import language_of
from bot.verdicts import heir

_MOST_OFFERED = 20  # articles to choose from


def may_read(call: Call, article: Article) -> bool:
    """Agents read every article; everybody else those that are published for everybody."""
    return call.for_desk or article.is_for_everybody


def may_publish(call: Call) -> bool:
    """Whether what they write is shown to people without anybody else's word."""
    return call.for_desk and call.role >= call.desk.settings.knowledge.approve


def taken_article(
    call: Call, words: str, about: Ticket | None = None
) -> tuple[Article | None, str]:
    """The article that these words begin with, and what follows. Raises `Refused`.

    Of one that they may not read, they aren't told that it is there; but what they were shown with
    a ticket they may speak of, though it was taken away since.
    """
    found = begun_with(words)
    if found is None:
        return None, words
    article = call.work.articles.get(found[0])
    if article is None or not (may_read(call, article) or _was_shown(call, about, article)):
        raise Refused("refused.no_such_article", value=reference(found[0]))
    return article, found[1]


def _was_shown(call: Call, ticket: Ticket | None, article: Article) -> bool:
    """Whether they were offered it with a ticket of theirs; what an agent linked wasn't shown."""
    offers = call.work.offers.of_ticket(ticket.id) if ticket else ()
    theirs = (each for each in offers if each.person == call.by.id and each.sureness is not None)
    known = {article.id, heir(call.work, article).id}
    return any(each.article in known for each in theirs)


def named_article(call: Call, words: str) -> Article | None:
    """The article that these words name and nothing else. Raises `Refused`."""
    found = begun_with(words)
    return taken_article(call, words)[0] if found and not found[1] else None


def articles_for(call: Call, about: Ticket | None, words: str = "") -> list[Article]:
    """Those to choose from: what fits the words, else the ticket, else the latest changed."""
    named = begun_with(words)
    if named is not None and not named[1]:
        article = call.work.articles.get(named[0])
        return [article] if article is not None and may_read(call, article) else []
    question = words.strip() or (_asked(call, about) if about else "")
    found = [x.article for x in searched(call, question, _MOST_OFFERED)] if question else []
    if words.strip():
        return found
    known = call.work.articles.listed([State.DRAFT, State.PUBLISHED], _MOST_OFFERED)
    seen = {each.id for each in found}
    latest = [each for each in known if may_read(call, each) and each.id not in seen]
    return [*found, *latest][:_MOST_OFFERED]


def searched(call: Call, question: str, limit: int) -> list[Found]:
    """What the library finds for a question, the best first."""
    library = call.desk.library
    library.catch_up(call.work)
    asked = library.question("", question)
    return library.search(asked, call.reader.language, inside=call.for_desk, limit=limit)


def _asked(call: Call, ticket: Ticket) -> str:
    return question_of(call.desk.library, call.work, ticket)


def written(call: Call, text: str, before: Article | None = None) -> Article:
    """The article that a text holds: what stands above it, its title, and the rest. `Refused`."""
    try:
        read = read_article(text, keys_of(call.desk.texts))
    except ValueError as error:
        raise Refused("refused.article_heading", words=str(error)).at("text") from error
    if MARK.search(text):
        raise Refused("refused.article_secret").at("text")
    if not read.title or not read.text:
        raise Refused("refused.article_empty").at("text")
    if len(read.title) > LONGEST_TITLE:
        raise Refused("refused.article_title", limit=LONGEST_TITLE).at("text")
    spoken = call.desk.ear.languages.detect(f"{read.title}\n{read.text}")
    article = before or Article(
        title="", text="", language=spoken or call.reader.language, at=call.now
    )
    article = replace(article, title=read.title, text=read.text, at=call.now, by=call.by.id)
    return _said_above(call, article, read)


def _said_above(call: Call, article: Article, read: Written) -> Article:
    """The article with what its heading says of it; what isn't said stays. Raises `Refused`."""
    article = heading_of(call.desk.texts, article, read)
    if read.translates:
        other = named_article(call, read.translates)
        if other is None:
            raise Refused("refused.no_such_article", value=read.translates).at("text")
        if other.id != article.id:
            article = replace(article, family=_family_of(call, other))
    if read.review:
        article = replace(article, review_on=read.review)
    return replace(article, tags=read.tags or article.tags, links=read.links or article.links)


def _family_of(call: Call, other: Article) -> str:
    """What translations of an article share; from now on it says so itself, too."""
    if not other.family:
        other = replace(
            other, family=other.reference, version=other.version + 1, at=call.now, by=call.by.id
        )
        call.work.articles.save(other)
    return other.family


def kept(call: Call, article: Article) -> Article:
    """Keep a new or changed article: published where they may, else as a draft."""
    publish = may_publish(call)
    review = call.desk.settings.knowledge.review
    later = (call.now + review).date() if review else None
    fresh = article.review_on is None or article.review_on <= _today(call)
    article = replace(
        article,
        state=State.PUBLISHED if publish else State.DRAFT,
        approved_by=call.by.id if publish else None,
        review_on=later if fresh else article.review_on,
        merged_into=None,
    )
    if not article.id:
        return call.work.articles.add(article)
    return call.work.articles.save(replace(article, version=article.version + 1))


def _today(call: Call) -> date:
    return call.now.astimezone(call.desk.settings.zone).date()


def changed(call: Call, article: Article, **differs: object) -> Article:
    """Keep a change of what isn't its words. Raises `Refused` for one of a file."""
    permit_changing(article)
    said = {"version": article.version + 1, "at": call.now, "by": call.by.id} | differs
    return call.work.articles.save(replace(article, **said))  # type: ignore[arg-type]  # Article's fields


def permit_changing(article: Article) -> None:
    """Raises `Refused` for what is written in a file: that is where it is changed."""
    if article.source:
        raise Refused("refused.article_of_file", value=article.source)


def shown(call: Call, article: Article) -> dict[str, object]:
    """An article as texts show it whole; of what they may read no more, its reference is named."""
    return {
        "title": article.title if may_read(call, article) else article.reference,
        "article": article.reference,
        "words": article.text,
        "links": list(article.links),
        "state": article.state.value,
        "foreign": _foreign(call, article),
        "inside_only": article.readership is Readership.AGENTS,
        "tags": list(article.tags),
    }


def rows(call: Call, articles: Sequence[Article]) -> list[dict[str, object]]:
    """Articles as texts list them."""
    return [
        {
            "reference": each.reference,
            "title": each.title,
            "line": each.line,
            "link": each.link,
            "state": each.state.value,
            "review": each.review_on is not None and each.review_on <= _today(call),
            "foreign": _foreign(call, each),
        }
        for each in articles
    ]


def _foreign(call: Call, article: Article) -> str:
    texts = call.desk.texts
    own = article.language == call.reader.language
    return "" if own else language_of(texts, article.language)


def judging(call: Call, article: Article, ticket: Ticket | None) -> tuple[Button, ...]:
    """The presses by which somebody says whether an article helped."""
    named = call.desk.settings.reference(ticket.id) if ticket else ""
    about = f"{named} {article.reference}".strip()
    say = call.desk.texts.render
    return (
        Button(say("button.helped", call.reader), f"/helped {about}", main=True),
        Button(say("button.unhelped", call.reader), f"/unhelped {about}"),
    )


def reading(call: Call, articles: Sequence[Article]) -> tuple[Button, ...]:
    """The presses that show articles whole."""
    say = call.desk.texts.render
    return tuple(
        Button(say("button.read", call.reader, title=each.title), f"/faq {each.reference}")
        for each in articles
    )


def sending(call: Call, ticket: Ticket) -> tuple[Button, ...]:
    """The presses that answer a ticket with an article that fits it; they show it first."""
    fits = () if ticket.status.is_done else fitting(call.desk.library, call.work, ticket)
    reference, say = call.desk.settings.reference(ticket.id), call.desk.texts.render
    return tuple(
        Button(
            say("button.kb_send_one", call.reader, title=each.article.title),
            f"/kb_send {reference} {each.article.reference}",
        )
        for each in fits
        if each.may_be_sent and not each.shown
    )
