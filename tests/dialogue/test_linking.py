"""Who proves by a code that an address is theirs is one person at both."""

import re
from datetime import timedelta

import pytest
from chat_stage import Chat, Member

from bot.commands.knowing import MOST_TRIES
from bot.model.message import Answer

MAIL = (("parlour", "ana@example.org"),)


def code_of(chat: Chat, address: str) -> str:
    letters = [each for each in chat.parlour.delivered if each.recipient == address]
    return re.search(r"\d{3} \d{3}", letters[-1].text)[0]


async def begins(member: Member, address: str) -> str:
    answer = await member.commands(f"link {address}", room=f"dm-{member.id}")
    assert isinstance(answer, Answer)
    assert not answer.refused, answer.text
    return code_of(member.chat, address)


async def person_at(chat: Chat, address: str):
    found = await chat.stage.store.read(lambda work: work.people.find("parlour", address))
    return found[0] if found else None


async def test_the_right_code_makes_two_records_one_whichever_is_older(chat):
    mail = Member(chat, "ana@example.org", "Ana Ruiz")
    slack = Member(chat, "UANA", "Ana R")
    await mail.posts("The printer on the first floor is broken")
    await slack.posts("My VPN is down since this morning")
    code = await begins(slack, "ana@example.org")
    answer = await slack.commands(f"link {code}", room="dm-UANA")
    assert "ana@example.org" in answer.text
    one, other = await person_at(chat, "ana@example.org"), await person_at(chat, "UANA")
    assert one == other
    tickets = await chat.stage.store.read(lambda work: work.tickets.of_requester(one.id))
    assert {each.id for each in tickets} == {1, 2}


async def test_letters_leave_to_where_they_last_wrote(chat):
    mail = Member(chat, "ana@example.org", "Ana Ruiz")
    slack = Member(chat, "UANA", "Ana R")
    await mail.posts("The printer on the first floor is broken")
    code = await begins(slack, "ana@example.org")
    await slack.commands(f"link {code}", room="dm-UANA")
    person = await person_at(chat, "UANA")
    reached = await chat.stage.store.read(lambda work: work.people.reached_at(person.id))
    assert reached.external_id == "UANA"


async def test_people_are_found_by_each_of_their_addresses(chat):
    mail = Member(chat, "ana@example.org", "Ana Ruiz")
    slack = Member(chat, "UANA", "Ana R")
    await mail.posts("The printer on the first floor is broken")
    code = await begins(slack, "ana@example.org")
    await slack.commands(f"link {code}", room="dm-UANA")
    for words in ("UANA", "ana@example.org"):
        found = await chat.stage.store.read(lambda work, each=words: work.people.search(each))
        assert [each.name for each in found] == ["Ana Ruiz"]


async def test_an_address_that_nobody_had_is_theirs(chat):
    slack = Member(chat, "UANA", "Ana R")
    code = await begins(slack, "new@example.org")
    await slack.commands(f"link {code.replace(' ', '')}", room="dm-UANA")
    assert await person_at(chat, "new@example.org") == await person_at(chat, "UANA")


async def test_five_wrong_codes_end_it(chat):
    slack = Member(chat, "UANA", "Ana R")
    code = await begins(slack, "new@example.org")
    wrong = "000 000" if code != "000 000" else "111 111"
    for _ in range(MOST_TRIES):
        assert not (await slack.commands(f"link {wrong}", room="dm-UANA")).refused
    assert (await slack.commands(f"link {code}", room="dm-UANA")).refused
    assert await person_at(chat, "new@example.org") is None


async def test_a_code_is_over_after_a_quarter_of_an_hour(chat):
    slack = Member(chat, "UANA", "Ana R")
    code = await begins(slack, "new@example.org")
    chat.stage.clock.now += timedelta(minutes=16)
    assert (await slack.commands(f"link {code}", room="dm-UANA")).refused
    assert await person_at(chat, "new@example.org") is None


async def test_a_code_is_of_use_to_nobody_else(chat):
    slack, eve = Member(chat, "UANA", "Ana R"), Member(chat, "UEVE", "Eve")
    code = await begins(slack, "new@example.org")
    assert (await eve.commands(f"link {code}", room="dm-UEVE")).refused


async def test_whoever_proves_an_agents_address_is_that_agent(chat):
    slack = Member(chat, "ULEO", "Leo")
    code = await begins(slack, "leo@desk.example")
    await slack.commands(f"link {code}", room="dm-ULEO")
    assert (await person_at(chat, "ULEO")).is_agent
    assert not (await slack.commands("queue", room="dm-ULEO")).refused


async def test_two_agents_stay_two_and_are_told_so(chat):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    answer = await leo.commands("link eva@desk.example", room="dm-leo")
    assert answer.refused
    assert not [each for each in chat.parlour.delivered if each.recipient == "eva@desk.example"]


@pytest.mark.parametrize("name", ["leo@desk.example", "ana@example.org"])
async def test_nobody_links_an_address_in_the_name_of_another(chat, name):
    """What only claims to come from somebody joins no stranger's address to them."""
    await Member(chat, "ana@example.org", "Ana Ruiz").posts("The printer is broken on floor one")
    forged = Member(chat, name, "Whoever", verified=False)
    answer = await forged.commands("link eve@evil.example", room="dm-x")
    assert answer.refused
    assert not [each for each in chat.parlour.delivered if each.recipient == "eve@evil.example"]


@pytest.mark.parametrize("words", ["x@y" * 3000, "two@at@signs.example"])
async def test_what_is_no_address_is_refused(chat, words):
    answer = await Member(chat, "UANA", "Ana R").commands(f"link {words}", room="dm-UANA")
    assert answer.refused
    assert "/desk" in answer.text
    assert not chat.parlour.delivered


@pytest.mark.parametrize("words", ["ana", "ana@", "@example.org", "a" * 10_000])
async def test_what_does_not_look_like_an_address_is_read_by_a_person(chat, words):
    ana = Member(chat, "UANA", "Ana R")
    assert await ana.commands(f"link {words}", room="dm-UANA") is None
    assert (await chat.stage.entries(1))[-1].text == f"link {words}"
    assert ana.letters


def passed(answer: Answer) -> str:
    return re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", answer.text)[0]


@pytest.mark.parametrize("written", [str, str.lower])
async def test_a_pass_from_one_place_makes_somebody_known_at_another(chat, written):
    slack, elsewhere = Member(chat, "UANA", "Ana R"), Member(chat, "ana@example.org", "Ana Ruiz")
    await slack.posts("My VPN is down since this morning")
    code = passed(await slack.commands("link", room="dm-UANA"))
    answer = await elsewhere.commands(f"link {written(code)}", room="dm-ANA")
    assert "same person here and there" in answer.text
    assert await person_at(chat, "UANA") == await person_at(chat, "ana@example.org")
    again = await elsewhere.commands(f"link {code}", room="dm-ANA")
    assert again.refused  # once only


async def test_a_pass_is_over_and_none_for_whoever_asked_for_it(chat):
    slack, elsewhere = Member(chat, "UANA", "Ana R"), Member(chat, "ana@example.org", "Ana Ruiz")
    code = passed(await slack.commands("link", room="dm-UANA"))
    assert (await slack.commands(f"link {code}", room="dm-UANA")).refused
    chat.stage.clock.now += timedelta(minutes=16)
    assert (await elsewhere.commands(f"link {code}", room="dm-ANA")).refused
    assert (await elsewhere.commands("link AAAA-AAAA", room="dm-ANA")).refused


async def test_in_the_open_nobody_is_given_a_pass(chat):
    slack = Member(chat, "UANA", "Ana R")
    root = await slack.posts("My VPN is down since this morning")
    await slack.joins(root, "/link", overheard=False)
    assert not [each for each in chat.public if re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", each)]
    assert "for you alone" in slack.letters[-1].text


async def test_two_agents_stay_two_whoever_has_the_pass(chat):
    leo = Member(chat, "leo@desk.example", "Leo Prats")
    eva = Member(chat, "eva@desk.example", "Eva Sanz")
    code = passed(await leo.commands("link", room="dm-leo"))
    assert (await eva.commands(f"link {code}", room="dm-eva")).refused
    assert await person_at(chat, "leo@desk.example") != await person_at(chat, "eva@desk.example")


async def test_a_plain_line_with_a_pass_is_understood_directly(chat):
    slack, elsewhere = Member(chat, "UANA", "Ana R"), Member(chat, "ana@example.org", "Ana Ruiz")
    await slack.posts("My VPN is down since this morning")
    code = passed(await slack.commands("link", room="dm-UANA"))
    said = elsewhere.inbound(f"link {code}", "dm-ANA")
    await chat.takes(said)
    assert await person_at(chat, "UANA") == await person_at(chat, "ana@example.org")
    assert await chat.stage.ticket(2) is None
