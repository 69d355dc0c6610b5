"""What one mail says, once its bytes are read."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.message import Failure, Nature, Upload


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail as the desk understands it; every text is free of NUL and of lone surrogates.

    Addresses keep the case of their local part, the domain is in lower case. Message-IDs stand in
    angle brackets without white space. `text` is a subsequence of the lines of `full_text`.
    """

    identity: str  # Message-ID and hash of the content, or the hash alone
    from_address: str = ""
    from_name: str = ""
    vouchable: bool = False  # From named exactly this address: an authentication result may count
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    reply_to: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()  # (name, address): who reads it beside sender and desk
    subject: str = ""  # one line
    date: datetime | None = None  # aware, UTC
    came_at: datetime | None = None  # when the last server took it in
    text: str = ""  # newly written, without the quoted history and the signature
    full_text: str = ""
    markup: str = ""  # the HTML as it came; show it only through `hypertext.clean`
    attachments: tuple[Upload, ...] = ()
    message_id: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()  # oldest first
    text_to_desk: str = ""  # `text` if it answers a letter of ours: without what the desk said
    kind: Nature = Nature.MESSAGE
    loop_id: str = ""  # which desk's words they are, as the loop header says
    loop_claimed: bool = False  # nothing but that header makes it a loop
    failure: Failure | None = None  # of a bounce
    forwarded: tuple[str, str] | None = None  # (name, address) of who wrote what is passed on
    authentication_results: tuple[str, ...] = ()  # topmost first
    list_id: str = ""
    delivered_to: tuple[str, ...] = ()
    language: str = ""  # "es", as the writer's program claims
    remarks: tuple[str, ...] = ()  # "unreadable", "truncated", "encrypted"…
