"""Finds who wrote a mail, also where a mailing list or a web form put its own address in From."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from adapters.email.addresses import addresses, bare, plain
from adapters.email.automatic import LOOP_HEADER, OWN_ID, takes_no_answers
from adapters.email.headers import Headers

_LONGEST_NAME = 200  # characters
_ORIGINALS = ("x-original-from", "x-original-sender", "reply-to")
_VIA = (" via ", " vía ", " über ", " tramite ", " por meio de ", " par l'intermédiaire de ")


@dataclass(frozen=True, slots=True)
class Sender:
    """`vouchable`: From named this address and no other, so the mail's seals speak of it."""

    name: str
    address: str
    vouchable: bool


def sender(headers: Headers, own: Collection[str]) -> Sender:
    """Who wrote it; `own` are the desk's own addresses as `plain` leaves them.

    From is believed, unless it is one of ours or the list's: then the first stranger counts whom
    the list says to have written, or who asks for the answer. Where From takes no answers, as a
    web form's does, the only one who asks for them wrote it.
    """
    fields = headers.every("from")
    pairs = addresses(fields[0]) if fields else ()
    if not pairs:
        return Sender("", "", vouchable=False)
    name, address = pairs[0]
    borrowed = {*own, *_groups(headers)}
    if plain(address) in borrowed and not _ours(headers):
        for other_name, other in _originals(headers):
            if plain(other) not in borrowed:
                said = other_name or _without_list(name)
                return Sender(said[:_LONGEST_NAME], other, vouchable=False)
    if takes_no_answers(address) and not _ours(headers):
        asking = _only_one_asking(headers)
        if asking is not None and plain(asking[1]) not in borrowed:
            return Sender(asking[0][:_LONGEST_NAME], asking[1], vouchable=False)
    return Sender(name[:_LONGEST_NAME], address, vouchable=len(fields) == len(pairs) == 1)


def _ours(headers: Headers) -> bool:
    """What we sent ourselves is a loop, whomever it asks to answer to."""
    return LOOP_HEADER in headers or OWN_ID in headers.raw("message-id")


def _groups(headers: Headers) -> Iterator[str]:
    """The addresses of the lists that the mail came by."""
    for name in ("list-post", "x-beenthere", "mailing-list"):
        said = headers.raw(name).partition(";")[0].removeprefix("list ")
        yield from (plain(address) for address in bare(said))
    list_id = headers.raw("list-id").rpartition("<")[2].strip("> ")
    if "." in list_id:
        yield plain(list_id.replace(".", "@", 1))


def _originals(headers: Headers) -> Iterator[tuple[str, str]]:
    for name in _ORIGINALS:
        yield from addresses(headers.raw(name))


def _only_one_asking(headers: Headers) -> tuple[str, str] | None:
    """Name and address of who asks for the answer; None for nobody and for several."""
    pairs = [pair for value in headers.every("reply-to") for pair in addresses(value)]
    return pairs[0] if len({plain(address) for _, address in pairs}) == 1 else None


def _without_list(name: str) -> str:
    """The name in "'Ana López' via Support"."""
    for via in _VIA:
        if via in name:
            return name.partition(via)[0].strip("'\" ")
    return ""
