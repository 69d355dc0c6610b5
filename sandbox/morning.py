"""The scripted morning of the demo: who writes what, and what each of them was promised."""

from dataclasses import dataclass, field
from email.message import EmailMessage
from time import monotonic

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from sandbox.cast import ANA, EVERYBODY, LUCIA, MARC, PRIYA, SARA, TOM, Person
from sandbox.mail import MailServer
from sandbox.postbox import Postbox, words


@dataclass
class Morning:
    """The stage: everybody's mail, the terminal, and which promises were kept."""

    console: Console
    boxes: dict[Person, Postbox]
    broken: list[str] = field(default_factory=list)

    async def says(
        self, who: Person, text: str, *, subject: str = "", answers: EmailMessage | None = None
    ) -> None:
        """Somebody writes to the desk."""
        title = f"{who.name} writes" + (f": {subject}" if subject else "")
        self.console.print(Panel(escape(text), title=escape(title), title_align="left"))
        await self.boxes[who].write(text, subject=subject, answers=answers)

    async def hears(self, who: Person, promise: str, *signs: str) -> EmailMessage:
        """Somebody gets the next mail; it must hold every sign of what was promised."""
        began = monotonic()
        mail = await self.boxes[who].next()
        waited = 1000 * (monotonic() - began)
        missing = [sign for sign in signs if sign not in f"{mail['Subject']}\n{words(mail)}"]
        self.console.print(
            Panel(
                escape(words(mail)),
                title=escape(f"{who.name} reads: {mail['Subject']}"),
                title_align="left",
                border_style="red" if missing else "green",
            )
        )
        self.keep(promise if not missing else f"{promise} (missing: {missing})", not missing)
        self.console.print(f"   [dim]{waited:.0f} ms[/dim]")
        return mail

    def keep(self, promise: str, kept: bool) -> None:
        """Note whether a promise was kept."""
        self.console.print(f"   {'[green]✓[/]' if kept else '[red]✗[/]'} {escape(promise)}")
        if not kept:
            self.broken.append(promise)


async def morning(server: MailServer, console: Console) -> list[str]:
    """Play it all; the promises that were not kept."""
    stage = Morning(console, {person: Postbox(server, person) for person in EVERYBODY})
    for scene in (_stuck, _request, _article, _greeting, _secret, _idea):
        try:
            await scene(stage)
        except TimeoutError:
            stage.keep(f"{scene.__doc__}: no mail came", False)
    return stage.broken


async def _stuck(stage: Morning) -> None:
    """Ana is stuck, in Spanish; Sara takes her case, answers and resolves it by mail."""
    await stage.says(
        ANA,
        "Hola, no me conecta la VPN desde esta mañana y tengo una demo con el cliente a las"
        " diez. ¡Es urgente!",
        subject="La VPN no conecta",
    )
    await stage.hears(
        ANA,
        "Ana is answered at once, by name, in Spanish, with a reference",
        "Hola, Ana",
        "IT-1",
        "La VPN no conecta",
    )
    notice = await stage.hears(
        SARA, "Sara hears of it, with the urgency and its reason", "IT-1", "Ana Ruiz", "urgent"
    )
    await stage.says(
        SARA,
        "/claim\n\nHola Ana: prueba con el perfil «Madrid-2», el otro está caído.",
        answers=notice,
    )
    answer = await stage.hears(
        ANA, "Ana gets Sara's answer, and not her commands", "Madrid-2", "Sara"
    )
    stage.keep("No command of Sara's reaches Ana", "/claim" not in words(answer))
    await stage.hears(SARA, "Sara is told that the case is hers", "IT-1 is yours")
    await stage.says(ANA, "Con ese perfil ya funciona.", answers=answer)
    reply = await stage.hears(SARA, "Sara reads Ana's answer on the same case", "ya funciona")
    await stage.says(SARA, "/resolve El perfil «Madrid-2» funciona.", answers=reply)
    await stage.hears(ANA, "Ana hears that it is solved, and how to open it again", "IT-1")
    await stage.hears(SARA, "Sara gets a confirmation", "resolved")


async def _request(stage: Morning) -> None:
    """Tom asks for something, in English."""
    await stage.says(
        TOM, "Could I get access to the Finance folder, please? No rush.", subject="Finance folder"
    )
    await stage.hears(TOM, "Tom is answered in English", "Hi Tom,", "IT-2", "Finance folder")
    notice = await stage.hears(SARA, "Sara sees that it is a request, and can wait", "Request")
    await stage.says(SARA, "/note Ask his lead first.\n\n/ask Who is your lead?", answers=notice)
    question = await stage.hears(TOM, "Tom gets the question, and not the note", "Who is your lead")
    stage.keep("The note stays inside", "Ask his lead first" not in words(question))
    await stage.hears(SARA, "Sara gets a confirmation", "IT-2")


async def _article(stage: Morning) -> None:
    """Sara writes down what helps whoever can't print."""
    await stage.says(
        SARA,
        "/kb nuevo\n# No puedo imprimir\nApaga la impresora, espera diez segundos y enciéndela"
        " otra vez. Si nadie puede imprimir, usa la de otra planta.",
        subject="Artículo",
    )
    await stage.hears(SARA, "Sara's article can be found from now on", "KB-1", "published")


async def _greeting(stage: Morning) -> None:
    """Lucía only says hello, then tells what it is."""
    await stage.says(LUCIA, "¡Hola, buenos días!", subject="Hola")
    question = await stage.hears(LUCIA, "A mere hello is answered with a question", "?")
    await stage.says(
        LUCIA, "No puedo imprimir; nadie en la segunda planta puede.", answers=question
    )
    await stage.hears(
        LUCIA,
        "Lucía gets her reference, and the article that may solve it at once",
        "IT-3",
        "Lucía",
        "espera diez segundos y enciéndela",
    )
    await stage.hears(SARA, "Sara sees that many people are affected", "IT-3", "nadie")


async def _secret(stage: Morning) -> None:
    """Priya pastes a password."""
    await stage.says(
        PRIYA, "I can't log in. My password is Tr0ub4dor&3 and it is refused.", subject="Login"
    )
    told = await stage.hears(PRIYA, "Priya is told kindly that it was hidden", "IT-4", "password")
    notice = await stage.hears(SARA, "Sara gets the case", "IT-4")
    hidden = "Tr0ub4dor" not in words(told) + words(notice)
    stage.keep("Nobody reads the password", hidden)


async def _idea(stage: Morning) -> None:
    """Marc has an idea."""
    await stage.says(
        MARC,
        "Una sugerencia: estaría bien avisar el día antes de cada mantenimiento.",
        subject="Una idea",
    )
    await stage.hears(MARC, "Marc is thanked for it, with a reference", "IT-5", "Gracias")
    await stage.hears(SARA, "Sara gets the idea", "IT-5")
