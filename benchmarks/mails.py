"""The mails of the benchmarks: like those of a morning, of 2 to 4 KB, each from somebody else."""

import base64
from binascii import b2a_qp
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from random import Random

DESK = "help@desk.example"
AGENT = "sara@desk.example"
AUTHSERV_ID = "mx.desk.example"  # who vouches for what they come from
_LINE = 76


@dataclass(frozen=True, slots=True)
class _Tongue:
    hello: tuple[str, ...]
    troubles: tuple[tuple[str, str], ...]  # the subject, and what is told
    details: tuple[str, ...]
    bye: tuple[str, ...]
    names: tuple[str, ...]


_ENGLISH = _Tongue(
    hello=("Hello", "Hi team", "Good morning", "Dear help desk"),
    troubles=(
        ("VPN drops every few minutes", "Since this morning the VPN drops every few minutes."),
        ("Printer on floor 3 jams", "The printer on floor 3 jams on each double-sided page."),
        ("Can't open the payroll portal", "The payroll portal says my account is locked."),
        ("Screen flickers", "My second screen flickers as soon as I plug in the charger."),
        ("New colleague starts on Monday", "We need a laptop and an account for a new colleague."),
        ("Shared calendar is missing", "The calendar of the sales team is gone from my list."),
        ("Outlook asks for my password", "Outlook asks for my password again and again."),
        ("Request: licence for the drawing program", "I need a licence for the drawing program."),
    ),
    details=(
        "I have restarted twice and changed the cable, and it made no difference at all.",
        "It worked yesterday evening, when I closed the lid and went home as usual.",
        "Two people beside me see the same, the rest of the floor seems to be fine.",
        "We have to send the figures to the bank before noon, so this blocks three of us.",
        "The message on the screen reads “connection refused by peer”, with a long number.",
        "I am at the Leeds office until Thursday, afterwards I can be reached from home.",
        "A colleague of yours looked at it in spring and wrote down what he had changed.",
    ),
    bye=("Thanks a lot", "Many thanks", "Best regards", "Kind regards"),
    names=("Ruth Baker", "Tom Hill", "Priya Nair", "Owen Clarke", "Grace Lund", "Paul Weber"),
)
_SPANISH = _Tongue(
    hello=("Hola", "Buenos días", "Buenas", "Hola, equipo"),
    troubles=(
        ("La VPN se corta a cada rato", "Desde esta mañana la VPN se corta cada pocos minutos."),
        ("No puedo imprimir", "La impresora de la segunda planta no imprime y parpadea en rojo."),
        ("Contraseña caducada", "Mi contraseña ha caducado y la página no me deja cambiarla."),
        ("El portátil no enciende", "El portátil no enciende, solo se oye el ventilador."),
        ("Alta de una compañera nueva", "Necesitamos una cuenta para una compañera nueva."),
        ("Teams sin sonido", "En las reuniones de Teams nadie me oye, aunque el micro funciona."),
        ("Acceso a la carpeta de nóminas", "Me falta el permiso para la carpeta de nóminas."),
        ("Petición: ratón ergonómico", "El médico me recomienda un ratón ergonómico."),
    ),
    details=(
        "He reiniciado dos veces y he cambiado el cable, pero todo sigue exactamente igual.",
        "Ayer por la tarde funcionaba, cuando cerré la tapa y me fui a casa como siempre.",
        "A dos compañeras de al lado les pasa lo mismo, al resto de la planta parece que no.",
        "Antes del mediodía hay que mandar las cifras al banco, así que estamos parados tres.",
        "El aviso que sale dice «conexión rechazada» y un número muy largo que no entiendo.",
        "Estoy en la oficina de Zaragoza hasta el jueves, después se me encuentra en casa.",
        "Un compañero vuestro lo miró en primavera y dejó apuntado lo que había cambiado.",
    ),
    bye=("Muchas gracias", "Mil gracias", "Un saludo", "Saludos cordiales"),
    names=("Lucía Gómez", "Íñigo Peña", "Marta Ruiz", "Jorge Núñez", "Ana Belén Soto", "Luis Vega"),
)


def mails(count: int, *, seed: int) -> Iterator[bytes]:
    """That many mails to `DESK`, the same for the same seed; no two from one address."""
    chance = Random(seed)  # noqa: S311 - the same mails at each run
    for number in range(count):
        yield _mail(chance, f"{seed}.{number}")


def sender(raw: bytes) -> str:
    """The address that a mail of ours comes from."""
    field = next(line for line in raw.split(b"\r\n") if line.startswith(b"From: "))
    return field.rpartition(b"<")[2].rstrip(b">").decode()


def _mail(chance: Random, mark: str) -> bytes:
    tongue = chance.choice((_ENGLISH, _SPANISH))
    subject, trouble = chance.choice(tongue.troubles)
    name = chance.choice(tongue.names)
    told = [trouble, *chance.sample(tongue.details, chance.randint(3, 7))]
    stanzas = [f"{chance.choice(tongue.hello)},", *told, f"{chance.choice(tongue.bye)},\n{name}"]
    head = _head(chance, mark, f"{subject} ({chance.randint(1, 99)})", name)
    return "".join(head).encode() + _body(chance, stanzas, mark)


def _head(chance: Random, mark: str, subject: str, name: str) -> Iterator[str]:
    """What a mail has gathered on its way; the signatures don't compress, as in life."""
    address = f"person.{mark}@customer{chance.randint(1, 40)}.example"
    domain = address.rpartition("@")[2]
    moment = f"Tue, 10 Nov 2026 0{chance.randint(6, 9)}:{chance.randint(10, 59)}:07 +0100"
    yield f"Return-Path: <{address}>\r\n"
    yield f"Authentication-Results: {AUTHSERV_ID}; dmarc=pass header.from={domain};\r\n"
    yield f" spf=pass smtp.mailfrom={domain}; dkim=pass header.d={domain}\r\n"
    for hop in (AUTHSERV_ID, f"out.{domain}", f"relay.{domain}"):
        token = chance.randbytes(9).hex()
        yield f"Received: from [10.0.{chance.randint(1, 9)}.7] by {hop} with ESMTPS\r\n"
        yield f" id {token} for <{DESK}>; {moment}\r\n"
    yield f"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=key1;\r\n"
    yield f" h=from:to:subject:date:message-id; bh={_random(chance, 32)};\r\n"
    yield f" b={_random(chance, 256)}\r\n"
    yield f"From: {_word(name)} <{address}>\r\nTo: <{DESK}>\r\nSubject: {_word(subject)}\r\n"
    yield f"Date: {moment}\r\nMessage-ID: <{mark}.{chance.randbytes(8).hex()}@{domain}>\r\n"
    yield "MIME-Version: 1.0\r\n"


def _body(chance: Random, stanzas: list[str], mark: str) -> bytes:
    plain = "\n\n".join(stanzas) + "\n"
    markup = "".join(
        f'<p style="margin:0 0 {n}px">{escape(each)}</p>\n' for n, each in enumerate(stanzas)
    )
    markup = f"<html><body><div dir=auto>{markup}</div></body></html>\n"
    look = chance.choices(("plain", "html", "both"), (40, 15, 45))[0]
    if look != "both":
        return _part(look, plain if look == "plain" else markup)
    fence = f"----=_{mark}"
    opened = f'Content-Type: multipart/alternative; boundary="{fence}"\r\n\r\n'.encode()
    middle = f"\r\n--{fence}\r\n".encode()
    both = middle + _part("plain", plain) + middle + _part("html", markup)
    return opened + both + f"\r\n--{fence}--\r\n".encode()


def _part(subtype: str, text: str) -> bytes:
    head = f"Content-Type: text/{subtype}; charset=utf-8\r\n"
    encoding = "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
    return (head + encoding).encode() + b2a_qp(text.encode()).replace(b"\n", b"\r\n")


def _word(words: str) -> str:
    """Words as a header field has them."""
    if words.isascii():
        return words
    return f"=?utf-8?b?{base64.b64encode(words.encode()).decode()}?="


def _random(chance: Random, size: int) -> str:
    text = base64.b64encode(chance.randbytes(size)).decode()
    return "\r\n  ".join(text[at : at + _LINE] for at in range(0, len(text), _LINE))
