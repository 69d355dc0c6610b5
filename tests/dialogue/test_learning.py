"""The desk learns by what people say of articles: when to offer them, and how much links count."""

from dataclasses import replace

import pytest
from stage import Somebody, Stage

from bot.model.article import Offer, Verdict

VPN = "/kb new Connect to the VPN from home: Open the VPN app and press Connect."
ASKS = "How do I connect to the VPN from home?"
SHOWS = "press Connect"


@pytest.fixture
def ana(stage: Stage) -> Somebody:
    return stage.person("ana@example.org", "Ana Ruiz", language="en")


async def judged(stage: Stage, verdict: Verdict, count: int) -> None:
    """So many people said this of the article that they were offered with the last ticket."""

    def keep(work):
        [offer] = work.offers.of_ticket(1)
        at = stage.clock()
        for number in range(count):
            said = f"How do I connect to the VPN, number {number}?"
            more = work.offers.add(replace(offer, id=0, words=said))
            work.offers.judge(replace(more, verdict=verdict, verdict_at=at, by=offer.person))

    await stage.store.write(keep)


async def test_what_mostly_doesnt_help_is_offered_no_more(stage, leo, ana):
    await leo.says(VPN)
    await ana.says(ASKS)
    assert SHOWS in ana.last.text
    await judged(stage, Verdict.REFUSED, 70)
    bob = stage.person("bob@example.org", "Bob", language="en")
    await bob.says(ASKS)
    assert SHOWS not in bob.last.text
    await leo.says(f"/kb why {ASKS}")
    assert "The desk offers nothing" in leo.last.text


async def test_what_mostly_helps_is_offered_on(stage, leo, ana):
    await leo.says(VPN)
    await ana.says(ASKS)
    await judged(stage, Verdict.HELPED, 70)
    bob = stage.person("bob@example.org", "Bob", language="en")
    await bob.says(ASKS)
    assert SHOWS in bob.last.text


async def test_how_much_links_count_is_measured_beside_the_work(stage, leo, ana):
    await leo.says(VPN)
    await ana.says(ASKS)
    await judged(stage, Verdict.LINKED, 70)
    library = stage.desk.library
    await stage.store.read(library.catch_up)
    assert library.wants_fitting
    bob = stage.person("bob@example.org", "Bob", language="en")
    await bob.says(ASKS)
    await stage.conversation._librarian._measured
    assert not library.wants_fitting
    assert SHOWS in bob.last.text


async def test_the_ticket_of_another_search_teaches_no_sureness(stage, leo, ana):
    await leo.says(VPN)
    await ana.says(ASKS)

    def searched(work):
        at = stage.clock()
        for _ in range(70):
            said = {"words": ASKS, "language": "en", "channel": "parlour", "at": at}
            offer = work.offers.add(Offer(article=1, sureness=0.9, person=1, **said))
            work.offers.judge(replace(offer, verdict=Verdict.REFUSED, verdict_at=at, by=1))

    await stage.store.write(searched)
    await stage.store.read(stage.desk.library.catch_up)
    assert stage.desk.library.why(ASKS, "en", inside=False).threshold < 0.8
