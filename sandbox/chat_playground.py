"""After the demo's morning: speak in its chats from the terminal, and see what appears there."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic

from rich.console import Console
from rich.markup import escape

from sandbox.cast import Person
from sandbox.venue import Member, Post, Venue, View

HELP = """\
  tom# My screen is black         Tom writes in #help, on Slack
  nuria# No se oye nada           Nuria opens a post in a forum, on Discord
  tom#> It is the left one        Tom goes on in his last thread there
  carla#> He did it again         Carla, an agent, writes a note below the last
                                  card in #desk; “reply: …” goes to who asked
  carla! Take it                  Carla presses a button of the last card,
                                  Tom one in his last thread
  carla= Is it plugged in?        Carla fills in the form that opened and sends
                                  it; “|” stands between fields
  tom~ It is the right one        Tom edits what he said last
  tom+ ✅                         Tom puts an emoji on the last answer he got
  ana/ status                     Ana types /desk status
  ana@ Hola, ¿me ayudáis?         Ana writes to the desk, in a direct message
"""
MARKS = ("#>", "#", "!", "/", "@", "~", "+", "=")


@dataclass
class ChatPlayground(Generic[Post]):
    """What the terminal says and sees of one chat."""

    venue: Venue[Post]
    _roots: dict[Person, Post] = field(default_factory=dict)  # the last conversation of each
    _said: dict[Person, Post] = field(default_factory=dict)  # the last post of each
    _seen: dict[str, View] = field(default_factory=dict)  # what was shown, by post
    _alone: dict[Person, Post] = field(default_factory=dict)  # the last that each alone was shown

    def person(self, who: str) -> Person | None:
        """Who of those in it is called so."""
        return next((each for each in self.venue.people if each.short == who), None)

    async def does(self, person: Person, mark: str, words: str) -> str:
        """Do what a line says; what is wrong with it, or what to do next, "" for neither."""
        try:
            if mark == "=":
                return await self._fills(person, words)
            if self.venue.member(person).form:
                await self.venue.member(person).closes_form()
            return await self._acts(person, mark, words) or self._form(person)
        except AssertionError as none:
            return f"{none}"

    def fresh(self) -> list[View]:
        """Posts that are new or look otherwise than when they were shown, oldest first."""
        fresh = []
        for post in self.venue.seen:
            key, view = self.venue.key(post), self.venue.view(post)
            if self._seen.get(key) != view:
                self._seen[key] = view
                fresh.append(view)
        return fresh

    def begin(self) -> None:
        """Pass over all that is there already."""
        self.fresh()
        for person in self.venue.people:
            self.venue.member(person).ephemerals.clear()
            self.venue.member(person).errors.clear()

    async def watch(self, console: Console) -> None:
        """Show what appears, and what only one person sees."""
        name = self.venue.name
        while True:
            for view in self.fresh():
                view.print(console)
            for person in self.venue.people:
                member = self.venue.member(person)
                while post := self._told(member):
                    self._alone[person] = post
                    view = self.venue.view(post)
                    title = f"{name}, only {person.name} sees this"
                    View(title, view.words, view.buttons).print(console)
                while member.errors:
                    console.print(escape(f"{name} tells {person.name}: {member.errors.pop(0)}"))
            await asyncio.sleep(0.2)

    def _told(self, member: Member[Post]) -> Post | None:
        """What only they see next, taken from there; one that is still to be filled stays."""
        for post in member.ephemerals:
            view = self.venue.view(post)
            if view.words or view.buttons:
                member.ephemerals.remove(post)
                return post
        return None

    async def _acts(self, person: Person, mark: str, words: str) -> str:
        venue = self.venue
        if mark in ("#", "@"):
            begin = venue.asks if mark == "#" else venue.writes
            self._roots[person] = self._said[person] = await begin(person, words)
        elif mark == "/":
            await venue.commands(person, words)
        elif mark == "!":
            return await self._presses(person, words)
        elif mark == "~":
            if person not in self._said:
                return f"{person.short} has said nothing here yet."
            await venue.member(person).edits(self._said[person], words)
        elif (root := self._root(person)) is None:
            return _nothing(person)
        elif mark == "#>":
            self._said[person] = await venue.goes_on(person, root, words)
        else:
            await venue.signs(person, words, self._others(person, root)[-1])
        return ""

    async def _presses(self, person: Person, words: str) -> str:
        """Press a button of what only they see, or of the last thing that has it."""
        root = self._root(person)
        shown = [self._alone[person]] if person in self._alone else []
        shown += self._shown(person, root) if root is not None else []
        if not shown:
            return _nothing(person)
        known = [(label, each) for each in shown for label in self.venue.view(each).buttons]
        there = next((each for label, each in known if label == words), None)
        if there is None:
            labels = _listed([*dict.fromkeys(label for label, _ in known)]) or "words"
            return f"There is no “{words}” here, only {labels}."
        await self.venue.member(person).presses(words, on=there)
        return ""

    async def _fills(self, person: Person, words: str) -> str:
        """Send the open form with these words in its fields, from the top."""
        member = self.venue.member(person)
        if (form := member.form) is None:
            return f"{person.short} has no form open."
        if not words:
            await member.closes_form()
            return ""
        values = [each.strip() for each in words.split("|")]
        if len(values) > len(form.labels):
            return f"It has {len(form.labels)} fields: {_listed(form.labels)}"
        await member.fills(
            {label: value for label, value in zip(form.labels, values, strict=False) if value}
        )
        await member.submits()
        if member.form is form:
            return "\n".join(f"{label}: {why}" for label, why in form.errors.items())
        return self._form(person)

    def _form(self, person: Person) -> str:
        """What to do with a form that opened; "" without one."""
        form = self.venue.member(person).form
        if form is None:
            return ""
        blanks = " | ".join("…" for _ in form.labels)
        return (
            f"A form opens before {person.name}: “{form.title}”, with {_listed(form.labels)}."
            f" Fill it in and send it with “{person.short}= {blanks}”."
        )

    def _others(self, person: Person, root: Post) -> list[Post]:
        """What others said in a conversation; at a card, and before anybody did, its beginning."""
        if person is self.venue.agent:
            return [root]
        below = self.venue.below(root)
        return [root, *(each for each in below if self.venue.writer(each) != person.name)]

    def _shown(self, person: Person, root: Post) -> list[Post]:
        """Where somebody may press, the latest first: a card, what stands in a thread."""
        if person is self.venue.agent:
            return [root]
        return [*reversed(self.venue.below(root)), root]

    def _root(self, person: Person) -> Post | None:
        if person is self.venue.agent:
            return self.venue.cards[-1] if self.venue.cards else None
        return self._roots.get(person)


def _nothing(person: Person) -> str:
    return f"There is nothing yet that {person.short} could answer or press."


def parted(line: str) -> tuple[str, str, str]:
    """Who, the mark behind their name, and the words; no mark where it isn't right behind."""
    word = line.split(maxsplit=1)[0] if line.split() else ""
    for mark in MARKS:
        who, found, _ = word.partition(mark)
        if found and who.isalpha():
            return who.lower(), mark, line[len(who) + len(mark) :].strip()
    return "", "", ""


def _listed(labels: Sequence[str]) -> str:
    return ", ".join(f"“{each}”" for each in labels)
