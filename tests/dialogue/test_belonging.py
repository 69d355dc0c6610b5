"""What a ticket is about, of the desk's things, and what was agreed with who asks."""

from dataclasses import replace

import pytest
from chat_stage import Member, rooms, said, set_chat
from stage import settings

from bot.model.asset import Asset, Inventory
from bot.model.entry import What
from bot.model.person import Organisation

THINGS = Inventory(
    (
        Asset(name="PC-0231", kind="laptop", owner="UANA"),
        Asset(name="PR-2", kind="printer"),
        Asset(name="PC-0300", kind="laptop", owner="UBOB"),
    )
)
GOLD = Organisation("Example", domains=("example.org",), contract="Gold", agreed="Within an hour.")


@pytest.fixture
async def chat(store, tmp_path, clock):
    chosen = replace(settings(**rooms("support")), assets=THINGS, organisations=(GOLD,))
    async with set_chat(store, tmp_path, clock, chosen=chosen) as scene:
        yield scene


@pytest.fixture
def leo(chat) -> Member:
    return Member(chat, "leo@desk.example", "Leo Prats")


async def test_a_report_bears_what_it_names_and_agents_see_it_on_the_card(chat, ana, leo):
    await ana.posts("PC-0231 hums and the screen flickers")
    assert (await chat.stage.ticket()).assets == ("PC-0231",)
    assert "About: PC-0231" in said(chat.cards[-1])
    assert "PC-0231" in (await leo.commands("queue pc-0231")).text


async def test_my_laptop_is_the_writers_own_and_what_nobody_has_is_nobodys(chat, ana):
    await ana.posts("My laptop hums since this morning")
    await ana.posts("The printer in the hall jams")
    assert (await chat.stage.ticket(1)).assets == ("PC-0231",)
    assert (await chat.stage.ticket(2)).assets == ()


async def test_agents_change_it_and_the_history_tells(chat, ana, leo):
    await ana.posts("PC-0231 hums")
    told = (await leo.commands("asset IT-1 pr-2, -pc-0231")).text
    assert told.startswith("IT-1 is now about: PR-2")
    entry = (await chat.stage.entries())[-1]
    assert (entry.what, entry.old, entry.new) == (What.EQUIPPED, "PC-0231", "PR-2")
    assert chat.below[-1].text == "Leo Prats says that it is about: PR-2"
    assert "about PC-0231 → PR-2" in (await leo.commands("history IT-1")).text
    alone = (await leo.commands("asset IT-1")).text
    assert "IT-1 is about: PR-2\nAna Ruiz has: PC-0231" in alone
    assert (await leo.commands("asset IT-1 -PR-2")).text.startswith("IT-1 is about none")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("PC-0239", "You may mean: PC-0231"),
        ("-PR-2", "You can name others"),
        ("-zeppelin", "You can name others"),
        ("zeppelin", "We have nothing labelled “zeppelin”"),
    ],
)
async def test_what_there_is_none_of_is_refused(chat, ana, leo, words, told):
    await ana.posts("PC-0231 hums")
    answer = await leo.commands(f"asset IT-1 {words}")
    assert answer.refused
    assert told in answer.text
    assert (await chat.stage.ticket()).assets == ("PC-0231",)


async def test_both_tickets_things_are_those_of_the_one_that_goes_on(chat, ana, leo):
    await ana.posts("PC-0231 hums")
    await Member(chat, "UBOB", "Bob Hill").posts("PC-0300 hums too")
    await leo.commands("merge IT-1 IT-2")
    assert (await chat.stage.ticket()).assets == ("PC-0231", "PC-0300")
    await leo.commands("asset IT-2 PR-2")
    assert (await chat.stage.ticket()).assets == ("PC-0231", "PC-0300", "PR-2")


async def test_what_the_requester_has_is_offered_first(chat, ana, leo):
    await Member(chat, "UBOB", "Bob Hill").posts("It hums")
    form = await chat.stage.counter.form(leo.asks("/asset IT-1"))
    assert form is None
    offered = await chat.stage.counter.choices(leo.asks("pc"), "asset", "assets")
    assert [each.value for each in offered] == ["PC-0231", "PC-0300"]
    assert await chat.stage.counter.choices(ana.asks("pc"), "asset", "assets") == ()


async def test_requesters_neither_read_nor_change_it(chat, ana):
    await ana.posts("PC-0231 hums")
    await ana.commands("/asset IT-1 PR-2")
    assert (await chat.stage.ticket()).assets == ("PC-0231",)
    assert "About" not in "".join(chat.public)


async def test_where_nothing_was_agreed_it_says_so(chat, ana, leo):
    await ana.posts("My screen is black")
    assert "no contract is written down" in (await leo.commands("contract IT-1")).text


async def test_a_contract_tells_its_words(chat, leo):
    cleo = Member(chat, "UCLEO", "Cleo", also=(("email", "cleo@example.org"),))
    await cleo.posts("It hums")
    told = (await leo.commands("contract IT-1")).text
    assert "Cleo, Example: contract Gold.\nWithin an hour." in told


async def test_a_desk_without_a_list_says_where_one_is_written(store, tmp_path, clock):
    chosen = replace(settings(), assets=Inventory())
    async with set_chat(store, tmp_path, clock, chosen=chosen) as chat:
        await Member(chat, "UANA", "Ana Ruiz").posts("PC-0231 hums")
        answer = await Member(chat, "leo@desk.example", "Leo Prats").commands("asset IT-1 PC-0231")
        assert answer.refused
        assert "[[assets]]" in answer.text
