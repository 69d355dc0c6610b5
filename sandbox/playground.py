"""After the demo's morning: write to the desk from the terminal, and see what reaches whom."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from textwrap import shorten

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from sandbox.cast import CARLA, DESK, EVERYBODY, PASSWORD, SARA
from sandbox.chat import Workspace
from sandbox.chat_playground import HELP as CHAT
from sandbox.chat_playground import ChatPlayground
from sandbox.mail import MailServer
from sandbox.postbox import Postbox, words

PEOPLE = ", ".join(person.short for person in EVERYBODY)
HELP = f"""
The desk stays up. Write to it here, and read what reaches everybody:

  tom: My screen is black         Tom writes a new mail to {DESK}
  tom> It is the left one         Tom answers the last mail he got
  sara> /claim                    Sara, the agent, works the same way
  sara: /queue                    what waits; /help tells the rest

{CHAT}
People: {PEOPLE} ({SARA.short} works by mail, {CARLA.short} in Slack).
help shows this again; quit ends it.
"""
ENDS = ("quit", "exit", "salir")
HELPS = ("help", "ayuda", "?")


async def playground(server: MailServer, space: Workspace, console: Console) -> None:
    """Take lines from the terminal until somebody quits; show what reaches everybody."""
    console.print(escape(HELP))
    console.print(
        f"Or with a mail program: IMAP 127.0.0.1:{server.imap_port}, SMTP"
        f" 127.0.0.1:{server.smtp_port}, no encryption, user {SARA.address} (or another's"
        f" address), password {PASSWORD!r}.\n"
    )
    boxes = {person.short: Postbox(server, person) for person in EVERYBODY}
    for box in boxes.values():
        await box.fresh()
    chat = ChatPlayground(space)
    chat.begin()
    watching = [asyncio.create_task(each) for each in (_watch(boxes, console), chat.watch(console))]
    try:
        await listen(_typed(), boxes, chat, console)
    finally:
        for each in watching:
            each.cancel()
        await asyncio.wait(watching)


async def listen(
    lines: AsyncIterator[str], boxes: Mapping[str, Postbox], chat: ChatPlayground, console: Console
) -> None:
    """Each line is a mail or something in Slack, until one ends it or there are no more."""
    async for line in lines:
        said = line.strip()
        if said.lower() in ENDS:
            return
        if said.lower() in HELPS:
            console.print(escape(HELP))
        elif said:
            wrong = await chat.take(said)
            wrong = await _say(boxes, said) if wrong is None else wrong
            if wrong:
                console.print(escape(wrong))


async def _typed() -> AsyncIterator[str]:
    """What is typed, to its end; without a terminal nothing is, and the demo stays up."""
    if not sys.stdin.isatty():
        await asyncio.Event().wait()
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield line.decode(errors="replace")


async def _say(boxes: Mapping[str, Postbox], line: str) -> str:
    """Send the mail that a line is; what is wrong with it, if it is none."""
    mark = next((each for each in line if each in ":>"), "")
    who, _, text = line.partition(mark) if mark else (line, "", "")
    who, text = who.strip().lower(), text.strip()
    if not mark:
        return f"Who writes that? Begin with a name, as in “tom: {line}”. There are {PEOPLE}."
    if who not in boxes:
        return f"Nobody is called {who or 'nothing'}. There are {PEOPLE}."
    if not text:
        return f"What does {who} write? The words go behind, as in “{who}{mark} It works again”."
    if mark == ":":
        await boxes[who].write(text, subject=shorten(text, 60, placeholder="…"))
    elif (last := boxes[who].last) is not None:
        await boxes[who].write(text, answers=last)
    else:
        return f"No mail has reached {who} to answer. A new one begins with “{who}:”."
    return ""


async def _watch(boxes: Mapping[str, Postbox], console: Console) -> None:
    """Show each mail that reaches somebody."""
    while True:
        for box in boxes.values():
            for mail in await box.fresh():
                title = escape(f"{box.person.name} reads: {mail['Subject']}")
                console.print(Panel(escape(words(mail)), title=title, title_align="left"))
        await asyncio.sleep(0.2)
