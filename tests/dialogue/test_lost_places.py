"""Where nothing can be said any more: what was meant for it finds its reader in another way."""

import pytest
from chat_stage import AGENTS, HELP, Chat, Member, said, set_chat

from bot.channel import FilesRefused
from bot.model.message import Address, ExternalId, Upload

PNG = Upload("photo.png", "image/png", b"\x89PNG")


@pytest.fixture
async def chat(store, tmp_path, clock):
    async with set_chat(store, tmp_path, clock) as scene:
        yield scene


@pytest.fixture
def ana(chat: Chat) -> Member:
    return Member(chat, "UANA", "Ana Ruiz")


@pytest.fixture
def leo(chat: Chat) -> Member:
    return Member(chat, "leo@desk.example", "Leo Prats")


def last_place(chat: Chat, member: Member) -> str:
    """The room where they were written to last."""
    written = [room for room, _, each in chat.parlour.places if each.recipient == member.id]
    return written[-1]


async def is_reachable(chat: Chat, member: Member) -> bool:
    found = await chat.stage.store.read(lambda work: work.people.find("parlour", member.id))
    assert found is not None, "somebody known"
    return bool(found[0].reachable)


async def test_what_a_room_takes_no_more_goes_to_its_reader_alone(chat: Chat, ana, leo):
    await ana.posts("mail is down")
    chat.parlour.shut.add(HELP)
    await leo.writes_below("reply: try again")
    assert last_place(chat, ana) == f"dm-{ana.id}"
    assert ana.letters[-1].text == "try again"
    assert (await chat.stage.ticket()).conversation == Address("parlour", "")
    assert await is_reachable(chat, ana)


async def test_agents_hear_once_that_a_ticket_goes_on_elsewhere_and_with_whom(chat, ana, leo):
    await ana.posts("mail is down")
    chat.parlour.shut.add(HELP)
    await leo.writes_below("reply: try again")
    (told,) = [each.text for each in chat.below if "channel_not_found" in each.text]
    assert "Ana Ruiz" in told
    assert ana.id not in told
    assert "try again" in told
    assert "didn't reach" not in told
    await leo.writes_below("reply: and now?")
    assert ana.letters[-1].text == "and now?"
    assert len([each for each in chat.below if "channel_not_found" in each.text]) == 1


async def test_who_asks_elsewhere_is_answered_there_from_then_on(chat: Chat, ana, leo):
    await ana.posts("mail is down")
    chat.parlour.shut.add(HELP)
    await leo.writes_below("reply: try again")
    await chat.takes(ana.inbound("/status IT-1", f"dm-{ana.id}", internal=True, asked=True))
    await leo.writes_below("reply: and now?")
    assert ana.letters[-1].text == "and now?"


async def test_who_writes_in_the_room_when_it_is_back_is_answered_there(chat: Chat, ana, leo):
    root = await ana.posts("mail is down")
    chat.parlour.shut.add(HELP)
    await leo.writes_below("reply: try again")
    chat.parlour.shut.clear()
    await ana.joins(root, "it works here now")
    await leo.writes_below("reply: good")
    assert last_place(chat, ana) == HELP
    assert ana.letters[-1].to == root.address


async def test_who_is_not_reached_directly_either_is_given_up_and_agents_hear_of_whom(
    chat: Chat, ana, leo
):
    await ana.posts("mail is down")
    chat.parlour.shut |= {HELP, f"dm-{ana.id}"}
    before = len(chat.parlour.attempts)
    await leo.writes_below("reply: try again")
    await chat.rests()
    assert not await is_reachable(chat, ana)
    assert "didn't reach Ana Ruiz" in chat.below[-1].text
    assert len(chat.parlour.attempts) - before < 10
    await leo.commands("/history IT-1", AGENTS, internal=True)
    shown = (await leo.commands("/history IT-1", AGENTS, internal=True)).text
    assert "not delivered to Ana Ruiz" in shown
    assert ana.id not in shown


async def test_agents_whose_room_is_gone_read_that_and_not_that_ana_missed_it(chat: Chat, ana, leo):
    chat.parlour.shut = {AGENTS}
    await ana.posts("mail is down")
    told = said(leo.letters[-1])
    assert "Support" in told
    assert "mail is down" in told
    assert "Try another way" not in told
    assert "/desk reply IT-1" in told


async def test_words_without_their_files_count_as_sent_and_agents_hear_which_are_missing(
    chat: Chat, ana, leo
):
    await ana.posts("mail is down")
    name = ExternalId("help:words")
    chat.parlour.refuses[HELP] = [FilesRefused("file_uploads_disabled", name, ("photo.png",))]
    await leo.writes_below("reply: see this", uploads=(PNG,))
    states = await chat.stage.store.read(lambda work: work.outbox.states())
    assert (states["failed"], states["waiting"]) == (0, 0)
    told = chat.below[-1].text
    assert "photo.png" in told
    assert "Ana Ruiz" in told
    assert "file_uploads_disabled" in told
    assert "didn't reach Ana Ruiz:" not in told
    assert await is_reachable(chat, ana)
    shown = (await leo.commands("/status IT-1", AGENTS, internal=True)).text
    assert "file_uploads_disabled" not in shown
    await leo.writes_below("reply: and restart it")
    assert ana.letters[-1].text == "and restart it"
    assert await chat.stage.store.read(lambda work: work.outbox.named("parlour", name))


async def test_a_room_that_once_took_no_file_is_still_told_of_when_it_is_gone(chat: Chat, ana, leo):
    root = await ana.posts("mail is down")
    refusal = FilesRefused("file_uploads_disabled", ExternalId("desk:words"), ("photo.png",))
    real = chat.parlour.send

    async def refuses_files(message):
        if message.uploads:
            raise refusal
        return await real(message)

    chat.parlour.send = refuses_files
    await ana.joins(root, "it looks so", uploads=(PNG,))
    await chat.rests()
    assert "photo.png" in chat.below[-1].text
    chat.parlour.shut = {AGENTS}
    await ana.joins(root, "it smokes")
    assert "it smokes" in leo.letters[-1].text
