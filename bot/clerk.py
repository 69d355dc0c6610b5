"""The clerk: asks whether a command may be given, reads what stands behind it, carries it out."""

from bot.arguments import Arguments
from bot.command import Call
from bot.grammar import Line
from bot.model.message import Answer
from bot.model.ticket import Ticket
from bot.permission import permit


def carry_out(line: Line, call: Call) -> tuple[Answer, Ticket | None]:
    """Do what the line says: the answer, and the ticket it was about as it is afterwards.

    Raises `Refused` when it may not or cannot be done; then nothing of it may be kept.
    """
    permit(line.command, call, line.word)
    arguments = Arguments(line, call).read()
    answer = line.command.run(call, **arguments)
    about = arguments.get("ticket", call.here)
    ticket = call.work.tickets.get(about.id) if isinstance(about, Ticket) else None
    return answer, ticket
