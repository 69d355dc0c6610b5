"""Whatever breaks between the desk and Discord: what people say is taken in, once."""

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from channel_words import WORDS
from clock import Clock
from discord_desk import desk_of
from discord_office import open_office
from mail_people import until

from adapters.discord import catch_up

SAID = {"ana": "No me conecta la VPN", "tom": "My VPN does not connect"}
MEANWHILE = [
    (SAID["tom"], "It says error 42"),
    (SAID["tom"], "He kicked it"),
    ("My badge is broken", "It fell down"),
    (SAID["ana"], "HX-400"),
    ("Silla", "Que sea azul"),
]
"""What is said about what, in threads, an archived one too, below a card, and directly."""
LOG = ("log.txt", b"line 1\n", "text/plain")
JAMS = {"es": "La impresora {} se atasca", "en": "Printer {} jams"}
DEAD = {"es": "El teléfono {} no suena", "en": "Phone {} is dead"}
THANKS = {"es": "gracias", "en": "thanks"}
WHO = {"es": "ana", "en": "tom"}
in_both = pytest.mark.parametrize("language", ["es", "en"])


@pytest.fixture
def clock():
    """A little ahead: how far was read begins at this machine's time."""
    return Clock(datetime.now(UTC) + timedelta(minutes=1))


@asynccontextmanager
async def away(stage):
    """The connection is gone, and the session can't be resumed; what is said is not told."""
    stage.discord.refuse_resume()
    await stage.discord.go_down()
    yield
    await stage.discord.come_up()


@pytest.mark.promise("A1", channels=("discord",), languages=("en", "es"))
async def test_what_was_said_while_the_desk_was_away_is_answered_once(book_url, tmp_path, clock):
    async with open_office(clock) as office:
        config = office.config(book_url, tmp_path)
        tom, ana, sara = (office.people[key] for key in ("tom", "ana", "sara"))
        async with desk_of(office, config, clock) as stage:
            known = await tom.says(SAID["tom"], channel=office.help)
            await stage.rests(minutes=10)
            old = await tom.says("My badge is broken", channel=office.help)
            talk = await ana.says(SAID["ana"])
            await stage.rests()
            await sara.presses("Take it", on=stage.card())
            card = stage.card()
            await stage.caught_up()
        clock.move(minutes=10)
        await tom.says("It says error 42", thread=known)
        await tom.says("It fell down", thread=old)
        office.discord.archive(office.guild.threads[old.id])
        await ana.says("HX-400", reply_to=talk)
        fresh = await tom.says("The printer jams", channel=office.help)
        post = await ana.opens_post(office.forum, "Silla", "Necesito una silla")
        await ana.says("Que sea azul", thread=post)
        await sara.says("He kicked it", thread=card)
        async with desk_of(office, config, clock) as stage:
            await stage.caught_up()
            tickets = {each.summary: each.id for each in await stage.tickets()}
            for about, words in MEANWHILE:
                await stage.hears(words, tickets[about])
            assert WORDS["en"].we_have in stage.read(fresh)
            assert "Tenemos tu petición: «Silla»" in stage.read(post)
            account = await stage.account()
        async with desk_of(office, config, clock) as stage:
            await stage.caught_up()
            assert (await stage.account()).arrived == account.arrived == 11
            assert len(await stage.tickets()) == 5
            assert len(stage.answers(known)) == 1


@pytest.mark.promise("V5", channels=("discord",), languages=("en", "es"))
@pytest.mark.parametrize(
    ("key", "sorry"),
    [("ana", "Es culpa nuestra y lo sentimos."), ("tom", "That is our fault, and we are sorry.")],
)
async def test_what_lay_unread_through_our_fault_is_apologised_for(
    book_url, tmp_path, clock, key, sorry
):
    async with open_office(clock) as office:
        config = office.config(book_url, tmp_path)
        async with desk_of(office, config, clock) as stage:
            await stage.caught_up()
        said = await office.people[key].says(SAID[key], channel=office.help)
        clock.move(hours=3)
        async with desk_of(office, config, clock) as stage:
            await stage.caught_up()
            assert sorry in stage.read(said)


@in_both
async def test_a_connection_that_is_cut_is_resumed_and_nothing_is_missing(
    stage, person, words, language
):
    await stage.rests()
    (session,) = stage.discord.gateway.sessions
    posts = []
    for number in range(3):
        stage.discord.cut()
        posts.append(await person.says(JAMS[language].format(number), channel=stage.help))
        stage.clock.move(minutes=5)
        await stage.discord.connected()
    await stage.discord.until(lambda: all(stage.answers(each) for each in posts))
    await stage.rests()
    assert list(stage.discord.gateway.sessions) == [session]
    assert len(await stage.tickets()) == 3
    assert [len(stage.answers(each)) for each in posts] == [1, 1, 1]
    assert all(words.we_have in stage.read(each) for each in posts)


@in_both
async def test_a_connection_that_discord_renews_loses_nothing(stage, person, words, language):
    posts = []
    for number in range(3):
        posts.append(await person.says(JAMS[language].format(number), channel=stage.help))
        stage.discord.reconnect()
        dead = DEAD[language].format(number)
        posts.append(await person.says(f"@Deskmate {dead}", channel=stage.lounge))
        stage.clock.move(minutes=5)
        await stage.discord.connected()

    async def all_is_taken() -> bool:
        return len(await stage.tickets()) == 6

    await until(all_is_taken)
    await stage.rests()
    assert len({each.summary for each in await stage.tickets()}) == 6
    assert all(words.we_have in stage.read(each) for each in posts)


@pytest.mark.usefixtures("no_pause")
@pytest.mark.parametrize("how", ["invalid", "down"])
async def test_what_is_said_between_two_sessions_is_read_from_the_histories(
    sqlite_url, tmp_path, clock, how
):
    async with open_office(clock) as office:
        config = office.config(sqlite_url, tmp_path)
        tom, ana = office.people["tom"], office.people["ana"]
        async with desk_of(office, config, clock) as stage:
            known = await tom.says(SAID["tom"], channel=office.help)
            await ana.says("¡Buenos días!")
            await stage.caught_up()
            stage.clock.move(minutes=10)
            if how == "down":
                async with away(stage):
                    posts = [await tom.says("The printer jams", channel=office.help)]
            else:
                office.discord.invalidate()
                posts = [await tom.says("The printer jams", channel=office.help)]
            await tom.says("It says error 42", thread=known)
            await ana.says(SAID["ana"])
            await office.discord.until(lambda: all(map(stage.answers, posts)), within=20)
            await stage.hears("It says error 42")
            await stage.rests()
            said = [each.summary for each in await stage.tickets()]
            assert sorted(said) == sorted([SAID["tom"], SAID["ana"], "The printer jams"])
            assert WORDS["en"].we_have in stage.read(posts[0])
            assert WORDS["es"].we_have in stage.talk(ana)[-1].words
            assert len(stage.answers(known)) == 1


@in_both
async def test_what_could_not_be_kept_is_read_again_after_a_restart(
    book_url, tmp_path, clock, words, language
):
    files = tmp_path / "files"
    async with open_office(clock) as office:
        config = office.config(book_url, tmp_path)
        person = office.people[WHO[language]]
        async with desk_of(office, config, clock) as stage:
            await stage.caught_up()
            files.mkdir(exist_ok=True)
            files.rename(tmp_path / "elsewhere")
            files.write_text("no folder")  # a disk that takes no more
            post = await person.says(words.report, channel=office.help, files=[LOG])
            await person.says(THANKS[language], channel=office.corner)  # moves no other room's mark
            await stage.rests()
            assert not await stage.tickets()
        files.unlink()
        (tmp_path / "elsewhere").rename(files)
        async with desk_of(office, config, clock) as stage:
            await stage.caught_up()
            (said, *_) = [each for each in await stage.entries() if hasattr(each, "text")]
            assert [each.name for each in said.attachments] == ["log.txt"]
            assert len(await stage.tickets()) == 1
            (answer,) = stage.answers(post)
            assert words.we_have in answer.words


@in_both
async def test_what_could_not_be_kept_is_read_again_soon(
    book_url, tmp_path, clock, words, language, monkeypatch
):
    monkeypatch.setattr(catch_up, "_SOON", 0.2)
    files = tmp_path / "files"
    async with open_office(clock) as office:
        config = office.config(book_url, tmp_path)
        person = office.people[WHO[language]]
        async with desk_of(office, config, clock) as stage:
            await stage.caught_up()
            files.mkdir(exist_ok=True)
            files.rename(tmp_path / "elsewhere")
            files.write_text("no folder")  # a disk that takes no more
            post = await person.says(words.report, channel=office.help, files=[LOG])
            await stage.rests()
            assert not await stage.tickets()
            files.unlink()
            (tmp_path / "elsewhere").rename(files)
            await stage.discord.until(lambda: stage.answers(post))
            await stage.rests()
            assert len(await stage.tickets()) == 1
            (answer,) = stage.answers(post)
            assert words.we_have in answer.words


@pytest.mark.parametrize(
    ("key", "at_the_desk", "solved"),
    [("tom", "sara", "Mark as solved"), ("ana", "hugo", "Marcar como resuelto")],
)
async def test_buttons_that_were_shown_before_a_restart_still_work(
    book_url, tmp_path, clock, key, at_the_desk, solved
):
    async with open_office(clock) as office:
        config = office.config(book_url, tmp_path)
        person, agent = office.people[key], office.people[at_the_desk]
        async with desk_of(office, config, clock) as stage:
            post = await person.says(SAID[key], channel=office.help)
            await stage.rests()
        async with desk_of(office, config, clock) as stage:
            await stage.rests()
            await agent.presses("Take it", on=stage.card())
            await stage.rests()
            assert agent.name in stage.card().words
            await person.presses(solved, on=stage.answers(post)[0])
            await stage.rests()
            assert not person.errors + agent.errors
            assert (await stage.ticket()).status == "resolved"
