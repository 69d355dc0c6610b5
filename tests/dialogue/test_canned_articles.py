"""Ready answers bear articles, each in the language of who reads them."""

import pytest
from stage import Somebody, Stage

from bot.model.article import Verdict

VPN = """/kb new
# Connect to the VPN
Choose Madrid and press Connect. {name} stands for you.
"""
VPN_ES = """/kb nuevo
traduce: KB-1
# Conectarse a la VPN
Elige Madrid y pulsa Conectar.
"""
WIKI = """/kb new
links: https://wiki.example.org/proxy
# Set the proxy
How the proxy is set.
"""
INSIDE = "/kb new\nfor: agents\n# The gateway\nRestart it from the console."


@pytest.fixture
def bea(stage: Stage) -> Somebody:
    return stage.person("bea@example.org", "Bea Cole", language="en")


@pytest.fixture
def luz(stage: Stage) -> Somebody:
    return stage.person("luz@example.org", "Luz Gil", language="es")


async def test_on_a_line_of_its_own_it_stands_whole_in_the_readers_language(stage, bea, luz, leo):
    await leo.says(VPN)
    await leo.says(VPN_ES)
    await leo.says("/save-answer vpn: Hi {name}, this should help:\n\n{KB-1}\n\nTell us, please.")
    await bea.says("My screen flickers")
    await luz.says("Mi pantalla parpadea")
    await leo.says("/canned IT-1 vpn send")
    whole = "*Connect to the VPN*\n\nChoose Madrid and press Connect. {name} stands for you."
    assert bea.last.text == f"Hi Bea, this should help:\n\n{whole}\n\nTell us, please."
    await leo.says("/canned IT-2 vpn anyway")
    assert "*Conectarse a la VPN*\n\nElige Madrid y pulsa Conectar." in luz.last.text


async def test_within_a_sentence_it_is_its_title_and_where_it_is_read(stage, bea, leo):
    await leo.says(WIKI)
    await leo.says(VPN)
    await leo.says("/save-answer net: See {KB-1} and { kb 2 }.")
    await bea.says("My screen flickers")
    await leo.says("/canned IT-1 net send")
    assert bea.last.text == (
        "See “Set the proxy” (https://wiki.example.org/proxy) and “Connect to the VPN” (KB-2)."
    )


async def test_the_desk_learns_that_it_answers_this(stage, bea, leo):
    await leo.says(VPN)
    await leo.says("/save-answer vpn: {KB-1}")
    await bea.says("My screen flickers")
    await leo.says("/canned IT-1 vpn")
    assert await stage.store.read(lambda work: work.offers.of_ticket(1)) == []
    await leo.says("/canned IT-1 vpn send")
    [offer] = await stage.store.read(lambda work: work.offers.of_ticket(1))
    assert (offer.article, offer.verdict) == (1, Verdict.LINKED)


@pytest.mark.parametrize(
    ("named", "refusal"),
    [("KB-9", "no article that you can read under KB-9"), ("KB-1", "is for agents alone")],
)
async def test_what_requesters_may_not_read_is_not_saved(stage, leo, named, refusal):
    await leo.says(INSIDE)
    await leo.says(f"/save-answer vpn: See {{{named}}}")
    assert refusal in leo.heard
    await leo.says("/answers")
    assert "vpn" not in leo.last.text


async def test_what_was_taken_away_since_goes_to_nobody(stage, bea, leo):
    await leo.says(VPN)
    await leo.says("/save-answer vpn: See {KB-1}")
    await bea.says("My screen flickers")
    await leo.says("/kb retire KB-1")
    count = len(bea.letters)
    await leo.says("/canned IT-1 vpn send")
    assert "isn't published" in leo.heard
    assert len(bea.letters) == count
