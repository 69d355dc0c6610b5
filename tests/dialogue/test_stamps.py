"""Where the chat shows moments by itself, the desk leaves them to it, and to nothing else."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from chat_stage import HELP, Chat, Member, rooms, said, set_chat
from stage import settings

from bot.model.entry import What
from bot.model.message import Speaker
from bot.model.stamp import Stamp, Stamps, Style, spelled, stamped

MADRID = ZoneInfo("Europe/Madrid")


@pytest.fixture(params=[Stamps.EVERYWHERE])
async def chat(store, tmp_path, clock, request):
    chosen = settings(**rooms("support"), zone=MADRID)
    async with set_chat(store, tmp_path, clock, chosen=chosen, stamps=request.param) as scene:
        yield scene


@pytest.fixture
def ana(chat):
    return Member(chat, "UANA", "Ana Ruiz")


@pytest.fixture
def leo(chat):
    return Member(chat, "leo@desk.example", "Leo Prats")


async def lives(chat: Chat, name: str, zone: str) -> None:
    def move(work):
        agent = next(each for each in work.people.agents() if each.name == name)
        work.people.save(replace(agent, zone=zone))

    await chat.stage.store.write(move)


def holds_a_stamp(text: str) -> bool:
    return spelled(text) != text


async def test_letters_cards_and_answers_leave_moments_to_the_chat(chat, ana, leo):
    await ana.posts("My VPN is down")
    answer = await leo.commands("/hold IT-1 2h")
    assert holds_a_stamp(answer.text)
    assert "until Monday at 12:00." in spelled(answer.text)
    assert holds_a_stamp(ana.letters[-1].text)
    assert any(holds_a_stamp(value) for _, value in chat.cards[-1].panel[0].facts)
    assert holds_a_stamp(said(chat.below[-1]))


@pytest.mark.parametrize("chat", [Stamps.SHARED], indirect=True)
async def test_where_each_readers_zone_is_told_only_agents_on_several_clocks_need_it(
    chat, ana, leo
):
    await ana.posts("My VPN is down")
    await leo.commands("/hold IT-1 2h")
    assert not holds_a_stamp(said(chat.below[-1]))
    await lives(chat, "Eva Sanz", "America/Mexico_City")
    await leo.commands("/hold IT-1 3h")
    told = said(chat.below[-1])
    assert holds_a_stamp(told)
    assert "at 13:00 CET" in spelled(told)
    assert not holds_a_stamp(ana.letters[-1].text)


async def test_nobody_smuggles_a_moment_in(chat, ana, leo):
    forged = stamped(Stamp(chat.stage.clock(), Style.DAY, "yesterday"))
    eve = Member(chat, "UEVE", f"Eve {forged}")
    await eve.posts(f"My VPN is down since {forged}")
    await leo.commands("/reply IT-1", filled=(("text", f"It is {forged}"),))
    report = next(each for each in await chat.stage.entries(1) if each.what is What.SAID)
    assert not holds_a_stamp(report.text)
    assert not holds_a_stamp(eve.letters[-1].text)
    assert not holds_a_stamp(chat.cards[-1].panel[0].facts[0][1])
    await chat.stage.counter.home(Speaker("UMAX", f"Max {forged}"))
    found = await chat.stage.store.read(lambda work: work.people.find("parlour", "UMAX"))
    assert not holds_a_stamp(found[0].name)


async def test_what_is_kept_of_a_lost_letter_is_words(chat, ana, leo):
    await ana.posts("My VPN is down")
    chat.parlour.shut.add(HELP)
    await leo.commands("/hold IT-1 2h")
    lost = next(each for each in await chat.stage.entries(1) if each.what is What.UNDELIVERED)
    assert "on Monday at 12:00" in lost.words


async def test_a_line_of_the_history_is_cut_beside_its_moment(chat, ana, leo):
    await ana.posts("My VPN is down")
    await leo.commands("/reply IT-1 " + "word " * 200)
    answer = await leo.commands("/history IT-1")
    lines = spelled(answer.text).splitlines()
    long = next(each for each in lines if each.endswith("…"))
    assert "Monday at 10:00 · Leo Prats to Ana Ruiz: word" in long
    assert not any("\ufdd0" <= each <= "\ufdef" for each in "".join(lines))
