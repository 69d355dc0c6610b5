"""After the demo's morning: write to the desk from the terminal, and see what reaches whom."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterable, Mapping
from textwrap import shorten

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from sandbox.cast import CARLA, COMMUNITY, DESK, EVERYBODY, HUGO, PASSWORD, SARA, Person
from sandbox.chat import Workspace
from sandbox.chat_playground import HELP as CHAT
from sandbox.chat_playground import ChatPlayground, parted
from sandbox.community import Community
from sandbox.discord import Message
from sandbox.mail import MailServer
from sandbox.postbox import Postbox, words
from sandbox.slack import Post as SlackPost

PEOPLE = ", ".join(person.short for person in EVERYBODY)
MEMBERS = ", ".join(person.short for person in COMMUNITY)
HELP = f"""
The desk stays up. Write to it here, and read what reaches everybody:

  tom: My screen is black         Tom writes a new mail to {DESK}
  tom> It is the left one         Tom answers the last mail he got
  sara> /claim                    Sara, the agent, works the same way
  sara: /queue                    what waits; /help tells the rest

{CHAT}
Slack and mail: {PEOPLE} ({SARA.short}: mail alone).
Discord: {MEMBERS}. Agents: {SARA.short} by mail, {CARLA.short} in Slack, {HUGO.short} on Discord.
help shows this again; quit ends it.
"""
ENDS = ("quit", "exit", "salir")
HELPS = ("help", "ayuda", "?")
_REST = 0.5  # seconds in which the morning's last cards are drawn anew

Chats = tuple[ChatPlayground[SlackPost], ChatPlayground[Message]]


async def playground(
    server: MailServer, space: Workspace, community: Community, console: Console
) -> None:
    """Take lines from the terminal until somebody quits; show what reaches everybody."""
    console.print(escape(HELP))
    console.print(
        f"Or with a mail program: IMAP 127.0.0.1:{server.imap_port}, SMTP"
        f" 127.0.0.1:{server.smtp_port}, no encryption, user {SARA.address} (or another's"
        f" address), password {PASSWORD!r}.\n"
    )
    await asyncio.sleep(_REST)
    boxes = {person.short: Postbox(server, person) for person in EVERYBODY}
    for box in boxes.values():
        await box.fresh()
    slack, discord = ChatPlayground(space), ChatPlayground(community)
    slack.begin()
    discord.begin()
    watches = (_watch(boxes, console), slack.watch(console), discord.watch(console))
    watching = [asyncio.create_task(each) for each in watches]
    try:
        await listen(_typed(), boxes, (slack, discord), console)
    finally:
        for each in watching:
            each.cancel()
        await asyncio.wait(watching)


async def listen(
    lines: AsyncIterator[str], boxes: Mapping[str, Postbox], chats: Chats, console: Console
) -> None:
    """Each line is a mail or something in a chat, until one ends it or there are no more."""
    async for line in lines:
        said = line.strip()
        if said.lower() in ENDS:
            return
        if said.lower() in HELPS:
            console.print(escape(HELP))
        elif said:
            who, mark, words = parted(said)
            told = await _chat(chats, who, mark, words) if mark else await _say(boxes, said)
            if told:
                console.print(escape(told))


async def _typed() -> AsyncIterator[str]:
    """What is typed, to its end; without a terminal nothing is, and the demo stays up."""
    if not sys.stdin.isatty():
        await asyncio.Event().wait()
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        yield line.decode(errors="replace")


async def _chat(chats: Chats, who: str, mark: str, words: str) -> str:
    """Do in their chat what somebody does there; what to tell whoever typed it."""
    for chat in chats:
        if person := chat.person(who):
            if words or mark in "/=":
                return await chat.does(person, mark, words)
            return f"What does {who} write or press? It goes behind, as in “{who}{mark} status”."
    named = (f"{_names(each.venue.people)} {each.venue.where}" for each in chats)
    return f"Nobody in a chat is called {who or 'nothing'}. There are {' and '.join(named)}."


async def _say(boxes: Mapping[str, Postbox], line: str) -> str:
    """Send the mail that a line is; what is wrong with it, if it is none."""
    mark = next((each for each in line if each in ":>"), "")
    who, _, text = line.partition(mark) if mark else (line, "", "")
    who, text = who.strip().lower(), text.strip()
    if not mark:
        return f"Who writes that? Begin with a name, as in “tom: {line}”. There are {PEOPLE}."
    if who in (person.short for person in COMMUNITY):
        return f"{who} has no mail here. On Discord it is said with “{who}# {text or '…'}”."
    if who not in boxes:
        return f"Nobody is called {who or 'nothing'}. There are {PEOPLE}."
    if not text:
        return f"What does {who} write? The words go behind, as in “{who}{mark} It works again”."
    if mark == ":":
        title = "" if text.startswith("/") else shorten(text, 60, placeholder="…")
        await boxes[who].write(text, subject=title)
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


def _names(people: Iterable[Person]) -> str:
    return ", ".join(person.short for person in people)
