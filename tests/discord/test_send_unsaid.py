"""What is taken back is replaced where it stands, and its further posts and its files go."""

from dataclasses import replace

import pytest

from adapters.discord import ids
from adapters.discord.send import Sending
from bot.channel import DeliveryFailed
from bot.model.message import UNNAMED, Address, Button, Shows, Tone, Upload
from sandbox.discord.permission import Permission

PNG = Upload("shot.png", "image/png", b"\x89PNG" + bytes(100))
LONG = "\n\n".join(f"Paragraph {at} " + "word " * 60 for at in range(40))
TOOK = "Leo Lang took this message back."
EDIT = "PATCH /channels/{channel}/messages/{message}"
DELETE = "DELETE /channels/{channel}/messages/{message}"
POST = "POST /channels/{channel}/messages"


@pytest.fixture
async def asked(office):
    """A message of Ana's in the support room, and the thread below it."""
    said = await office.ana.says("My VPN is down", channel=office.help)
    await office.ana.opens_thread("mine", said)
    return said


@pytest.fixture
def answer(office, outbound, asked):
    """Leo's answer to it, which the bot says for him."""
    return outbound(
        to=Address("discord", str(office.help.id), str(asked.id)),
        recipient=str(office.ana.id),
        text="Complete nonsense",
        reference="IT-1",
        tone=Tone.PERSONAL,
        sender_name="Leo Lang",
        buttons=(Button("Solved", "/resolve IT-1"),),
    )


@pytest.fixture
def by_name(office, answer):
    """The same under his own name and picture."""
    return replace(answer, sender=str(office.leo.id))


def unsaid(said, name):
    """The same, once it was taken back."""
    bare = replace(said, text=TOOK, buttons=(), sender_name="", sender="", again=True)
    return replace(bare, shows=Shows.UNSAID, replaces=name)


def below(office, asked):
    """What the desk has said in the thread, files by their names."""
    items = [each for each in office.thread(asked) if each.author is not office.ana.user]
    return [each.words or [file.name for file in each.draft.attachments] for each in items]


@pytest.mark.parametrize("fixture", ["answer", "by_name"])
async def test_other_words_stand_in_its_place(office, asked, fixture, request):
    said = request.getfixturevalue(fixture)
    name = await office.sending.send(said)
    author = office.standing(name).author.shown_name
    assert await office.sending.send(unsaid(said, name)) == name
    stands = office.standing(name)
    assert stands.words.startswith(TOOK)
    assert "Solved" not in stands.words
    assert stands.author.shown_name == author


@pytest.mark.parametrize("fixture", ["answer", "by_name"])
async def test_its_further_posts_and_its_files_go(office, asked, fixture, request):
    said = replace(request.getfixturevalue(fixture), text=LONG, uploads=(PNG,))
    name = await office.sending.send(said)
    await office.sending.send(replace(said, row=2, text="See here"))
    assert len(below(office, asked)) > 5
    await office.sending.send(unsaid(said, name))
    first, second, files = below(office, asked)
    assert first.startswith(TOOK)
    assert "See here" in second
    assert files == ["shot.png"]


@pytest.mark.parametrize("fixture", ["answer", "by_name"])
async def test_where_files_came_without_a_word_it_says_so_too(office, asked, fixture, request):
    bare = {"text": "", "reference": "", "uploads": (PNG,), "buttons": ()}
    said = replace(request.getfixturevalue(fixture), **bare)
    name = await office.sending.send(said if said.sender else replace(said, sender_name=""))
    for _ in range(2):
        await office.sending.send(unsaid(said, name))
    assert office.standing(name).words == TOOK
    assert below(office, asked) == [TOOK]
    assert office.standing(name).draft.attachments == []


async def test_a_direct_message_is_replaced_as_well(office, answer):
    said = replace(answer, to=Address("discord", ""))
    name = await office.sending.send(said)
    await office.sending.send(unsaid(said, name))
    assert office.standing(name).words.startswith(TOOK)


async def test_what_began_a_private_thread_is_found_in_it(office, answer):
    sending = Sending(office.api, office.tags, {str(office.help.id)})
    said = replace(answer, to=Address("discord", str(office.help.id)))
    name = await sending.send(said)
    await sending.send(unsaid(said, name))
    (thread,) = [each for each in office.guild.threads.values() if str(each.id) in name]
    assert [each.words.split("\n")[0] for each in thread if each.components] == [TOOK]


async def test_what_broke_off_goes_on_at_the_next_attempt(office, asked, answer):
    name = await office.sending.send(replace(answer, text=LONG))
    office.discord.fail(DELETE, 400, code=0)
    with pytest.raises(DeliveryFailed) as failure:
        await office.sending.send(unsaid(answer, name))
    assert not failure.value.permanent
    assert len(below(office, asked)) > 1
    for _ in range(2):
        assert await office.sending.send(unsaid(answer, name)) == name
    assert [each.split("\n")[0] for each in below(office, asked)] == [TOOK]


async def test_one_whose_name_is_not_known_is_found_by_its_mark(office, asked, answer):
    office.discord.lose_answer(POST)
    with pytest.raises(DeliveryFailed):
        await office.sending.send(answer)
    name = await office.sending.send(unsaid(answer, UNNAMED))
    assert ids.parted(name)[0] == str(office.thread(asked).id)
    assert [each.split("\n")[0] for each in below(office, asked)] == [TOOK]


async def test_where_nothing_was_said_nothing_is(office, asked, answer):
    assert await office.sending.send(unsaid(answer, UNNAMED)) == UNNAMED
    assert below(office, asked) == []


async def test_one_that_somebody_deleted_is_gone_as_it_should_be(office, asked, answer):
    name = await office.sending.send(answer)
    office.discord.posting.delete(office.standing(name))
    assert await office.sending.send(unsaid(answer, name)) == name


async def test_where_its_webhook_is_gone_it_is_deleted(office, asked, by_name):
    name = await office.sending.send(by_name)
    office.discord.world.webhooks.clear()
    await office.sending.send(unsaid(by_name, name))
    assert below(office, asked) == []


async def test_without_the_right_for_that_it_fails_and_says_so(office, asked, by_name):
    name = await office.sending.send(by_name)
    office.discord.world.webhooks.clear()
    office.discord.forbid(office.guild, Permission.MANAGE_MESSAGES)
    with pytest.raises(DeliveryFailed) as failure:
        await office.sending.send(unsaid(by_name, name))
    assert failure.value.permanent
