"""Answers as people's mail programs write them: new words on top, the whole letter quoted below."""

from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from html import escape

from mail_people import HELP, Mail, Somebody

Program = Callable[[Somebody, Mail, str, str], bytes]
"""Who answers which mail with which words, in which language; the mail's bytes."""


def gmail(who: Somebody, answered: Mail, words: str, language: str) -> bytes:
    """As the web page of Gmail does: an attribution line, then a quote, in text and HTML."""
    said = {
        "es": f"El lun, 23 nov 2026 a las 10:00, Help desk (<{HELP}>) escribió:",
        "en": f"On Mon, Nov 23, 2026 at 10:00 AM Help desk <{HELP}> wrote:",
    }[language]
    quoted = "\n".join(f"> {line}".rstrip() for line in answered.words.splitlines())
    page = (
        f'<div dir="ltr">{_page(words)}</div><br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{escape(said)}<br></div>'
        f'<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex">{answered.page}'
        "</blockquote></div>"
    )
    mail = _answer(who, answered, "Re")
    return _written(mail, f"{words}\n\n{said}\n\n{quoted}\n", page)


def outlook(who: Somebody, answered: Mail, words: str, language: str) -> bytes:
    """As Outlook on the web does: a header block and the letter, and no sign of a quote in it."""
    names = {
        "es": ("De", "Enviado", "lunes, 23 de noviembre de 2026 10:00", "Para", "Asunto"),
        "en": ("From", "Sent", "Monday, November 23, 2026 10:00 AM", "To", "Subject"),
    }[language]
    origin, sent, moment, to, subject = names
    block = [
        (origin, f"Help desk <{HELP}>"),
        (sent, moment),
        (to, f"{who.name} <{who.address}>"),
        (subject, answered.subject),
    ]
    plain = "\n".join(f"{name}: {value}" for name, value in block)
    rich = "<br>\n".join(f"<b>{name}:</b> {escape(value)}" for name, value in block)
    page = (
        f'<html><body dir="ltr"><div class="elementToProof">{_page(words)}</div>'
        '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        f'<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri">{rich}</font><div>&nbsp;</div>'
        f'</div><div class="x_BodyFragment">{answered.page}</div></body></html>'
    )
    mail = _answer(who, answered, "RE")
    mail["Thread-Topic"] = answered.subject
    mail["Thread-Index"] = "AQHcce29b4c86e18542b"
    return _written(mail, f"{words}\n\n{'_' * 32}\n{plain}\n\n{answered.words}\n", page)


def telephone(who: Somebody, answered: Mail, words: str, language: str) -> bytes:
    """As a telephone does: plain text, its signature, and a quote."""
    signature, said = {
        "es": (
            "Enviado desde mi iPhone",
            f"El 23 nov 2026, a las 10:00, Help desk <{HELP}> escribió:",
        ),
        "en": ("Sent from my iPhone", f"On 23 Nov 2026, at 10:00, Help desk <{HELP}> wrote:"),
    }[language]
    quoted = "\n".join(f"> {line}".rstrip() for line in answered.words.splitlines())
    mail = _answer(who, answered, "Re")
    return _written(mail, f"{words}\n\n{signature}\n\n> {said}\n> \n{quoted}\n", "")


PROGRAMS: tuple[Program, ...] = (gmail, outlook, telephone)


def _answer(who: Somebody, answered: Mail, prefix: str) -> EmailMessage:
    mail = EmailMessage(SMTP)
    mail["From"] = f"{who.name} <{who.address}>"
    mail["To"] = f"Help desk <{HELP}>"
    mail["Subject"] = f"{prefix}: {answered.subject}"
    mail["Date"] = format_datetime(who.clock())
    mail["Message-ID"] = make_msgid(domain="example.org")
    mail["In-Reply-To"] = answered.name
    mail["References"] = f"{answered.message['References'] or ''} {answered.name}".strip()
    return mail


def _written(mail: EmailMessage, plain: str, page: str) -> bytes:
    mail.set_content(plain)
    if page:
        mail.add_alternative(page, subtype="html")
    return mail.as_bytes()


def _page(words: str) -> str:
    return "".join(f"<div>{escape(line) or '<br>'}</div>" for line in words.splitlines())
