"""Files stand behind the words they came with, each once; what is refused is told by name."""

from dataclasses import replace

import pytest

from bot.channel import DeliveryFailed, FilesRefused
from bot.model.message import Address, Upload
from sandbox.discord.permission import Permission

POST = "POST /channels/{channel}/messages"
MANY = 23


def text(name, content=b"a"):
    return Upload(name, "text/plain", content)


@pytest.fixture
def message(office, outbound):
    there = Address("discord", str(office.lounge.id))
    return outbound(to=there, uploads=(text("a.txt"), text("Größe «1».txt", b"bc")))


def files_in(channel):
    return [(each.filename, each.content) for post in channel for each in post.attachments]


async def test_files_come_behind_the_words(office, message):
    name = await office.sending.send(message)
    assert "It works again" in office.standing(name).words
    # Discord keeps what it takes of a name.
    assert files_in(office.lounge) == [("a.txt", b"a"), ("Gr_e_1_.txt", b"bc")]
    assert len(list(office.lounge)) == 2


async def test_a_name_that_no_header_takes_is_mended(office, message):
    await office.sending.send(replace(message, uploads=(text('a"b\r\nc/d.txt'), text(""))))
    assert [name for name, _ in files_in(office.lounge)] == ["a_b_c_d.txt", "file"]


async def test_files_without_a_word_give_the_name_themselves(office, message):
    name = await office.sending.send(replace(message, text=""))
    assert office.standing(name).attachments[0].filename == "a.txt"


async def test_files_without_a_word_begin_the_thread(office, outbound):
    asked = await office.ana.says("My VPN is down", channel=office.help)
    there = Address("discord", str(office.help.id), str(asked.id))
    await office.sending.send(outbound(to=there, text="", uploads=(text("a.txt"),)))
    assert files_in(office.thread(asked)) == [("a.txt", b"a")]


async def test_many_files_come_in_several_messages(office, message):
    uploads = tuple(text(f"{number}.txt") for number in range(MANY))
    await office.sending.send(replace(message, uploads=uploads))
    assert len(files_in(office.lounge)) == MANY


async def test_a_file_that_is_too_big_stays_behind_alone(office, message):
    big = text("big.bin", bytes(11 * 1024 * 1024))
    with pytest.raises(FilesRefused) as refusal:
        await office.sending.send(replace(message, uploads=(big, *message.uploads)))
    assert refusal.value.names == ("big.bin",)
    assert "It works again" in office.standing(refusal.value.external_id).words
    assert len(files_in(office.lounge)) == 2


async def test_where_no_files_are_allowed_the_words_stand(office, message):
    office.discord.forbid(office.guild, Permission.ATTACH_FILES)
    with pytest.raises(FilesRefused) as refusal:
        await office.sending.send(message)
    assert refusal.value.names == ("a.txt", "Größe «1».txt")


async def test_nothing_but_files_that_are_refused_is_a_failure_for_good(office, message):
    office.discord.forbid(office.guild, Permission.ATTACH_FILES)
    with pytest.raises(DeliveryFailed) as failure:
        await office.sending.send(replace(message, text=""))
    assert failure.value.permanent


async def test_what_is_there_is_not_sent_again(office, message):
    uploads = tuple(text(f"{number}.txt", bytes(number)) for number in range(MANY))
    message = replace(message, uploads=uploads)
    await office.sending.send(message)
    there = sorted(files_in(office.lounge))
    office.discord.posting.delete(list(office.lounge)[2])  # ten of them never came
    now = office.discord.world.mint.now
    office.discord.world.mint.now = lambda: now() + 600
    await office.sending.send(replace(message, again=True))
    assert sorted(files_in(office.lounge)) == there


async def test_a_lost_answer_to_files_brings_them_once(office, message):
    office.discord.lose_answer(POST)
    with pytest.raises(DeliveryFailed):
        await office.sending.send(message)
    office.discord.lose_answer(POST, times=2)
    for _ in range(2):  # the words once more, then the files
        with pytest.raises(DeliveryFailed) as failure:
            await office.sending.send(message)
        assert failure.value.ambiguous
    now = office.discord.world.mint.now
    office.discord.world.mint.now = lambda: now() + 600
    await office.sending.send(replace(message, again=True))
    assert len(list(office.lounge)) == len(files_in(office.lounge)) == 2


async def test_after_a_pause_a_file_is_whole(office, message):
    office.discord.rate_limit(POST, seconds=0.02, times=2)
    await office.sending.send(replace(message, text=""))
    assert [content for _, content in files_in(office.lounge)] == [b"a", b"bc"]
