"""The demo's prompt: a line is a mail, and what is none is told with what would be one."""

import io
from collections.abc import AsyncIterator

import pytest
from rich.console import Console

from sandbox.cast import DESK, EVERYBODY, PASSWORD, TOM
from sandbox.chat import Workspace, open_workspace
from sandbox.chat_playground import ChatPlayground
from sandbox.mail import MailServer
from sandbox.playground import listen
from sandbox.postbox import Postbox, words


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    accounts = dict.fromkeys((DESK, *(each.address for each in EVERYBODY)), PASSWORD)
    async with await MailServer.start(accounts) as running:
        yield running


@pytest.fixture
async def space() -> AsyncIterator[Workspace]:
    async with open_workspace("Help desk") as running:
        yield running


async def typed(server: MailServer, *lines: str, space: Workspace | None = None) -> str:
    """What the terminal shows after these lines, each of them the last but for "quit"."""

    async def typing() -> AsyncIterator[str]:
        for line in lines:
            yield f"{line}\n"

    console = Console(file=io.StringIO(), width=200)
    boxes = {person.short: Postbox(server, person) for person in EVERYBODY}
    if space is not None:
        await listen(typing(), boxes, ChatPlayground(space), console)
    else:
        async with open_workspace("Help desk") as made:
            await listen(typing(), boxes, ChatPlayground(made), console)
    return console.file.getvalue()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("bob: hi", "Nobody is called bob. There are ana, tom,"),
        (": hi", "Nobody is called nothing. There are ana, tom,"),
        ("tom:", "What does tom write?"),
        ("tom>", "What does tom write?"),
        ("my screen is black", "Who writes that? Begin with a name, as in “tom: my screen"),
        ("tom> It is the left one", "No mail has reached tom to answer."),
    ],
)
async def test_what_is_no_mail_is_told_with_what_would_be_one(server, line, told):
    shown = await typed(server, line)
    assert told in shown
    assert "The desk stays up" not in shown
    assert not await server.messages(DESK)


@pytest.mark.parametrize("line", ["help", "HELP", "ayuda", "?"])
async def test_help_shows_how_it_is_done(server, line):
    assert "Tom writes a new mail" in await typed(server, line)


@pytest.mark.parametrize("line", ["quit", "exit", "salir", " Quit "])
async def test_a_word_ends_it(server, line):
    assert await typed(server, line, "tom: never said") == ""
    assert not await server.messages(DESK)


async def test_a_line_is_a_mail_and_an_answer_goes_to_the_last_one(server):
    assert await typed(server, "", "Tom: My screen is black", "quit") == ""
    assert len(await server.messages(DESK)) == 1
    box = Postbox(server, TOM)
    assert box.last is None
    (mail,) = await Postbox(server, type(TOM)("Desk", DESK, "en")).fresh()
    assert (mail["Subject"], words(mail)) == ("My screen is black", "My screen is black")


async def test_a_line_with_a_mark_is_said_in_slack(server: MailServer, space: Workspace) -> None:
    assert await typed(server, "tom# My screen is black", "tom#> The left one", space=space) == ""
    (root, reply) = space.slack.posts(space.help)
    assert (root.words, reply.words) == ("My screen is black", "The left one")
    assert reply.thread_ts == root.ts


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("sara# hi", "Nobody in Slack is called sara. There are ana, tom,"),
        ("tom#", "What does tom write or press?"),
        ("tom#> hi", "There is nothing yet that tom could answer or press."),
        ("carla! Take it", "There is nothing yet that carla could answer or press."),
    ],
)
async def test_what_cannot_be_said_in_slack_is_told(
    server: MailServer, space: Workspace, line: str, told: str
) -> None:
    assert told in await typed(server, line, space=space)
    assert space.seen == []


async def test_a_button_that_is_not_there_is_met_with_those_that_are(
    server: MailServer, space: Workspace
) -> None:
    await space.members[TOM].says("hi", space.help)
    told = await typed(server, "tom# hi", "tom! Take it", space=space)
    assert "there is no 'Take it' here" in told


async def test_what_is_said_in_slack_can_be_edited_and_marked(
    server: MailServer, space: Workspace
) -> None:
    lines = ("tom# My screen is black", "tom~ My screen is blue", "tom+ eyes", "tom@ Hello")
    assert await typed(server, *lines, space=space) == ""
    (root,) = space.slack.posts(space.help)
    assert root.words == "My screen is blue"
    assert root.reactions
    assert [each.words for each in space.slack.conversation(space.members[TOM])] == ["Hello"]


async def test_a_command_may_have_no_words(server: MailServer, space: Workspace) -> None:
    assert "Nobody" not in await typed(server, "tom/", space=space)
    (error,) = space.members[TOM].errors  # nobody listens here
    assert error.startswith("/desk failed: the app did not respond")
