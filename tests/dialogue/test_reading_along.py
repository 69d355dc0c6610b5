"""Who reported a ticket may read the agents' room themselves: whoever notes something is told."""

from chat_stage import AGENTS, Chat, Member

WORDS = "My own screen flickers"


def cast(chat: Chat) -> tuple[Member, Member, Member]:
    """Two agents, of whom the first reports something, and somebody who is none."""
    eva = Member(chat, "eva@desk.example", "Eva Sanz")
    return eva, Member(chat, "leo@desk.example", "Leo Prats"), Member(chat, "UANA", "Ana Ruiz")


async def test_a_plain_note_is_answered_once_by_who_reads_it(chat):
    eva, leo, _ = cast(chat)
    await eva.commands(f"/new {WORDS}")
    answer = await leo.writes_below("she is careless")
    assert "Eva Sanz reported IT-1 and reads this room" in answer.text
    assert await leo.writes_below("very careless") is None
    assert await eva.writes_below("am I?") is None, "it is their own"


async def test_who_takes_a_note_by_its_command_hears_it_too(chat):
    eva, leo, _ = cast(chat)
    await eva.commands(f"/new {WORDS}")
    answer = await leo.commands("/note IT-1 she is careless", AGENTS, internal=True)
    assert "she is careless\nEva Sanz reported it and reads our room" in answer.text
    answer = await leo.commands("/note IT-1 very careless", AGENTS, internal=True)
    assert "reads our room" not in answer.text


async def test_the_form_of_a_note_says_who_reads_it(chat):
    eva, leo, ana = cast(chat)
    await eva.commands(f"/new {WORDS}")
    await ana.posts("My VPN is down")
    form = await chat.stage.counter.form(leo.asks("/note IT-1"))
    assert "Eva Sanz reported this and reads our room" in form.notice
    assert (await chat.stage.counter.form(leo.asks("/note IT-2"))).notice == ""
    assert (await chat.stage.counter.form(eva.asks("/note IT-1"))).notice == ""
    assert (await chat.stage.counter.form(leo.asks("/reply IT-1"))).notice == ""


async def test_who_has_the_ticket_themselves_is_meant_to_read_notes(chat):
    eva, leo, _ = cast(chat)
    await eva.commands(f"/new {WORDS}")
    await leo.commands("/assign IT-1 Eva")
    assert await leo.writes_below("have a look yourself") is None


async def test_a_note_about_somebody_elses_ticket_is_answered_by_nothing(chat):
    _, leo, ana = cast(chat)
    await ana.posts("My VPN is down")
    assert await leo.writes_below("she is careless") is None
