"""The demo's prompt: a line is a mail or something in a chat, else it is told what would be one."""

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from rich.console import Console

from sandbox.cast import DESK, EVERYBODY, HUGO, PASSWORD, TOM
from sandbox.chat import Workspace, open_workspace
from sandbox.chat_playground import ChatPlayground
from sandbox.community import Community, open_community
from sandbox.discord.message import Draft
from sandbox.mail import MailServer
from sandbox.playground import listen
from sandbox.postbox import Postbox, words


@dataclass(frozen=True)
class World:
    """The servers of the demo, without a desk."""

    server: MailServer
    space: Workspace
    community: Community

    async def typed(self, *lines: str) -> str:
        """What the terminal shows after these lines, each of them the last but for "quit"."""

        async def typing() -> AsyncIterator[str]:
            for line in lines:
                yield f"{line}\n"

        console = Console(file=io.StringIO(), width=200)
        boxes = {person.short: Postbox(self.server, person) for person in EVERYBODY}
        chats = ChatPlayground(self.space), ChatPlayground(self.community)
        await listen(typing(), boxes, chats, console)
        return console.file.getvalue()


@pytest.fixture
async def world() -> AsyncIterator[World]:
    accounts = dict.fromkeys((DESK, *(each.address for each in EVERYBODY)), PASSWORD)
    async with (
        await MailServer.start(accounts) as server,
        open_workspace("Help desk") as space,
        open_community("Help desk") as community,
    ):
        yield World(server, space, community)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("bob: hi", "Nobody is called bob. There are ana, tom,"),
        ("nuria: hola", "nuria has no mail here. On Discord it is said with “nuria# hola”."),
        (": hi", "Nobody is called nothing. There are ana, tom,"),
        ("tom:", "What does tom write?"),
        ("tom>", "What does tom write?"),
        ("my screen is black", "Who writes that? Begin with a name, as in “tom: my screen"),
        ("tom> It is the left one", "No mail has reached tom to answer."),
    ],
)
async def test_what_is_no_mail_is_told_with_what_would_be_one(world, line, told):
    shown = await world.typed(line)
    assert told in shown
    assert "The desk stays up" not in shown
    assert not await world.server.messages(DESK)


@pytest.mark.parametrize("line", ["help", "HELP", "ayuda", "?"])
async def test_help_shows_how_it_is_done(world, line):
    assert "Tom writes a new mail" in await world.typed(line)


@pytest.mark.parametrize("line", ["quit", "exit", "salir", " Quit "])
async def test_a_word_ends_it(world, line):
    assert await world.typed(line, "tom: never said") == ""
    assert not await world.server.messages(DESK)


async def test_a_line_is_a_mail_and_an_answer_goes_to_the_last_one(world):
    assert await world.typed("", "Tom: My screen is black", "quit") == ""
    assert len(await world.server.messages(DESK)) == 1
    box = Postbox(world.server, TOM)
    assert box.last is None
    (mail,) = await Postbox(world.server, type(TOM)("Desk", DESK, "en")).fresh()
    assert (mail["Subject"], words(mail)) == ("My screen is black", "My screen is black")


async def test_a_line_with_a_mark_is_said_in_slack(world):
    assert await world.typed("tom# My screen is black", "tom#> The left one") == ""
    (root, reply) = world.space.slack.posts(world.space.help)
    assert (root.words, reply.words) == ("My screen is black", "The left one")
    assert reply.thread_ts == root.ts


async def test_who_is_on_discord_says_it_there(world):
    assert await world.typed("nuria# No se oye nada", "nuria#> Ni la música") == ""
    (root, reply) = world.community.seen
    assert (root.words, reply.words) == ("No se oye nada", "Ni la música")
    assert reply.channel_id == root.id
    assert world.community.guild.threads[root.id].name == "No se oye nada"
    assert world.space.seen == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("sara# hi", "Nobody in a chat is called sara. There are ana, tom,"),
        ("sara# hi", "in Slack and nuria, leo, hugo on Discord."),
        ("tom#", "What does tom write or press?"),
        ("tom#> hi", "There is nothing yet that tom could answer or press."),
        ("carla! Take it", "There is nothing yet that carla could answer or press."),
        ("hugo! Take it", "There is nothing yet that hugo could answer or press."),
        ("leo~ hi", "leo has said nothing here yet."),
        ("leo= hi", "leo has no form open."),
        ("leo/ status", "there is no command"),
    ],
)
async def test_what_cannot_be_done_in_a_chat_is_told(world, line, told):
    assert told in await world.typed(line)
    assert world.space.seen == []
    assert world.community.seen == []


@pytest.mark.parametrize(("who", "before"), [("tom", "space"), ("nuria", "community")])
async def test_a_button_that_is_not_there_is_met_with_those_that_are(world, who, before):
    told = await world.typed(f"{who}# hi", f"{who}! Take it")
    assert "There is no “Take it” here, only" in told
    assert len(getattr(world, before).seen) == 1


@pytest.mark.parametrize("sign", ["eyes", "👀"])
async def test_what_is_said_in_a_chat_can_be_edited_and_marked(world, sign):
    for who in ("tom", "nuria"):
        lines = (f"{who}# It is black", f"{who}~ It is blue", f"{who}+ {sign}", f"{who}@ Hello")
        assert await world.typed(*lines) == ""
    (root,) = world.space.slack.posts(world.space.help)
    assert root.words == "It is blue"
    assert root.reactions
    tom = world.space.members[TOM]
    assert [each.words for each in world.space.slack.conversation(tom)] == ["Hello"]
    (post, direct) = world.community.seen
    assert (post.words, direct.words) == ("It is blue", "Hello")
    assert list(post.reactions) == ["👀"]


async def test_a_command_may_have_no_words(world):
    assert "Nobody" not in await world.typed("tom/")
    (error,) = world.space.members[TOM].errors  # nobody listens here
    assert error.startswith("/desk failed: the app did not respond")


async def test_an_agent_on_discord_opens_the_thread_of_a_card_to_write_there(world):
    bot = world.community.discord.bot
    card = world.community.discord.posting.publish(world.community.desk, bot, Draft("IT-1"))
    assert await world.typed("hugo#> He did it again") == ""
    (note,) = world.community.below(card)
    assert (world.community.writer(note), note.words) == (HUGO.name, "He did it again")


async def test_what_one_person_alone_is_told_is_shown_once_it_is_said(world):
    community, console = world.community, Console(file=io.StringIO(), width=200)
    posting, hugo = community.discord.posting, community.members[HUGO]
    told = posting.whisper(community.desk, Draft(""), hugo.id)
    watching = asyncio.create_task(ChatPlayground(community).watch(console))
    await asyncio.sleep(0)
    assert console.file.getvalue() == ""
    posting.change(told, content="IT-1 is yours")
    async with asyncio.timeout(5):
        while hugo.ephemerals:  # noqa: ASYNC110 - a terminal rings no bell
            await asyncio.sleep(0.05)
    watching.cancel()
    assert "only Hugo Sanz sees this" in console.file.getvalue()
    assert "IT-1 is yours" in console.file.getvalue()
