"""A search that is slow or broken: people are acknowledged, and suggestions follow or not."""

import asyncio
from threading import Event

import pytest
from stage import LEO, PARLOUR, set_stage, settings

from bot.library import Library
from bot.model.settings import Knowledge
from storage.files import Files

VPN = "/kb new Connect to the VPN from home: Open the VPN app and press Connect."
ASKS = "How do I connect to the VPN from home?"


class Slow(Library):
    """A library whose searches wait until they may go on."""

    may_go_on: Event

    def offers(self, question, language):
        assert self.may_go_on.wait(10)
        return super().offers(question, language)


class Broken(Library):
    """A library whose searches fail."""

    def offers(self, question, language):
        raise RuntimeError(f"no index for {question} in {language}")


@pytest.fixture
async def stage(sqlite_store, tmp_path, clock):
    async with set_stage(
        sqlite_store, Files(tmp_path), clock, settings(knowledge=Knowledge())
    ) as stage:
        await stage.person(LEO.addresses[PARLOUR], "Leo Prats").says(VPN)
        yield stage


def with_library(stage, kind):
    library = kind(stage.desk.settings, stage.desk.ear)
    stage.conversation._librarian._library = library
    return library


async def test_what_is_found_late_follows_in_a_letter_of_its_own(stage):
    library = with_library(stage, Slow)
    library.may_go_on = Event()
    ana = stage.person("ana@example.org", "Ana", language="en")
    await ana.says(ASKS)
    [acknowledged] = ana.letters
    assert "press Connect" not in acknowledged.text
    bob = stage.person("bob@example.org", "Bob", language="en")
    await bob.says(ASKS)  # which isn't even looked up, and so isn't held up
    library.may_go_on.set()
    await asyncio.gather(*stage.conversation._librarian._following)
    await stage.settles()
    assert "press Connect" in ana.last.text
    assert "sees to it anyway" in ana.last.text
    assert len(bob.letters) == 1
    [offer] = await stage.store.read(lambda work: work.offers.of_ticket(1))
    assert offer.article == 1


async def test_what_is_found_after_an_answer_isnt_offered_any_more(stage):
    library = with_library(stage, Slow)
    library.may_go_on = Event()
    ana = stage.person("ana@example.org", "Ana", language="en")
    await ana.says(ASKS)
    leo = stage.person(LEO.addresses[PARLOUR], "Leo Prats")
    await leo.says("/reply IT-1 I'll call you")
    library.may_go_on.set()
    await asyncio.gather(*stage.conversation._librarian._following)
    await stage.settles()
    assert "call you" in ana.last.text
    assert await stage.store.read(lambda work: work.offers.of_ticket(1)) == []


async def test_what_was_found_for_everybody_isnt_shown_when_it_is_for_agents_by_then(stage):
    library = with_library(stage, Slow)
    library.may_go_on = Event()
    ana = stage.person("ana@example.org", "Ana", language="en")
    await ana.says(ASKS)
    leo = stage.person(LEO.addresses[PARLOUR], "Leo Prats")
    await leo.says("/kb edit KB-1\nfor: agents\n# The VPN gateway\nRestart it.")
    library.may_go_on.set()
    await asyncio.gather(*stage.conversation._librarian._following)
    await stage.settles()
    assert len(ana.letters) == 1
    assert await stage.store.read(lambda work: work.offers.of_ticket(1)) == []


async def test_what_an_agent_linked_for_agents_alone_isnt_shown_with_what_is_found_late(stage):
    library = with_library(stage, Slow)
    library.may_go_on = Event()
    ana = stage.person("ana@example.org", "Ana", language="en")
    await ana.says(ASKS)
    leo = stage.person(LEO.addresses[PARLOUR], "Leo Prats")
    await leo.says("/kb new\nfor: agents\n# The VPN gateway\nRestart it.")
    await leo.says("/kb link IT-1 KB-2")
    library.may_go_on.set()
    await asyncio.gather(*stage.conversation._librarian._following)
    await stage.settles()
    assert "press Connect" in ana.last.text
    assert "gateway" not in ana.last.text


async def test_a_search_that_breaks_keeps_nobody_from_being_answered(stage):
    with_library(stage, Broken)
    ana = stage.person("ana@example.org", "Ana", language="en")
    await ana.says(ASKS)
    [acknowledged] = ana.letters
    assert "IT-1" in acknowledged.reference
    assert (await stage.ticket()).status == "new"
