"""One person is one person: by mail and on Discord, by a code that is sent to the mail address."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from clock import Clock
from discord_desk import DiscordStage, set_discord_stage

BLACK = {"ana": "La pantalla está negra", "tom": "My screen is black"}
REPLY = {
    "ana": ("hugo", "responder: Prueba con Madrid-2"),
    "tom": ("sara", "reply: Try Madrid-2"),
}
"""Who answers, and how, in the thread of the card."""


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
    stage, key, words, word, told, mine, answer
):
    writer, person = stage.by_mail(key), stage.person(key)
    agent, line = REPLY[key]
    await writer.writes(words, subject="VPN")
    assert "IT-1" in await writer.reads()
    said = await link(stage, key, word)
    assert [piece in each for piece, each in zip(told, said, strict=True)] == [True, True]
    await person.uses_command("desk", {"words": mine}, channel=stage.lounge)
    own = await stage.told(person)
    assert answer in own
    assert "IT-1" in own
    await stage.rests()
    await stage.person(agent).says(line, reply_to=stage.card())
    await stage.rests()
    assert "Madrid-2" in stage.talk(person)[-1].words
    assert not await writer.catches_up()
    works = {"ana": "Ya funciona", "tom": "It works"}[key]
    await person.says(works, reply_to=stage.talk(person)[-1])
    await stage.rests()
    assert (await stage.said())[-1] == works
    assert len(await stage.tickets()) == 1


@pytest.mark.promise("R7", channels=("discord", "email"), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "words", "word"),
    [("ana", "No me conecta la VPN", "vincular"), ("tom", "My VPN does not connect", "link")],
)
async def test_a_ticket_begun_on_discord_goes_on_where_they_wrote_last(stage, key, words, word):
    writer, person = stage.by_mail(key), stage.person(key)
    agent, line = REPLY[key]
    post = await person.says(words, channel=stage.help)
    await stage.rests(minutes=5)
    await link(stage, key, word)
    await writer.writes("HX-400", subject="Re: VPN [IT-1]")
    await stage.rests()
    await stage.hears("HX-400")
    await stage.person(agent).says(line, reply_to=stage.card())
    assert "Madrid-2" in await writer.reads()
    assert len(stage.answers(post)) == 1


@pytest.mark.parametrize(
    ("key", "word", "told"),
    [
        ("ana", "vincular", "El código que mandamos es otro."),
        ("tom", "link", "The code we sent is another one."),
    ],
)
async def test_a_wrong_code_links_nothing_and_says_what_to_do(stage, key, word, told):
    person = stage.person(key)
    words = {"words": f"{word} lupe@mexico.example"}
    await person.uses_command("desk", words, channel=stage.lounge)
    await stage.told(person)
    await stage.by_mail("lupe").reads()
    await person.uses_command("desk", {"words": f"{word} 000000"}, channel=stage.lounge)
    assert told in await stage.told(person)


@pytest.mark.parametrize(
    ("key", "agent", "line", "told"),
    [("ana", "hugo", "tomar IT-1", "IT-1 es tuyo"), ("tom", "sara", "claim IT-1", "IT-1 is yours")],
)
async def test_an_agent_by_mail_is_an_agent_on_discord(stage, key, agent, line, told):
    await stage.by_mail(key).writes(BLACK[key], subject="HX-400")
    await stage.by_mail(key).reads()
    await stage.rests()
    writer = stage.person(agent)
    await writer.uses_command("desk", {"words": line}, channel=stage.lounge)
    assert told in await stage.told(writer)


@pytest.mark.parametrize(
    ("key", "name", "locale", "claim", "history", "told"),
    [
        ("ana", "Hugo Sanz", "es-ES", "tomar", "historial", "para quienes trabajan en la mesa"),
        ("tom", "Sara Stone", "en-GB", "claim", "history", "for the people who work at the desk"),
    ],
)
async def test_whoever_only_bears_an_agents_name_has_no_powers(
    stage, key, name, locale, claim, history, told
):
    person = stage.person(key)
    impostor = stage.discord.person(name, locale=locale, guilds=[stage.guild])
    await person.says(BLACK[key], channel=stage.help)
    await stage.rests()
    post = await person.says(BLACK[key], channel=stage.lounge)
    await impostor.reacts("🎫", on=post)
    await impostor.says(f"@Deskmate {claim} IT-1", channel=stage.lounge)
    await impostor.uses_command("desk", {"words": f"{history} IT-1"}, channel=stage.lounge)
    await stage.rests()
    assert (await stage.ticket()).assignee is None
    assert not stage.answers(post)
    heard = await stage.told(impostor)
    assert told in heard
    assert BLACK[key] not in heard
