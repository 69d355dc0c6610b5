"""Commands that send ready answers; whoever sends one has read it as the requester will."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from bot.arguments import Arguments
from bot.clerk import carry_out
from bot.command import TICKET, WORDS, Call, Draft, Parameter, Type, command
from bot.commands.talking import reply
from bot.grammar import Grammar, Line
from bot.handing import named, permitted, theirs, whole
from bot.model.article import Verdict
from bot.model.canned import ReadyAnswer, borne, filled
from bot.model.emphasis import quoted
from bot.model.entry import Message, Note
from bot.model.fold import fold
from bot.model.message import UNNAMED, Answer, Button
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.permission import permit_speaking
from bot.ready import variables
from bot.verdicts import judge

ANSWER = Parameter("answer", Type.CANNED)
_SEND, _ANYWAY = "ordered.send", "ordered.anyway"
# How refusals end that say it is so: then nothing is missing.
_SO_ALREADY = ("_already", "_by_you", ".same_team", ".watching")


class Said(NamedTuple):
    """What the requester would read, its language and theirs, and the order to send it, if any."""

    words: str
    language: str
    wanted: str
    more: str
    order: str

    @property
    def is_foreign(self) -> bool:
        """Whether there are no words in their language."""
        return self.language != self.wanted


def _draft(call: Call, ticket: Ticket, answer: ReadyAnswer, text: str | None) -> Draft | None:
    """The words as a form shows them first, unless they were ordered to go out."""
    permit_speaking(call.work, ticket)
    said = _said(call, ticket, answer, text or "")
    if said.order:
        return None
    lines = [f"+ {each}" for each in answer.does]
    if said.is_foreign:
        lines.insert(0, _say(call, "form.foreign", said))
    return Draft(said.words, "\n".join(lines), answer.name)


@command(TICKET, ANSWER, replace(WORDS, required=False), speaks=True, drafts=_draft)
def canned(call: Call, ticket: Ticket, answer: ReadyAnswer, text: str | None) -> Answer:
    """Send a ready answer, or show it first: only what was read in a form, or ordered, goes out."""
    permit_speaking(call.work, ticket)
    if call.reviewed and text:
        return _send(call, ticket, answer, text)
    said = _said(call, ticket, answer, text or "")
    if not said.order:
        return _preview(call, ticket, answer, said)
    if said.is_foreign and said.order != _ANYWAY:
        has = [_called(call, each) for each in sorted(answer.words)]
        line = _line(call, ticket, answer, _ANYWAY, said.more)
        language = _called(call, said.wanted)
        raise Refused("refused.foreign", people=has, language=language, line=line)
    return _send(call, ticket, answer, said.words)


def step(grammar: Grammar, words: str) -> Line | None:
    """A command that goes along with a ready answer; None for what none can be."""
    line = grammar.begun(words)
    fits = line is not None and line.command.needs_ticket and line.command.drafts is None
    return line if fits else None


def _said(call: Call, ticket: Ticket, answer: ReadyAnswer, text: str) -> Said:
    """The answer in the requester's language, else the desk's, with the agent's words below it."""
    requester = call.work.people.get(ticket.requester)
    assert requester is not None, "a ticket's requester is kept"
    desk, texts = call.desk.settings, call.desk.texts
    reader = call.desk.wording.reader(requester, call.now, ticket)
    wanted = reader.language
    language = answer.language(wanted, texts.spoken(desk.language))
    values = {
        "name": requester.first_name,
        "reference": desk.reference(ticket.id),
        "summary": texts.veiled(ticket.summary or ticket.subject, reader),
        "agent": call.by.name,
        "team": desk.label(ticket.team),
        "desk": desk.name,
    }
    order, more = _ordered(call, text)
    own = filled(answer.words[language], variables(texts), values, partial(_article, call, ticket))
    return Said("\n\n".join(filter(None, (own, more))), language, wanted, more, order)


def _article(call: Call, ticket: Ticket, number: int, alone: bool) -> str:
    """An article that the answer bears, in the requester's language. Raises `Refused`."""
    article = theirs(call, ticket, permitted(call, number))
    return whole(article) if alone else named(call, ticket, article)


def _ordered(call: Call, text: str) -> tuple[str, str]:
    """The order to send it, "" for none, and the agent's own words.

    It stands alone or before a colon: "Send me the log" are words.
    """
    first, _, more = text.partition(":")
    texts = call.desk.texts
    for order in (_SEND, _ANYWAY):
        said = (word for language in texts.languages for word in texts.words(order, language))
        if fold(first.strip(" .!")) in map(fold, said):
            return order, more.strip()
    return "", text.strip()


def _preview(call: Call, ticket: Ticket, answer: ReadyAnswer, said: Said) -> Answer:
    """What would go out, and how it is sent or changed."""
    order = _ANYWAY if said.is_foreign else _SEND
    shown = call.answer(
        "done.preview",
        ticket,
        title=answer.name,
        quoted=quoted(said.words),
        foreign=_say(call, "form.foreign", said) if said.is_foreign else "",
        rows=list(answer.does),
        line=_line(call, ticket, answer, order, said.more),
    )
    shown = replace(shown, inward=True)  # whatever words it was to be sent with
    if said.more:  # which no press has room for: it was typed, and is typed again
        return shown
    reference = call.desk.settings.reference(ticket.id)
    command = f"/{canned.name} {reference} {answer.name}"
    sent = call.desk.texts.words(order, call.reader.language)[0]
    label, change = (_say(call, key, said) for key in ("form.send_ready", "form.change_ready"))
    buttons = Button(label, f"{command} {sent}", main=True), Button(change, command)
    return replace(shown, buttons=buttons)


def _line(call: Call, ticket: Ticket, answer: ReadyAnswer, order: str, more: str) -> str:
    """How it is typed: "/canned IT-42 vpn send"."""
    texts, language = call.desk.texts, call.reader.language
    word = call.reader.command(texts.words("canned.words", language)[0])
    reference = call.desk.settings.reference(ticket.id)
    ordered = " ".join((word, reference, answer.name, texts.words(order, language)[0]))
    return f"{ordered}: {more}" if more else ordered


def _say(call: Call, key: str, said: Said) -> str:
    wanted, language = _called(call, said.wanted), _called(call, said.language)
    return call.desk.texts.render(key, call.reader, wanted=wanted, language=language)


def _called(call: Call, language: str) -> str:
    texts = call.desk.texts  # which may have ceased to speak a language
    known = language in texts.languages
    return texts.words("language_names.own", language)[0] if known else language


def _send(call: Call, ticket: Ticket, answer: ReadyAnswer, words: str) -> Answer:
    """Say the words, once, and do what goes along with them; all or nothing."""
    if _was_said(call, ticket, words):
        raise Refused("refused.said_already")
    lines = [_about(call, ticket, each) for each in answer.does]
    bearer = next((each for each in lines if _bears(call, each)), None)
    buttons = () if bearer else reply.run(call, ticket, words).buttons
    wordless = replace(call, attachments=(), remarks=(), name=UNNAMED)  # they go with the answer
    aside = replace(wordless, read_below=0, reviewed=False)
    done: list[str] = []
    for line in lines:
        given = replace(line, filled={WORDS.name: words}) if line is bearer else line
        try:
            done.append(carry_out(given, aside)[0].text)
        except Refused as refusal:
            if line is bearer or not refusal.key.endswith(_SO_ALREADY):
                raise
    call.work.canned.sent(answer, call.now)
    _teach(call, ticket, answer, words)
    kept = call.work.tickets.get(ticket.id)
    told = call.answer("done.canned", kept, title=answer.name, rows=done)
    return replace(told, buttons=buttons)


def _teach(call: Call, ticket: Ticket, answer: ReadyAnswer, words: str) -> None:
    """Whoever sent articles with it says that they answer this; not what they took out of it."""
    for number in dict.fromkeys(each for said in answer.words.values() for each in borne(said)):
        article = theirs(call, ticket, permitted(call, number))
        if article.title in words:
            judge(call, ticket, article, Verdict.LINKED)


def _about(call: Call, ticket: Ticket, words: str) -> Line:
    line = step(Grammar(call.commands, call.desk.texts), words)
    if line is None:
        raise Refused("refused.no_such_step", value=words)
    reference = call.desk.settings.reference(ticket.id)
    return replace(line, words=f"{reference} {line.words}".strip())


def _bears(call: Call, line: Line) -> bool:
    """Whether it speaks to the requester, and has no words yet: then it says the answer's."""
    if not line.command.speaks or not _takes_text(line.command.parameters):
        return False
    try:
        Arguments(replace(line, filled={WORDS.name: line.word}), call).read()
    except Refused:
        return False
    return True


def _takes_text(parameters: Sequence[Parameter]) -> bool:
    """Whether the last of them is free text that goes to somebody."""
    return bool(parameters) and parameters[-1].name == WORDS.name


def _was_said(call: Call, ticket: Ticket, words: str) -> bool:
    """Whether it is what the requester was told last, with nothing said since."""
    for entry in reversed(call.work.entries.of(ticket.id)):
        if isinstance(entry, Note):
            continue
        said = entry.text if isinstance(entry, Message) else entry.words
        if said:
            return said == words and entry.by != ticket.requester
    return False
