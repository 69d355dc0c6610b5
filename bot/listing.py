"""How the desk is listed among a chat's apps and commands: short texts, in the desk's language."""

from collections.abc import Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.text import Reader, Texts

_NEVER = datetime.min.replace(tzinfo=UTC)  # none of these texts tells a moment


def listing(texts: Texts, desk: str, wanted: Mapping[str, int]) -> dict[str, str]:
    """The desk's name and the `app` texts that are wanted, with at most so many characters."""
    reader = Reader(texts.default, ZoneInfo("UTC"), _NEVER)
    said = {
        name: desk if name == "name" else texts.render(f"app.{name}", reader) for name in wanted
    }
    return {name: words[: wanted[name]].strip() for name, words in said.items()}
