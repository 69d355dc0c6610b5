"""Whom a message mentions: what its text says, less what its allowed_mentions leave out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sandbox.discord.guild import Guild
from sandbox.discord.permission import Permission
from sandbox.discord.refusal import Wire
from sandbox.discord.user import User

_USER = re.compile(r"<@!?(\d{1,19})>")
_ROLE = re.compile(r"<@&(\d{1,19})>")
_ALL = re.compile(r"@(everyone|here)\b")
_TEXT_DISPLAY = 10


@dataclass(slots=True)
class Mentions:
    """The ids that are mentioned."""

    users: list[int] = field(default_factory=list)
    roles: list[int] = field(default_factory=list)
    everyone: bool = False


def mentioned(text: str, allowed: Wire | None, replied_to: int | None = None) -> Mentions:
    """Return whom a text mentions, and whom it answers; `allowed` None leaves nothing out."""
    users, roles = _ids(_USER, text), _ids(_ROLE, text)
    if not _lets(allowed, "users"):
        users = _chosen(users, allowed, "users")
    if not _lets(allowed, "roles"):
        roles = _chosen(roles, allowed, "roles")
    answers = allowed is None or bool(allowed.get("replied_user"))
    if replied_to is not None and answers and replied_to not in users:
        users.append(replied_to)
    everyone = _lets(allowed, "everyone") and bool(_ALL.search(text))
    return Mentions(users, roles, everyone)


def effective(found: Mentions, guild: Guild | None, rights: Permission) -> Mentions:
    """Return what of the mentions counts, by the rights of whoever writes them."""
    if guild is None:
        return Mentions(found.users, [], everyone=False)
    loud = Permission.MENTION_EVERYONE in rights
    roles = [each for each in found.roles if each in guild.roles and each != guild.id]
    heard = [each for each in roles if loud or guild.roles[each].mentionable]
    return Mentions(found.users, heard, everyone=found.everyone and loud)


def accounts(ids: Iterable[int], users: dict[int, User]) -> list[User]:
    """Return the accounts of ids; what is no account mentions nobody."""
    return [users[each] for each in ids if each in users]


def text_of(content: str, components: list[Wire]) -> str:
    """Return what of a message may mention somebody: its text, and its text displays."""
    return "\n".join([content, *_displays(components)])


def _displays(node: Any) -> list[str]:
    if isinstance(node, list):
        return [text for each in node for text in _displays(each)]
    if not isinstance(node, dict):
        return []
    own = [str(node.get("content", ""))] if node.get("type") == _TEXT_DISPLAY else []
    return own + [text for each in node.values() for text in _displays(each)]


def _ids(pattern: re.Pattern[str], text: str) -> list[int]:
    return list(dict.fromkeys(int(each) for each in pattern.findall(text)))


def _lets(allowed: Wire | None, kind: str) -> bool:
    return allowed is None or kind in (allowed.get("parse") or ())


def _chosen(ids: list[int], allowed: Wire | None, kind: str) -> list[int]:
    chosen = {str(each) for each in (allowed or {}).get(kind) or ()}
    return [each for each in ids if str(each) in chosen]
