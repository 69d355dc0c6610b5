"""The demo's prompt: a line is a mail, and what is none is told with what would be one."""

import io
from collections.abc import AsyncIterator

import pytest
from rich.console import Console

from sandbox.cast import DESK, EVERYBODY, PASSWORD, TOM
from sandbox.mail import MailServer
from sandbox.playground import listen
from sandbox.postbox import Postbox, words


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    accounts = dict.fromkeys((DESK, *(each.address for each in EVERYBODY)), PASSWORD)
    async with await MailServer.start(accounts) as running:
        yield running


async def typed(server: MailServer, *lines: str) -> str:
    """What the terminal shows after these lines, each of them the last but for "quit"."""

    async def typing() -> AsyncIterator[str]:
        for line in lines:
            yield f"{line}\n"

    console = Console(file=io.StringIO(), width=200)
    boxes = {person.short: Postbox(server, person) for person in EVERYBODY}
    await listen(typing(), boxes, console)
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
