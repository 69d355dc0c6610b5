"""The demo's morning goes on in Slack: who says and presses what, and what they were promised."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from sandbox.cast import ANA, CARLA, MARC, PRIYA, TOM, Person
from sandbox.chat import Workspace, shown
from sandbox.postbox import PATIENCE
from sandbox.slack import Person as Member
from sandbox.slack import Post


@dataclass
class ChatMorning:
    """The stage: the workspace, the terminal, and which promises were kept."""

    console: Console
    workspace: Workspace
    broken: list[str] = field(default_factory=list)
    _shown: dict[str, str] = field(default_factory=dict)

    def member(self, person: Person) -> Member:
        """Somebody at their Slack."""
        return self.workspace.members[person]

    def does(self, who: Person, what: str) -> None:
        """Tell the terminal what somebody does."""
        self.console.print(f"   [bold]{escape(who.name)}[/] {escape(what)}")

    async def sees(self, promise: str, found: Callable[[], Post | None], *signs: str) -> Post:
        """A post that was promised is there, with every sign of it. Raises `TimeoutError`."""
        began = monotonic()

        def there() -> Post | None:
            post = found()
            return post if post and all(each in _read(post) for each in signs) else None

        await self.workspace.slack.until(there, PATIENCE)
        post = there()
        assert post is not None, "it was there a moment ago"
        self.show(post, "green")
        self.keep(promise, True)
        self.console.print(f"   [dim]{1000 * (monotonic() - began):.0f} ms[/dim]")
        return post

    def show(self, post: Post, colour: str = "none") -> None:
        """Put a post on the terminal, as people see it."""
        buttons = "   ".join(f"[{each}]" for each in post.buttons)
        words = shown(post)
        words = f"{words}\n\n{buttons}" if buttons else words
        title = escape(self.workspace.title(post))
        self.console.print(
            Panel(escape(words), title=title, title_align="left", border_style=colour)
        )

    def keep(self, promise: str, kept: bool) -> None:
        """Note whether a promise was kept."""
        self.console.print(f"   {'[green]✓[/]' if kept else '[red]✗[/]'} {escape(promise)}")
        if not kept:
            self.broken.append(promise)


async def chat_morning(workspace: Workspace, console: Console) -> list[str]:
    """Play it all; the promises that were not kept."""
    stage = ChatMorning(console, workspace)
    for scene in (_screen, _followed, _form):
        try:
            await scene(stage)
        except (TimeoutError, AssertionError) as error:
            stage.keep(f"{scene.__doc__} {error}", False)
    return stage.broken


async def _screen(stage: ChatMorning) -> None:
    """Tom asks in a channel; Carla works in the agents' room; a colleague knows what helps."""
    space, tom, carla = stage.workspace, stage.member(TOM), stage.member(CARLA)
    post = await tom.says("Hi, my second screen stays black since the update.", space.help)
    stage.show(post)

    def last_below() -> Post | None:
        below = space.under(post)
        return below[-1] if below else None

    await stage.sees(
        "Tom is answered in the thread, by name, with a reference", last_below, "Hi Tom", "IT-6"
    )
    card = await stage.sees(
        "The agents' room has a card", lambda: _last(space.cards), "IT-6", "Tom Baker"
    )
    stage.does(CARLA, "presses “Take it”")
    await carla.presses("Take it", on=card)
    await stage.sees("The card says who has it", lambda: _last(space.cards), "Carla Gómez")
    stage.show(await carla.says("He had the same in May.", thread=card))
    stage.does(CARLA, "presses “Reply” and fills in the form")
    await carla.presses("Reply", on=card)
    await carla.fills({carla.form.labels[0]: "Is it plugged into the dock?"} if carla.form else {})
    await carla.submits()
    await stage.sees(
        "Tom reads Carla's answer under her name",
        lambda: _by(space, last_below(), CARLA),
        "the dock?",
    )
    inside = "He had the same in May." not in " ".join(each.words for each in space.under(post))
    stage.keep("What Carla wrote among agents stays there", inside)
    helps = await stage.member(PRIYA).says(
        "Mine did that. Ten seconds without the dock's power helped.", thread=post
    )
    stage.show(helps)
    stage.does(TOM, "puts ✅ on it")
    await tom.reacts("white_check_mark", on=helps)
    await stage.sees("It is solved, and Priya is thanked by name", last_below, "Priya Nair")


async def _followed(stage: ChatMorning) -> None:
    """Ana, who wrote by mail, looks at her own page in Slack."""
    ana = stage.member(ANA)
    stage.does(ANA, "opens the desk's page")
    await ana.opens_home()
    await stage.workspace.slack.until(lambda: "IT-1" in ana.home_text, PATIENCE)
    title = "Slack, Ana's page of the desk"
    stage.console.print(Panel(escape(ana.home_text), title=title, title_align="left"))
    stage.keep("The ticket that Ana began by mail stands there, in Spanish", "VPN" in ana.home_text)


async def _form(stage: ChatMorning) -> None:
    """Marc calls the desk with nothing but its command, and gets a form."""
    marc, space = stage.member(MARC), stage.workspace
    stage.does(MARC, "types /desk")
    await marc.uses_command("/desk", "", channel=space.help)
    form = marc.form
    stage.keep("Marc gets a form, in Spanish", form is not None and "pasó" in form.labels[0])
    await marc.fills({form.labels[0]: "Necesito acceso a la carpeta de facturas"} if form else {})
    await marc.submits()
    await stage.sees(
        "Marc gets his reference in a message of his own",
        lambda: _last(space.slack.conversation(marc)),
        "Marc",
        "IT-7",
    )


def _last(posts: list[Post]) -> Post | None:
    return posts[-1] if posts else None


def _by(space: Workspace, post: Post | None, person: Person) -> Post | None:
    return post if post is not None and space.writer(post) == person.name else None


def _read(post: Post) -> str:
    return f"{post.username} {post.words}"
