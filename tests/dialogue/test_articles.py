"""Articles: found, offered with an acknowledgement, judged by people, written by agents."""

from dataclasses import replace
from datetime import date

import pytest
from stage import KNOWLEDGE, LEO, PARLOUR, Somebody, Stage, set_stage, settings

from bot.model.article import State, Verdict
from bot.model.person import Role
from storage.files import Files

VPN = """/kb new
tags: vpn, home
# Connect to the VPN from home
Open the VPN app, choose Madrid and press Connect. Your password is the one of your computer.
"""
VPN_ES = """/kb nuevo
# Conectarse a la VPN desde casa
Abre la aplicación de la VPN, elige Madrid y pulsa Conectar.
"""
PAPER = "/kb new Clear a paper jam: Open the side door of the printer and pull the paper out."
ASKS = "How do I connect to the VPN from home?"
LEOS = LEO.addresses[PARLOUR]


@pytest.fixture
def ana(stage: Stage) -> Somebody:
    return stage.person("ana@example.org", "Ana Ruiz", language="en")


async def offers(stage: Stage, ticket: int = 1):
    return await stage.store.read(lambda work: work.offers.of_ticket(ticket))


async def article(stage: Stage, number: int = 1):
    return await stage.store.read(lambda work: work.articles.get(number))


async def test_what_fits_is_offered_with_the_acknowledgement(stage, leo, ana):
    await leo.says(VPN)
    await leo.says(PAPER)
    await ana.says(ASKS)
    assert "Connect to the VPN from home" in ana.last.text
    assert "choose Madrid and press Connect" in ana.last.text
    assert "paper" not in ana.last.text
    [offer] = await offers(stage)
    assert offer.article == 1
    assert offer.words == ASKS
    assert (await stage.ticket()).status == "new"  # the queue has it all the same
    assert len(ana.letters) == 1


async def test_who_says_hello_first_is_offered_it_with_what_they_ask_then(stage, leo, ana):
    await leo.says(VPN)
    await ana.says("Hello!")
    await ana.says(ASKS, answers=ana.last)
    assert "Connect to the VPN from home" in ana.last.text
    await ana.says(f"{ASKS} It still asks me", answers=ana.last)  # of the same ticket
    assert len(await offers(stage)) == 1


async def test_nothing_is_offered_in_doubt(stage, leo, ana):
    await leo.says(VPN)
    await ana.says("Somebody parked a van in front of the gate")
    assert "VPN" not in ana.last.text
    assert await offers(stage) == []


async def test_everybody_can_search(stage, leo, ana):
    await leo.says(VPN)
    await leo.says(PAPER)
    await ana.says("/faq conecting vpn at hom")
    assert "Connect to the VPN from home" in ana.last.text
    await ana.says("/faq KB-1")
    assert "press Connect" in ana.last.text
    await ana.says("/helped KB-1")
    assert "helped" in ana.last.text
    [lesson] = await stage.store.read(lambda work: work.offers.lessons(1))
    assert lesson.verdict is Verdict.HELPED
    assert await stage.ticket() is None


@pytest.mark.parametrize(
    ("subject", "text"),
    [("faq: vpn at home", ""), ("FAQ vpn at home", "Thanks!\n\nAna"), ("", "faq vpn at home")],
)
async def test_a_letter_may_ask_for_no_more_than_a_search(stage, leo, ana, subject, text):
    await leo.says(VPN)
    await ana.says(text, subject=subject)
    assert "Connect to the VPN from home" in ana.last.text
    assert await stage.ticket() is None


async def test_what_isnt_there_is_said_with_a_way_to_a_person(stage, ana):
    await ana.says("/faq parking spaces")
    assert "“parking spaces” yet.\nIsn't it there?" in ana.last.text
    assert "a person reads it" in ana.last.text
    await ana.says("/faq KB-9")
    assert "KB-9" in ana.last.text


async def test_a_question_may_begin_with_a_number(stage, leo, ana):
    await leo.says("/kb new Sign in to Office 365: Open the portal and choose your account.")
    await ana.says("/faq 365 sign in")
    assert "Sign in to Office 365" in ana.last.text


async def test_articles_for_agents_are_for_agents(stage, leo, ana):
    await leo.says("/kb new\nfor: agents\n# Reset a router\nHold the button for ten seconds.")
    await ana.says("/faq KB-1")
    assert "button" not in ana.last.text
    await ana.says("/faq reset a router")
    assert "button" not in ana.last.text
    await leo.says("/faq reset a router")
    assert "Reset a router" in leo.last.text


async def test_a_link_by_an_agent_is_learned_at_once(stage, leo, ana):
    await leo.says(VPN)
    question = "The tunnel won't come up on my sofa"
    await ana.says(question)
    assert await offers(stage) == []
    await leo.says("/kb link IT-1 KB-1")
    bob = stage.person("bob@example.org", "Bob")
    await bob.says(question)
    assert "Connect to the VPN from home" in bob.last.text


async def test_an_article_is_sent_in_the_requesters_language(stage, leo):
    await leo.says(VPN)
    await leo.says(VPN_ES.replace("#", "traduce: KB-1\n#", 1))
    eva = stage.person("lola@example.org", "Lola", language="es")
    await eva.says("No me va la conexión con la oficina")
    await leo.says("/kb send IT-1 KB-1")
    assert "pulsa Conectar" in eva.last.text
    [lesson] = await stage.store.read(lambda work: work.offers.lessons(2))
    assert lesson.verdict is Verdict.LINKED


async def test_a_solved_ticket_becomes_an_article(stage, leo, ana):
    await ana.says("The projector in room 4 is all pink. My password is Hunter2-Hunter2")
    await leo.says("/claim IT-1")
    await leo.says("/tag IT-1 projector")
    await leo.says("/reply IT-1 Turn the plug of the cable around and press Source.")
    await leo.says("/note IT-1 He always breaks it")
    await leo.says("/resolve IT-1")
    await leo.says("/kb from IT-1")
    made = await article(stage)
    assert made.state is State.DRAFT
    assert made.ticket == 1
    assert made.tags == ("projector",)
    assert "projector" in made.title
    assert "Turn the plug" in made.text
    assert "Hunter2" not in made.text
    assert "always breaks" not in made.text
    await leo.says("/kb from IT-1")
    assert "already" in leo.last.text
    await leo.says("/kb publish KB-1")
    assert (await article(stage)).state is State.PUBLISHED


async def test_nobody_is_greeted_in_a_draft(stage, leo, ana):
    await ana.says("Hello everybody,\nthe projector in room 4 is all pink.\nThanks,\nAna")
    await leo.says("/reply IT-1 Hi Ana,\nturn the plug of the cable around.\nBest,\nLeo")
    await leo.says("/kb from IT-1")
    told = "> The projector in room 4 is all pink.\n\nTurn the plug of the cable around."
    assert (await article(stage)).text == told


async def test_a_ticket_that_nobody_answered_makes_a_draft_of_its_question(stage, leo, ana):
    await ana.says("The projector in room 4 is all pink")
    await leo.says("/kb from IT-1")
    assert (await article(stage)).text == "> The projector in room 4 is all pink"


async def test_a_draft_bears_no_secret_of_a_subject(stage, leo, ana):
    await ana.says("The mail keeps asking for it", subject="My password is Hunter2-Hunter2")
    await leo.says("/kb from IT-1")
    assert (await article(stage)).title == "My password is …"


async def test_an_article_that_translates_itself_translates_none(stage, leo):
    await leo.says(VPN)
    await leo.says("/kb edit KB-1\ntranslates: KB-1\n# The VPN\nPress Connect.")
    changed = await article(stage)
    assert (changed.title, changed.family) == ("The VPN", "")


async def test_what_was_taken_away_stands_for_nothing_and_is_not_reviewed(stage, leo):
    await leo.says(VPN)
    await leo.says(PAPER)
    await leo.says("/kb merge KB-1 KB-2")
    await leo.says("/kb merge KB-2 KB-1")  # the other way around
    assert "KB-2" in leo.last.text
    assert (await article(stage)).state is State.PUBLISHED
    await leo.says("/kb review KB-2")  # which would be listed nowhere
    assert "isn't published" in leo.last.text


async def test_what_it_said_before_is_kept_and_a_secret_never(stage, leo):
    await leo.says(PAPER)
    await leo.says("/kb edit KB-1\n# Clear a paper jam\nOpen both doors.")
    assert (await article(stage)).text == "Open both doors."
    [before] = await stage.store.read(lambda work: work.articles.versions(1))
    assert "side door" in before.text
    await leo.says("/kb new Wifi: the password is Hunter2-Hunter2")
    assert "secret" in leo.last.text
    assert await article(stage, 2) is None


async def test_articles_are_retired_joined_and_reviewed(stage, leo, ana):
    await leo.says(VPN)
    await leo.says("/kb new Tunnel at home: Use the tunnel app.")
    await ana.says("The tunnel won't come up on my sofa")
    await leo.says("/kb link IT-1 KB-2")
    await leo.says("/kb merge KB-1 KB-2")
    assert (await article(stage, 2)).state is State.RETIRED
    [lesson] = await stage.store.read(lambda work: work.offers.lessons(1))
    assert lesson.article == 1
    await leo.says("/kb review KB-1 next month")
    assert (await article(stage)).review_on == date(2026, 12, 1)
    await leo.says("/kb retire KB-1")
    await ana.says("/faq KB-1")
    assert "Madrid" not in ana.last.text


async def test_the_desk_explains_itself(stage, leo, ana):
    await leo.says(VPN)
    await leo.says(f"/kb why {ASKS}")
    assert "KB-1" in leo.last.text
    assert "vpn" in leo.last.text
    await leo.says("/kb why why is the sky blue")
    assert "nothing" in leo.last.text


@pytest.mark.parametrize("wrong", ["/kb new", "/kb new Only a title", "/kb new x: " + "y" * 0])
async def test_half_an_article_is_refused(stage, leo, wrong):
    await leo.says(wrong)
    assert await article(stage) is None


async def test_who_may_not_publish_writes_drafts(sqlite_store, tmp_path, clock):
    chosen = settings(knowledge=replace(KNOWLEDGE, approve=Role.LEAD))
    async with set_stage(sqlite_store, Files(tmp_path), clock, chosen) as stage:
        leo = stage.person(LEOS, "Leo Prats")
        await leo.says(PAPER)
        assert (await article(stage)).state is State.DRAFT
        await leo.says("/kb publish KB-1")
        assert (await article(stage)).state is State.DRAFT
        await stage.person("max@desk.example", "Max Roth").says("/kb publish KB-1")
        assert (await article(stage)).state is State.PUBLISHED


async def test_the_other_language_is_found_and_marked(stage, leo):
    await leo.says(VPN)
    lola = stage.person("lola@example.org", "Lola", language="es")
    await lola.says("/faq VPN")
    assert "English" in lola.last.text


async def test_a_desk_may_never_offer_anything(sqlite_store, tmp_path, clock):
    async with set_stage(
        sqlite_store, Files(tmp_path), clock, settings(knowledge=replace(KNOWLEDGE, most=0))
    ) as stage:
        await stage.person(LEOS, "Leo Prats").says(VPN)
        ana = stage.person("ana@example.org", "Ana", language="en")
        await ana.says(ASKS)
        assert "press Connect" not in ana.last.text
