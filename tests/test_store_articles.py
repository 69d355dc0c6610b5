"""Articles, their versions, and what became of showing them, on both databases."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from clock import Clock

from bot.model.article import Article, Offer, Readership, State, Use, Verdict
from bot.store import Conflict

NOW = Clock.now
HOUR = timedelta(hours=1)


def about_vpn(**differs) -> Article:
    said = {"title": "VPN from home", "text": "Open the *VPN* app.", "language": "en", "at": NOW}
    return Article(**(said | differs))


def shown(article: int, **differs) -> Offer:
    said = {"words": "vpn at home?", "language": "en", "channel": "slack", "at": NOW}
    return Offer(**({"article": article, "sureness": 0.8} | said | differs))


async def keep(store, *articles: Article) -> list[Article]:
    return await store.write(lambda work: [work.articles.add(each) for each in articles])


async def test_an_article_is_read_as_it_was_kept(store, ada):
    whole = about_vpn(
        tags=("vpn", "casa"),
        readership=Readership.AGENTS,
        state=State.DRAFT,
        links=("https://wiki.example.org/vpn", "https://example.org"),
        family="vpn",
        review_on=date(2027, 5, 1),
        source="vpn.md",
        by=ada.id,
        approved_by=ada.id,
    )
    [kept] = await keep(store, whole)
    assert kept == replace(whole, id=kept.id, changed=kept.changed)
    assert await store.read(lambda work: work.articles.get(kept.id)) == kept
    assert await store.read(lambda work: work.articles.by_source("vpn.md")) == kept
    assert await store.read(lambda work: work.articles.files()) == {"vpn.md": kept.id}
    assert await store.read(lambda work: work.articles.get(kept.id + 1)) is None


async def test_what_it_said_before_stays(store, ada):
    [first] = await keep(store, about_vpn())
    second = replace(first, text="Press *Connect*.", version=2, at=NOW + HOUR, by=ada.id)
    kept = await store.write(lambda work: work.articles.save(second))
    assert kept.changed > first.changed
    [before] = await store.read(lambda work: work.articles.versions(first.id))
    assert (before.text, before.version, before.by) == (first.text, 1, None)
    assert await store.read(lambda work: work.articles.versions(99)) == []


async def test_two_who_change_it_at_once_dont_overwrite_one_another(store):
    [first] = await keep(store, about_vpn())
    second = replace(first, text="One", version=2)
    await store.write(lambda work: work.articles.save(second))
    with pytest.raises(Conflict):
        await store.write(lambda work: work.articles.save(replace(second, text="Two")))


async def test_every_change_has_its_place_in_one_order(store):
    def change(each: int):
        return store.write(lambda work: work.articles.add(about_vpn(title=str(each))))

    kept = await asyncio.gather(*map(change, range(8)))
    stamps = sorted(each.changed for each in kept)
    assert len(set(stamps)) == 8
    assert await store.read(lambda work: work.articles.stamp()) == stamps[-1]
    later = await store.read(lambda work: work.articles.changed_since(stamps[5]))
    assert [each.changed for each in later] == stamps[6:]


async def test_lists_hold_what_stands_so(store, ada, a_ticket):
    ticket = await store.write(lambda work: work.tickets.add(a_ticket(requester=ada.id)))
    draft, live, old, other = await keep(
        store,
        about_vpn(state=State.DRAFT, ticket=ticket.id),
        about_vpn(family="vpn", review_on=date(2026, 11, 1)),
        about_vpn(family="vpn", state=State.RETIRED, review_on=date(2026, 1, 1)),
        about_vpn(family="vpn", language="es", review_on=date(2027, 1, 1)),
    )

    def numbers(look) -> object:
        return store.read(lambda work: [each.id for each in look(work.articles)])

    assert await numbers(lambda of: of.listed([State.PUBLISHED])) == [other.id, live.id]
    assert await numbers(lambda of: of.listed([State.PUBLISHED], 1)) == [other.id]
    assert await numbers(lambda of: of.listed([State.DRAFT, State.RETIRED])) == [old.id, draft.id]
    assert await numbers(lambda of: of.family("vpn")) == [live.id, other.id]
    assert await numbers(lambda of: of.family("")) == []
    assert await numbers(lambda of: of.to_review(date(2026, 11, 23))) == [live.id]
    made = await store.read(lambda work: work.articles.made_of(ticket.id))
    assert made is not None
    assert made.id == draft.id


async def test_what_was_said_of_an_article_is_learned(store, ada):
    [one, two] = await keep(store, about_vpn(), about_vpn(title="Other"))
    stamp = await store.read(lambda work: work.articles.stamp())

    def play(work) -> Offer:
        offer = work.offers.add(shown(one.id, person=ada.id))
        work.offers.add(shown(two.id, person=ada.id))
        said = replace(offer, verdict=Verdict.HELPED, verdict_at=NOW + HOUR, by=ada.id)
        work.offers.judge(said)
        return said

    said = await store.write(play)
    [lesson] = await store.read(lambda work: work.offers.judged_since(stamp))
    assert lesson == replace(said, changed=lesson.changed)
    assert lesson.teaches
    assert await store.read(lambda work: work.offers.lessons(one.id)) == [lesson]
    assert await store.read(lambda work: work.offers.lessons(two.id)) == []
    last = await store.read(lambda work: work.offers.last_to(ada.id, one.id))
    assert last == lesson
    await store.write(lambda work: work.offers.move(one.id, two.id, NOW + 2 * HOUR))
    [moved] = await store.read(lambda work: work.offers.judged_since(lesson.changed))
    assert moved.article == two.id


async def test_what_is_said_later_may_be_of_the_article_that_stands_for_it(store, ada):
    [new, old] = await keep(store, about_vpn(), about_vpn(title="Old"))
    gone = replace(old, state=State.RETIRED, merged_into=new.id, version=2)
    gone = await store.write(lambda work: work.articles.save(gone))
    assert (await store.read(lambda work: work.articles.get(old.id))).merged_into == new.id
    offer = await store.write(lambda work: work.offers.add(shown(old.id, person=ada.id)))
    said = replace(offer, article=new.id, verdict=Verdict.HELPED, verdict_at=NOW, by=ada.id)
    await store.write(lambda work: work.offers.judge(said))
    [lesson] = await store.read(lambda work: work.offers.judged_since(gone.changed))
    assert (lesson.article, lesson.verdict) == (new.id, Verdict.HELPED)
    assert await store.read(lambda work: work.offers.lessons(old.id)) == []
    uses = await store.read(lambda work: work.offers.uses(NOW, NOW + HOUR))
    assert uses == [Use(new.id, "slack", "en", 1, 1, 0, 0, 0, 0)]


async def test_uses_are_counted_by_article_channel_and_language(store, ada, a_ticket):
    def play(work) -> tuple[int, int]:
        one = work.articles.add(about_vpn()).id
        two = work.articles.add(about_vpn()).id
        ticket = a_ticket(requester=ada.id, first_answer_at=NOW + HOUR)
        number = work.tickets.add(ticket).id
        work.offers.add(shown(one, ticket=number))
        back = shown(one, verdict=Verdict.HELPED, verdict_at=NOW, back_at=NOW + HOUR)
        work.offers.add(back)
        work.offers.add(shown(one, verdict=Verdict.REFUSED, verdict_at=NOW, channel="email"))
        work.offers.add(shown(two, sureness=None, verdict=Verdict.LINKED, verdict_at=NOW))
        work.offers.add(shown(two, at=NOW - 9 * HOUR))
        return one, two

    one, two = await store.write(play)
    uses = await store.read(lambda work: work.offers.uses(NOW - HOUR, NOW + HOUR))
    assert uses == [
        Use(one, "email", "en", 1, 0, 1, 0, 0, 0),
        Use(one, "slack", "en", 2, 1, 0, 1, 1, 0),
        Use(two, "slack", "en", 0, 0, 0, 0, 0, 1),
    ]


async def test_the_words_of_who_is_forgotten_teach_nothing(store, ada):
    [one] = await keep(store, about_vpn())
    offer = shown(one.id, person=ada.id, verdict=Verdict.HELPED, verdict_at=NOW)
    kept = await store.write(lambda work: work.offers.add(offer))
    await store.write(lambda work: work.offers.forget(ada.id))
    [lesson] = await store.read(lambda work: work.offers.judged_since(kept.changed))
    assert not lesson.teaches
