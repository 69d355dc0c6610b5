"""Reading: what stood behind a command's word, taken away from the front piece by piece."""

import re
from collections.abc import Callable
from typing import TypeVar

from bot.command import Call, Parameter
from bot.grammar import Line
from bot.model.refused import Refused
from bot.spanning import Spanning

T = TypeVar("T")


class Reading:
    """What is left of a line; each parameter takes its words from the front of it."""

    def __init__(self, line: Line, call: Call) -> None:
        self.line = line
        self.call = call
        self.left = line.words.strip()
        self.here = call.here  # for the one ticket that need not be named
        self.about = call.here
        self.spanning = Spanning(call)

    def take(self, most: int, meaning: Callable[[str], T | None]) -> T | None:
        """What the longest run of the first words means; those words are used up."""
        line = self.left.partition("\n")[0]
        for count in range(min(most, len(line.split())), 0, -1):
            head = re.match(rf"\S+(?:\s+\S+){{{count - 1}}}", line)
            value = meaning(" ".join(head[0].split())) if head else None
            if head and value is not None:
                self.left = self.left[head.end() :].lstrip()
                return value
        return None

    def refused(self, key: str, parameter: Parameter, **values: object) -> Refused:
        """The refusal in the words of `key`, with what was asked for and how it is written."""
        named = self.call.desk.texts.render(f"parameter.{parameter.name}", self.call.reader)
        usage = self.call.usage(self.line.command, self.about)
        return Refused(key, **{"parameter": named, "usage": usage, **values})
