"""Somebody at their Slack: what they say, press, fill in, and what they see."""

import asyncio
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from sandbox.slack.app import Shortcut
from sandbox.slack.channel import Channel, Post
from sandbox.slack.choice import chosen
from sandbox.slack.deliveries import Unanswered
from sandbox.slack.file import File
from sandbox.slack.forms import Forms
from sandbox.slack.interactions import Interactions
from sandbox.slack.methods.reactions import react, unreact
from sandbox.slack.news import Heard
from sandbox.slack.posting import Posting
from sandbox.slack.refusal import Refused
from sandbox.slack.response_url import Invitation, checked
from sandbox.slack.rich_text import typed
from sandbox.slack.surface import Control, controls, found, option_named
from sandbox.slack.user import User
from sandbox.slack.view import View
from sandbox.slack.workspace import Workspace

_PEOPLE = ("users_select", "multi_users_select", "conversations_select")
_CHANNELS = ("channels_select", "conversations_select", "multi_channels_select")
_ASKING = ("external_select", "multi_external_select", "users_select", "datepicker")
Attached = tuple[str, bytes, str]  # name, content, MIME type
_DEFAULT: Sequence[Attached] = ()


class Person:
    """One person of the workspace, spoken for.

    Each verb returns once the app acknowledged what it was told of, or once the person sees that
    it didn't: then `errors` says what they see. What isn't there to be pressed or picked raises
    AssertionError, with what there is.
    """

    def __init__(
        self, user: User, workspace: Workspace, posting: Posting, interactions: Interactions
    ) -> None:
        self.user = user
        self.errors: list[str] = []
        self.notices: list[str] = []  # what commands were answered with, seen by them alone
        self._workspace = workspace
        self._posting = posting
        self._interactions = interactions
        self._forms = Forms(user, workspace, interactions, self.errors)

    @property
    def id(self) -> str:
        """Their user id."""
        return self.user.id

    @property
    def mention(self) -> str:
        """How a text mentions them."""
        return self.user.mention

    @property
    def form(self) -> View | None:
        """The form they have open, the uppermost one."""
        return self._forms.stack[-1] if self._forms.stack else None

    @property
    def home(self) -> View | None:
        """Their home of the app, once the app published one."""
        return self._workspace.homes.get(self.id)

    @property
    def home_text(self) -> str:
        """All that is read in their home, "" if there is none."""
        return self.home.words if self.home else ""

    @property
    def ephemerals(self) -> list[Post]:
        """The posts that only they see, oldest first; answers to commands among them."""
        return self._workspace.ephemerals.setdefault(self.id, [])

    @property
    def direct(self) -> Channel:
        """Their direct messages with the app."""
        return self._workspace.direct(self.id)

    async def says(
        self,
        words: str,
        channel: Channel | None = None,
        thread: Post | None = None,
        *,
        broadcast: bool = False,
        files: Iterable[Attached] = _DEFAULT,
    ) -> Post:
        """Post what they typed: in a channel, a thread, or else directly to the app.

        "@Name" mentions, and `rich_text.typed` says what else is understood.
        """
        place = thread.channel if thread else channel or self.direct
        assert self.id in place.members, f"{self.user.shown_name} is not in {place.name}"
        assert not place.archived, f"{place.name} is archived"
        assert place is not self.direct or self._workspace.app.messages_tab, (
            "sending messages to this app has been turned off"
        )
        carried = [self._upload(*each) for each in files]
        wire = self._posting.by_person(self.user, place, words, carried)
        if thread:
            root = thread.thread_ts or thread.ts
            self._posting.join_thread(place, wire, root, broadcast=broadcast)
        post = self._posting.publish(place, wire)
        news = self._posting.news
        heard = self._posting.told(post)
        heard += [news.shared_file(each.id, self.id, place) for each in carried]
        await _all(heard)
        return post

    async def shares(self, post: Post, to: Channel | None = None, words: str = "") -> Post:
        """Forward a post: to a channel, or else directly to the app."""
        place = to or self.direct
        wire = self._posting.by_person(self.user, place, words)
        wire["attachments"] = [self._posting.forwarded(post)]
        shared = self._posting.publish(place, wire)
        await _all(self._posting.told(shared))
        return shared

    async def edits(self, post: Post, words: str) -> None:
        """Change a post of theirs."""
        assert post.user == self.id, "only their own"
        text, blocks = typed(words, self._workspace.called)
        await self._posting.change(post, self.id, {"text": text, "blocks": blocks})

    async def deletes(self, post: Post) -> None:
        """Delete a post of theirs."""
        assert post.user == self.id, "only their own"
        await self._posting.delete(post)

    async def reacts(self, emoji: str, on: Post) -> None:
        """Add an emoji to a post."""
        react(on, emoji.strip(":"), self.id)
        await self._posting.news.reacted("reaction_added", self.id, emoji.strip(":"), on)

    async def unreacts(self, emoji: str, on: Post) -> None:
        """Take their emoji back."""
        unreact(on, emoji.strip(":"), self.id)
        await self._posting.news.reacted("reaction_removed", self.id, emoji.strip(":"), on)

    async def joins(self, channel: Channel) -> None:
        """Come into a channel."""
        await _all(self._posting.announce(channel, self.user))

    async def invites(self, somebody: "Person | User", to: Channel) -> None:
        """Bring somebody, or the bot, into a channel."""
        user = somebody.user if isinstance(somebody, Person) else somebody
        await _all(self._posting.announce(to, user, inviter=self.id))

    async def presses(self, label: str, on: Post | View) -> None:
        """Press a button, found by its label."""
        self._sees(on)
        button = found(on.blocks, label, ["button"])
        await self._forms.act(on, button, {})

    async def picks(self, choice: object, on: Post | View, menu: str = "") -> None:
        """Choose from a menu, a date or a person; `menu` names it if it isn't the only one.

        `choice` is the label of an option (several in a list), a name, a Person, a date; for menus
        that ask the app it is what is typed into them.
        """
        self._sees(on)
        control = _menu(on, choice, menu)
        value = choice
        if control.kind in ("external_select", "multi_external_select"):
            value = await self._forms.offered(on, control, choice)
        state = chosen(control, value, self._forms.ids())
        if isinstance(on, View) and control.kind != "overflow":
            on.values[control.key] = {"type": control.kind, **state}
        await self._forms.act(on, control, state)

    async def uses_command(
        self, command: str, text: str = "", channel: Channel | None = None
    ) -> None:
        """Type a slash command; what only they are answered is in `notices` and `ephemerals`."""
        if command not in self._workspace.app.commands:
            self.errors.append(f"{command} is not a valid command.")
            return
        place = channel or self.direct
        try:
            answer = await self._interactions.command(self.user, place, command, text)
            if answer:
                self._answered(place, answer)
        except Unanswered as why:
            self.errors.append(f"{command} failed: the app did not respond ({why})")
        except Refused as no:
            self.errors.append(f"{command} failed with the error {no.error}")

    async def uses_shortcut(self, name: str, on: Post | None = None) -> None:
        """Use a shortcut of the app's, on a message or anywhere."""
        shortcut = self._shortcut(name, "message" if on else "global")
        try:
            if on:
                await self._interactions.message_shortcut(self.user, shortcut, on)
            else:
                await self._interactions.shortcut(self.user, shortcut)
        except Unanswered as why:
            self.errors.append(f"{name}: the app did not respond ({why})")

    async def fills(self, values: Mapping[str, object]) -> None:
        """Fill fields of the open form in, by their labels; see `picks` for the values."""
        await self._forms.fill(values)

    async def looks_up(self, label: str, words: str, on: Post | View | None = None) -> list[str]:
        """Type into a menu that asks the app, and return what it offers."""
        place = on or self._forms.open
        kinds = ("external_select", "multi_external_select")
        control = found(place.blocks, label, kinds)
        options = await self._forms.suggestions(place, control, words)
        return [str(each["text"]["text"]) for each in options]

    async def submits(self) -> None:
        """Submit the open form; `form.errors` says by label what it is sent back for."""
        await self._forms.submit()

    async def closes_form(self) -> None:
        """Close the form that is to be seen."""
        await self._forms.close()

    async def opens_home(self, tab: str = "home") -> None:
        """Look at the app's home, or at its messages."""
        view = self.home.payload() if self.home and tab == "home" else None
        await self._posting.news.opened_home(self.id, self.direct, tab, view)

    def _answered(self, place: Channel, answer: dict[str, object]) -> None:
        invitation = Invitation(self.id, place, None, 0.0)
        post = self._interactions.urls.place(invitation, checked(answer))
        if post and post.ephemeral_to:
            self.notices.append(post.words)

    def _sees(self, place: Post | View) -> None:
        own = place.ephemeral_to if isinstance(place, Post) else place.user
        assert own in ("", self.id), f"{self.user.shown_name} doesn't see that"
        assert not (isinstance(place, Post) and place.deleted), "it was deleted"

    def _shortcut(self, name: str, kind: str) -> Shortcut:
        fit = [each for each in self._workspace.app.shortcuts if each.kind == kind]
        for each in fit:
            if each.name.casefold() == name.casefold():
                return each
        raise AssertionError(f"there is no {kind} shortcut {name!r}, only {[s.name for s in fit]}")

    def _upload(self, name: str, content: bytes, mimetype: str) -> File:
        workspace = self._workspace
        file = File(
            workspace.fresh("F"),
            name,
            self.id,
            self.user.team_id,
            int(workspace.now()),
            content,
            mimetype,
            uploaded=True,
        )
        workspace.files[file.id] = file
        return file


def _menu(on: Post | View, choice: object, menu: str) -> Control:
    """Return the menu that is meant: by its name, or because it has the option."""
    menus = [each for each in controls(on.blocks) if each.kind != "button"]
    if menu:
        return found(on.blocks, menu, {each.kind for each in menus})
    label = choice if isinstance(choice, str) else ""
    for each in menus:
        if option_named(each.options, label):
            return each
    kinds = next((kinds for type_, kinds in _MADE_FOR if isinstance(choice, type_)), ())
    fit = [each for each in menus if each.kind in kinds]
    every = [o["text"]["text"] for each in menus for o in each.options]
    assert fit, f"there is no {choice!r} to pick here, only {every}"
    return fit[0]


_MADE_FOR: Sequence[tuple[type, tuple[str, ...]]] = (
    (Person, _PEOPLE),
    (User, _PEOPLE),
    (Channel, _CHANNELS),
    (dt.datetime, ("datetimepicker",)),
    (dt.date, ("datepicker",)),
    (dt.time, ("timepicker",)),
    (str, _ASKING),
)  # which menus are made for such a choice


async def _all(heard: Iterable[Heard]) -> None:
    await asyncio.gather(*heard)
