"""The demo's morning goes on in Slack: who says and presses what, and what they were promised."""

from dataclasses import dataclass

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from sandbox.cast import ANA, CARLA, MARC, PRIYA, TOM
from sandbox.chat import Workspace
from sandbox.chat_stage import ChatStage, last
from sandbox.postbox import PATIENCE
from sandbox.slack import Post


async def chat_morning(workspace: Workspace, console: Console) -> list[str]:
    """Play it all; the promises that were not kept."""
    stage = ChatStage(console, workspace)
    scenes = _Scenes(stage, workspace)
    return await stage.play((scenes.screen, scenes.followed, scenes.form))


@dataclass
class _Scenes:
    stage: ChatStage[Post]
    space: Workspace

    async def screen(self) -> None:
        """Tom asks in a channel; Carla works in the agents' room; a colleague knows what helps."""
        stage, space, carla = self.stage, self.space, self.space.member(CARLA)
        post = await space.asks(TOM, "Hi, my second screen stays black since the update.")
        stage.show(post)
        promise = "Tom is answered in the thread, by name, with a reference"
        await stage.sees(promise, lambda: stage.last_below(post), "Hi Tom", "IT-6")
        card = await stage.sees("The agents' room has a card", stage.card, "IT-6", "Tom Baker")
        stage.does(CARLA, "presses “Take it”")
        await carla.presses("Take it", on=card)
        await stage.sees("The card says who has it", stage.card, "Carla Gómez")
        stage.show(await space.goes_on(CARLA, card, "He had the same in May."))
        stage.does(CARLA, "presses “Reply” and fills in the form")
        await carla.presses("Reply", on=card)
        await stage.fills(CARLA, "Is it plugged into the dock?")
        await stage.sees(
            "Tom reads Carla's answer under her name",
            lambda: stage.by(stage.last_below(post), CARLA),
            "the dock?",
        )
        told = " ".join(each.words for each in space.below(post))
        stage.keep("What Carla wrote among agents stays there", "same in May" not in told)
        words = "Mine did that. Ten seconds without the dock's power helped."
        helps = await space.goes_on(PRIYA, post, words)
        stage.show(helps)
        stage.does(TOM, "puts ✅ on it")
        await space.signs(TOM, "✅", on=helps)
        promise = "It is solved, and Priya is thanked by name"
        await stage.sees(promise, lambda: stage.last_below(post), "Priya Nair")

    async def followed(self) -> None:
        """Ana, who wrote by mail, looks at her own page in Slack."""
        stage, ana = self.stage, self.space.member(ANA)
        stage.does(ANA, "opens the desk's page")
        await ana.opens_home()
        await self.space.until(lambda: "IT-1" in ana.home_text, PATIENCE)
        title = "Slack, Ana's page of the desk"
        stage.console.print(Panel(escape(ana.home_text), title=title, title_align="left"))
        promise = "The ticket that Ana began by mail stands there, in Spanish"
        stage.keep(promise, "VPN" in ana.home_text)

    async def form(self) -> None:
        """Marc calls the desk with nothing but its command, and gets a form."""
        stage, marc = self.stage, self.space.member(MARC)
        stage.does(MARC, "types /desk")
        await self.space.commands(MARC, "")
        in_spanish = marc.form is not None and "pasó" in marc.form.labels[0]
        stage.keep("Marc gets a form, in Spanish", in_spanish)
        await stage.fills(MARC, "Necesito acceso a la carpeta de facturas")
        await stage.sees(
            "Marc gets his reference in a message of his own",
            lambda: last(self.space.slack.conversation(marc)),
            "Marc",
            "IT-7",
        )
