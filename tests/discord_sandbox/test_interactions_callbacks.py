"""What Discord takes as the answer to an interaction, when, and what it refuses."""

import asyncio

import pytest

from sandbox.discord.interaction import LIFE
from sandbox.discord.message import Draft

V2 = 1 << 15
WHAT = {"type": 18, "label": "What", "component": {"type": 4, "style": 1, "custom_id": "what"}}
FORM = {"custom_id": "f", "title": "New", "components": [WHAT]}
GO = {"type": 2, "style": 1, "custom_id": "go", "label": "Go", "id": 2}
ROW = [{"type": 1, "components": [GO], "id": 1}]


@pytest.fixture
async def app(server, rest):
    """The application's side by hand: begin(doing) is (interaction, its task), answer it, end."""

    class App:
        def __init__(self):
            self.running = []

        async def begin(self, doing):
            before = set(server.world.interactions)
            self.running.append(asyncio.create_task(doing))
            await server.until(lambda: set(server.world.interactions) - before)
            (token,) = set(server.world.interactions) - before
            return server.world.interactions[token]

        async def answers(self, interaction, body, query="?with_response=1", **more):
            path = f"/interactions/{interaction.id}/{interaction.token}/callback{query}"
            return await rest("POST", path, body, token="", **more)

        async def later(self, method, interaction, path="", body=None):
            base = f"/webhooks/{server.application_id}/{interaction.token}{path}"
            return await rest(method, base, body, token="")

        async def end(self):
            await asyncio.gather(*self.running)

    made = App()
    yield made
    await made.end()


@pytest.fixture
async def command(server, rest, ana, help_, app):
    """An interaction of a command that waits for its answer."""
    declared = {"name": "desk", "description": "Ask the desk"}
    await rest("POST", f"/applications/{server.application_id}/commands", declared)
    return await app.begin(ana.uses_command("desk", channel=help_))


@pytest.fixture
def card(server, help_):
    """A message of the bot's with a button."""
    return server.posting.publish(help_, server.bot, Draft("card", components=ROW))


@pytest.fixture
async def press(app, ana, card):
    return await app.begin(ana.presses("Go", on=card))


async def test_an_answer_has_no_body_unless_it_is_asked_for(command, app):
    answer = {"type": 4, "data": {"content": "hello"}}
    assert await app.answers(command, answer, query="") == (204, b"")


async def test_who_asks_is_told_of_the_message(command, app, help_, server):
    status, body = await app.answers(command, {"type": 4, "data": {"content": "hello"}})
    (message,) = help_
    assert status == 200
    assert body["interaction"] == {
        "id": str(command.id),
        "type": 2,
        "response_message_id": str(message.id),
        "response_message_loading": False,
        "response_message_ephemeral": False,
    }
    assert body["resource"]["type"] == 4
    told = body["resource"]["message"]
    assert (told["content"], told["type"]) == ("hello", 20)
    assert told["webhook_id"] == told["application_id"] == str(server.application_id)
    assert told["interaction_metadata"]["name"] == "desk"
    assert told["interaction_metadata"]["command_type"] == 1


async def test_the_second_answer_is_one_too_many(command, app):
    await app.answers(command, {"type": 5})
    status, body = await app.answers(command, {"type": 4, "data": {"content": "again"}})
    assert (status, body["code"]) == (400, 40060)
    assert body["message"] == "Interaction has already been acknowledged."


@pytest.mark.parametrize("kind", [None, 1, 6, 7, 8, 10, "4", True])
async def test_a_command_isnt_answered_with_just_anything(command, app, kind):
    status, body = await app.answers(command, {"type": kind, "data": {"content": "x"}})
    assert (status, body["code"], list(body["errors"])) == (400, 50035, ["type"])
    assert (await app.answers(command, {"type": 5}))[0] == 200


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        ({"type": 4, "data": {"content": "x" * 2001}}, ["data", "content"]),
        ({"type": 4, "data": "words"}, ["data"]),
        (
            {"type": 4, "data": {"content": "x", "flags": V2, "components": ROW}},
            ["data", "content"],
        ),
        ({"type": 9, "data": {**FORM, "title": "x" * 46}}, ["data", "title"]),
        ({"type": 9}, ["data", "custom_id"]),
    ],
)
async def test_a_faulty_answer_is_refused_and_can_be_given_again(command, app, answer, place):
    status, body = await app.answers(command, answer)
    assert (status, body["code"]) == (400, 50035)
    errors = body["errors"]
    for key in place:
        errors = errors[key]
    assert errors["_errors"]
    assert (await app.answers(command, {"type": 4, "data": {"content": "x"}}))[0] == 200


async def test_an_answer_without_words_is_empty(command, app):
    status, body = await app.answers(command, {"type": 4})
    assert (status, body["code"]) == (400, 50006)
    await app.answers(command, {"type": 5})


async def test_an_unknown_interaction_or_a_wrong_token_is_refused(command, app, rest):
    answer = {"type": 5}
    for path in (
        f"/interactions/{command.id}/wrong/callback",
        f"/interactions/1/{command.token}/callback",
    ):
        status, body = await rest("POST", path, answer)
        assert (status, body["code"]) == (404, 10062)
    await app.answers(command, answer)


async def test_before_the_first_answer_nothing_can_follow(command, app):
    status, body = await app.later("POST", command, body={"content": "too soon"})
    assert (status, body["code"]) == (404, 10015)
    status, body = await app.later("PATCH", command, "/messages/@original", {"content": "x"})
    assert (status, body["code"]) == (404, 10015)
    await app.answers(command, {"type": 5})


async def test_a_token_is_good_for_a_quarter_of_an_hour(command, app, server):
    await app.answers(command, {"type": 4, "data": {"content": "x"}})
    command.born -= LIFE - 1
    assert (await app.later("GET", command, "/messages/@original"))[0] == 200
    command.born -= 2
    status, body = await app.later("GET", command, "/messages/@original")
    assert (status, body["code"], body["message"]) == (401, 50027, "Invalid Webhook Token")


async def test_the_original_is_read_changed_and_deleted(command, app, help_):
    await app.answers(command, {"type": 5})
    (message,) = help_
    assert message.flags == 128
    status, body = await app.later("PATCH", command, "/messages/@original", {"content": "done"})
    assert (status, body["content"], body["flags"]) == (200, "done", 0)
    status, body = await app.later("GET", command, f"/messages/{message.id}")
    assert body["content"] == "done"
    assert await app.later("DELETE", command, "/messages/@original") == (204, b"")
    assert list(help_) == []
    status, body = await app.later("GET", command, "/messages/@original")
    assert (status, body["code"]) == (404, 10008)


async def test_components_of_the_second_version_come_with_the_change_and_not_with_the_promise(
    command, app, help_
):
    await app.answers(command, {"type": 5, "data": {"flags": V2}})
    words = {"flags": V2, "components": [{"type": 10, "content": "done"}]}
    status, body = await app.later("PATCH", command, "/messages/@original", words)
    assert (status, body["flags"], body["components"][0]["id"]) == (200, V2, 1)
    status, body = await app.later("PATCH", command, "/messages/@original", {"content": "x"})
    assert (status, list(body["errors"])) == (400, ["content"])


async def test_a_hidden_answer_is_seen_by_one_and_is_in_no_history(
    command, app, ana, help_, rest, client
):
    data = {"content": "psst", "flags": 64}
    _, body = await app.answers(command, {"type": 4, "data": data})
    id_ = body["interaction"]["response_message_id"]
    assert body["interaction"]["response_message_ephemeral"] is True
    assert [each.content for each in ana.ephemerals] == ["psst"]
    assert (await rest("GET", f"/channels/{help_.id}/messages"))[1] == []
    assert (await rest("GET", f"/channels/{help_.id}/messages/{id_}"))[0] == 404
    assert client.times("message") == 0


async def test_hidden_follows_hidden_only_if_it_says_so(command, app, ana, help_):
    await app.answers(command, {"type": 4, "data": {"content": "one", "flags": 64}})
    await app.later("POST", command, body={"content": "two", "flags": 64})
    _, told = await app.later("POST", command, body={"content": "three"})
    assert [each.content for each in ana.ephemerals] == ["one", "two"]
    assert [each.content for each in help_] == ["three"]
    assert told["message_reference"]["message_id"] == str(ana.ephemerals[0].id)


async def test_a_press_brings_the_message_and_may_change_it(press, app, card, help_):
    assert press.data == {"component_type": 2, "id": 2, "custom_id": "go"}
    status, body = await app.answers(press, {"type": 7, "data": {"content": "taken"}})
    assert (status, body["resource"]["message"]["content"]) == (200, "taken")
    assert card.content == "taken"
    assert len(list(help_)) == 1
    await app.later("PATCH", press, "/messages/@original", {"components": []})
    assert card.components == []


async def test_a_press_may_be_noted_and_answered_later(press, app, card, help_):
    status, body = await app.answers(press, {"type": 6})
    assert (status, body["resource"]) == (200, {"type": 6})
    await app.later("PATCH", press, "/messages/@original", {"content": "later"})
    assert card.content == "later"
    await app.later("POST", press, body={"content": "more"})
    assert [each.content for each in help_] == ["later", "more"]


async def test_a_press_may_be_answered_with_a_reply_to_the_card(press, app, card, help_):
    _, body = await app.answers(press, {"type": 4, "data": {"content": "Ana took it"}})
    told = body["resource"]["message"]
    assert (told["type"], told["message_reference"]["message_id"]) == (19, str(card.id))
    assert told["interaction_metadata"]["interacted_message_id"] == str(card.id)
    assert told["mentions"] == []


async def test_the_card_of_a_press_may_be_gone(press, app, card, server):
    server.posting.delete(card)
    status, body = await app.answers(press, {"type": 7, "data": {"content": "taken"}})
    assert (status, body["code"]) == (404, 10008)
    await app.answers(press, {"type": 4, "data": {"content": "too late"}})


async def test_a_form_is_no_answer_to_a_form(command, app, ana):
    await app.answers(command, {"type": 9, "data": FORM})
    await app.end()
    await ana.fills({"What": "VPN"})
    sent = await app.begin(ana.submits())
    status, body = await app.answers(sent, {"type": 9, "data": FORM})
    assert (status, list(body["errors"])) == (400, ["type"])
    status, _ = await app.answers(sent, {"type": 6})  # there is no message that it came from
    assert status == 400
    _, body = await app.answers(sent, {"type": 4, "data": {"content": "made"}})
    metadata = body["resource"]["message"]["interaction_metadata"]
    assert metadata["type"] == 5
    assert metadata["triggering_interaction_metadata"]["id"] == str(command.id)
    await app.end()
    assert ana.form is None


async def test_a_form_that_came_from_a_press_may_change_the_card(press, app, ana, card):
    await app.answers(press, {"type": 9, "data": FORM})
    await app.end()
    await ana.fills({"What": "VPN"})
    sent = await app.begin(ana.submits())
    await app.answers(sent, {"type": 7, "data": {"content": "VPN"}})
    assert card.content == "VPN"


async def test_only_the_application_itself_has_these_addresses(command, app, rest):
    await app.answers(command, {"type": 5})
    status, body = await rest("GET", f"/webhooks/1/{command.token}/messages/@original", token="")
    assert (status, body["code"]) == (404, 10015)


@pytest.mark.parametrize(
    ("choices", "place"),
    [
        (None, []),
        ([{"name": "a", "value": "1"}], ["0", "value"]),
        ([{"name": "x" * 101, "value": 1}], ["0", "name"]),
        ([{"name": str(n), "value": n} for n in range(26)], []),
    ],
)
async def test_choices_are_of_the_kind_of_their_option(
    server, rest, ana, help_, app, choices, place
):
    option = {"type": 4, "name": "n", "description": "x", "autocomplete": True}
    group = {"type": 1, "name": "show", "description": "x", "options": [option]}
    declared = {"name": "desk", "description": "x", "options": [group]}
    await rest("POST", f"/applications/{server.application_id}/commands", declared)
    asked = await app.begin(ana.completes("desk show", "n", "1", channel=help_))
    status, body = await app.answers(asked, {"type": 8, "data": {"choices": choices}})
    errors = body["errors"]["data"]["choices"]
    for key in place:
        errors = errors[key]
    assert (status, body["code"]) == (400, 50035)
    assert errors["_errors"]
    assert (await app.answers(asked, {"type": 8, "data": {"choices": []}}))[0] == 200
