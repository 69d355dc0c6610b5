"""The demo's morning ends on Discord: a forum where all may help, and agents elsewhere."""

from dataclasses import dataclass

from rich.console import Console

from sandbox.cast import CARLA, HUGO, LEO, NURIA
from sandbox.chat import Workspace
from sandbox.chat_stage import ChatStage, last
from sandbox.community import Community
from sandbox.discord import Message
from sandbox.postbox import PATIENCE
from sandbox.slack import Post


async def community_morning(community: Community, space: Workspace, console: Console) -> list[str]:
    """Play it all; the promises that were not kept."""
    stage, slack = ChatStage(console, community), ChatStage(console, space)
    scenes = _Scenes(stage, community, slack)
    return await stage.play((scenes.forum, scenes.command)) + slack.broken


@dataclass
class _Scenes:
    stage: ChatStage[Message]
    community: Community
    slack: ChatStage[Post]

    async def forum(self) -> None:
        """Nuria asks in a forum; Hugo answers from the agents' room; what Leo knows solves it."""
        stage, community, hugo = self.stage, self.community, self.community.member(HUGO)
        words = "Hola, ¿cómo se pone la aplicación en modo oscuro?"
        post = await community.asks(NURIA, words, title="Modo oscuro")
        stage.show(post)
        promise = "Nuria is answered in her post, by name, in Spanish, with a reference"
        await stage.sees(promise, lambda: stage.last_below(post), "Hola, Nuria", "IT-8")
        promise = "The community's agents have a card in a room of their own"
        card = await stage.sees(promise, stage.card, "IT-8", "Nuria Sala")
        stage.does(HUGO, "presses “Take it”")
        await hugo.presses("Take it", on=card)
        await stage.sees("The card says who has it", stage.card, "Hugo Sanz")
        stage.does(HUGO, "presses “Reply” and fills in the form")
        await hugo.presses("Reply", on=card)
        await stage.fills(HUGO, "¿En el móvil o en el ordenador?")
        promise = "Nuria reads Hugo's answer, with his name"
        await stage.sees(promise, lambda: stage.last_below(post), "Hugo Sanz", "¿En el móvil")
        helps = await community.goes_on(LEO, post, "On both it is under Ajustes, Aspecto.")
        stage.show(helps)
        stage.does(NURIA, "puts ✅ on it: that is the solution")
        await community.signs(NURIA, "✅", on=helps)
        promise = "It is solved, and Leo is thanked by name"
        await stage.sees(promise, lambda: stage.last_below(post), "Gracias a Leo Berg")

    async def command(self) -> None:
        """Leo gives the desk's command on Discord, and is answered by Carla, in Slack."""
        stage, slack, leo = self.stage, self.slack, self.community.member(LEO)
        await self.community.declared(PATIENCE)
        stage.does(LEO, "types /desk new, on Discord")
        await self.community.commands(LEO, "new")
        in_english = leo.form is not None and "happened" in leo.form.labels[0]
        stage.keep("Leo gets a form, in English", in_english)
        await stage.fills(LEO, "I can't upload pictures")

        def told() -> Message | None:
            return last(list(leo.direct))

        promise = "Leo gets his reference in a message of his own"
        await stage.sees(promise, told, "Hi Leo", "IT-9")
        promise = "The support's agents have its card in Slack"
        card = await slack.sees(promise, slack.card, "IT-9", "Leo Berg")
        stage.does(CARLA, "presses “Reply” in Slack, and fills in the form")
        await slack.venue.member(CARLA).presses("Reply", on=card)
        await slack.fills(CARLA, "How large are they?")
        promise = "Leo reads Carla's answer on Discord"
        await stage.sees(promise, told, "Carla Gómez", "How large")
