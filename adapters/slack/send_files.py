"""Brings a message's files into its thread: announced, uploaded, and shared in the last step."""

from collections import Counter
from collections.abc import Sequence

import aiohttp

from adapters.slack.decode import files_in
from adapters.slack.decode_fields import word
from adapters.slack.send_failure import is_final
from adapters.slack.send_lookup import own_since
from adapters.slack.web_api import SlackSaysNo, SlackUnreached
from adapters.slack.workspace import Workspace
from bot.model.message import Outbound, Upload

_OK = 200
_LONGEST_TOLD = 1000  # characters of what is read out in place of a picture
_UPLOAD = "the upload of a file"
_PATIENCE = aiohttp.ClientTimeout(total=300, sock_connect=10, sock_read=60)  # seconds


class FilesStay(Exception):  # noqa: N818 - it reads as what happened
    """Slack will never take the files of these names; any others are shared."""

    def __init__(self, refusal: Exception, names: Sequence[str]) -> None:
        super().__init__(str(refusal))
        self.names = tuple(names)


async def share(workspace: Workspace, message: Outbound, room: str, thread: str) -> None:
    """Share the files that aren't there yet; SlackSaysNo or SlackUnreached if that fails.

    Until the last step nobody sees anything of it, so what breaks off before may begin anew.
    `FilesStay` if that is no use, for some of them or all.
    """
    files, refused, refusal = [], [], None
    for each in await _missing(workspace, message, room, thread):
        try:
            files.append({"id": await _uploaded(workspace, each), "title": each.name})
        except SlackSaysNo as error:
            if not is_final(error):
                raise
            refused.append(each.name)
            refusal = error
    if files:
        try:
            await workspace.api.call(
                "files.completeUploadExternal", files=files, channel_id=room, thread_ts=thread
            )
        except SlackSaysNo as error:
            if not is_final(error):
                raise
            refused += [each["title"] for each in files]
            refusal = error
    if refusal:
        raise FilesStay(refusal, refused) from refusal


async def _missing(workspace: Workspace, message: Outbound, room: str, thread: str) -> list[Upload]:
    if not message.again:
        return list(message.uploads)
    there: Counter[tuple[str, object]] = Counter()
    async for item in own_since(workspace, message, room, thread):
        there.update((word(each, "name"), each.get("size")) for each in files_in(item))
    missing = []
    for upload in message.uploads:
        if there[upload.name, upload.size]:
            there[upload.name, upload.size] -= 1
        else:
            missing.append(upload)
    return missing


async def _uploaded(workspace: Workspace, upload: Upload) -> str:
    """The id of a file whose content Slack has."""
    api = workspace.api
    told = {"alt_txt": upload.told[:_LONGEST_TOLD]} if upload.told else {}
    announced = await api.submit(
        "files.getUploadURLExternal", filename=upload.name, length=upload.size, **told
    )
    session, proxy = await api.session(), await api.proxy()
    try:
        async with session.post(
            str(announced["upload_url"]), data=upload.content, proxy=proxy, timeout=_PATIENCE
        ) as answer:
            if answer.status != _OK:
                raise SlackSaysNo(_UPLOAD, "", status=answer.status)
    except (aiohttp.ClientError, OSError) as error:
        raise SlackUnreached(_UPLOAD, error, asked=False) from error
    return str(announced["file_id"])
