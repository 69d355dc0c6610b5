"""What people say of an article that they were offered: it solved their matter, or it didn't."""

import pytest
from stage import Somebody, Stage

from bot.model.article import Verdict

VPN = """/kb new
# Connect to the VPN from home
Open the VPN app, choose Madrid and press Connect. Your password is the one of your computer.
"""
PAPER = "/kb new Clear a paper jam: Open the side door of the printer and pull the paper out."
ASKS = "How do I connect to the VPN from home?"


@pytest.fixture
def ana(stage: Stage) -> Somebody:
    return stage.person("ana@example.org", "Ana Ruiz", language="en")


async def offers(stage: Stage, ticket: int = 1):
    return await stage.store.read(lambda work: work.offers.of_ticket(ticket))


async def test_this_solved_it_closes_the_ticket_and_is_learned(stage, leo, ana):
    await leo.says(VPN)
    await ana.says(ASKS)
    await ana.says("/helped IT-1 KB-1")
    assert "Connect to the VPN from home" in ana.last.text
    assert (await stage.ticket()).status == "resolved"
    [offer] = await offers(stage)
    assert (offer.verdict, offer.by) == (Verdict.HELPED, offer.person)
    again = stage.person("bob@example.org", "Bob")
    await again.says(ASKS)
    assert "Connect to the VPN from home" in again.last.text


@pytest.mark.parametrize(
    "since", ["/kb retire KB-1", "/kb merge KB-2 KB-1", "/kb edit KB-1\nfor: agents\n# Ours\nOurs."]
)
async def test_what_was_taken_away_since_may_have_solved_it(stage, leo, ana, since):
    await leo.says(VPN)
    await leo.says(PAPER)
    await ana.says(ASKS)
    await leo.says(since)
    await ana.says("/helped IT-1 KB-1")
    assert "“KB-1” solved it" in ana.last.text
    assert (await stage.ticket()).status == "resolved"
    assert not [each for each in ana.letters if "Ours" in each.text]


@pytest.mark.parametrize(
    ("says", "verdict"),
    [("helped IT-1 KB-1", Verdict.HELPED), ("unhelped IT-1 KB-1", Verdict.REFUSED)],
)
async def test_what_is_said_of_an_article_teaches_the_one_that_stands_for_it(
    stage, leo, ana, says, verdict
):
    for each in (VPN, PAPER):
        await leo.says(each)
    await ana.says(ASKS)
    await leo.says("/kb new Home: Use the tunnel.")
    await leo.says("/kb merge KB-2 KB-1")
    await leo.says("/kb merge KB-3 KB-2")
    await ana.says(f"/{says}")
    [offer] = await offers(stage)
    assert (offer.article, offer.verdict, offer.teaches) == (3, verdict, True)
    assert "KB-1" in ana.last.text
    await ana.says("/unhelped IT-1 KB-1")
    [offer] = await offers(stage)
    assert (offer.article, offer.verdict) == (3, Verdict.REFUSED)
    assert (await stage.ticket()).status != "resolved"


async def test_a_link_to_an_article_is_one_to_that_which_stands_for_it(stage, leo, ana):
    await leo.says(VPN)
    await leo.says(PAPER)
    await ana.says(ASKS)
    await leo.says("/kb merge KB-2 KB-1")
    await leo.says("/kb link IT-1 KB-1")
    assert "Clear a paper jam" in leo.last.text
    [offer] = await offers(stage)
    assert (offer.article, offer.verdict) == (2, Verdict.LINKED)
    await leo.says("/kb publish KB-1")  # it stands for itself again
    await leo.says("/kb link IT-1 KB-1")
    assert [each.article for each in await offers(stage)] == [2, 1]


async def test_of_what_an_agent_linked_for_agents_alone_nobody_else_hears(stage, leo, ana):
    await leo.says("/kb new\nfor: agents\n# Reset a router\nHold the button for ten seconds.")
    await ana.says("The tunnel won't come up on my sofa")
    await leo.says("/kb link IT-1 KB-1")
    await ana.says("/helped IT-1 KB-1")
    assert "no article that you can read under KB-1" in ana.last.text


async def test_it_opens_again_if_it_comes_back_and_is_no_lesson_then(stage, leo, ana):
    await leo.says(VPN)
    await ana.says(ASKS)
    acknowledged = ana.last
    await ana.says("/helped IT-1 KB-1")
    await stage.passes(days=2)
    await ana.says("It fails again since this morning", answers=acknowledged)
    assert (await stage.ticket()).status == "new"
    [offer] = await offers(stage)
    assert offer.back_at is not None
    assert not offer.teaches


async def test_no_leaves_the_ticket_with_the_agents(stage, leo, ana):
    await leo.says(VPN)
    await ana.says(ASKS)
    before = await stage.ticket()
    await ana.says("/unhelped IT-1 KB-1")
    assert "as before" in ana.last.text
    assert (await stage.ticket()).status == before.status
    [offer] = await offers(stage)
    assert offer.verdict is Verdict.REFUSED


async def test_nobody_else_says_whether_it_helped(stage, leo, ana):
    await leo.says(VPN)
    await ana.says(ASKS)
    await leo.says("/helped IT-1 KB-1")
    assert "/kb link" in leo.last.text
    assert (await offers(stage))[0].verdict is None


async def test_a_no_after_a_yes_opens_it_again(stage, leo, ana):
    await leo.says(VPN)
    await ana.says(ASKS)
    await ana.says("/helped IT-1 KB-1")
    await ana.says("/unhelped IT-1 KB-1")
    assert "open again" in ana.last.text
    assert (await stage.ticket()).status == "new"
    assert (await offers(stage))[0].verdict is Verdict.REFUSED


async def test_a_no_after_an_agent_solved_it_says_how_it_opens_again(stage, leo, ana):
    await leo.says(VPN)
    await ana.says(ASKS)
    await leo.says("/resolve IT-1 Reset the tunnel")
    await ana.says("/unhelped IT-1 KB-1")
    assert "as before" not in ana.last.text
    assert "It opens again" in ana.last.text
    assert (await stage.ticket()).status == "resolved"


async def test_it_solves_the_ticket_in_which_theirs_goes_on(stage, leo, ana):
    await leo.says(VPN)
    await ana.says(ASKS)
    await ana.says("The tunnel won't come up on my sofa")
    await leo.says("/merge IT-2 IT-1")
    await ana.says("/helped IT-1 KB-1")
    assert "[IT-2]" in ana.last.text
    assert (await stage.ticket(2)).status == "resolved"


async def test_what_goes_on_as_somebody_elses_stays_open(stage, leo, ana):
    await leo.says(VPN)
    await ana.says(ASKS)
    await stage.person("bob@example.org", "Bob").says("The tunnel won't come up on my sofa")
    await leo.says("/merge IT-2 IT-1")
    await ana.says("/helped IT-1 KB-1")
    assert "settled" not in ana.last.text
    assert (await stage.ticket(2)).status == "new"
