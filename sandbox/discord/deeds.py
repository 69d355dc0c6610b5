"""What one person does with the application: commands, presses, choices, forms."""

from collections.abc import Mapping, Sequence

from sandbox.discord.channel import Channel
from sandbox.discord.choice import Choosing, bounds, takes
from sandbox.discord.command_use import Called, Unfit, command_named, shown_name
from sandbox.discord.component_shapes import BUTTON, SELECTS
from sandbox.discord.declarations import MESSAGE_MENU, SLASH, USER_MENU
from sandbox.discord.form import Form
from sandbox.discord.interaction import Interaction
from sandbox.discord.interactions import Interactions, Unanswered
from sandbox.discord.message import Message
from sandbox.discord.refusal import Wire
from sandbox.discord.surface import Control, controls, found, option_named
from sandbox.discord.user import User
from sandbox.discord.world import World

UNRESPONSIVE = "The application did not respond"
FAILED = "This interaction failed"
WRONG = "Something went wrong. Try again."
LOADING_FAILED = "Loading options failed"


class Deeds:
    """The deeds of one person; what goes wrong before their eyes goes to `errors`."""

    def __init__(
        self, user: User, world: World, interactions: Interactions, errors: list[str]
    ) -> None:
        self.form: Form | None = None
        self._user = user
        self._world = world
        self._interactions = interactions
        self._errors = errors
        self._offered: dict[tuple[str, str], dict[str, object]] = {}  # by command and option

    async def use_command(self, words: str, channel: Channel, values: Mapping[str, object]) -> None:
        """Type a slash command and send it."""
        called = self._called(words, channel)
        try:
            more = called.options(self._choosing(channel), self._taken(called, values))
        except Unfit as why:
            self._errors.append(str(why))
            return
        await self._command(channel, called.command, called.name, more)

    async def complete(
        self, words: str, channel: Channel, option: str, typed: str, values: Mapping[str, object]
    ) -> list[str]:
        """Type into an option of a slash command, and return the names that are offered."""
        called = self._called(words, channel)
        more = called.typing(self._choosing(channel), option, typed, values)
        try:
            choices = await self._interactions.completion(self._user, channel, called.command, more)
        except Unanswered:
            self._errors.append(LOADING_FAILED)
            return []
        offered = {shown_name(each, self._user.locale): each["value"] for each in choices}
        self._offered[called.name, called.declared_name(option)] = offered
        return list(offered)

    async def use_menu(self, name: str, channel: Channel, target: Message | User) -> None:
        """Use a command of a context menu on a message or on somebody."""
        kind = USER_MENU if isinstance(target, User) else MESSAGE_MENU
        command = command_named(self._world, name, kind, self._user, channel)
        resolved = self._interactions.resolved(self._user, channel)
        more = {"target_id": resolved.add(target), "resolved": resolved.wire}
        await self._command(channel, command, name, more)

    async def press(self, label: str, message: Message) -> None:
        """Press a button; one that leads somewhere tells the application nothing."""
        button = found(message.components, label, [BUTTON])
        assert not button.part.get("disabled"), f"{label!r} is greyed out"
        if not button.links:
            await self._component(message, button, {})

    async def pick(self, choice: object, message: Message, menu: str) -> None:
        """Choose from a menu; without a name it is the one that offers this."""
        control = _menu(message, choice, menu)
        assert not control.part.get("disabled"), f"{control.label!r} is greyed out"
        choosing = self._choosing(self._world.channel_of(message))
        values = choosing.values(control, choice)
        least, most = bounds(control)
        assert least <= len(values) <= most, f"{control.label!r} takes {least} to {most} choices"
        resolved = choosing.resolved.wire
        more = {"values": values} | ({"resolved": resolved} if resolved else {})
        await self._component(message, control, more)

    async def submit(self) -> None:
        """Send the open form; with what a client refuses by itself it stays open."""
        form = self.opened()
        if not form.check():
            return
        try:
            done = await self._interactions.modal(self._user, form.interaction, form.submission())
        except Unanswered:
            self._errors.append(WRONG)
            return
        if self.form is form:
            self.form = None
        self._follow(done)

    def opened(self) -> Form:
        """Return the open form; AssertionError if there is none."""
        assert self.form, f"{self._user.shown_name} has no form open; {self._errors}"
        return self.form

    async def _command(self, channel: Channel, command: Wire, name: str, more: Wire) -> None:
        try:
            done = await self._interactions.command(self._user, channel, command, name, more)
        except Unanswered:
            self._errors.append(UNRESPONSIVE)
            return
        self._follow(done)

    async def _component(self, message: Message, control: Control, more: Wire) -> None:
        try:
            done = await self._interactions.component(self._user, message, control.part, more)
        except Unanswered:
            self._errors.append(FAILED)
            return
        self._follow(done)

    def _follow(self, done: Interaction) -> None:
        if done.modal is not None:
            self.form = Form(done, self._choosing(done.channel))

    def _called(self, words: str, channel: Channel) -> Called:
        first, *rest = words.removeprefix("/").split()
        command = command_named(self._world, first, SLASH, self._user, channel)
        return Called(command, rest, self._user.locale)

    def _taken(self, called: Called, values: Mapping[str, object]) -> dict[str, object]:
        """Return the values, where one was taken from what was offered, the one it stands for."""
        found: dict[str, object] = {}
        for option, value in values.items():
            offered = self._offered.get((called.name, called.declared_name(option)), {})
            taken = isinstance(value, str) and value in offered
            found[option] = offered[str(value)] if taken else value
        return found

    def _choosing(self, channel: Channel) -> Choosing:
        resolved = self._interactions.resolved(self._user, channel)
        return Choosing(self._world, channel, resolved)


def _menu(message: Message, choice: object, menu: str) -> Control:
    """Return the menu that is meant: by its name, or because it offers this."""
    if menu:
        return found(message.components, menu, SELECTS)
    menus = [each for each in controls(message.components) if each.kind in SELECTS]
    label = choice[0] if isinstance(choice, Sequence) and not isinstance(choice, str) else choice
    for each in menus:
        if option_named(each, label):
            return each
    offered = [option["label"] for each in menus for option in each.options]
    fit = [each for each in menus if takes(each, label)]
    assert fit, f"there is no {choice!r} to pick here, only {offered}"
    return fit[0]
