"""A card is read by all: where agents live in several zones, its moments name theirs."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from chat_stage import Chat, Member, rooms, said, set_chat
from stage import settings

from bot.model.message import Speaker

WORDS = "My VPN is down since this morning"
MADRID = ZoneInfo("Europe/Madrid")


@pytest.fixture
async def chat(store, tmp_path, clock):
    chosen = settings(**rooms("support"), zone=MADRID)
    async with set_chat(store, tmp_path, clock, chosen=chosen) as scene:
        yield scene


async def lives(chat: Chat, name: str, zone: str) -> None:
    def move(work):
        agent = next(each for each in work.people.agents() if each.name == name)
        work.people.save(replace(agent, zone=zone))

    await chat.stage.store.write(move)


async def held(chat: Chat) -> tuple[str, str]:
    """The card and what stands below it, once the ticket is laid aside."""
    await Member(chat, "UANA", "Ana Ruiz").posts(WORDS)
    await Member(chat, "leo@desk.example", "Leo Prats").commands("/hold IT-1 2h")
    return said(chat.cards[-1]), said(chat.below[-1])


async def test_agents_of_one_zone_read_the_time_alone(chat):
    card, below = await held(chat)
    assert "at 10:00\n" in f"{card}\n"
    assert "CET" not in card + below


async def test_where_one_lives_abroad_each_moment_of_the_room_names_its_zone(chat):
    await lives(chat, "Eva Sanz", "America/Mexico_City")
    card, below = await held(chat)
    assert "at 10:00 CET" in card
    assert "until Monday at 12:00 CET." in below


async def test_the_channel_tells_by_which_clocks_agents_live_before_they_speak(chat):
    eva = Speaker("eva@desk.example", "Eva Sanz", verified=True, zone="America/Mexico_City")
    await chat.stage.counter.meet([eva])
    assert "at 10:00 CET" in (await held(chat))[0]


async def test_a_zone_of_the_config_outweighs_the_channels(chat):
    await lives(chat, "Eva Sanz", "Europe/Paris")
    eva = Speaker("eva@desk.example", "Eva Sanz", verified=True, zone="America/Mexico_City")
    await chat.stage.counter.meet([eva])
    assert "CET" not in "".join(await held(chat))


async def test_another_name_of_the_same_time_is_no_other_zone(chat):
    await lives(chat, "Eva Sanz", "Europe/Paris")
    assert "CET" not in "".join(await held(chat))


async def test_where_all_live_in_another_zone_than_the_desk_it_is_named(chat):
    for name in ("Leo Prats", "Eva Sanz", "Max Roth"):
        await lives(chat, name, "Europe/London")
    assert "at 10:00 CET" in (await held(chat))[0]


@pytest.mark.parametrize(
    ("zone", "named"), [("America/Sao_Paulo", "UTC-3"), ("Asia/Kathmandu", "UTC+5:45")]
)
async def test_a_zone_without_a_short_name_is_told_by_its_distance(
    store, tmp_path, clock, zone, named
):
    chosen = settings(**rooms("support"), zone=ZoneInfo(zone))
    async with set_chat(store, tmp_path, clock, chosen=chosen) as chat:
        await lives(chat, "Eva Sanz", "Europe/Paris")
        assert f" {named}" in (await held(chat))[0]
