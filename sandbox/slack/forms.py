"""The forms that people have open: filled in, submitted, closed, as Slack's clients do."""

from collections.abc import Mapping
from typing import Any

from sandbox.slack.channel import Post
from sandbox.slack.choice import Find, chosen, incomplete
from sandbox.slack.deliveries import Unanswered
from sandbox.slack.interactions import MOST_OPTIONS, Interactions
from sandbox.slack.methods.views import DEEPEST, faults_of, raised
from sandbox.slack.refusal import Wire
from sandbox.slack.surface import Control, found, option_named
from sandbox.slack.user import User
from sandbox.slack.view import View
from sandbox.slack.workspace import Workspace

_ASKING = ("external_select", "multi_external_select")


class Forms:
    """The forms of one person; what went wrong before their eyes goes to `errors`."""

    def __init__(
        self, user: User, workspace: Workspace, interactions: Interactions, errors: list[str]
    ) -> None:
        self._user = user
        self._workspace = workspace
        self._interactions = interactions
        self._errors = errors

    @property
    def stack(self) -> list[View]:
        """The forms that lie upon each other, the visible one last."""
        return self._workspace.modals.setdefault(self._user.id, [])

    @property
    def open(self) -> View:
        """The form to be seen; raises AssertionError if there is none."""
        assert self.stack, f"{self._user.shown_name} has no form open; {self._errors}"
        return self.stack[-1]

    async def fill(self, values: Mapping[str, object]) -> None:
        """Fill fields in by their labels; what the app wants to know of, it is told."""
        for label, value in values.items():
            view = self.open
            control = found(view.blocks, label, [each.kind for each in view.fields()])
            value_ = await self.offered(view, control, value) if _asks(control) else value
            state = chosen(control, value_, self.ids())
            view.values[control.key] = {"type": control.kind, **state}
            if _dispatches(control):
                await self.act(view, control, state)

    async def offered(self, place: View | Post, control: Control, value: object) -> object:
        """Type into a menu that asks the app, and return the option that is taken."""
        if value is None or isinstance(value, dict):
            return value
        if isinstance(value, list | tuple):
            return [await self.offered(place, control, each) for each in value]
        options = await self.suggestions(place, control, str(value))
        named = option_named(options, str(value)) or (options[0] if options else None)
        assert named, f"the app offers nothing for {value!r} in {control.label!r}; {self._errors}"
        return named

    async def suggestions(self, place: View | Post, control: Control, typed: str) -> list[Wire]:
        """Return the options that the app offers for what was typed."""
        least = control.element.get("min_query_length", 3)
        if len(typed) < least:
            raise AssertionError(f"{control.label!r} asks the app only from {least} letters on")
        try:
            options = await self._interactions.options(self._user, place, control, typed)
        except Unanswered as why:
            self._errors.append(f"{control.label}: the app did not respond ({why})")
            return []
        if len(options) > MOST_OPTIONS:
            self._errors.append(f"{control.label}: more than {MOST_OPTIONS} options")
            return []
        return options

    async def act(self, place: View | Post, control: Control, state: Mapping[str, Any]) -> None:
        """Tell the app that something was pressed or chosen."""
        try:
            await self._interactions.action(self._user, place, control, state)
        except Unanswered as why:
            self._errors.append(f"{control.label}: the app did not respond ({why})")

    async def submit(self) -> None:
        """Submit the open form; what a client refuses by itself doesn't reach the app."""
        view = self.open
        assert view.wire["submit"], f"{view.title!r} has nothing to submit it with"
        view.errors = {
            each.label: why
            for each in view.fields()
            if each.kind != "overflow" and (why := incomplete(each, view.values[each.key]))
        }
        if view.errors:
            return
        try:
            answer = await self._interactions.submission(self._user, view)
        except Unanswered as why:
            self._errors.append(f"{view.title}: we had trouble connecting, try again ({why})")
            return
        if view in self.stack:
            await self._follow(view, answer)

    async def close(self) -> None:
        """Close the form that is to be seen, or all if it clears them."""
        view = self.open
        cleared = bool(view.wire["clear_on_close"])
        going = list(reversed(self.stack)) if cleared else [view]
        for each in going:
            self.stack.remove(each)
        for each in going:
            await self._farewell(each, cleared=cleared)

    def ids(self) -> Find:
        """Return the ids of people and channels by what they are called."""
        workspace = self._workspace
        by_name = {each.name: each.id for each in workspace.channels.values() if each.name}
        for each in workspace.users.values():
            by_name |= {each.handle: each.id, each.real_name: each.id, each.shown_name: each.id}
        return {name.casefold(): id_ for name, id_ in by_name.items()}

    async def _follow(self, view: View, answer: Wire) -> None:
        """Do what the app answered to a submission."""
        what = answer.get("response_action")
        stack = self.stack
        if what == "errors":
            self._show_errors(view, answer.get("errors") or {})
        elif what == "clear":
            stack.clear()
        elif what in ("update", "push"):
            new = answer.get("view")
            faults = faults_of(new, "modal")
            if what == "push" and len(stack) >= DEEPEST:
                faults = ["more than three views"]
            if faults or new is None:
                self._errors.append(f"{view.title}: we had trouble connecting ({faults})")
            elif what == "update":
                view.show(new, self._workspace.now())
            else:
                stack.append(raised(self._workspace, self._user.id, new, stack))
        elif what is None:
            stack.remove(view)
        else:
            self._errors.append(f"{view.title}: we had trouble connecting ({what!r})")

    def _show_errors(self, view: View, errors: Mapping[str, str]) -> None:
        labels = {
            each.block["block_id"]: each.label
            for each in view.fields()
            if each.block["type"] == "input"
        }
        unknown = [block for block in errors if block not in labels]
        if unknown or not errors:
            self._errors.append(f"{view.title}: we had trouble connecting (no block {unknown})")
            return
        view.errors = {labels[block]: text for block, text in errors.items()}

    async def _farewell(self, view: View, *, cleared: bool) -> None:
        if not view.wire["notify_on_close"]:
            return
        try:
            await self._interactions.closing(self._user, view, cleared=cleared)
        except Unanswered as why:
            self._errors.append(f"{view.title}: the app did not respond ({why})")


def _asks(control: Control) -> bool:
    return control.kind in _ASKING


def _dispatches(control: Control) -> bool:
    return control.block["type"] != "input" or bool(control.block.get("dispatch_action"))
