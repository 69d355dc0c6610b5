"""Commands about what goes with a ticket: the things it is about, and what was agreed."""

from bot.command import TICKET, Call, Parameter, Type, command
from bot.introduction import home_of
from bot.model import moving
from bot.model.asset import concerning
from bot.model.message import Answer
from bot.model.person import Organisation
from bot.model.refused import Refused
from bot.model.ticket import Ticket
from bot.routing import addresses_of


@command(TICKET, Parameter("assets", Type.ASSETS, required=False))
def asset(call: Call, ticket: Ticket, assets: str | None) -> Answer:
    """Say which of the desk's things a ticket is about; alone, it shows them."""
    if ticket.merged_into is not None:
        raise Refused("refused.merged", other=ticket.merged_into)
    inventory = call.desk.settings.assets
    if not inventory.assets:
        raise Refused("refused.no_assets")
    if assets is None:
        requester = call.work.people.get(ticket.requester)
        theirs = inventory.of(addresses_of(call.work, requester)) if requester else []
        return call.answer("done.asset", ticket, changed=False, theirs=[x.name for x in theirs])
    labels = concerning(ticket.assets, assets, inventory)
    change = moving.concern(ticket, labels, call.by.id, call.now, call.channel)
    return call.answer("done.asset", call.keep(change), changed=True, theirs=[])


@command(TICKET, changes=False, quiet=True)
def contract(call: Call, ticket: Ticket) -> Answer:
    """What was agreed with those to whom the requester belongs."""
    requester = call.work.people.get(ticket.requester)
    known = addresses_of(call.work, requester) if requester else ()
    home = home_of(call.desk.settings, known) or Organisation("")
    told = {"organisation": home.name, "contract": home.contract, "agreed": home.agreed}
    return call.answer("done.contract", ticket, told=False, **told)
