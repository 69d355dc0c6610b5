"""People known, joined and parted: by agents for anybody, by requesters for themselves."""

import pytest
from chat_stage import Chat, Member, rooms, set_chat
from stage import LEO, PARLOUR, settings

from bot.model.person import Proof

MAIL, CHAT = "ana@example.org", "UANA"


@pytest.fixture
async def chat(store, tmp_path, clock):
    """Ana in two records: one of her mail, one of the chat, each with a report."""
    async with set_chat(store, tmp_path, clock, chosen=settings(**rooms("support"))) as scene:
        await Member(scene, MAIL, "Ana Ruiz").posts("The printer on the first floor is broken")
        await Member(scene, CHAT, "Ana R").posts("My VPN is down since this morning")
        yield scene


@pytest.fixture
def leo(chat: Chat) -> Member:
    return Member(chat, LEO.addresses[PARLOUR], LEO.name)


async def at(chat: Chat, address: str):
    found = await chat.stage.store.read(lambda work: work.people.find(PARLOUR, address))
    return found[0] if found else None


async def reported(chat: Chat, address: str) -> set[int]:
    who = await at(chat, address)
    found = await chat.stage.store.read(lambda work: work.tickets.of_requester(who.id))
    return {each.id for each in found}


async def united(chat: Chat, leo: Member) -> None:
    (button,) = (await leo.commands(f"unite {MAIL} {CHAT}")).buttons
    await leo.commands(button.command)


async def test_whoever_is_looked_up_is_shown_with_addresses_and_how_they_are_known(chat, leo):
    told = (await leo.commands(f"person {CHAT}")).text
    assert "Ana R" in told
    assert "- UANA (Parlour): vouched for by the network or a code" in told
    assert "IT-2" in told
    assert "IT-1" not in told
    assert ": the last time they wrote." in told
    assert "Recent changes" not in told


async def test_nobody_new_is_made_by_being_looked_up(chat, leo):
    for line in ("person zoe@example.org", f"unite {MAIL} zoe@example.org", "persona zoe@x.org"):
        answer = await leo.commands(line)
        assert answer.refused, line
        assert await at(chat, "zoe@example.org") is None


@pytest.mark.parametrize(
    ("words", "field", "value", "shown"),
    [
        ("office Madrid, second floor", "office", "Madrid, second floor", "Madrid, second floor"),
        ("oficina Madrid", "office", "Madrid", "Madrid"),
        ("name Ana Ruiz Gil", "name", "Ana Ruiz Gil", "Ana Ruiz Gil"),
        ("language español", "language", "es", "español"),
        ("zone Mexico City", "zone", "America/Mexico_City", "Mexico City"),
    ],
)
async def test_one_thing_of_somebody_is_written_down_and_by_whom(
    chat, leo, words, field, value, shown
):
    answer = await leo.commands(f"person {MAIL} {words}")
    assert not answer.refused, answer.text
    assert shown in answer.text
    assert getattr(await at(chat, MAIL), field) == value
    told = (await leo.commands(f"person {MAIL}")).text
    assert f"Leo Prats by Parlour: {field}" in told
    assert (await leo.commands(f"person {MAIL} {words}")).refused  # it is so already


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ("shoes 42", "trait"),
        ("office", "value"),
        ("language klingon", "value"),
        ("zone Nowhere Town", "value"),
        ("name x@example.org", "value"),
        ("office " + "x" * 81, "value"),
    ],
)
async def test_what_can_not_be_written_down_is_refused_at_its_field(chat, leo, words, field):
    before = await at(chat, MAIL)
    answer = await leo.commands(f"person {MAIL} {words}")
    assert answer.refused
    assert answer.field == field
    assert await at(chat, MAIL) == before


async def test_what_is_left_open_a_form_asks_for_and_refuses_at_its_field(chat, leo):
    form = await chat.stage.counter.form(leo.asks("persona"))
    assert [each.name for each in form.fields] == ["person", "trait", "value"]
    assert [each.value for each in form.fields[1].choices] == [
        "name", "office", "language", "skills", "zone",
    ]  # fmt: skip
    filled = (("person", MAIL), ("trait", "language"), ("value", "klingon"))
    refused = await leo.commands(form.command, filled=filled)
    assert (refused.refused, refused.field) == (True, "value")
    await leo.commands(form.command, filled=(*filled[:2], ("value", "es")))
    assert (await at(chat, MAIL)).language == "es"
    form = await chat.stage.counter.form(leo.asks("unite"))
    both = (("person", MAIL), ("same", CHAT), ("seen", ""))
    preview = await leo.commands(form.command, filled=both)
    word = preview.buttons[0].command.split()[-1]
    await leo.commands(form.command, filled=(*both[:2], ("seen", word)))
    assert await at(chat, MAIL) == await at(chat, CHAT)


async def test_what_the_settings_say_of_a_colleague_stays(chat, leo):
    answer = await leo.commands("person me name Leonardo")
    assert answer.refused
    assert "the desk's settings" in answer.text
    assert not (await leo.commands("person me office Sevilla")).refused
    assert (await leo.commands("person eva office Sevilla")).refused  # it is hers


async def test_two_records_become_one_once_it_was_shown_what_comes_together(chat, leo):
    preview = await leo.commands(f"unite {MAIL} {CHAT}")
    assert "- Ana Ruiz: ana@example.org · 1 ticket" in preview.text
    assert "- Ana R: UANA · 1 ticket" in preview.text
    assert await at(chat, MAIL) != await at(chat, CHAT)
    (button,) = preview.buttons
    assert button.command.replace("/", "/desk ", 1) in preview.text
    done = await leo.commands(button.command)
    assert "Ana Ruiz is one person now: ana@example.org, UANA, with 2 tickets" in done.text
    assert await at(chat, MAIL) == await at(chat, CHAT)
    assert await reported(chat, CHAT) == {1, 2}
    again = await leo.commands(button.command)
    assert again.refused
    told = (await leo.commands(f"person {CHAT}")).text
    assert "Leo Prats by Parlour: united with Ana R" in told


async def test_what_came_since_it_was_shown_is_shown_before_anything_is_done(chat, leo):
    (button,) = (await leo.commands(f"unite {MAIL} {CHAT}")).buttons
    await Member(chat, CHAT, "Ana R").posts("And the phone is dead")
    again = await leo.commands(button.command)
    assert "2 tickets" in again.text
    assert await at(chat, MAIL) != await at(chat, CHAT)


async def test_what_was_united_is_parted_as_it_was(chat, leo):
    before = await at(chat, MAIL), await at(chat, CHAT)
    await united(chat, leo)
    answer = await leo.commands(f"unlink {CHAT}")
    assert "UANA is separate from Ana Ruiz now, with 1 ticket." in answer.text
    mail, room = await at(chat, MAIL), await at(chat, CHAT)
    assert mail == before[0]
    assert (room.name, room.id) == (before[1].name, room.id)
    assert await reported(chat, MAIL) == {1}
    assert await reported(chat, CHAT) == {2}
    told = (await leo.commands(f"person {CHAT}")).text
    assert "parted from Ana Ruiz" in told
    assert (await leo.commands(f"unlink {CHAT}")).refused  # it is the only one
    await united(chat, leo)
    assert await reported(chat, MAIL) == {1, 2}


async def test_colleagues_are_not_united_and_only_a_lead_touches_what_is_theirs(chat, leo):
    max_ = Member(chat, "max@desk.example", "Max Roth")
    assert (await leo.commands("unite leo@desk.example eva@desk.example")).refused
    refused = await leo.commands(f"unite {CHAT} eva@desk.example")
    assert refused.refused
    assert "works at the desk" in refused.text
    assert not (await at(chat, CHAT)).is_agent
    (button,) = (await max_.commands(f"unite {CHAT} eva@desk.example")).buttons
    await max_.commands(button.command)
    assert (await at(chat, CHAT)).is_agent
    assert (await leo.commands(f"unlink {CHAT}")).refused
    assert (await max_.commands("unlink eva@desk.example")).refused  # of the settings
    await max_.commands(f"unlink {CHAT}")
    assert not (await at(chat, CHAT)).is_agent
    assert await reported(chat, CHAT) == {2}


async def test_an_address_that_an_agent_writes_down_gives_no_rights(chat, leo):
    answer = await leo.commands(f"add-address {CHAT} ana.r@home.example")
    assert not answer.refused, answer.text
    found = await chat.stage.store.read(
        lambda work: work.people.find(PARLOUR, "ana.r@home.example")
    )
    assert found[1].proof is Proof.TOLD
    assert "an agent noted it" in (await leo.commands(f"person {CHAT}")).text
    assert (await leo.commands(f"add-address {CHAT} ana.r@home.example")).refused
    refused = await leo.commands("add-address eva sara@home.example")
    assert refused.refused  # nobody becomes a colleague by being written down
    taken = await leo.commands(f"add-address {CHAT} {MAIL}")
    assert taken.refused
    assert f"/desk unite ana.r@home.example {MAIL}" in taken.text
    parted = await leo.commands("unlink ana.r@home.example")
    assert "is separate from Ana R now, with 0 tickets" in parted.text


async def test_people_take_their_own_addresses_off_and_nobody_elses(chat, leo):
    slack = Member(chat, CHAT, "Ana R")
    await united(chat, leo)
    direct = {"room": f"dm-{CHAT}"}
    assert "ana@example.org and UANA" in (await slack.commands("unlink", **direct)).text
    assert (await slack.commands("unlink leo@desk.example", **direct)).refused
    here = await slack.commands(f"unlink {CHAT}", **direct)
    assert here.refused
    assert "ana@example.org" in here.text
    open_ = slack.inbound("/unlink ana@example.org", "help", public=True)
    await chat.takes(open_)
    assert await at(chat, CHAT) == await at(chat, MAIL)
    forged = Member(chat, CHAT, "Ana R", verified=False)
    assert (await forged.commands(f"unlink {MAIL}", **direct)).refused


async def test_people_take_off_what_was_joined_to_them(chat, leo):
    await united(chat, leo)
    mail = Member(chat, MAIL, "Ana Ruiz")
    answer = await mail.commands(f"unlink {CHAT}", room="dm-mail")
    assert not answer.refused, answer.text
    assert "UANA" in answer.text
    assert await reported(chat, CHAT) == {2}
    assert await reported(chat, MAIL) == {1}


async def test_what_somebody_parted_no_network_joins_again(chat, leo):
    """The profile may be wrong; a code is a proof, whatever was parted before."""
    slack = Member(chat, CHAT, "Ana R", ((PARLOUR, MAIL),))
    await slack.posts("Now the phone is dead as well")
    assert await at(chat, CHAT) == await at(chat, MAIL)
    await leo.commands(f"unlink {CHAT}")
    assert await at(chat, CHAT) != await at(chat, MAIL)
    await slack.posts("And the fax")
    assert await at(chat, CHAT) != await at(chat, MAIL)
    await united(chat, leo)
    await slack.posts("And the coffee machine")
    assert await at(chat, CHAT) == await at(chat, MAIL)


async def test_requesters_neither_look_anybody_up_nor_unite(chat):
    ana = Member(chat, CHAT, "Ana R")
    for line in ("person leo", f"unite {CHAT} {MAIL}", f"add-address {CHAT} x@example.org"):
        answer = await ana.commands(f"/{line}", room=f"dm-{CHAT}")
        assert answer is None or answer.refused
        assert (await at(chat, CHAT)) != (await at(chat, MAIL))
        assert "Leo" not in (answer.text if answer else "")


async def test_two_of_one_name_are_told_apart_by_their_addresses(chat, leo):
    await leo.commands(f"person {CHAT} name Ana Ruiz")
    answer = await leo.commands("person Ana Ruiz")
    assert answer.refused
    assert "Ana Ruiz (ana@example.org) and Ana Ruiz (UANA)" in answer.text
