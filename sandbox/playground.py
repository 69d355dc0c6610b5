"""After the demo's morning: write to the desk from the terminal, and see what reaches whom."""

import asyncio
import sys
from textwrap import shorten

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from sandbox.cast import DESK, EVERYBODY, PASSWORD, SARA
from sandbox.mail import MailServer
from sandbox.postbox import Postbox, words

HELP = f"""
The desk stays up. Write to it here, and read what reaches everybody:

  tom: My screen is black         Tom writes a new mail to {DESK}
  tom> It is the left one         Tom answers the last mail he got
  sara> /claim                    Sara, the agent, works the same way
  sara: /queue                    what waits; /help tells the rest

People: {", ".join(person.short for person in EVERYBODY)} ({SARA.short} is the agent).
Ctrl-C ends it.
"""


async def playground(server: MailServer, console: Console) -> None:
    """Take mail from the terminal until it ends; show what reaches everybody."""
    console.print(escape(HELP))
    console.print(
        f"Or with a mail program: IMAP 127.0.0.1:{server.imap_port}, SMTP"
        f" 127.0.0.1:{server.smtp_port}, no encryption, user {SARA.address} (or another's"
        f" address), password {PASSWORD!r}.\n"
    )
    boxes = {person.short: Postbox(server, person) for person in EVERYBODY}
    for box in boxes.values():
        await box.fresh()
    watching = asyncio.create_task(_watch(boxes, console))
    try:
        await _listen(boxes, console)
    finally:
        watching.cancel()
        await asyncio.wait([watching])


async def _listen(boxes: dict[str, Postbox], console: Console) -> None:
    """Each line typed is a mail; without a terminal, wait until the demo is ended."""
    if not sys.stdin.isatty():
        await asyncio.Event().wait()
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := (await reader.readline()).decode(errors="replace"):
        await _say(boxes, line.strip(), console)
    await asyncio.Event().wait()


async def _say(boxes: dict[str, Postbox], line: str, console: Console) -> None:
    mark = next((each for each in line if each in ":>"), "")
    who, _, text = line.partition(mark) if mark else (line, "", "")
    box = boxes.get(who.strip().lower())
    if box is None or not text.strip():
        if line:
            console.print(escape(HELP))
    elif mark == ":":
        await box.write(text.strip(), subject=shorten(text, 60, placeholder="…"))
    else:
        await box.write(text.strip(), answers=box.last)


async def _watch(boxes: dict[str, Postbox], console: Console) -> None:
    """Show each mail that reaches somebody."""
    while True:
        for box in boxes.values():
            for mail in await box.fresh():
                title = escape(f"{box.person.name} reads: {mail['Subject']}")
                console.print(Panel(escape(words(mail)), title=title, title_align="left"))
        await asyncio.sleep(0.2)
