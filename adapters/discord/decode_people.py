"""Whom a post names, whether it calls the desk, and what its words are as people read them."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from adapters.chat.revision import fit
from adapters.discord.decode_scene import Scene
from adapters.discord.post import Attached, Person, Post, Typed
from bot.model.message import Speaker

_USER = re.compile(r"<@!?(\d{1,20})>")
_MARK = re.compile(
    r"<(?:@!?(?P<user>\d{1,20})|@&(?P<role>\d{1,20})|#(?P<channel>\d{1,20})"
    r"|a?(?P<emoji>:\w{1,32}:)\d{1,20}|t:(?P<moment>-?\d{1,13})(?::[A-Za-z])?"
    r"|(?P<command>/[^<>:]{1,100}):\d{1,20}|(?P<link>https?://[^\s<>]+))>"
)
_AFTER_CALL = " \t\r\n,:;\u00a0"
_BEFORE_CALL = " \t\r\n,\u00a0"


def words(said: Post | Typed, scene: Scene) -> str:
    """What is said, as people read it; what it hands on from elsewhere comes last."""
    own = _plain(_without_call(said.text, scene), said).strip()
    if isinstance(said, Typed):
        return fit(own)
    if not own and said.stickers:
        own = " ".join(f":{each}:" for each in said.stickers)
    handed_on = (_quoted(_plain(each.text, said).strip()) for each in said.forwarded)
    return fit("\n\n".join(filter(None, (own, *handed_on))))


def files_in(post: Post) -> tuple[Attached, ...]:
    """The files that came with a message, and with what it hands on."""
    return post.files + tuple(file for each in post.forwarded for file in each.files)


def is_called(post: Post, scene: Scene) -> bool:
    """Whether a message names the bot, or the role that is the bot's own."""
    found = _call(scene)
    return found is not None and found.search(post.text) is not None


def mentioned(said: Post | Typed, scene: Scene) -> tuple[Speaker, ...]:
    """The people whom the text names, each once, without the bot itself."""
    known = {each.id: each for each in said.people}
    named = dict.fromkeys(_USER.findall(said.text))
    people = (known.get(each, Person(each)) for each in named if each != scene.bot_user)
    return tuple(scene.speaker(each) for each in people)


def speakers(people: Iterable[Person], scene: Scene) -> tuple[Speaker, ...]:
    """People who were picked, each once, without the bot itself."""
    each_once = {each.id: each for each in people if each.id != scene.bot_user}
    return tuple(scene.speaker(each) for each in each_once.values())


def _call(scene: Scene) -> re.Pattern[str] | None:
    """What names the desk; None where it isn't known who the bot is."""
    own = [f"!?{re.escape(scene.bot_user)}"] if scene.bot_user else []
    own += [f"&{re.escape(each)}" for each in sorted(scene.bot_roles)]
    return re.compile(f"<@(?:{'|'.join(own)})>") if own else None


def _without_call(text: str, scene: Scene) -> str:
    """Take the bot's name from either end, where it only says to whom the words are."""
    call = _call(scene)
    if call is None or not call.search(text):
        return text
    text = text.lstrip()
    while found := call.match(text):
        text = text[found.end() :].lstrip(_AFTER_CALL)
    text = text.rstrip()
    while call.fullmatch(text, max(text.rfind("<@"), 0)):
        text = text[: text.rfind("<@")].rstrip(_BEFORE_CALL)
    return text


def _plain(text: str, said: Post | Typed) -> str:
    """Discord's marks as people see them: "@Ana Ruiz" for "<@123>"."""
    people = {each.id: each.name for each in said.people}
    roles, channels = dict(said.roles), dict(said.channels)

    def shown(mark: re.Match[str]) -> str:
        return _shown(mark, people, roles, channels)

    return _MARK.sub(shown, text)


def _shown(
    mark: re.Match[str],
    people: Mapping[str, str],
    roles: Mapping[str, str],
    channels: Mapping[str, str],
) -> str:
    what = mark[mark.lastgroup or 0]
    match mark.lastgroup:
        case "user":
            return f"@{people.get(what) or what}"
        case "role":
            return f"@{roles.get(what) or what}"
        case "channel":
            return f"#{channels.get(what) or what}"
        case "moment":
            return _moment(int(what)) or mark[0]
    return what


def _moment(seconds: int) -> str:
    """A time stamp, which each reader sees in their own zone."""
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d %H:%M} UTC"
    except (ValueError, OverflowError, OSError):
        return ""


def _quoted(text: str) -> str:
    return "\n".join(f"> {each}" for each in text.splitlines())
