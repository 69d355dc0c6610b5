"""Brings a message's files behind its words, in messages of their own.

A message of components shows no attachment that they don't name, and what a name becomes is for
Discord to say; so files come as plain attachments, of which pictures are seen at once.
"""

import re
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence

from adapters.discord.send_failure import is_final
from adapters.discord.send_mark import once
from adapters.discord.web_api import DiscordSaysNo, Json
from bot.model.message import Outbound, Upload

_MOST_FILES = 10  # of a message
_MOST_BYTES = 10 * 1024 * 1024  # that go together; a larger file goes alone, and may be refused
_ALTERED = re.compile("[^A-Za-z0-9]+")

_Numbered = tuple[int, Upload]


class FilesStay(Exception):  # noqa: N818 - it reads as what happened
    """Discord will never take the files of these names; any others are there."""

    def __init__(self, refusal: Exception, names: Sequence[str]) -> None:
        super().__init__(str(refusal))
        self.names = tuple(names)


Put = Callable[[Json, Sequence[Upload]], Awaitable[Json]]
"""Posts a body with its files; what Discord tells of the message."""


async def share(own: AsyncIterator[Json], message: Outbound, put: Put) -> str:
    """Post the files that aren't there yet; the id of the first message with some of them.

    `own` is what the desk said there since the message was written. Raises what `put` raises, or
    `FilesStay` if it is no use, for some of them or all.
    """
    first, missing = await _missing(own, message)
    refused: list[str] = []
    refusal: DiscordSaysNo | None = None
    for batch in _batches(missing):
        try:
            mark = once(message.row, f".f{batch[0][0]}")
            said = await put(mark, [upload for _, upload in batch])
            first = first or str(said["id"])
        except DiscordSaysNo as error:
            if not is_final(error):
                raise
            refused += [upload.name for _, upload in batch]
            refusal = error
    if refusal:
        raise FilesStay(refusal, refused) from refusal
    return first


async def _missing(own: AsyncIterator[Json], message: Outbound) -> tuple[str, list[_Numbered]]:
    """The first message that has some already, and the files that none has."""
    files = list(enumerate(message.uploads))
    if not message.again:
        return "", files
    first = ""
    there: Counter[tuple[str, object]] = Counter()
    async for item in own:
        if item["attachments"] and not item["components"]:
            first = str(item["id"]) if not first else min(first, str(item["id"]), key=int)
            there.update((shape(each["filename"]), each["size"]) for each in item["attachments"])
    missing = []
    for number, upload in files:
        known = shape(upload.name), upload.size
        if there[known]:
            there[known] -= 1
        else:
            missing.append((number, upload))
    return ("" if len(missing) == len(files) else first), missing


def _batches(files: Sequence[_Numbered]) -> Iterator[list[_Numbered]]:
    """Files in runs that one message takes."""
    batch: list[_Numbered] = []
    for each in files:
        size = sum(upload.size for _, upload in (*batch, each))
        if batch and (size > _MOST_BYTES or len(batch) == _MOST_FILES):
            yield batch
            batch = []
        batch.append(each)
    if batch:
        yield batch


def shape(name: str) -> str:
    """What Discord leaves of a file's name, however it alters the rest."""
    return _ALTERED.sub("", name)
