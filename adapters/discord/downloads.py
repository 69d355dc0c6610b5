"""Fetches the files that came with a message, from where Discord hands them out."""

import asyncio
import logging
from collections.abc import Sequence

import aiohttp

from adapters.discord.post import Attached
from bot.model.message import Upload

log = logging.getLogger(__name__)

MOST_BYTES = 25 * 1024 * 1024
NOT_KEPT = "not_kept"  # the remark on a message some of whose files aren't kept
_OK = 200
_CHUNK = 64 * 1024
_AT_ONCE = 3
_PATIENCE = aiohttp.ClientTimeout(total=300, sock_connect=10, sock_read=30)  # seconds
_AGAIN = 0.5  # seconds until a broken download is tried once more


class Downloads:
    """Files by the descriptions that messages carry; their addresses are signed, no token goes."""

    def __init__(self) -> None:
        self._gate = asyncio.Semaphore(_AT_ONCE)
        self._session: aiohttp.ClientSession | None = None

    async def fetched(
        self, files: Sequence[Attached]
    ) -> tuple[tuple[Upload, ...], tuple[str, ...]]:
        """The files themselves, and the remark on those that couldn't be had.

        What Discord doesn't hand out must not keep the message from coming in.
        """
        if not files:
            return (), ()
        found = await asyncio.gather(*(self._fetched(each) for each in files))
        kept = tuple(each for each in found if each is not None)
        return kept, () if len(kept) == len(files) else (NOT_KEPT,)

    async def close(self) -> None:
        """Let go of every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _fetched(self, file: Attached) -> Upload | None:
        try:
            async with self._gate:
                content = await self._whole(file)
        except (_NotHad, aiohttp.ClientError, OSError) as error:
            why = str(error) or type(error).__name__
            log.warning("discord: a file isn't kept (%s): %s", file.id, why)
            return None
        return Upload(file.name, file.content_type or "application/octet-stream", content)

    async def _whole(self, file: Attached) -> bytes:
        if file.size > MOST_BYTES:
            raise _NotHad(f"it has {file.size} bytes")
        try:
            return await self._content(file.url)
        except (aiohttp.ClientError, OSError):
            await asyncio.sleep(_AGAIN)
            return await self._content(file.url)

    async def _content(self, address: str) -> bytes:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=_PATIENCE)
        content = bytearray()
        async with self._session.get(address) as answer:
            if answer.status != _OK:
                raise _NotHad(f"Discord answers {answer.status}")
            async for chunk in answer.content.iter_chunked(_CHUNK):
                content += chunk
                if len(content) > MOST_BYTES:
                    raise _NotHad(f"it has over {MOST_BYTES} bytes")
        return bytes(content)


class _NotHad(Exception):  # noqa: N818 - it reads as what happened
    """A file can't be fetched."""
