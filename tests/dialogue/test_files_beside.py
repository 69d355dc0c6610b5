"""Files beside commands: what no command takes goes where the words would have gone."""

import pytest
from chat_stage import AGENTS, HELP, Chat, Member

from bot.model.entry import Message, Note, What
from bot.model.message import Upload

PNG = Upload("photo.png", "image/png", b"\x89PNG")
LOGO = Upload("logo.png", "image/png", b"\x89PNG", inline=True)


@pytest.fixture
def leo_below(chat: Chat) -> Member:
    return Member(chat, "leo@desk.example", "Leo Prats")


def enclosed(entries, kind) -> list[str]:
    """The files that entries of this kind hold."""
    return [file.name for each in entries if isinstance(each, kind) for file in each.attachments]


@pytest.mark.parametrize(
    "words",
    ["ask is it this cable?", "hold tomorrow, as in the picture", "resolve plug it in like this"],
)
async def test_a_file_goes_to_the_requester_with_the_words_of_a_command(
    chat: Chat, ana, leo_below, words
):
    await ana.posts("mail is down")
    await leo_below.writes_below(words, asked=True, overheard=False, uploads=(PNG,))
    assert [each.name for each in ana.letters[-1].uploads] == ["photo.png"]
    assert enclosed(await chat.stage.entries(), Message) == ["photo.png"]
    assert ana.letters[-2].uploads == (), "the words themselves came first"
    assert all(each.uploads == () for each in chat.below), "who works there has seen it"


@pytest.mark.parametrize("words", ["claim", "priority low", "resolve"])
async def test_a_file_beside_a_command_without_words_stays_among_agents(
    chat: Chat, ana, leo_below, words
):
    await ana.posts("mail is down")
    await leo_below.writes_below(words, asked=True, overheard=False, uploads=(PNG,))
    assert enclosed(await chat.stage.entries(), Note) == ["photo.png"]
    assert all(each.uploads == () for each in ana.letters)


async def test_an_answer_may_be_a_file_alone(chat: Chat, ana, leo_below):
    await ana.posts("mail is down")
    await leo_below.writes_below("reply:", uploads=(PNG,))
    assert [each.name for each in ana.letters[-1].uploads] == ["photo.png"]
    (reply,) = [each for each in await chat.stage.entries() if each.what is What.REPLIED]
    assert (reply.text, len(reply.attachments)) == ("", 1)


async def test_a_note_may_be_a_file_alone_and_its_name_is_confirmed(chat: Chat, ana, leo_below):
    await ana.posts("mail is down")
    answer = await leo_below.writes_below("note:", uploads=(PNG,))
    assert enclosed(await chat.stage.entries(), Note) == ["photo.png"]
    assert "photo.png" in answer.text
    assert all(each.uploads == () for each in ana.letters)


@pytest.mark.parametrize("words", ["reply:", "note:", "ask"])
async def test_without_a_file_words_are_still_asked_for(chat: Chat, ana, leo_below, words):
    await ana.posts("mail is down")
    answer = await leo_below.writes_below(words, asked=words == "ask")
    assert answer.refused


async def test_a_question_is_no_file_alone(chat: Chat, ana, leo_below):
    await ana.posts("mail is down")
    answer = await leo_below.writes_below("ask", asked=True, overheard=False, uploads=(PNG,))
    assert answer.refused


async def test_a_file_that_a_command_took_goes_once(chat: Chat, ana, leo_below):
    await ana.posts("mail is down")
    await leo_below.writes_below("reply: like this", uploads=(PNG,))
    assert enclosed(await chat.stage.entries(), Message | Note) == ["photo.png"]


async def test_a_file_of_who_asks_how_it_stands_reaches_the_agents(chat: Chat, ana):
    root = await ana.posts("mail is down")
    await ana.joins(root, "@desk status", asked=True, overheard=False, uploads=(PNG,))
    await ana.joins(root, "status", asked=True, overheard=False, uploads=(PNG,))
    assert enclosed(await chat.stage.entries(), Message) == ["photo.png"] * 2
    assert "photo.png" in chat.below[-1].text
    assert {room for room, _, each in chat.parlour.places if each.uploads} == {AGENTS}
    assert HELP not in {room for room, _, each in chat.parlour.places if each.uploads}


async def test_the_logo_below_a_letter_of_commands_is_no_answer(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    heard = len(ada.letters)
    await leo.says("/claim IT-1", uploads=[LOGO])
    assert len(ada.letters) == heard


async def test_a_file_in_a_letter_of_commands_goes_like_its_words(stage, ada, leo):
    await ada.says("My screen is black", subject="Screen")
    await leo.says("/ask IT-1 Is it this cable?", uploads=[PNG])
    assert [each.name for each in ada.last.uploads] == ["photo.png"]


@pytest.mark.parametrize("words", ["reply: as in the film", "reply:"])
async def test_no_answer_goes_out_without_the_files_it_came_with(chat: Chat, ana, leo_below, words):
    film = Upload("film.mp4", "video/mp4", b"\0" * (11 * 1024 * 1024))
    await ana.posts("mail is down")
    heard = len(ana.letters)
    answer = await leo_below.writes_below(words, uploads=(film,))
    assert answer.refused
    assert "larger than the 10 MB" in answer.text
    assert len(ana.letters) == heard


async def test_a_note_by_a_command_says_what_of_it_is_hidden_and_what_isnt_kept(
    chat: Chat, ana, leo_below
):
    huge = Upload("disk.img", "application/octet-stream", b"\0" * (26 * 1024 * 1024))
    await ana.posts("mail is down")
    words = "note IT-1 her password: Hunter2!Long, and the disk"
    await leo_below.commands(words, AGENTS, uploads=(huge,))
    note = (await chat.stage.entries())[-1]
    assert isinstance(note, Note)
    assert note.remarks == ("masked:password", "not_kept")
    assert "A file was larger than we keep." in chat.below[-1].text
