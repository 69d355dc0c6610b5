"""The clerk: asks whether a command may be given, reads what stands behind it, carries it out."""

from dataclasses import replace

from bot.arguments import Arguments
from bot.command import WORDS, Call
from bot.grammar import Line
from bot.model.message import Answer
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.permission import permit


def carry_out(line: Line, call: Call) -> tuple[Answer, Ticket | None]:
    """Do what the line says: the answer, and the ticket it was about as it is afterwards.

    Raises `Refused` when it may not or cannot be done; then nothing of it may be kept.
    """
    permit(line.command, call, line.word)
    call.look(line, call.here)
    arguments = Arguments(line, call).read()
    about = arguments.get("ticket", call.here)
    ticket = about if isinstance(about, Ticket) else None
    try:
        answer = line.command.run(call, **arguments)
    except Refused as refusal:
        refusal.about = refusal.about or (ticket.id if ticket else None)
        raise
    outward = line.command.outward or (line.command.speaks and arguments.get(WORDS.name))
    answer = replace(answer, inward=answer.inward or not outward)
    return answer, call.work.tickets.get(ticket.id) if ticket else None
