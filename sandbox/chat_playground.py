"""After the demo's morning: speak in its Slack from the terminal, and see what appears there."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from sandbox.cast import CARLA, Person
from sandbox.chat import Workspace
from sandbox.slack import Post

HELP = """
  tom# My screen is black         Tom writes in #help, on Slack
  tom#> It is the left one        Tom goes on in his last thread there
  carla#> He did it again         Carla, an agent, writes below the last card in #desk: a note;
                                  “reply: …” goes to whoever asked
  carla! Take it                  Carla presses a button of the last card, Tom one below his thread
  tom~ It is the right one        Tom edits what he said last
  tom+ white_check_mark           Tom puts an emoji on the last answer below his thread
  ana/ status                     Ana types /desk status
  ana@ Hola, ¿me ayudáis?         Ana writes to the app, in a direct message
"""
MARKS = ("#>", "#", "!", "/", "@", "~", "+")
_LABEL = re.compile(r"(?m)^\*(.+)\*$")  # the name of a fact on a card, in bold


@dataclass
class ChatPlayground:
    """What the terminal says and sees of the workspace."""

    workspace: Workspace
    _roots: dict[Person, Post] = field(default_factory=dict)  # the last thread of each
    _said: dict[Person, Post] = field(default_factory=dict)  # the last post of each
    _seen: dict[str, str] = field(default_factory=dict)  # what was shown, by post

    async def take(self, line: str) -> str | None:
        """Do what a line says; what is wrong with it, or None when it is none of these."""
        who, mark, words = _parted(line)
        if not mark:
            return None
        people: Mapping[str, Person] = {each.short: each for each in self.workspace.members}
        if who not in people:
            return f"Nobody in Slack is called {who or 'nothing'}. There are {', '.join(people)}."
        if not words and mark != "/":
            return f"What does {who} write or press? It goes behind, as in “{who}{mark} status”."
        return await self._does(people[who], mark, words)

    def fresh(self) -> list[Post]:
        """Posts that are new or read otherwise than when they were shown, oldest first."""
        fresh = []
        for post in self.workspace.seen:
            shown = f"{post.words} {post.buttons}"
            if self._seen.get(f"{post.channel.id}{post.ts}") != shown:
                self._seen[f"{post.channel.id}{post.ts}"] = shown
                fresh.append(post)
        return fresh

    def begin(self) -> None:
        """Pass over all that is there already."""
        self.fresh()
        for member in self.workspace.members.values():
            member.ephemerals.clear()
            member.errors.clear()

    async def watch(self, console: Console) -> None:
        """Show what appears, and what only one person sees."""
        while True:
            for post in self.fresh():
                show(console, self.workspace.title(post), post)
            for person, member in self.workspace.members.items():
                while member.ephemerals:
                    show(console, f"Slack, only {person.name} sees this", member.ephemerals.pop(0))
                while member.errors:
                    console.print(escape(f"Slack tells {person.name}: {member.errors.pop(0)}"))
            await asyncio.sleep(0.2)

    async def _does(self, person: Person, mark: str, words: str) -> str:
        member, space = self.workspace.members[person], self.workspace
        if mark in "#@":
            self._roots[person] = await member.says(words, space.help if mark == "#" else None)
            self._said[person] = self._roots[person]
            return ""
        if mark == "/":
            await member.uses_command("/desk", words, channel=space.help)
            return await self._fill(person)
        if (root := self._root(person)) is None:
            return f"There is nothing yet that {person.short} could answer or press."
        return await self._follow(person, mark, words, root)

    async def _follow(self, person: Person, mark: str, words: str, root: Post) -> str:
        """Do what somebody does in a thread of theirs."""
        member = self.workspace.members[person]
        if mark == "#>":
            self._said[person] = await member.says(words, thread=root)
        elif mark == "~":
            if person not in self._said:
                return f"{person.short} has said nothing here yet."
            await member.edits(self._said[person], words)
        elif mark == "+":
            below = [each for each in self.workspace.under(root) if each.user != member.id]
            await member.reacts(words, on=root if person is CARLA or not below else below[-1])
        else:
            with_it = (each for each in self._shown(person, root) if words in each.buttons)
            try:
                await member.presses(words, on=next(with_it, root))
            except AssertionError as none:
                return f"{none}"
        return await self._fill(person)

    def _shown(self, person: Person, root: Post) -> list[Post]:
        """Where somebody may press, the latest first: a card, what stands in a thread."""
        return [root] if person is CARLA else [*reversed(self.workspace.under(root)), root]

    async def _fill(self, person: Person) -> str:
        """A form can't be filled in here: what it asks for is said in words. "" without one."""
        member = self.workspace.members[person]
        if member.form is None:
            return ""
        title = member.form.title
        await member.closes_form()
        return (
            f"A form opens: “{title}”. It can't be filled in here: type the command with its words,"
            f" as in “{person.short}/ note IT-6 He called again”; {person.short}/ help lists them."
        )

    def _root(self, person: Person) -> Post | None:
        if person is CARLA:
            return self.workspace.cards[-1] if self.workspace.cards else None
        return self._roots.get(person)


def show(console: Console, title: str, post: Post) -> None:
    """Put a post on the terminal."""
    buttons = "   ".join(f"[{each}]" for each in post.buttons)
    words = _LABEL.sub(r"\1:", post.words)
    words = f"{words}\n\n{buttons}" if buttons else words
    console.print(Panel(escape(words), title=escape(title), title_align="left"))


def _parted(line: str) -> tuple[str, str, str]:
    """Who, the mark behind their name, and the words; no mark where it isn't right behind."""
    word = line.split(maxsplit=1)[0] if line.split() else ""
    for mark in MARKS:
        who, found, _ = word.partition(mark)
        if found and who.isalpha():
            return who.lower(), mark, line[len(who) + len(mark) :].strip()
    return "", "", ""
