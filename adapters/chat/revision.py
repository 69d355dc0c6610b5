"""What chats' decoders do alike with words: with those that change, and with unfit characters."""

import re
from dataclasses import replace

from bot.model.message import Inbound

_UNFIT = re.compile("[\x00\ud800-\udfff]")


def said_anew(edited: Inbound, said: Inbound | None) -> Inbound:
    """An edit, with to whom it is said as if it had been `said` so from the first."""
    if said is None or said.overheard:
        return replace(edited, overheard=True)
    return replace(
        edited,
        known_as=said.external_id,
        overheard=False,
        asked=said.asked,
        offer=said.offer,
        interactive=said.interactive,
    )


def fit(text: str) -> str:
    """The text without what no book keeps: halves of characters, and NUL."""
    return text if text.isascii() and "\x00" not in text else _UNFIT.sub("", text)
