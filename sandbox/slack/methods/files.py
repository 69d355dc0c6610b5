"""The files methods: the three steps of an upload, and what is known of a file."""

import asyncio
import re

from sandbox.slack.call import Call
from sandbox.slack.channel import Channel
from sandbox.slack.file import File
from sandbox.slack.refusal import Refused, Wire, faulty

_SHARING = 0.01  # seconds until the message with an uploaded file appears
_CHANNEL_ID = re.compile(r"[CGDZ][A-Z0-9]{8,}")


def get_upload_url(call: Call) -> Wire:
    """Announce a file; its bytes are to be posted to the address that comes back."""
    name = call.needed("filename")
    length = call.number("length", 0, 1_000_000_000)
    if not length:
        call.needed("length")
    workspace = call.workspace
    file = File(
        workspace.fresh("F"),
        name,
        workspace.bot.id,
        workspace.team_id,
        int(workspace.now()),
        alt_text=call.text("alt_txt"),
    )
    workspace.files[file.id] = file
    return {"upload_url": f"{workspace.url}/upload/v1/{file.id}", "file_id": file.id}


def complete_upload(call: Call) -> Wire:
    """Finish uploads; the message that shares them follows a moment later."""
    asked = call.structure("files", "invalid_arguments")
    if not isinstance(asked, list) or not asked:
        raise Refused("invalid_arguments")
    files = [_uploaded(call, each) for each in asked]
    targets = [_target(call, each) for each in _places(call)]
    thread = call.text("thread_ts")
    if thread and len(targets) != 1:
        raise Refused("invalid_arguments")
    for file, each in zip(files, asked, strict=True):
        file.title = each.get("title") or file.name
    for channel in targets:
        # Slack answers before the message stands: the call tells nothing of it.
        loop = asyncio.get_running_loop()
        loop.call_later(_SHARING, _share, call, channel, files, thread)
    return {"files": [_finished(call, file) for file in files]}


def info(call: Call) -> Wire:
    """Tell of one file."""
    file = call.workspace.files.get(call.text("file"))
    if file is None or not file.uploaded:
        raise Refused("file_not_found")
    return {"file": file.wire(call.workspace.url) | {"channels": file.channels}, "comments": []}


def delete(call: Call) -> Wire:
    """Delete a file of the bot's own."""
    file = call.workspace.files.get(call.text("file"))
    if file is None:
        raise Refused("file_not_found")
    if file.user != call.workspace.bot.id:
        raise Refused("cant_delete_file")
    del call.workspace.files[file.id]
    return {}


def _uploaded(call: Call, asked: object) -> File:
    id_ = asked.get("id") if isinstance(asked, dict) else None
    file = call.workspace.files.get(str(id_))
    if file is None or not file.uploaded:
        raise Refused("file_not_found")
    return file


def _places(call: Call) -> list[str]:
    """Return where files are to be shared: `channels` may name people, `channel_id` may not."""
    id_ = call.text("channel_id")
    if id_ and not _CHANNEL_ID.fullmatch(id_):
        pattern = f"input must match regex pattern: ^{_CHANNEL_ID.pattern}$"
        raise faulty("invalid_arguments", [f"{pattern} [json-pointer:/channel_id]"])
    return call.many("channels") or call.many("channel_id")


def _target(call: Call, id_: str) -> Channel:
    workspace = call.workspace
    if id_ in workspace.users:
        return workspace.direct(id_)
    channel = workspace.seen(id_)
    if workspace.bot.id not in channel.members:
        raise Refused("not_in_channel")
    if call.text("thread_ts"):
        channel.post_at(call.text("thread_ts"), "thread_not_found")
    return channel


def _share(call: Call, channel: Channel, files: list[File], thread: str) -> None:
    posting = call.posting
    wire = posting.by_bot(channel, {"text": call.text("initial_comment")})
    wire |= posting.with_files(channel, files)
    if thread and channel.at(thread):
        posting.join_thread(channel, wire, thread, broadcast=False)
    posting.told(posting.publish(channel, wire))
    for file in files:
        posting.news.shared_file(file.id, file.user, channel)


def _finished(call: Call, file: File) -> Wire:
    return file.wire(call.workspace.url)
