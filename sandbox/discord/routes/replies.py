"""What follows the first answer to an interaction: its changes, and more messages."""

from sandbox.discord.call import Call, Reply, Route
from sandbox.discord.drafting import drafted, edits
from sandbox.discord.interaction import Callback, Interaction
from sandbox.discord.message import Flag, Message
from sandbox.discord.refusal import Refused, unknown
from sandbox.discord.routes.interactions import show, unpinged
from sandbox.discord.snowflake import parsed

_ORIGINAL = "@original"


async def follow(call: Call) -> Reply:
    """Post another message; right after a promise of one it keeps the promise instead."""
    interaction = _answered(call)
    body = call.object()
    loading = interaction.reply
    if loading and loading.flags & Flag.LOADING:
        return Reply(_edited(call, loading))
    flags = body.get("flags")
    hidden = isinstance(flags, int) and bool(flags & Flag.EPHEMERAL)
    draft = drafted(call.world, interaction.channel.id, body, call.files, ephemeral=hidden)
    message = show(call, interaction, draft, hidden=hidden)
    interaction.followed[message.id] = message
    return Reply(call.world.shown(message, content=True))


async def read(call: Call) -> Reply:
    """Return the answer, or a message that followed it."""
    return Reply(call.world.shown(_message(call, _answered(call)), content=True))


async def edit(call: Call) -> Reply:
    """Change the answer, or a message that followed it."""
    interaction = _answered(call)
    return Reply(_edited(call, _message(call, interaction)))


async def delete(call: Call) -> Reply:
    """Delete the answer, or a message that followed it."""
    interaction = _answered(call)
    call.posting.delete(_message(call, interaction))
    return Reply()


def _answered(call: Call) -> Interaction:
    """Return the interaction whose token came along; before its answer there is nothing."""
    interaction = call.world.interactions.get(call.path["token"])
    if interaction is None or not interaction.good(call.world.now):
        raise Refused(401, 50027, "Invalid Webhook Token")
    if interaction.callback in (None, Callback.CHOICES):
        raise unknown("Webhook")
    return interaction


def _message(call: Call, interaction: Interaction) -> Message:
    name = call.path["message"]
    if name == _ORIGINAL:
        found = interaction.reply
    else:
        id_ = parsed(name) or 0
        found = interaction.followed.get(id_)
        if found is None and interaction.reply and interaction.reply.id == id_:
            found = interaction.reply
    if found is None or found.deleted:
        raise unknown("Message")
    return found


def _edited(call: Call, message: Message) -> object:
    fields = edits(call.world, message, call.object(), call.files)
    if message.flags & Flag.LOADING:
        fields["flags"] = fields.get("flags", message.flags) & ~Flag.LOADING
    if "allowed" in fields:
        fields["allowed"] = unpinged(fields["allowed"])
    call.posting.change(message, **fields)
    return call.world.shown(message, content=True)


_MESSAGE = "/webhooks/{application}/{token}/messages/{message}"
ROUTES: tuple[Route, ...] = (
    ("POST", "/webhooks/{application}/{token}", follow),
    ("GET", _MESSAGE, read),
    ("PATCH", _MESSAGE, edit),
    ("DELETE", _MESSAGE, delete),
)
