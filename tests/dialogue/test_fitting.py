"""Who takes a ticket sees which articles may answer it, and answers with one at a press."""

import pytest
from chat_stage import Member
from stage import LEO, PARLOUR, Somebody, Stage

VPN = """/kb new
# Connect to the VPN from home
Open the VPN app, choose Madrid and press Connect.
"""
INSIDE = """/kb new
for: agents
# Unlock the VPN gateway
Restart the VPN gateway from the console.
"""
LEOS = LEO.addresses[PARLOUR]
ASKS = "How do I connect to the VPN from home?"
BREAKS = "The VPN gateway drops me, please unlock the VPN gateway"


@pytest.fixture
def ana(stage: Stage) -> Somebody:
    return stage.person("ana@example.org", "Ana Ruiz", language="en")


async def reads(agent: Somebody, line: str) -> str:
    """What stands in a briefing of articles, "" where that is nothing."""
    await agent.says(line)
    return agent.last.text.partition("Articles on it:")[2].strip()


async def test_an_article_that_the_requester_was_offered_is_named(stage, ana, leo):
    await leo.says(VPN)
    await ana.says(ASKS)
    told = await reads(leo, "/claim IT-1")
    assert told == "- KB-1 · Connect to the VPN from home · they have it"


async def test_one_that_did_not_help_is_named_as_such(stage, ana, leo):
    await leo.says(VPN)
    await ana.says(ASKS)
    await ana.says("/unhelped IT-1 KB-1")
    assert (await reads(leo, "/brief IT-1")).endswith("· offered, but it didn't help")


async def test_one_for_agents_alone_is_shown_to_them_and_to_nobody_else(stage, ana, leo):
    await leo.says(INSIDE)
    await ana.says(BREAKS)
    assert "gateway from" not in ana.last.text
    assert "Unlock" not in ana.last.text
    told = await reads(leo, "/claim IT-1")
    assert told == "- KB-1 · Unlock the VPN gateway (for agents alone)"


async def test_by_mail_a_line_says_how_to_answer_with_it(stage, ana, leo):
    await ana.says(ASKS)
    await leo.says(VPN)
    await leo.says("/claim IT-1")
    assert leo.last.text.endswith("To answer with one: /kb send IT-1 KB-1")
    await leo.says("/kb send IT-1 KB-1")
    assert "Open the VPN app" in ana.last.text
    assert (await reads(leo, "/brief IT-1")).endswith("they have it")


async def test_in_a_chat_it_is_a_press_away(chat):
    asker, helper = Member(chat, "UANA", "Ana Ruiz"), Member(chat, LEOS, "Leo Prats")
    await asker.posts(ASKS)
    await helper.commands(VPN)
    answer = await helper.commands("/claim IT-1")
    [button] = answer.buttons
    assert (button.label, button.command) == ("Send “Connect to the…”", "/kb_send IT-1 KB-1")
    form = await chat.stage.counter.form(helper.asks(button.command))
    assert "Open the VPN app" in form.fields[-1].value
    await helper.commands(form.command, filled=(("text", form.fields[-1].value),))
    assert (await helper.commands("/brief IT-1")).buttons == ()


async def test_nothing_is_said_where_nothing_fits_or_all_is_done(stage, ana, leo):
    await leo.says(VPN)
    await ana.says("Somebody parked a van in front of the gate")
    assert await reads(leo, "/claim IT-1") == ""
    await ana.says(ASKS)
    await leo.says("/resolve IT-2 Done")
    assert await reads(leo, "/brief IT-2") == ""
