"""How a local server closes: nobody new comes in, nobody is lost in the doorway, all leave."""

import asyncio
from collections.abc import Collection

_PATIENCE = 1.0  # seconds for a conversation to see that its line was cut
_DOORWAY = 5  # turns of the loop from a connection that is accepted to its conversation


async def close_doors(servers: Collection[asyncio.Server]) -> None:
    """Stop listening; whoever was accepted before has begun a conversation afterwards.

    By itself a server that closes forgets those whom it accepted in the same moment: they are
    neither served nor hung up on, and their sockets stay open until the collector finds them.
    """
    loop = asyncio.get_running_loop()
    for server in servers:
        for door in server.sockets:
            loop.remove_reader(door.fileno())
    for _ in range(_DOORWAY):
        await asyncio.sleep(0)
    for server in servers:
        server.close()


async def see_out(talks: Collection[asyncio.Task[None]]) -> None:
    """Wait for conversations whose lines were cut; who hasn't left in a second is made to."""
    leaving = list(talks)
    if leaving:
        _, late = await asyncio.wait(leaving, timeout=_PATIENCE)
        for talk in late:
            talk.cancel()
    await asyncio.gather(*leaving, return_exceptions=True)
