"""What of a mail is newly written: quotes and signatures fold, nothing else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.email.codec import decode
from adapters.email.harmless import clean
from adapters.email.hypertext import Line
from adapters.email.quote import visible


def said(body: str, *, subject: str = "Re: Printer", kind: str = "plain") -> str:
    head = f"Subject: {subject}\nContent-Type: text/{kind}; charset=utf-8\n\n"
    return decode((head + body).encode()).text


ATTRIBUTIONS = [
    "On Tue, Nov 4, 2025 at 10:32 AM Desk <desk@example.org> wrote:",
    "On 04/11/2025 10:32, Desk wrote:",
    "On Tuesday, 4 November 2025, 10:32:11 CET, Desk <desk@example.org>\nwrote:",
    "El mar, 4 nov 2025 a las 10:32, Soporte (<desk@example.org>) escribió:",
    "El 4 nov 2025, a las 10:32, Soporte <\ndesk@example.org> escribió:",
    "El 4/11/25 a las 10:32, Soporte escribió:",
    "Le mar. 4 nov. 2025 à 10:32, Support <desk@example.org> a écrit :",
    "Am 04.11.2025 um 10:32 schrieb Desk:",
    "Am Di., 4. Nov. 2025 um 10:32 Uhr schrieb Desk <\ndesk@example.org>:",
    "Em ter., 4 de nov. de 2025 às 10:32, Desk <desk@example.org>\nescreveu:",
    "Il giorno mar 4 nov 2025 alle ore 10:32 Desk <desk@example.org>\nha scritto:",
    "2025-11-04 10:32 GMT+01:00 Desk <desk@example.org>:",
    "W dniu 4.11.2025 o 10:32, Desk pisze:",
    "2025年11月4日(火) 10:32 Desk <desk@example.org>:",
    "Desk wrote:",
]


@pytest.mark.parametrize("line", ATTRIBUTIONS)
def test_e18_a_quote_under_an_attribution_folds_with_it(line: str) -> None:
    assert said(f"Still jammed.\n\n{line}\n\n> Have you tried\n> paper?\n>\n> Desk\n") == (
        "Still jammed."
    )
    assert said(f"{line}\n> Have you tried\n> paper?\n\nYes, still jammed.") == (
        "Yes, still jammed."
    )


BLOCKS = [
    ("From: Desk <desk@example.org>", "Sent: Tuesday, 4 November 2025 10:32", "To: Ana",
     "Subject: RE: Printer"),
    ("De: Soporte", "Enviado: martes, 4 de noviembre de 2025 10:32", "Para: Ana López",
     "Asunto: RE: Impresora"),
    ("De: Soporte <desk@example.org>", "Enviado el: martes, 4 de noviembre de 2025 10:32",
     "Para: ana@example.com; bob@example.com", " carl@example.com", "CC: Dora", "Asunto: X"),
    ("De : Support", "Envoyé : mardi 4 novembre 2025 10:32", "À : Ana", "Objet : RE: Panne"),
    ("Von: Desk", "Gesendet: Dienstag, 4. November 2025 10:32", "An: Ana", "Betreff: AW: X"),
    ("De: Desk", "Enviada em: terça-feira, 4 de novembro de 2025", "Para: Ana", "Assunto: X"),
    ("Da: Desk", "Inviato: martedì 4 novembre 2025", "A: Ana", "Oggetto: R: Stampante"),
    ("*From:* Desk <desk@example.org>", "*Date:* Tuesday, 4 November 2025", "*To:* Ana",
     "*Subject:* Printer"),
]  # fmt: skip


@pytest.mark.parametrize("block", BLOCKS)
@pytest.mark.parametrize("rule", ["", "________________________________\n"])
def test_e18_the_header_block_of_outlook_begins_the_history(
    block: tuple[str, ...], rule: str
) -> None:
    history = "\n".join(block) + "\n\nHave you tried paper?\n\nDesk\n"
    assert said(f"Still jammed.\n\n{rule}{history}") == "Still jammed."


@pytest.mark.parametrize(
    "divider",
    [
        "-----Original Message-----",
        "-----Mensaje original-----",
        "-----Message d'origine-----",
        "-----Ursprüngliche Nachricht-----",
        "-----Mensagem original-----",
        "-----Messaggio originale-----",
        "##- Please write above this line -##",
    ],
)
def test_a_divider_begins_the_history(divider: str) -> None:
    assert said(f"Still jammed.\n\n{divider}\nHave you tried paper?") == "Still jammed."


HTML = {
    "gmail": "<div dir=ltr>Still jammed.</div><br><div class='gmail_quote'><div class=gmail_attr>"
    "Op di 4 nov Desk:<br></div><blockquote class=gmail_quote>Paper?</blockquote></div>",
    "apple": "Still jammed.<br><div><br><blockquote type='cite'><div>On 4 Nov 2025, at 10:32, "
    "Desk wrote:</div><br><div>Paper?</div></blockquote></div>",
    "thunderbird": "<p>Still jammed.</p><div class='moz-cite-prefix'>Dnia 4 lis Desk:</div>"
    "<blockquote type=cite><p>Paper?</p></blockquote>",
    "outlook web": "<div>Still jammed.</div><div id='appendonsend'></div><hr><div "
    "id='divRplyFwdMsg'><b>Von:</b> Desk</div><div>Paper?</div>",
    "outlook rewritten": "<div>Still jammed.</div><hr><div id='x_x_divRplyFwdMsg'>Desk</div>"
    "<div>Paper?</div>",
    "outlook": "<div class=WordSection1><p class=MsoNormal>Still jammed.<o:p></o:p></p><div><div "
    "style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'>"
    "<p class=MsoNormal><b>De:</b> Desk<br><b>Enviado:</b> martes, 4 de noviembre de 2025<br>"
    "<b>Para:</b> Ana<br><b>Asunto:</b> X</p></div></div><p class=MsoNormal>Paper?</p></div>",
    "outlook in another tongue": "<p class=MsoNormal>Still jammed.</p><div style='border:none;"
    "border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0in 0in 0in'><p class=MsoNormal><b>Feladó:</b> "
    "desk@example.org<br><b>Elküldve:</b> 2025. november 4.<br><b>Címzett:</b> Ana<br>"
    "<b>Tárgy:</b> X</p></div><p class=MsoNormal>Paper?</p>",
    "yahoo": "<div>Still jammed.</div><div class='yahoo_quoted'><div>Desk:</div><div>Paper?</div>"
    "</div>",
    "proton": "Still jammed.<div class='protonmail_quote'>Desk<blockquote>Paper?</blockquote>"
    "</div>",
    "zimbra": "<div>Still jammed.</div><hr id='zwchr'><div>Paper?</div>",
}


@pytest.mark.parametrize("program", HTML)
def test_e18_the_markup_of_each_program_tells_its_quote(program: str) -> None:
    assert said(HTML[program], kind="html") == "Still jammed."


def test_e19_answers_between_the_lines_stay_with_what_they_answer() -> None:
    body = "On 4 Nov 2025 10:32, Desk <d@x.org> wrote:\n> Paper?\nYes.\n> Toner?\nNo.\n> Desk"
    assert said(body) == "> Paper?\nYes.\n> Toner?\nNo."


def test_e19_answers_between_the_lines_of_html_stay() -> None:
    body = (
        "<div class=gmail_quote><div class=gmail_attr>On 4 Nov Desk wrote:</div>"
        "<blockquote class=gmail_quote>Paper?</blockquote><div>Yes.</div>"
        "<blockquote class=gmail_quote>Toner?</blockquote><div>No.</div></div>"
    )
    found = said(body, kind="html")
    assert "Yes." in found
    assert "No." in found


def test_e19_answers_in_red_below_keep_the_history_in_sight() -> None:
    history = "From: Desk\nSent: 4 November 2025\nSubject: X\n\nPaper? Yes, plenty."
    for pointing in ("My answers in red.", "See below.", "Respondo más abajo", "Siehe unten"):
        assert "Yes, plenty." in said(f"{pointing}\n\n{history}")
    for own in ("It lies face down, boca abajo.", "The lamp is red.", "Der Drucker steht unten."):
        assert said(f"{own}\n\n{history}") == own


@pytest.mark.parametrize(
    "body",
    [
        "From: Madrid\nTo: Lisbon\nDate: 12 May\n\nPlease book this trip.",
        "Name: Ana\nEmail: ana@example.com\nSubject: Printer\nMessage: It is jammed.",
        "My contact:\n\nAna López\nPhone: 123\nMail: ana@example.com",
        "The log says:\n> error 5\n> error 6\nWhat does it mean?",
        "On Monday the server wrote:\nerror 5\nWhat does it mean?",
        "The 2 options --\nare bad.",
        "Please change:\n--\nfrom this sentence that nobody wants in our handbook,\nto that.",
        "I sent from my iPhone the file, and it was too large\nfor the server.",
        ">>> import x\nfails, why?",
    ],
)
def test_e19_what_only_looks_like_a_quote_or_a_signature_stays(body: str) -> None:
    assert said(body, subject="Hello") == body


def test_e19_a_pasted_quote_in_a_new_mail_stays() -> None:
    body = "It prints:\n\n> error 5\n> error 6"
    assert said(body, subject="Printer") == body


@pytest.mark.parametrize("delimiter", ["-- ", "--"])
def test_a_signature_folds(delimiter: str) -> None:
    assert said(f"Still jammed.\n\n{delimiter}\nAna López\nIT, Madrid\n+34 123\n") == (
        "Still jammed."
    )


def test_a_signature_folds_with_its_small_print() -> None:
    small = "This message is confidential and meant for its intended recipient, and nobody else."
    assert said(f"Still jammed.\n-- \nAna\n\n{small}") == "Still jammed."


def test_e19_what_follows_a_signature_stays() -> None:
    body = "Still jammed.\n-- \nAna\n\nPS: the scanner is broken too, could you look?"
    assert said(body) == "Still jammed.\n\nPS: the scanner is broken too, could you look?"


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone",
        "Get Outlook for iOS",
        "Enviado desde mi iPhone",
        "Obtener Outlook para Android",
        "Envoyé de mon iPhone",
        "Von meinem iPhone gesendet",
        "Enviado do meu iPhone",
        "Inviato da iPhone",
    ],
)
def test_the_line_of_a_telephone_folds(line: str) -> None:
    quote = "On 4 Nov 2025, at 10:32, Desk <desk@example.org> wrote:\n\n> Paper?"
    assert said(f"Still jammed.\n\n{line}") == "Still jammed."
    assert said(f"Still jammed.\n\n{line}\n\n{quote}") == "Still jammed."


def test_if_nothing_would_be_left_all_is_kept() -> None:
    body = "On 4 Nov 2025 10:32, Desk wrote:\n> Paper?"
    assert said(body) == body
    assert said("Sent from my iPhone") == "Sent from my iPhone"
    assert said(f"-- \nAna\n\n{body}") == "-- \nAna"


FORWARDS = {
    "gmail": "FYI\n\n---------- Forwarded message ---------\nFrom: Bob Ray <bob@example.com>\n"
    "Date: Tue, Nov 4, 2025 at 10:32 AM\nSubject: Help\nTo: <ana@example.com>\n\nIt is broken.",
    "apple": "FYI\n\n> Begin forwarded message:\n>\n> From: Bob Ray <bob@example.com>\n"
    "> Subject: Help\n> Date: 4 November 2025\n> To: ana@example.com\n>\n> It is broken.",
    "outlook": "Para vosotros.\n\nDe: Bob Ray [mailto:bob@example.com]\nEnviado: martes\n"
    "Para: Ana\nAsunto: Help\n\nIt is broken.",
    "thunderbird": "-------- Mensaje reenviado --------\nAsunto: Help\nFecha: 4 nov 2025\n"
    "De: Bob Ray <bob@example.com>\nPara: ana@example.com\n\nIt is broken.",
}


@pytest.mark.parametrize("program", FORWARDS)
@pytest.mark.parametrize("prefix", ["Fwd", "FW", "RV", "TR", "WG", "ENC"])
def test_e17_a_forward_keeps_what_it_passes_on_and_names_its_writer(
    program: str, prefix: str
) -> None:
    raw = f"From: ana@example.com\nSubject: {prefix}: Help\n\n{FORWARDS[program]}".encode()
    found = decode(raw)
    assert "It is broken." in found.text
    assert found.forwarded == ("Bob Ray", "bob@example.com")


def test_e17_an_answer_to_a_forward_is_no_forward() -> None:
    body = "Done.\n\nOn 4 Nov 2025 10:32, Desk <d@x.org> wrote:\n> FYI\n>\n" + "\n".join(
        f"> {line}" for line in FORWARDS["gmail"].split("\n")
    )
    found = decode(f"Subject: RE: FW: Help\n\n{body}".encode())
    assert found.text == "Done."
    assert found.forwarded is None


def test_e17_no_address_is_taken_out_of_prose() -> None:
    raw = b"Subject: Fwd: Help\n\nWrite to bob@example.com\nFrom: here on, all is broken."
    assert decode(raw).forwarded is None


def test_html_becomes_readable_text() -> None:
    body = (
        "<style>p{}</style><!-- no --><h1>Steps</h1><ol><li>Open &amp; <b>shut</b><li>Wait</ol>"
        "<ul><li><p>One</p></li></ul><p>See <a href='https://x.example/a'>this page</a> or "
        "<a href='https://x.example'>x.example</a>.</p><table><tr><td>a<td>b</tr></table>"
        "<pre>  kept\n    too</pre><img src='cid:1' alt='shot.png'><img src='http://x/t.gif'>1 < 2"
    )
    assert said(body, subject="Hi", kind="html").split("\n") == [
        "Steps", "", "1. Open & shut", "2. Wait", "", "- One", "",
        "See this page <https://x.example/a> or x.example.", "", "a\tb", "",
        "  kept", "    too", "", "[shot.png]1 < 2",
    ]  # fmt: skip


def test_e2_html_that_would_explode_is_shown_as_text() -> None:
    deep = clean("<div>" * 100_000 + "hello")
    assert deep.startswith("<pre>")
    assert "hello" in deep


def test_cleaned_html_has_no_script_and_no_remote_picture() -> None:
    shown = clean(
        "<p onclick=x()>Hi<script>x()</script><img src='https://t.example/1.gif'>"
        "<img src='cid:logo'><a href='javascript:x()'>a</a><iframe src=x></iframe></p>"
    )
    assert "cid:logo" in shown
    assert not any(word in shown for word in ("script", "t.example", "onclick", "iframe"))


LINES = st.sampled_from(
    ["", "> a", ">", "> > b", "text", "-- ", "--", "Sent from my iPhone", "From: a <a@b.org>",
     "Sent: 2025", "To: b", "Subject: c", "On 4 Nov 2025 10:32, D <d@x.org>", "wrote:", "_____",
     "-----Original Message-----", "##- above", "D wrote:", "See below.", "Why?", "confidential",
     "---------- Forwarded message ---------"]
)  # fmt: skip


@given(
    st.lists(st.builds(Line, LINES, st.sampled_from(["", "", "", "quote", "history", "rule"]))),
    st.sampled_from(["", "Re: x", "Fwd: x"]),
    st.booleans(),
)
def test_e19_the_visible_text_only_leaves_lines_out(
    lines: list[Line], subject: str, answers: bool
) -> None:
    kept = visible(lines, subject=subject, answers=answers)
    rest = iter([line.text for line in lines])
    assert all(text in rest for text in kept)
    assert bool(kept) == any(line.text.strip() for line in lines)
