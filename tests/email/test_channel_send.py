"""What leaves by the email door, and what `check` tells the operator."""

import re
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from mail_door import (
    ADA,
    HELP,
    SALES,
    Desk,
    Notebook,
    door,
    listening,
    mail,
    mailbox,
)
from mail_people import PASSWORD

from adapters.email.cursor import Place
from bot.channel import DeliveryFailed, WrongSettings
from bot.model.message import Address, Nature, Outbound
from sandbox.mail import AUTHSERV_ID, MailServer
from sandbox.mail_letter import Letter


def letter(row: int, *, room: str = HELP, recipient: str = ADA) -> Outbound:
    return Outbound(
        row=row,
        to=Address("email", room),
        recipient=recipient,
        text="We are on it.",
        created_at=datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
        subject="printer",
        reference="IT-7",
        ticket=7,
    )


async def test_an_answer_leaves_from_the_mailbox_that_was_written_to(
    server: MailServer, notebook: Notebook
) -> None:
    both = door(notebook, mailbox(server), mailbox(server, SALES))
    sent = [await both.send(letter(1, room=room)) for room in (HELP, SALES, "old@desk.example")]
    await both.close()
    arrived = [message_from_bytes(raw) for raw in await server.messages(ADA)]
    assert [message["From"] for message in arrived] == [HELP, SALES, HELP]
    assert [message["Message-ID"] for message in arrived] == sent
    assert all("dmarc=pass" in message["Authentication-Results"] for message in arrived)


async def test_sent_twice_it_is_the_same_letter(server: MailServer, notebook: Notebook) -> None:
    out = door(notebook, mailbox(server))
    server.faults.smtp.append("drop_after_data")
    with pytest.raises(DeliveryFailed) as failed:
        await out.send(letter(3))
    assert failed.value.ambiguous
    await out.send(letter(3))
    await out.close()
    first, second = await server.messages(ADA)
    assert first == second


async def test_a_reply_proves_its_ticket_and_our_own_words_are_known(
    server: MailServer, desk: Desk, notebook: Notebook
) -> None:
    desk_door = door(notebook, mailbox(server))
    async with listening(desk_door, desk.receive):
        sent = await desk_door.send(letter(5))
        await server.deliver(mail("reply", extra=f"In-Reply-To: {sent}\r\n"), HELP)
        await server.deliver((await server.messages(ADA))[0], HELP)
        await desk.has(2)
    reply, echo = desk.got
    assert reply.ticket == 7
    assert reply.replies_to == (sent,)
    assert reply.nature is Nature.MESSAGE
    assert echo.nature is Nature.LOOP


async def test_nobody_in_particular_can_not_be_written_to(
    server: MailServer, notebook: Notebook
) -> None:
    with pytest.raises(DeliveryFailed) as failed:
        await door(notebook, mailbox(server)).send(letter(1, recipient=""))
    assert failed.value.permanent


async def test_check_signs_in_everywhere_and_says_whom_it_would_believe(
    server: MailServer, notebook: Notebook
) -> None:
    await server.post(Letter(ADA, HELP, mail("one"), signed_in=ADA))
    await server.deliver(mail("two"), HELP)
    boxes = (
        mailbox(server),
        mailbox(server, name="open", authserv_ids=()),
        mailbox(server, SALES, authserv_ids=()),
        mailbox(server, ADA, trust_all=True),
    )
    lines = await door(notebook, *boxes).check()
    imap, smtp = f"IMAP 127.0.0.1:{server.imap_port}", f"SMTP 127.0.0.1:{server.smtp_port}"
    carry = f"newest mails carry Authentication-Results of {AUTHSERV_ID}"
    none = "newest mails carry no Authentication-Results"
    until = "nobody gets an agent's powers by mail until you set authserv_ids"
    assert lines == [
        f"{HELP}: {imap} signed in, folder INBOX has 2 mails; {carry}",
        f"{HELP}: {smtp} signed in",
        f"open: {imap} signed in, folder INBOX has 2 mails; {carry}; {until} = ['{AUTHSERV_ID}']",
        f"open: {smtp} signed in",
        f"{SALES}: {imap} signed in, folder INBOX has 0 mails; {none}; {until}",
        f"{SALES}: {smtp} signed in",
        f"{ADA}: {imap} signed in, folder INBOX has 0 mails; every sender is believed (trust_all)",
        f"{ADA}: {smtp} signed in",
    ]


async def test_check_finds_wrong_the_name_of_a_server_that_signs_no_mail(
    server: MailServer, notebook: Notebook
) -> None:
    await server.post(Letter(ADA, HELP, mail("one"), signed_in=ADA))
    unnamed = b"Authentication-Results: spf=pass smtp.mailfrom=desk.example\r\n"
    await server.deliver(unnamed + mail("two"), SALES)

    async def fault(*names: str, address: str = HELP) -> str:
        box = mailbox(server, address, authserv_ids=names)
        return "".join(str(each) for each in (await door(notebook, box).check())[:1])

    right = f"Authentication-Results of {AUTHSERV_ID}"
    assert (await fault("mx.wrong.com")).endswith(
        f"carry {right}, none of mx.wrong.com, so nobody gets an agent's powers by mail: "
        f"set authserv_ids = ['{AUTHSERV_ID}'] if that is who takes its mail in"
    )
    for names in ((AUTHSERV_ID.upper(),), ("mx.wrong.com", AUTHSERV_ID)):
        assert (await fault(*names)).endswith(right)
    assert (await fault("mx.wrong.com", address=SALES)).endswith(
        "set authserv_ids = [''] if that is who takes its mail in"
    )
    assert (await fault("", address=SALES)).endswith("of a server without a name")
    assert (await fault("mx.wrong.com", address=ADA)).endswith("carry no Authentication-Results")


@pytest.mark.parametrize(
    ("settings", "problem"),
    [
        ({"password": "wrong"}, r"IMAP .* refuses help@desk\.example"),
        ({"imap_port": 1}, "IMAP .*:1 refuses the connection: correct imap_port"),
        ({"smtp_port": 1}, "SMTP .*:1 refuses the connection: correct smtp_port"),
        ({"folder": "Nowhere"}, "'Nowhere' can't be opened"),
        ({"imap_security": "tls"}, "doesn't speak TLS"),
        ({"certificate_file": "/nowhere", "imap_security": "tls"}, "/nowhere can't be read"),
        (
            {"imap_host": "no-such-host.invalid", "imap_security": "tls"},
            "is no host that anybody knows: correct imap_host",
        ),
    ],
)
async def test_check_names_each_fault_and_its_mend_and_goes_on(
    server: MailServer, notebook: Notebook, settings: dict[str, Any], problem: str
) -> None:
    boxes = (mailbox(server, **settings), mailbox(server, SALES))
    found = await door(notebook, *boxes, timeout_seconds=2).check()
    faults = [str(each) for each in found if isinstance(each, WrongSettings)]
    assert re.search(problem, faults[0])
    assert len(found) == 4
    assert all(isinstance(each, str) for each in found[2:])


def allow(path: Path, mode: int) -> None:
    path.chmod(mode)


async def test_check_finds_a_password_file_that_is_gone_or_anybodys_whatever_the_servers_say(
    notebook: Notebook, server: MailServer
) -> None:
    with TemporaryDirectory() as name:  # one that others can be let into
        folder = Path(name)
        file = folder / "password"

        async def faults(**differs: object) -> list[str]:
            box = mailbox(server, password="", password_file=str(file), **differs)
            found = await door(notebook, box).check()
            return [str(each) for each in found if isinstance(each, WrongSettings)]

        allow(folder, 0o755)
        *_, gone = await faults(imap_port=1, smtp_port=1)
        assert gone.startswith(f"{HELP}: password_file: No such file or directory: {file}")
        assert len(await faults()) == 1, "it is told once"
        file.write_text(f"{PASSWORD}\n")
        allow(file, 0o644)
        (told,) = await faults()
        assert told == (
            f"{HELP}: everybody here may read password_file {file} (mode 644): chmod 600 {file}"
        )
        allow(file, 0o640)
        assert await faults() == [], "a group was chosen"
        allow(file, 0o644)
        allow(folder, 0o700)
        assert await faults() == [], "nobody else gets as far"


def test_a_place_is_read_as_it_was_written() -> None:
    for place in (Place(7, 9), Place(7, 9, datetime(2026, 11, 22, tzinfo=UTC).date())):
        assert Place.parse(str(place)) == place
    for text in ("", "7", "7 9", "a b c", "7 9 yesterday"):
        assert Place.parse(text) is None
