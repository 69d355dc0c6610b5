"""What the door makes of a mail with the desk's secret: who speaks, and whose words it has."""

from datetime import UTC, datetime

import pytest

from adapters.email.codec import decode
from adapters.email.intake import Reception, read
from adapters.email.letter import encode
from adapters.email.own_ids import loop_id, message_id
from adapters.email.settings import Mailbox
from bot.model.message import Address, Inbound, Nature, Outbound, Tone

HELP, ANA = "help@desk.example", "ana@example.org"
SECRET = b"ours"
OWN = message_id(7, 42, domain="desk.example", secret=SECRET)
FOREIGN = message_id(7, 42, domain="supplier.example", secret=b"theirs")


async def nobody(_: Inbound) -> None:
    raise AssertionError("reading hands nothing over")


def taken(*fields: str, body: str = "It is jammed.") -> Inbound:
    return took("\r\n".join([*fields, "", body]).encode())


def took(raw: bytes) -> Inbound:
    box = Mailbox(
        address=HELP,
        imap_host="imap.example",
        smtp_host="smtp.example",
        password="pw",
        trust_all=True,
    )
    return read(raw, Reception(box, "email", frozenset({HELP}), SECRET, nobody))


def letter(secret: bytes, tone: Tone = Tone.PERSONAL, sender: str = "s@supplier.example") -> bytes:
    words = Outbound(
        row=9,
        to=Address("email", sender),
        recipient=HELP,
        text="Your account is locked.",
        created_at=datetime(2026, 11, 23, 9, tzinfo=UTC),
        tone=tone,
    )
    return encode(words, sender=sender, sender_name="Supplier", secret=secret)


@pytest.mark.parametrize("nobody_reads", ["noreply", "No-Reply", "do_not_reply", "noreply+7"])
def test_who_filled_in_a_web_form_wrote_the_mail(nobody_reads: str) -> None:
    mail = taken(f"From: Web form <{nobody_reads}@forms.example>", f"Reply-To: Ana Ruiz <{ANA}>")
    assert (mail.speaker.external_id, mail.speaker.name) == (ANA, "Ana Ruiz")
    assert not mail.speaker.verified
    assert mail.nature is Nature.MESSAGE
    assert mail.others == ()


def test_a_form_lends_its_name_to_nobody() -> None:
    mail = taken("From: Web form <noreply@forms.example>", f"Reply-To: {ANA}")
    assert (mail.speaker.external_id, mail.speaker.name) == (ANA, "")


@pytest.mark.parametrize(
    "fields",
    [
        ("From: noreply@forms.example",),
        ("From: noreply@forms.example", f"Reply-To: {ANA}, tom@example.org"),
        ("From: noreply@forms.example", f"Reply-To: {ANA}", "Reply-To: tom@example.org"),
        ("From: noreply@forms.example", f"Reply-To: {HELP}"),
    ],
)
def test_without_one_other_address_a_form_speaks_for_itself(fields: tuple[str, ...]) -> None:
    assert taken(*fields).speaker.external_id == "noreply@forms.example"


def test_a_person_who_asks_to_be_answered_elsewhere_stays_themselves() -> None:
    mail = taken(f"From: {ANA}", "Reply-To: boss@example.org")
    assert mail.speaker.external_id == ANA
    assert mail.speaker.verified


def test_a_bounce_with_a_reply_to_stays_a_daemons() -> None:
    mail = taken(
        "From: MAILER-DAEMON@mx.example", f"Reply-To: {ANA}", "Subject: Undelivered mail",
        body=f"550 5.1.1 no such user <{ANA}>",
    )  # fmt: skip
    assert mail.nature is Nature.BOUNCE


def test_people_without_an_address_are_told_apart() -> None:
    one, other = (taken("Message-ID: <a@x>", "Subject: Fire", body=said) for said in ("1", "2"))
    assert one.speaker.external_id != other.speaker.external_id
    for mail in (one, other):
        assert mail.speaker.external_id.startswith("unknown:")
        assert "@" not in mail.speaker.external_id
        assert not mail.speaker.verified
        assert "no_sender" in mail.remarks
    again = taken("Message-ID: <a@x>", "Subject: Fire", body="1")
    assert again.speaker == one.speaker
    assert "no_sender" not in taken(f"From: {ANA}").remarks


def test_another_companys_desk_is_heard() -> None:
    raw = letter(b"theirs")
    assert decode(raw, own_addresses=[HELP]).kind is Nature.LOOP
    assert took(raw).nature is Nature.MESSAGE
    assert took(raw).speaker.external_id == "s@supplier.example"
    assert taken(f"From: {ANA}", "X-Deskmate-Loop: desk").nature is Nature.MESSAGE


def test_our_own_letter_is_a_loop_even_where_a_list_renames_it() -> None:
    raw = letter(SECRET)
    assert took(raw).nature is Nature.LOOP
    renamed = raw.replace(b"Message-ID: <desk.", b"Message-ID: <list.")
    assert took(renamed).nature is Nature.LOOP
    assert taken(f"From: {ANA}", f"X-Deskmate-Loop: {loop_id(SECRET)}").nature is Nature.LOOP


@pytest.mark.parametrize("tone", [Tone.AUTOMATIC, Tone.NOTICE])
def test_two_desks_dont_answer_each_others_automatic_mail(tone: Tone) -> None:
    assert took(letter(b"theirs", tone)).nature is Nature.LOOP
    assert took(letter(b"theirs", sender=HELP)).nature is Nature.LOOP


def test_the_loop_id_tells_desks_apart_and_not_their_secret() -> None:
    assert loop_id(SECRET) != loop_id(b"theirs")
    assert len(bytes.fromhex(loop_id(SECRET))) == 8


AGENT_LETTER = """\
On Monday, Help desk wrote:
> Ana Ruiz, Example wrote:
>
> > Good morning.
> >
> > The printer is jammed
> > since Friday.
{after_words}>
> Problem, priority high, for Support.
{after_priority}>
> Take it: /take
{after_button}"""


def answer(inside: str, *, answered: str = OWN) -> Inbound:
    fields = ("From: hugo@desk.example", "Subject: Re: [IT-42] Printer")
    return taken(*fields, f"In-Reply-To: {answered}", body=inside)


def test_of_our_letter_only_the_answered_words_of_others_stay() -> None:
    mail = answer(AGENT_LETTER.format(
        after_words="\nI mended it.\n\n", after_priority="\nNot so high.\n\n", after_button="\nOK\n"
    ))  # fmt: skip
    assert mail.text.split("\n\n") == [
        "> > The printer is jammed\n> > since Friday.", "I mended it.", "Not so high.", "OK",
    ]  # fmt: skip
    assert "priority high" in mail.full_text
    assert "/take" in mail.full_text


def test_an_answer_below_what_the_desk_says_takes_nothing_along() -> None:
    after = AGENT_LETTER.format(
        after_words="", after_priority="\nNot so high.\n\n", after_button="\nOK\n"
    )
    assert answer(after).text == "Not so high.\n\nOK"


def test_an_agents_words_stay_with_the_answer_to_them() -> None:
    mail = answer("> Hello Ana,\n>\n> Is there paper?\nYes.\n>\n> And toner?\nNo.\n>\n> Hugo\n")
    assert mail.text == "> Is there paper?\nYes.\n> And toner?\nNo."


def test_answers_in_html_leave_out_what_the_desk_says() -> None:
    page = (
        "<blockquote>Ana wrote:<blockquote>It is jammed.</blockquote></blockquote>"
        "<p>I mended it.</p><blockquote>Problem, priority high.</blockquote><p>Not so high.</p>"
    )
    fields = ("From: hugo@desk.example", f"References: {OWN}", "Content-Type: text/html")
    mail = taken(*fields, body=page)
    assert "> > It is jammed." in mail.text
    assert "Not so high." in mail.text
    assert "priority high" not in mail.text
    assert "Ana wrote" not in mail.text


@pytest.mark.parametrize("answered", [FOREIGN, "<a@example.org>"])
def test_a_foreign_letter_keeps_all_that_is_answered(answered: str) -> None:
    inside = AGENT_LETTER.format(after_words="\nI see.\n\n", after_priority="", after_button="\nOK")
    assert "> Ana Ruiz, Example wrote:" in answer(inside, answered=answered).text
    assert "> Take it: /take" in answer(inside, answered=answered).text


def test_the_text_stays_a_subsequence_of_the_whole() -> None:
    mail = answer(AGENT_LETTER.format(
        after_words="\nOne\n", after_priority="\nTwo\n", after_button="\nThree\n"
    ))  # fmt: skip
    whole = iter(mail.full_text.split("\n"))
    assert all(line in whole for line in mail.text.split("\n"))
