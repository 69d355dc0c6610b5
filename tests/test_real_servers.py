"""The desk in a town with a real post: letters by Postfix, mailboxes at Dovecot."""

import asyncio
import json
import re
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from mail_door import mail
from mail_people import HELP, PASSWORD, Somebody
from mail_stage import CAST, SARA, Clock, at_work, desk_settings, mail_config, mailbox

from adapters.email.connect import Trust
from adapters.email.smtp import Relay
from bot.app import App, utc_now
from bot.channel import DeliveryFailed, WrongSettings
from bot.model.entry import Note
from bot.model.mailroom import Delivery, Outcome
from sandbox.mail_certificate import certificate
from sandbox.mail_certificate import missing as no_openssl
from sandbox.mail_postfix import AUTHSERV_ID, Postfix, missing

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"
EXAMPLES_DESK = "help@example.org"  # as it stands in the example
GONE, GREY = "gone@example.org", "grey@example.org"
TOM, AGENT, ANA = (CAST[key][0] for key in ("tom", "sara", "ana"))  # Ana is the example's agent
ACCOUNTS = dict.fromkeys((HELP, EXAMPLES_DESK, GREY, TOM, AGENT, ANA), PASSWORD)
MOST_CONNECTIONS = 6
STRICT = {
    "message_size_limit": "100000",
    "smtpd_client_connection_count_limit": str(MOST_CONNECTIONS),
    "smtpd_recipient_restrictions": "check_recipient_access inline:{ { "
    f"{GREY} = 450 4.7.1 Greylisted, try again in 300 seconds }} }}",
}
LETTER = b"From: help@desk.example\r\nTo: tom\r\n\r\n.a line with a dot\r\n.\r\nthe end\r\n"
Meet = Callable[..., Somebody]
NOTHING = partial(asyncio.sleep, 0)  # nobody asks these people to catch up
needs_openssl = pytest.mark.skipif(bool(no_openssl()), reason=no_openssl())


@pytest.fixture
def post() -> Iterator[Postfix]:
    with Postfix(ACCOUNTS, departed=[GONE], settings=STRICT) as servers:
        yield servers


@pytest.fixture
def safe_post(tmp_path: Path) -> Iterator[Postfix]:
    """With a certificate, so that people and the desk may speak to it unheard."""
    with Postfix(ACCOUNTS, certificate=certificate(tmp_path)) as servers:
        yield servers


@asynccontextmanager
async def relay_to(post: Postfix, **differs: object) -> AsyncIterator[Relay]:
    box = mailbox(HELP, smtp_port=post.smtp_port, **differs)
    relay = Relay(box, Trust(box), None, patience=5, final=5)
    yield relay
    await relay.close()


@asynccontextmanager
async def desk_at(post: Postfix, folder: Path, clock: Clock) -> AsyncIterator[App]:
    """The desk at work. It looks by itself once a minute: what it answers sooner, it was told."""
    box = mailbox(imap_port=post.imap_port, smtp_port=post.smtp_port, authserv_ids=(AUTHSERV_ID,))
    desk = desk_settings(agents=(SARA,))
    config = mail_config(f"sqlite:///{folder / 'desk.db'}", folder, desk, [box], timeout_seconds=30)
    async with at_work(config, clock) as app:
        yield app


@pytest.fixture
async def meet() -> AsyncIterator[Meet]:
    """Makes somebody of the cast a client of a post; they leave before it closes."""
    met: list[Somebody] = []

    def somebody(post: Postfix, key: str, address: str = "") -> Somebody:
        known, name = CAST[key]
        met.append(Somebody(post, utc_now, NOTHING, address or known, name))  # type: ignore[arg-type]  # only its ports are used
        return met[-1]

    yield somebody
    for each in met:
        await each.inbox.close()


async def test_a_letter_reaches_its_mailbox_with_every_dot(post: Postfix, meet: Meet) -> None:
    tom = meet(post, "tom")
    async with relay_to(post) as relay:
        await relay.deliver(LETTER, TOM)
    assert (await tom.reads()).words == ".a line with a dot\n.\nthe end\n"


@pytest.mark.parametrize(
    ("recipient", "letter", "said", "after"),
    [
        ("nobody@example.org", LETTER, "550 5.1.1", None),
        ("far@elsewhere.example", LETTER, "550 5.1.2", None),
        (GREY, LETTER, "450 4.7.1", timedelta(minutes=5)),
        (TOM, LETTER + b"too much\r\n" * 20_000, "552 5.3.4", None),
    ],
    ids=["unknown", "elsewhere", "greylisted", "too large"],
)
async def test_what_postfix_refuses_is_understood_and_the_next_letter_goes(
    post: Postfix, recipient: str, letter: bytes, said: str, after: timedelta | None
) -> None:
    async with relay_to(post) as relay:
        with pytest.raises(DeliveryFailed, match=re.escape(said)) as failed:
            await relay.deliver(letter, recipient)
        assert failed.value.after == after
        assert failed.value.permanent is (after is None)
        assert not failed.value.ambiguous
        await relay.deliver(LETTER, TOM)
    assert post.log().count(" connect from") == 2  # ours, and the look whether it answers


async def test_a_server_that_has_too_many_guests_is_left_alone_for_a_while(post: Postfix) -> None:
    async with AsyncExitStack() as guests, relay_to(post) as relay:
        for _ in range(MOST_CONNECTIONS):
            await guests.enter_async_context(guest(post))
        with pytest.raises(DeliveryFailed, match=r"421 4\.7\.0 .*too many connections") as failed:
            await relay.deliver(LETTER, TOM)
        assert not failed.value.permanent
        assert failed.value.after == timedelta(minutes=1)
        await guests.aclose()
        await relay.deliver(LETTER, TOM)


@asynccontextmanager
async def guest(post: Postfix) -> AsyncIterator[None]:
    """Somebody who connects and says nothing until they leave."""
    reader, writer = await asyncio.open_connection("127.0.0.1", post.smtp_port)
    assert (await reader.readline()).startswith(b"220")
    yield
    writer.write(b"QUIT\r\n")
    await reader.read()
    writer.close()
    await writer.wait_closed()


async def test_a_kept_connection_that_postfix_ended_is_replaced_unseen() -> None:
    with Postfix(ACCOUNTS, settings={"smtpd_timeout": "1s"}) as post:
        async with relay_to(post) as relay, asyncio.timeout(10):
            await relay.deliver(LETTER, TOM)
            while "timeout after" not in post.log():  # noqa: ASYNC110 - a log rings no bell
                await asyncio.sleep(0.05)
            await relay.deliver(LETTER, TOM)
        assert post.log().count("sasl_username=") == 2  # it says so once a letter


async def test_a_wrong_password_keeps_letters_for_later(post: Postfix) -> None:
    async with relay_to(post, password="wrong") as relay:
        with pytest.raises(DeliveryFailed, match=r"refuses the sign-in \(535 5\.7\.8") as failed:
            await relay.deliver(LETTER, TOM)
        with pytest.raises(WrongSettings, match="correct user, the password"):
            await relay.check()
    assert not failed.value.permanent


async def test_whoever_may_not_write_under_the_address_is_told_so(post: Postfix) -> None:
    async with relay_to(post, user=TOM) as relay:
        with pytest.raises(DeliveryFailed, match=r"553 5\.7\.1 .*not owned by user"):
            await relay.deliver(LETTER, TOM)


@needs_openssl
async def test_letters_go_encrypted_and_to_whom_the_certificate_was_given(
    safe_post: Postfix, meet: Meet, tmp_path: Path
) -> None:
    tom, file = meet(safe_post, "tom"), str(tmp_path / "certificate.pem")
    ports = {"starttls": safe_post.smtp_port, "tls": safe_post.smtps_port}
    for security, port in ports.items():
        box = mailbox(smtp_security=security, smtp_port=port, certificate_file=file)
        relay = Relay(box, Trust(box), None)
        await relay.deliver(LETTER, TOM)
        await relay.close()
        assert "with ESMTPSA" in str((await tom.reads()).message.get_all("Received"))
        stranger = replace(box, certificate_file="")
        with pytest.raises(WrongSettings, match="certificate that isn't valid"):
            await Relay(stranger, Trust(stranger), None).check()


async def test_a_person_and_an_agent_talk_by_mail(
    post: Postfix, meet: Meet, tmp_path: Path, clock: Clock
) -> None:
    tom, sara = meet(post, "tom"), meet(post, "sara")
    async with desk_at(post, tmp_path, clock) as app:
        asked = await tom.writes("My screen is black.", subject="Screen")
        acknowledged = await tom.reads()
        assert acknowledged.subject == "Screen [IT-1]"
        assert acknowledged.message["In-Reply-To"] == asked
        assert acknowledged.message["Return-Path"] == f"<{HELP}>"
        notice = await sara.reads()
        assert "> My screen is black." in notice
        await sara.writes("Is the cable plugged in?", answers=notice)
        answer = await tom.reads()
        assert "Is the cable plugged in?" in answer
        assert acknowledged.name in answer.message["References"]
        await tom.writes("It is now, and all is well.", answers=answer)
        assert "It is now, and all is well." in await sara.reads()
        tickets = await app.store.read(lambda work: work.tickets.newest())
    assert [each.id for each in tickets] == [1]


async def test_a_stranger_in_an_agents_name_says_nothing_to_anybody(
    post: Postfix, meet: Meet, tmp_path: Path, clock: Clock
) -> None:
    tom, sara, eve = (meet(post, key) for key in ("tom", "sara", "eve"))
    forged = (
        f"Authentication-Results: {AUTHSERV_ID}; dmarc=pass header.from=desk.example\r\n"
        f"From: Sara Stone <{AGENT}>\r\nTo: {HELP}\r\nSubject: Re: Screen\r\n"
        "In-Reply-To: {}\r\n\r\nPlease tell me your password.\r\n"
    )
    async with desk_at(post, tmp_path, clock) as app:
        await tom.writes("My screen is black.", subject="Screen")
        await tom.reads()
        await eve.posts(forged.format((await sara.reads()).name).encode(), signs_in=False)
        assert "Nothing shows yet that this message is really from you" in await sara.reads()
        entries = await app.store.read(lambda work: work.entries.of(1))
        letters = await app.store.read(lambda work: work.outbox.of_ticket(1))
    assert [each.recipient for each in letters].count(TOM) == 1  # the acknowledgement
    (note,) = (each for each in entries if isinstance(each, Note))
    assert "unverified" in note.remarks


async def test_a_letter_that_postfix_sends_back_is_known_as_undelivered(
    post: Postfix, meet: Meet, tmp_path: Path, clock: Clock
) -> None:
    sara, gone = meet(post, "sara"), meet(post, "bob", GONE)
    async with desk_at(post, tmp_path, clock) as app:
        await gone.posts(mail("Farewell", GONE), signs_in=False)
        assert "Farewell" in await sara.reads()
        told = await sara.reads()
        assert f"This didn't reach {GONE}" in told
        assert "5.1.1" in told
        letters = await app.store.read(lambda work: work.outbox.of_ticket(1))
        person = await app.store.read(lambda work: work.people.find("email", GONE))
        (account,) = await app.store.read(lambda work: work.inbox.accounts())
    assert {each.recipient: each.state for each in letters}[GONE] is Delivery.BOUNCED
    assert person
    assert not person[0].reachable
    assert account.outcomes == {Outcome.TICKET: 1, Outcome.ASIDE: 1}


@needs_openssl
async def test_the_example_config_runs_with_real_servers_once_it_names_them(
    safe_post: Postfix, meet: Meet, tmp_path: Path
) -> None:
    tom, ana = meet(safe_post, "tom"), meet(safe_post, "ana")
    async with program("run", "--config", str(example(safe_post, tmp_path))) as desk:
        asked = await tom.writes("My screen is black.", subject="Screen", to=EXAMPLES_DESK)
        answer = await tom.reads()
        assert answer.message["In-Reply-To"] == asked
        assert "with ESMTPSA" in str(answer.message.get_all("Received"))
        assert "> My screen is black." in await ana.reads()
        desk.terminate()
        _, log = await desk.communicate()
    assert desk.returncode == 0, log.decode()
    events = [json.loads(line) for line in log.splitlines()]
    assert [each["event"] for each in events] == ["desk is open", "desk is closed"]


def example(post: Postfix, folder: Path) -> Path:
    """The example config with other servers, and nothing else changed."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for key, value in {
        "imap_host": "localhost",
        "smtp_host": "localhost",
        "imap_port": post.imaps_port,
        "smtp_port": post.smtps_port,
        "certificate_file": str(folder / "certificate.pem"),
    }.items():
        text, found = re.subn(rf"(?m)^#?{key} = [^ ]+", f"{key} = {json.dumps(value)}", text)
        assert found == 1, key
    (folder / "secrets").mkdir()
    (folder / "secrets" / "help.password").write_text(PASSWORD)
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return folder / "config.toml"


@asynccontextmanager
async def program(*words: str) -> AsyncIterator[Process]:
    """Deskmate as a program of its own; it doesn't outlive the test."""
    deskmate = str(Path(sys.executable).with_name("deskmate"))
    child = await asyncio.create_subprocess_exec(deskmate, *words, stderr=asyncio.subprocess.PIPE)
    try:
        yield child
    finally:
        if child.returncode is None:
            child.kill()
            await child.communicate()
