"""A message as the desk heard it: secrets hidden, files put away, ready for a transaction."""

from dataclasses import dataclass, replace

from bot.library import Found
from bot.model.attachment import Attachment
from bot.model.message import Inbound, Upload
from bot.model.secret import Secret, mask
from bot.model.secret_name import Naming
from bot.model.stamp import unstamped
from bot.store import Files

MOST_FILES = 50
LARGEST_FILE = 25 * 1024 * 1024  # bytes
LONGEST_TEXT = 200_000  # characters kept of one message; the bytes are kept whole


@dataclass(frozen=True, slots=True)
class Heard:
    """An inbound message whose words may be kept and shown."""

    inbound: Inbound
    attachments: tuple[Attachment, ...] = ()
    remarks: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()  # kinds of what was hidden
    found: tuple[Found, ...] = ()  # articles that may answer it, where it asks


def hear(inbound: Inbound, files: Files, naming: Naming, key: bytes) -> Heard:
    """Hide secrets and put the files on disk, durably: the transaction that follows names them."""
    subject, in_subject = _hidden(inbound.subject, naming, key)
    text, in_text = _hidden(inbound.text[:LONGEST_TEXT], naming, key)
    full_text, in_full = text, in_text
    if inbound.full_text != inbound.text:
        full_text, in_full = _hidden(inbound.full_text[:LONGEST_TEXT], naming, key)
    filled = [(name, _hidden(value, naming, key)) for name, value in inbound.filled]
    in_fields = [secret for _, (_, found) in filled for secret in found]
    found = (*in_subject, *in_text, *in_full, *in_fields)
    kinds = tuple(dict.fromkeys(each.kind for each in found))
    attachments = tuple(_kept(each, files, naming, key) for each in inbound.uploads[:MOST_FILES])
    remarks = [*inbound.remarks, *(f"masked:{kind}" for kind in kinds)]
    if len(inbound.text) > LONGEST_TEXT:
        remarks.append("truncated")
    if len(inbound.uploads) > MOST_FILES or not all(each.kept for each in attachments):
        remarks.append("not_kept")
    speaker = replace(inbound.speaker, name=_hidden(inbound.speaker.name, naming, key)[0])
    clean = replace(
        inbound,
        subject=subject,
        text=text,
        full_text=full_text,
        uploads=(),
        speaker=speaker,
        filled=tuple((name, value) for name, (value, _) in filled),
    )
    return Heard(clean, attachments, tuple(dict.fromkeys(remarks)), kinds)


def _hidden(words: str, naming: Naming, key: bytes) -> tuple[str, tuple[Secret, ...]]:
    """The words without secrets, and without the marks of our own stamps."""
    return mask(unstamped(words), naming, key=key)


def _kept(upload: Upload, files: Files, naming: Naming, key: bytes) -> Attachment:
    fits = upload.size <= LARGEST_FILE
    return Attachment(
        name=_hidden(upload.name, naming, key)[0],
        content_type=upload.content_type,
        size=upload.size,
        digest=files.keep(upload.content) if fits else "",
        inline=upload.inline,
        content_id=upload.content_id,
        kept=fits,
    )
