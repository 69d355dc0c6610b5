"""Whom a payload names, which files it brings, and what its words are."""

import re
from collections.abc import Iterator, Mapping

from adapters.chat.revision import fit
from adapters.slack.decode_fields import table, tables, word
from adapters.slack.decode_scene import Scene
from adapters.slack.mrkdwn import plain
from adapters.slack.mrkdwn_rich import of_rich, shared
from bot.model.message import Speaker

# Slack's own: its assistant, and whoever's words an administrator took away. None has a profile.
NOBODY = frozenset({"", "USLACKBOT", "UREVOKEDU"})

_MENTION = re.compile(r"<@([UW][A-Z0-9]{1,20})(?:\|[^<>]*)?>")
_MEMBER = re.compile("[UW][A-Z0-9]{2,20}")
_AFTER_CALL = " \t\r\n,:;\u00a0"
_BEFORE_CALL = " \t\r\n,\u00a0"
_DEEPEST = 8  # lists in quotes in lists: Slack nests no deeper


def people_in(payload: Mapping[str, object]) -> set[str]:
    """The ids of all users whose profiles `decode` asks for, in an event or a body."""
    # What was pressed stands in a message too, but nobody reads that one again.
    inner = () if "actions" in payload else ("message", "previous_message")
    spoken = [payload, *(table(payload, key) for key in inner)]
    found = {_author(each) for each in spoken} | {word(payload, "user_id")}
    found.add(word(payload, "user", "id"))
    for each in spoken:
        found.update(_mentions(each))
        for attachment in tables(each, "attachments"):
            found.update(_handed_on(attachment))
    found.update(_picked(payload))
    return found - NOBODY


def files_in(event: Mapping[str, object]) -> tuple[Mapping[str, object], ...]:
    """The files that came with a message, as Slack describes them."""
    return tuple(tables(event, "files"))


def words(message: Mapping[str, object], scene: Scene) -> str:
    """What a message says, as people read it; what it hands on from elsewhere comes last."""
    text = word(message, "text")
    if text.strip():
        own = plain(_without_call(text, scene.bot_user), scene.name)
    else:
        own = of_rich(message.get("blocks"), scene.name)
    handed_on = shared(message, scene.name)
    return fit("\n\n".join(filter(None, (own.strip(), handed_on.strip()))))


def is_called(message: Mapping[str, object], scene: Scene) -> bool:
    """Whether a message names the app."""
    return bool(scene.bot_user) and scene.bot_user in _mentions(message)


def mentioned(message: Mapping[str, object], scene: Scene) -> tuple[Speaker, ...]:
    """The people whom the text names, each once, without the app itself."""
    named = dict.fromkeys(_mentions(message))
    return tuple(scene.speaker(each) for each in named if each != scene.bot_user)


def picked(body: Mapping[str, object], scene: Scene) -> tuple[Speaker, ...]:
    """The people of the workspace who were picked in a form that was sent off."""
    found = (scene.speaker(each) for each in dict.fromkeys(_picked(body)))
    return tuple(each for each in found if each.name)  # what was typed may look like an ID


def is_own(message: Mapping[str, object], scene: Scene) -> bool:
    """Whether the app itself wrote it."""
    pairs = (
        (word(message, "user"), scene.bot_user),
        (word(message, "bot_id"), scene.bot_id),
        (word(message, "app_id"), scene.app_id),
    )
    return any(theirs and theirs == ours for theirs, ours in pairs)


def is_program(message: Mapping[str, object]) -> bool:
    """Whether another app wrote it."""
    return bool(word(message, "bot_id")) or word(message, "subtype") == "bot_message"


def program(message: Mapping[str, object]) -> Speaker:
    """The app that wrote a message: there is no way back to it."""
    names = (word(message, "username"), word(message, "bot_profile", "name"))
    own_id = word(message, "bot_id") or word(message, "user")
    return Speaker(own_id, name=next(filter(None, names), ""), answerable=False)


def _author(message: Mapping[str, object]) -> str:
    return word(message, "user")


def _mentions(message: Mapping[str, object]) -> list[str]:
    if text := word(message, "text"):
        found = _MENTION.findall(text)
    else:
        found = [user for each in tables(message, "blocks") for user in _in_rich(each, _DEEPEST)]
    for each in tables(message, "attachments"):
        found += _MENTION.findall(word(each, "text"))
    return found


def _handed_on(attachment: Mapping[str, object]) -> Iterator[str]:
    """Who is named in a message that was handed on, and who wrote it."""
    yield word(attachment, "author_id")
    inner = (table(each, "message") for each in tables(attachment, "message_blocks"))
    for message in (attachment, *inner):
        for block in tables(message, "blocks"):
            yield from _in_rich(block, _DEEPEST)


def _in_rich(part: Mapping[str, object], depth: int) -> Iterator[str]:
    if word(part, "type") == "user":
        yield word(part, "user_id")
    for each in tables(part, "elements") if depth else ():
        yield from _in_rich(each, depth - 1)


def _without_call(text: str, bot: str) -> str:
    """Take the app's name from either end, where it only says to whom the words are."""
    if not bot or f"<@{bot}" not in text:
        return text
    call = re.compile(rf"<@{re.escape(bot)}(?:\|[^<>]*)?>")
    text = text.lstrip()
    while found := call.match(text):
        text = text[found.end() :].lstrip(_AFTER_CALL)
    text = text.rstrip()
    while call.fullmatch(text, max(text.rfind("<@"), 0)):
        text = text[: text.rfind("<@")].rstrip(_BEFORE_CALL)
    return text


def _picked(body: Mapping[str, object]) -> Iterator[str]:
    """The ids that were picked in a form."""
    for block in table(body, "view", "state", "values").values():
        for state in table(block).values():
            value = word(state, "selected_option", "value") or word(state, "selected_user")
            if _MEMBER.fullmatch(value):
                yield value
