"""How a report finds its team by the desk's rules, and how agents read why."""

import pytest
from chat_stage import AGENTS, Member, rooms, said, set_chat
from stage import set_stage, settings

from bot.model.asset import Asset, Inventory
from bot.model.person import Organisation
from bot.model.route import Rule, When
from bot.model.triage import Priority
from storage.files import Files

ROUTES = (
    Rule(
        name="Remote work",
        when=When(words=("vpn", "red privada")),
        team="network",
        level=2,
        tags=("vpn",),
    ),
    Rule(name="Machines", when=When(assets=("laptop",), contract="24×7"), priority=Priority.HIGH),
    Rule(name="Boss", when=When(requester=("boss.example",)), priority=Priority.URGENT),
)
ACME = Organisation("Acme", domains=("example.org",), contract="24×7")
LAPTOP = Asset(name="PC-0231", kind="laptop", owner="ada@example.org")


@pytest.fixture
async def stage(store, tmp_path, clock):
    chosen = settings(routes=ROUTES, assets=Inventory((LAPTOP,)), organisations=(ACME,))
    async with set_stage(store, Files(tmp_path / "files"), clock, chosen) as scene:
        yield scene


async def test_the_first_rule_that_fits_decides_and_the_acknowledgement_names_its_team(
    stage, ada, leo
):
    await ada.says("My VPN is down", subject="Remote")
    ticket = await stage.ticket()
    assert (ticket.team, ticket.level, ticket.tags) == ("network", 2, ("vpn",))
    assert "Network" in ada.last.text
    assert not leo.letters
    heard = stage.person("max@desk.example").last
    assert "- routed by the rule: “Remote work: VPN”" in heard.text


async def test_what_somebody_has_and_what_was_agreed_with_them_decides_and_is_read(stage, ada, leo):
    await stage.person("bob@elsewhere.example", "Bob Hill").says("My laptop is slow")
    await ada.says("My laptop is slow", subject="Slow")
    assert [(await stage.ticket(n)).priority for n in (1, 2)] == [Priority.NORMAL, Priority.HIGH]
    assert "Machines: 24×7, PC-0231" in leo.last.text
    await leo.says("/claim IT-2")
    assert "Acme · contract 24×7 ·" in leo.last.text
    assert "\nHas: laptop PC-0231\n" in leo.last.text
    await leo.says("/claim IT-1")
    assert "Has:" not in leo.last.text


async def test_what_no_rule_fits_goes_where_it_would_go_without_any(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    assert (await stage.ticket()).team == "support"
    assert "rule" not in leo.last.text


async def test_a_rule_wins_over_the_team_of_the_door(stage, ada):
    await ada.says("No entro en la red privada", team="support")
    assert (await stage.ticket()).team == "network"


async def test_a_rule_that_names_no_team_leaves_the_door_s(stage):
    boss = stage.person("the.boss@boss.example", "Bea Boss")
    await boss.says("My screen is black", team="network")
    ticket = await stage.ticket()
    assert (ticket.team, ticket.priority) == ("network", Priority.URGENT)


async def test_the_history_says_why_in_the_reader_s_language(stage, ada, leo, eva):
    await ada.says("My VPN is down")
    await leo.says("/history IT-1")
    assert "routed by the rule: “Remote work: VPN”" in leo.last.text
    await eva.says("/historial IT-1")
    assert "por la regla: «Remote work: VPN»" in eva.last.text


async def test_what_an_agent_writes_down_for_somebody_is_routed_too(stage, leo):
    await leo.says("/log ada@example.org Called: the VPN asks for a code")
    assert (await stage.ticket()).team == "network"


async def test_what_is_said_later_routes_nothing_anew(stage, ada):
    await ada.says("My screen is black", subject="Screen")
    await ada.says("And my VPN is down", answers=ada.last)
    assert (await stage.ticket()).team == "support"


async def test_the_card_stands_in_the_room_of_the_rule_s_team_and_says_why(store, tmp_path, clock):
    chosen = settings(**rooms("network"), routes=ROUTES)
    async with set_chat(store, tmp_path, clock, chosen=chosen) as chat:
        leo = Member(chat, "leo@desk.example", "Leo Prats")
        await Member(chat, "UANA", "Ana Ruiz").posts("My VPN is down")
        assert "routed by the rule: “Remote work: VPN”" in said(chat.cards[-1])
        await leo.commands("/priority IT-1 urgent", room=AGENTS)
        assert "routed by the rule: “Remote work: VPN”" in said(chat.cards[-1])
