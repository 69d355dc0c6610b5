"""One person is one person: by mail and on Discord, by a code that is sent to the mail address."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from clock import Clock
from discord_desk import DiscordStage, set_discord_stage


@pytest.fixture
async def stage(book_url: str, tmp_path: Path, clock: Clock) -> AsyncIterator[DiscordStage]:
    """A desk with mail as well."""
    async with set_discord_stage(book_url, tmp_path, clock, mail=True) as scene:
        await scene.declared()
        yield scene


async def link(stage, key, word):
    """Connect somebody's account with their mail address; what they read of it, in turn."""
    person, writer = stage.person(key), stage.by_mail(key)
    words = f"{word} {writer.address}"
    await person.uses_command("desk", {"words": words}, channel=stage.lounge)
    sent = await stage.told(person)
    code = (await writer.reads()).subject.partition(": ")[2]
    await person.uses_command("desk", {"words": f"{word} {code}"}, channel=stage.lounge)
    return sent, await stage.told(person)


@pytest.mark.promise("R7", channels=("discord", "email"), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "word", "told", "mine", "answer"),
    [
        (
            "ana",
            "No me conecta la VPN",
            "vincular",
            ("Mandamos un código a", "Desde ahora también te conocemos por"),
            "casos",
            "Lo que tienes con nosotros",
        ),
        (
            "tom",
            "My VPN does not connect",
            "link",
            ("We sent a code to", "From now on we know you by"),
            "mine",
            "What you have with us",
        ),
    ],
)
async def test_a_ticket_begun_by_mail_is_followed_on_discord(
    stage, sara, key, words, word, told, mine, answer
):
    writer, person = stage.by_mail(key), stage.person(key)
    await writer.writes(words, subject="VPN")
    assert "IT-1" in await writer.reads()
    said = await link(stage, key, word)
    assert [piece in each for piece, each in zip(told, said, strict=True)] == [True, True]
    await person.uses_command("desk", {"words": mine}, channel=stage.lounge)
    own = await stage.told(person)
    assert answer in own
    assert "IT-1" in own
    await stage.rests()
    await sara.says("reply: Try Madrid-2", reply_to=stage.card())
    await stage.rests()
    assert "Try Madrid-2" in stage.talk(person)[-1].words
    assert not await writer.catches_up()
    await person.says("It works", reply_to=stage.talk(person)[-1])
    await stage.rests()
    assert (await stage.said())[-1] == "It works"
    assert len(await stage.tickets()) == 1


@pytest.mark.promise("R7", channels=("discord", "email"), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "word"),
    [("ana", "No me conecta la VPN", "vincular"), ("tom", "My VPN does not connect", "link")],
)
async def test_a_ticket_begun_on_discord_goes_on_where_they_wrote_last(
    stage, sara, key, words, word
):
    writer, person = stage.by_mail(key), stage.person(key)
    post = await person.says(words, channel=stage.help)
    await stage.rests(minutes=5)
    await link(stage, key, word)
    await writer.writes("HX-400", subject="Re: VPN [IT-1]")
    await stage.rests()
    await stage.hears("HX-400")
    await sara.says("reply: Try Madrid-2", reply_to=stage.card())
    assert "Try Madrid-2" in await writer.reads()
    assert len(stage.answers(post)) == 1


async def test_a_wrong_code_links_nothing_and_says_what_to_do(stage, tom):
    words = {"words": "link lupe@mexico.example"}
    await tom.uses_command("desk", words, channel=stage.lounge)
    await stage.told(tom)
    await stage.by_mail("lupe").reads()
    await tom.uses_command("desk", {"words": "link 000000"}, channel=stage.lounge)
    assert "The code we sent is another one." in await stage.told(tom)


async def test_an_agent_by_mail_is_an_agent_on_discord(stage, sara):
    await stage.by_mail("tom").writes("My screen is black", subject="Screen")
    await stage.by_mail("tom").reads()
    await stage.rests()
    await sara.uses_command("desk", {"words": "claim IT-1"}, channel=stage.lounge)
    assert "IT-1 is yours" in await stage.told(sara)


async def test_whoever_only_bears_an_agents_name_has_no_powers(stage, tom):
    impostor = stage.discord.person("Sara Stone", guilds=[stage.guild])
    await tom.says("My screen is black", channel=stage.help)
    await stage.rests()
    post = await tom.says("It is black again", channel=stage.lounge)
    await impostor.reacts("🎫", on=post)
    await impostor.says("@Deskmate claim IT-1", channel=stage.lounge)
    await impostor.uses_command("desk", {"words": "history IT-1"}, channel=stage.lounge)
    await stage.rests()
    assert (await stage.ticket()).assignee is None
    assert not stage.answers(post)
    assert "screen" not in "".join(each.words for each in impostor.ephemerals)
