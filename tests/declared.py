"""What a command does, as the tests declare it: what is told, and who hears of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.model.person import Role

Words = Mapping[str, str]
"""The same in each language; "" for whatever it is."""

ANY: Words = {"en": "", "es": ""}


@dataclass(frozen=True)
class Declared:
    """One command.

    `after` is how the ticket stands then, "status, who has it"; `told` is in what the agent is
    told, and `hears` in what the asker hears of it, who else hears nothing. `asker_told` is in
    what the asker is told who gives it: None where only agents may, and then nothing happens.
    """

    lines: Words
    told: Words
    after: str = "new, nobody"
    hears: Words = field(default_factory=dict)
    asker_told: Words | None = None
    more: Words = field(default_factory=dict)  # that the asker says on the ticket before
    before: tuple[str, ...] = ()  # commands of the agent's, in English
    at_once: bool = False  # while what was said before may still be taken back
    by: Role = Role.AGENT  # the least that its giver among the agents must be
    outward: bool = False  # the agent's plain words to what they are told go to the asker

    @property
    def about_article(self) -> bool:
        """Whether it needs articles."""
        return "{article}" in "".join((self.lines["en"], self.told["en"], *self.before))

    @property
    def about_notice(self) -> bool:
        """Whether it needs a planned work."""
        return "{notice}" in self.lines["en"]


def both(en: str, es: str) -> Words:
    return {"en": en, "es": es}
