"""Fetches the files that came with a message, and gives the token to nobody but Slack."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from urllib.parse import urljoin

import aiohttp

from adapters.slack.decode_fields import table, word
from adapters.slack.web_api import SlackSaysNo, SlackUnreached, WebApi
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
    """Files by the descriptions that messages carry."""

    def __init__(self, api: WebApi) -> None:
        self._api = api
        self._gate = asyncio.Semaphore(_AT_ONCE)

    async def fetched(
        self, files: Sequence[Mapping[str, object]]
    ) -> tuple[tuple[Upload, ...], tuple[str, ...]]:
        """The files themselves, and the remark on those that couldn't be had.

        What Slack doesn't hand out, or only in part, must not keep the message from coming in.
        """
        if not files:
            return (), ()
        found = await asyncio.gather(*(self._fetched(each) for each in files))
        kept = tuple(each for each in found if each is not None)
        return kept, () if len(kept) == len(files) else (NOT_KEPT,)

    async def _fetched(self, file: Mapping[str, object]) -> Upload | None:
        try:
            async with self._gate:
                return await self._whole(file)
        except _NotHad as error:
            log.warning("slack: a file isn't kept (%s): %s", word(file, "id"), error)
            return None

    async def _whole(self, file: Mapping[str, object]) -> Upload:
        if word(file, "file_access") == "check_file_info":  # shared by another workspace
            file = await self._described(word(file, "id"))
        address = word(file, "url_private_download") or word(file, "url_private")
        size = file.get("size")
        if isinstance(size, int) and size > MOST_BYTES:
            raise _NotHad(f"it has {size} bytes")
        if not address or word(file, "mode") in ("external", "tombstone", "hidden_by_limit"):
            raise _NotHad(f"Slack doesn't hold it ({word(file, 'mode') or 'no address'})")
        if not self._api.owns(address):
            raise _NotHad("it lies elsewhere than with Slack, and our token goes nowhere else")
        try:
            content = await self._content(address, file)
        except (aiohttp.ClientError, OSError):
            await asyncio.sleep(_AGAIN)
            try:
                content = await self._content(address, file)
            except (aiohttp.ClientError, OSError) as error:
                raise _NotHad(str(error) or type(error).__name__) from error
        name = word(file, "name") or word(file, "title") or word(file, "id")
        return Upload(name, word(file, "mimetype") or "application/octet-stream", content)

    async def _described(self, file: str) -> Mapping[str, object]:
        try:
            return table(await self._api.look("files.info", file=file), "file")
        except (SlackSaysNo, SlackUnreached) as error:
            raise _NotHad(str(error)) from error

    async def _content(self, address: str, file: Mapping[str, object]) -> bytes:
        session, proxy = await self._api.session(), await self._api.proxy()
        bearer = {"Authorization": f"Bearer {await self._api.bot_token()}"}
        for _ in range(3):
            async with session.get(
                address, headers=bearer, proxy=proxy, allow_redirects=False, timeout=_PATIENCE
            ) as answer:
                if answer.status == _OK:
                    return await _read(answer, file)
                moved = urljoin(address, answer.headers.get("Location", ""))
                if answer.status // 100 != 3 or not self._api.owns(moved):  # noqa: PLR2004 - HTTP's class
                    raise _NotHad(f"Slack answers {answer.status}")
                address = moved
        raise _NotHad("Slack sends us from one place to another")


class _NotHad(Exception):  # noqa: N818 - it reads as what happened
    """A file can't be fetched."""


async def _read(answer: aiohttp.ClientResponse, file: Mapping[str, object]) -> bytes:
    content = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK):
        content += chunk
        if len(content) > MOST_BYTES:
            raise _NotHad(f"it has over {MOST_BYTES} bytes")
    page = answer.content_type == "text/html"
    if page and (word(file, "mimetype") != "text/html" or file.get("size") != len(content)):
        # In place of the file a page to sign in comes, as if all were well.
        raise _NotHad("Slack shows its sign-in page: the app lacks files:read")
    return bytes(content)
