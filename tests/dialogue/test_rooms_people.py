"""What people of a chat do without thinking of a desk, and what comes of it."""

from dataclasses import replace

import pytest
from chat_stage import AGENTS, HELP, Chat, Member, said

from bot.model.entry import Message, Note, What
from bot.model.ticket import Status

VPN = "My VPN is down since this morning"


def cast(chat: Chat) -> tuple[Member, Member, Member]:
    ana = Member(chat, "UANA", "Ana Ruiz")
    return ana, Member(chat, "leo@desk.example", "Leo Prats"), Member(chat, "UBOB", "Bob Hill")


async def presses(member: Member, text: str, root, **differs: object):
    """Press a button that everybody in the thread can see."""
    known = {"interactive": True, "public": True} | differs
    room = differs.pop("room", HELP)
    return await member.chat.takes(member.inbound(text, room, root.address.thread, **known))


@pytest.mark.parametrize("text", ["/status IT-1", "/resolve IT-1", "/reopen IT-1"])
async def test_a_press_on_somebody_elses_buttons_is_refused_and_no_words_of_theirs(chat, text):
    ana, leo, bob = cast(chat)
    root = await ana.posts(VPN)
    await leo.commands("/resolve IT-1 plugged in", room=AGENTS)
    entries = await chat.stage.entries()
    answer = await presses(bob, text, root)
    assert answer.refused
    assert "Only whoever reported this" in answer.text
    assert await chat.stage.entries() == entries
    assert (await chat.stage.ticket()).status is Status.RESOLVED


async def test_a_visitor_in_the_agents_room_gives_no_orders_and_their_words_stay_there(chat):
    ana, leo, bob = cast(chat)
    await ana.posts(VPN)
    await leo.commands("/resolve IT-1 plugged in", room=AGENTS)
    public = len(chat.public)
    card = (await chat.card_id()).split(":")[1]
    pressed = bob.inbound("/reopen IT-1", AGENTS, card, interactive=True, internal=True)
    answer = await chat.takes(pressed)
    assert answer.refused
    assert "aren't entered" in answer.text
    await bob.writes_below("He always breaks things", interactive=False)
    assert isinstance((await chat.stage.entries())[-1], Note)
    assert (await chat.stage.ticket()).status is Status.RESOLVED
    assert len(chat.public) == public


async def test_a_reference_behind_the_prefix_is_part_of_the_words(chat):
    ana, leo, bob = cast(chat)
    await ana.posts(VPN)
    await bob.posts("The printer is jammed on floor two")
    await leo.writes_below("reply: IT-2 is a similar case, look", ticket=1)
    said_ = [each for each in await chat.stage.entries(1) if each.what is What.REPLIED]
    assert [each.text for each in said_] == ["IT-2 is a similar case, look"]
    assert all(each.what is not What.REPLIED for each in await chat.stage.entries(2))


@pytest.mark.parametrize(
    "text", ["reply:use this", "*reply:* use this", "Reply : use this", "responder:use this"]
)
async def test_the_prefix_may_be_written_as_people_write_it(chat, text):
    ana, leo, _ = cast(chat)
    await ana.posts(VPN)
    await leo.writes_below(text)
    assert (await chat.stage.entries())[-1].what is What.REPLIED


@pytest.mark.parametrize("text", ["resolve: replaced the cable", "/nota: hmm x", "cerrar: listo"])
async def test_what_looks_like_an_order_and_is_none_is_told(chat, text):
    ana, leo, _ = cast(chat)
    await ana.posts(VPN)
    answer = await leo.writes_below(text)
    assert answer is not None
    assert (await chat.stage.ticket()).status is not Status.RESOLVED


async def test_a_prefix_without_words_asks_for_them(chat):
    ana, leo, _ = cast(chat)
    await ana.posts(VPN)
    answer = await leo.writes_below("reply:")
    assert answer.refused


@pytest.mark.parametrize("text", ["claim", "tomar", "/claim"])
async def test_a_lone_word_below_the_card_is_an_order(chat, text):
    ana, leo, _ = cast(chat)
    await ana.posts(VPN)
    await leo.writes_below(text)
    assert (await chat.stage.ticket()).assignee is not None


async def test_a_command_that_names_its_ticket_works_in_a_direct_message(chat):
    ana, leo, _ = cast(chat)
    await ana.posts(VPN)
    await chat.takes(leo.inbound("note IT-1 he called again", "dm-leo", internal=True))
    note = (await chat.stage.entries())[-1]
    assert isinstance(note, Note)
    assert note.text == "he called again"
    assert await chat.stage.ticket(2) is None


async def test_an_answer_below_a_merged_card_goes_to_whose_card_it_is(chat):
    ana, leo, bob = cast(chat)
    first = await ana.posts(VPN)
    await bob.posts("The printer is jammed on floor two")
    await leo.commands("/merge IT-2 IT-1", room=AGENTS)
    await leo.writes_below("reply: hello Ana, only for you", ticket=1)
    threads = [t for room, t, each in chat.parlour.places if "only for you" in each.text and t]
    assert {each for each in threads if each == first.address.thread} == {first.address.thread}
    helped = [each for room, _, each in chat.parlour.places if room == HELP]
    assert not any("only for you" in each.text for each in helped if each.recipient == bob.id)


async def test_pointing_at_anothers_words_changes_nobodys_language(chat):
    ana, _, bob = cast(chat)
    root = ana.inbound("¿alguien tiene la clave de la impresora de la planta baja?", HELP)
    pressed = bob.inbound(root.text, HELP, root.address.thread, interactive=True)
    pressed = replace(pressed, known_as=root.external_id, forwarded=ana.speaker, replies_to=())
    await chat.takes(pressed)
    person, _ = await chat.stage.store.read(lambda work: work.people.find("parlour", "UBOB"))
    assert person.heard != "es"


async def test_each_message_in_the_open_is_a_report_of_its_own(chat, store, tmp_path, clock):
    ana, _, _ = cast(chat)
    await ana.posts("The printer on floor two is broken")
    await ana.posts("I need a new mouse, please")
    assert await chat.stage.ticket(2) is not None


async def test_an_agents_words_in_the_open_are_offered_and_not_taken(chat):
    _, leo, _ = cast(chat)
    inbound = leo.inbound("Maintenance tomorrow at eight, dear all", HELP, public=True)
    answer = await chat.takes(inbound)
    assert answer.buttons
    assert await chat.stage.ticket() is None


async def test_a_requesters_tick_on_their_own_report_settles_it_and_says_so(chat):
    ana, _, _ = cast(chat)
    root = await ana.posts(VPN)
    answer = await ana.signs("/resolve", root)
    assert (await chat.stage.ticket()).status is Status.RESOLVED
    assert "Good that it is solved" in answer.text
    resolved = (await chat.stage.entries())[-1]
    assert not isinstance(resolved, Message)
    assert resolved.words == ""


async def test_a_code_is_known_by_itself_while_one_is_awaited(chat):
    ana, _, _ = cast(chat)
    await ana.commands("link ana@example.org")
    letters = [each for each in chat.parlour.delivered if "@" in each.recipient]
    code = letters[-1].text.partition("code is ")[2][:7]
    await chat.takes(ana.inbound(code, "dm-UANA", internal=True))
    known = await chat.stage.store.read(lambda work: work.people.find("parlour", "ana@example.org"))
    assert known is not None
    assert known[0].name == "Ana Ruiz"
    assert await chat.stage.ticket() is None


async def test_commands_are_told_as_they_are_typed_in_a_chat(chat):
    _, leo, _ = cast(chat)
    answer = await leo.commands("help", room=AGENTS)
    assert "/desk claim IT-42" in answer.text
    assert "\n- /claim" not in answer.text
    refused = await leo.commands("claim IT-77", room=AGENTS)
    assert refused.refused


async def test_mere_thanks_call_nobody(chat):
    ana, leo, _ = cast(chat)
    root = await ana.posts(VPN)
    await leo.writes_below("claim")
    await leo.commands("/resolve IT-1 plugged in", room=AGENTS)
    await ana.joins(root, "gracias")
    thanks = next(each for each in reversed(chat.below) if "gracias" in each.text)
    assert thanks.mentions == ()
    await ana.joins(root, "It is down again, all of it")
    assert chat.below[-1].mentions


async def test_nobody_is_logged_under_a_mail_address_that_nothing_reaches(chat):
    _, leo, _ = cast(chat)
    chat.stage.desk.mail = ""
    answer = await leo.commands("log carla@nowhere.example needs a badge", room=AGENTS)
    assert answer.refused
    assert await chat.stage.ticket() is None


async def test_a_secret_in_a_form_is_hidden_and_goes_to_no_requester(chat):
    ana, leo, _ = cast(chat)
    await ana.commands("/new", filled=(("text", "Mail fails. My password is Hunter2!Long"),))
    assert not any("Hunter2" in said(each) for each in chat.parlour.delivered)
    filled = (("text", "Use the password: Hunter2!Long"),)
    answer = await leo.commands("/reply IT-1", room=AGENTS, filled=filled)
    assert answer.refused
    assert not any("Hunter2" in said(each) for each in chat.parlour.delivered)


async def test_what_is_said_in_private_is_not_answered_in_the_open(chat):
    ana, leo, _ = cast(chat)
    await ana.posts(VPN)
    private = ana.inbound("My home address is Elm Street 1", "dm-UANA", "7")
    first = (await chat.stage.ticket()).conversation.thread
    name = f"{HELP}:{first}"
    await chat.takes(replace(private, replies_to=(name,)))
    public = len(chat.public)
    await leo.writes_below("reply: we send it to Elm Street 1")
    assert len(chat.public) == public
    assert any(room == "dm-UANA" for room, _, each in chat.parlour.places if "Elm" in each.text)


@pytest.mark.parametrize("words", ["/resolve", "/claim"])
async def test_a_sign_on_a_colleagues_note_is_meant_for_the_note(chat, words):
    ana, leo, _ = cast(chat)
    await ana.posts(VPN)
    card = (await chat.card_id()).split(":")[1]
    known = {"internal": True, "overheard": True, "interactive": True}
    note = leo.inbound("She pulled the plug", AGENTS, card, **known)
    await chat.takes(note)
    before = await chat.stage.ticket()
    await Member(chat, "eva@desk.example", "Eva Sanz").signs(words, note)
    assert await chat.stage.ticket() == before


@pytest.mark.parametrize("text", ["👍", ":raised_hands:", "perfecto", "lo puedes cerrar", "!!"])
async def test_what_says_nothing_more_leaves_a_solved_ticket_solved(chat, text):
    ana, leo, _ = cast(chat)
    root = await ana.posts(VPN)
    await leo.commands("/resolve IT-1 plugged in", room=AGENTS)
    await ana.joins(root, text)
    assert (await chat.stage.ticket()).status is Status.RESOLVED


async def test_a_helper_reopens_nothing_and_is_heard_when_they_call_the_desk(chat):
    ana, leo, bob = cast(chat)
    root = await ana.posts(VPN)
    await leo.commands("/resolve IT-1 plugged in", room=AGENTS)
    await bob.joins(root, "Did you try the other dock as well?")
    assert (await chat.stage.ticket()).status is Status.RESOLVED
    known = {"asked": True, "interactive": True, "public": True}
    inbound = bob.inbound("mine too, please help", HELP, root.address.thread, **known)
    assert "IT-1" in (await chat.takes(inbound)).text


@pytest.mark.parametrize(
    "text", ["link to the wiki is broken", "resolve my login problem please", "help me print"]
)
async def test_words_that_begin_like_a_command_are_a_report_all_the_same(chat, text):
    ana, _, _ = cast(chat)
    await ana.commands(text)
    assert (await chat.stage.ticket()).status is Status.NEW


async def test_a_bare_reference_asks_how_it_stands(chat):
    ana, leo, _ = cast(chat)
    await ana.posts(VPN)
    answer = await leo.commands("IT-1", room=AGENTS)
    assert "IT-1 · Ana Ruiz" in answer.text
    assert await chat.stage.ticket(2) is None


async def test_every_command_gets_an_answer(chat):
    ana, _, _ = cast(chat)
    for text in ("thanks", "hi", "👍"):
        assert (await ana.commands(text, address=chat.place(HELP))).text
