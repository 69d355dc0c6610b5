"""A shut door keeps none of the others shut, and of several desks one listens."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from channel_words import WORDS
from discord_desk import DiscordStage, desk_of
from discord_office import open_office
from mail_people import Somebody
from mail_stage import CAST, at_work
from slack_desk import start_mail, with_mail

WHO = {"es": "ana", "en": "tom"}
in_both = pytest.mark.parametrize("language", WHO)
WRONG = {
    "revoked": "token isn't one that Discord takes",
    "wrong token": "token isn't one that Discord takes",
    "not granted": "Message Content Intent",
    "down from the start": "no connection",
}


@in_both
@pytest.mark.parametrize("how", WRONG)
async def test_mail_goes_on_while_discord_is_shut(
    book_url, tmp_path, clock, capsys, caplog, how, words, language
):
    async with open_office(clock) as office, await start_mail() as server:
        token = "MTIz.wrong.token" if how == "wrong token" else office.discord.token
        config = with_mail(office.config(book_url, tmp_path, token=token), server)
        if how == "down from the start":
            await office.discord.go_down()
        if how == "not granted":
            office.discord.without_content()
        async with at_work(config, clock) as app:
            stage = DiscordStage(app, office, clock, server)
            if how == "revoked":
                await office.discord.connected()
                office.discord.revoke()
            letter = Somebody(server, clock, stage.rests, *CAST[WHO[language]])
            await letter.writes(words.report, subject="VPN")
            answer = await letter.reads()
            assert words.we_have in answer
            assert "IT-1" in answer
            await letter.inbox.close()
            await asyncio.sleep(0.3)
        said = capsys.readouterr().out + caplog.text
        assert WRONG[how] in said


@in_both
async def test_discord_comes_back_while_mail_is_down(book_url, tmp_path, clock, words, language):
    async with open_office(clock) as office:
        server = await start_mail()
        config = with_mail(office.config(book_url, tmp_path), server)
        await server.stop()
        await office.discord.go_down()
        async with at_work(config, clock) as app:
            stage = DiscordStage(app, office, clock)
            await asyncio.sleep(0.3)
            await office.discord.come_up()
            await office.discord.connected(within=10)
            person = office.people[WHO[language]]
            post = await person.says(words.report, channel=office.help)
            await office.discord.until(lambda: stage.answers(post))
            assert words.we_have in stage.read(post)
            assert "IT-1" in stage.read(post)


async def test_of_two_desks_on_one_book_one_listens_and_the_other_takes_over(
    postgresql_url, tmp_path, clock
):
    async with open_office(clock) as office, AsyncExitStack() as second:
        config = office.config(postgresql_url, tmp_path)
        ana, tom = office.people["ana"], office.people["tom"]
        held = office.discord.gateway.connections
        async with desk_of(office, config, clock) as stage:
            app = await second.enter_async_context(at_work(config, clock))
            post = await ana.says(WORDS["es"].report, channel=office.help)
            await stage.rests(minutes=5)
            assert len(held) == 1
        stage = DiscordStage(app, office, clock)
        await office.discord.connected(within=10)
        other = await tom.says(WORDS["en"].other, channel=office.help)
        await office.discord.until(lambda: stage.answers(other))
        await stage.rests()
        assert len(held) == 1
        assert [len(stage.answers(each)) for each in (post, other)] == [1, 1]
        assert WORDS["es"].we_have in stage.read(post)
        assert WORDS["en"].we_have in stage.read(other)
        assert len(await stage.tickets()) == 2
