"""What a body and its files make of a message: a new one, or what changes of one that stands."""

from collections.abc import Mapping
from typing import Any

from sandbox.discord.attachment import Attachment
from sandbox.discord.call import Upload
from sandbox.discord.components import numbered
from sandbox.discord.content import Before, check_edit, check_new
from sandbox.discord.message import Draft, Flag, Message
from sandbox.discord.refusal import Refused, Wire, faulty
from sandbox.discord.snowflake import parsed
from sandbox.discord.world import World

LARGEST = 10 * 1024 * 1024  # bytes of one file
MOST_FILES = 10
_SENT = (  # the flags that a sender may set
    Flag.SUPPRESS_EMBEDS | Flag.SUPPRESS_NOTIFICATIONS | Flag.VOICE_MESSAGE | Flag.COMPONENTS_V2
)
_EDITED = Flag.SUPPRESS_EMBEDS | Flag.COMPONENTS_V2
_AT = "attachment://"

Files = Mapping[int, Upload]


def drafted(
    world: World,
    channel: int,
    body: Wire,
    files: Files,
    place: str = "",
    *,
    ephemeral: bool = False,
) -> Draft:
    """Return the draft of a new message, or refuse; `place` is where it stands in the body."""
    attached = _attached(world, channel, body, files, [], ephemeral=ephemeral)
    check_new(body, [each.filename for each in attached], place)
    shown = _Shown(world.url, attached)
    return Draft(
        content=_trimmed(body),
        embeds=shown.resolved(body.get("embeds") or []),
        components=shown.resolved(numbered(body.get("components") or [])),
        attachments=attached,
        flags=int(body.get("flags") or 0) & _SENT,
        tts=bool(body.get("tts")),
        nonce=body.get("nonce"),
        allowed=body.get("allowed_mentions"),
        poll=body.get("poll"),
    )


def edits(world: World, message: Message, body: Wire, files: Files, place: str = "") -> Wire:
    """Return the fields of a message's `Draft` that an edit changes, or refuse."""
    draft = message.draft
    hidden = message.ephemeral_to is not None
    attached = _attached(
        world, message.channel_id, body, files, draft.attachments, ephemeral=hidden
    )
    before = Before(draft.flags, draft.content, draft.embeds, draft.components)
    check_edit(body, before, [each.filename for each in attached], place)
    shown = _Shown(world.url, attached)
    found: Wire = {}
    if "content" in body:
        found["content"] = _trimmed(body)
    if "embeds" in body:
        found["embeds"] = shown.resolved(body["embeds"] or [])
    if "components" in body:
        found["components"] = shown.resolved(numbered(body["components"] or []))
    if files or body.get("attachments") is not None:
        found["attachments"] = attached
    if body.get("flags") is not None:
        found["flags"] = draft.flags & ~_EDITED | (int(body["flags"]) & _EDITED)
    if found.keys() & {"content", "components"}:
        found["allowed"] = body.get("allowed_mentions")
    return found


def _trimmed(body: Wire) -> str:
    """Return the text without the blanks around it, which Discord doesn't keep."""
    return str(body.get("content") or "").strip()


def _attached(
    world: World,
    channel: int,
    body: Wire,
    files: Files,
    standing: list[Attachment],
    *,
    ephemeral: bool,
) -> list[Attachment]:
    """Return the files that the message then has: those kept, and those that came along."""
    listed = body.get("attachments")
    kept = list(standing)
    told: dict[int, Wire] = {}
    if listed is not None:
        kept, told = _listed(listed, files, standing)
    for upload in files.values():
        if len(upload.content) > LARGEST:
            raise Refused(413, 40005, "Request entity too large")
    new = [
        Attachment(
            world.mint.fresh(),
            channel,
            str(told.get(number, {}).get("filename") or upload.name),
            upload.content,
            upload.kind,
            told.get(number, {}).get("description"),
            ephemeral=ephemeral,
        )
        for number, upload in sorted(files.items())
    ]
    if len(kept) + len(new) > MOST_FILES:
        words = f"Must be {MOST_FILES} or fewer in length."
        raise faulty("attachments", "BASE_TYPE_MAX_LENGTH", words)
    return kept + new


def _listed(
    listed: Any, files: Files, standing: list[Attachment]
) -> tuple[list[Attachment], dict[int, Wire]]:
    if not isinstance(listed, list):
        raise faulty("attachments", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
    known = {each.id: each for each in standing}
    kept: list[Attachment] = []
    told: dict[int, Wire] = {}
    for place, each in enumerate(listed):
        id_ = parsed(each.get("id")) if isinstance(each, dict) else None
        if id_ is not None and id_ in known:
            kept.append(known[id_])
        elif id_ is not None and id_ in files:
            told[id_] = each
        else:
            words = "There is no attachment with this id."
            raise faulty(f"attachments.{place}.id", "ATTACHMENT_NOT_FOUND", words)
    return kept, told


class _Shown:
    """The addresses of files that embeds and components name with `attachment://`."""

    def __init__(self, url: str, attached: list[Attachment]) -> None:
        self._known = {each.filename: each.payload(url) for each in attached}

    def resolved(self, node: Any) -> Any:
        """Return a copy that names each file by its address."""
        if isinstance(node, list):
            return [self.resolved(each) for each in node]
        if not isinstance(node, dict):
            return node
        found = {key: self.resolved(value) for key, value in node.items()}
        named = str(found.get("url", ""))
        if named.startswith(_AT) and named.removeprefix(_AT) in self._known:
            return found | self._media(self._known[named.removeprefix(_AT)])
        return found

    def _media(self, file: Wire) -> Wire:
        media = {key: file[key] for key in ("url", "proxy_url")}
        sizes = {key: file[key] for key in ("width", "height", "content_type") if key in file}
        return media | sizes | {"attachment_id": file["id"]}
