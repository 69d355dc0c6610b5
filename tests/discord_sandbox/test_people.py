"""What people say and do, and what the unmodified discord.py hears of it."""

import pytest

from sandbox.discord.permission import Permission
from sandbox.discord.words import plain, typed, visible


@pytest.fixture
def tom(server, guild):
    return server.person("Tom Baker", guilds=[guild])


async def test_what_is_said_in_a_channel_is_heard(server, client, help_, ana):
    said = await ana.says("No me conecta la VPN", channel=help_)
    await server.settled()
    heard = client.latest("message")
    assert (heard.id, heard.content) == (said.id, "No me conecta la VPN")
    assert (heard.author.id, heard.author.display_name) == (ana.id, "Ana Ruiz")
    assert heard.channel.id == help_.id


async def test_without_a_place_it_is_said_to_the_bot_directly(server, client, ana):
    await ana.says("hello")
    await server.settled()
    heard = client.latest("message")
    assert heard.guild is None
    assert (heard.author.id, heard.channel.id) == (ana.id, ana.direct.id)
    assert [each.content for each in ana.direct] == ["hello"]


async def test_names_become_mentions(server, client, guild, help_, ana, tom):
    role = guild.role("Agents", [tom])
    await ana.says("@Tom Baker, @Agents and @Deskmate: see #help, mail a@b.c", channel=help_)
    await server.settled()
    heard = client.latest("message")
    assert [each.id for each in heard.mentions] == [tom.id, server.bot.id]
    assert [each.id for each in heard.role_mentions] == [role.id]
    assert [each.id for each in heard.channel_mentions] == [help_.id]
    assert heard.content.endswith("mail a@b.c")
    assert heard.clean_content.startswith("@Tom Baker, @Agents and @Deskmate: see #help")


def test_the_longest_name_is_meant_and_what_is_none_stays(server, guild, help_):
    longer = server.person("Ana Ruiz Vega", guilds=[guild])
    server.person("Ana Ruiz", guilds=[guild])
    assert typed(server.world, "@ana ruiz vega @nobody #x", guild) == f"{longer.mention} @nobody #x"
    assert plain(server.world, f"{longer.mention} <#{help_.id}> <@&1>") == (
        "@Ana Ruiz Vega #help @unknown"
    )
    assert typed(server.world, "#help", None) == "#help"
    role = guild.role("Agents", [longer])
    guild.rename(longer, "Vega")
    assert typed(server.world, "@vega @agents", guild) == f"{longer.mention} {role.mention}"
    assert plain(server.world, f"<#1> {role.mention} <@1>") == "#unknown @Agents <@1>"


async def test_what_people_read_has_names_and_the_words_of_components(server, help_, ana):
    said = await ana.says("@Deskmate hello", channel=help_)
    assert visible(server.world, said) == "@Deskmate hello"


async def test_an_answer_points_to_what_it_answers(server, client, help_, ana, tom):
    first = await ana.says("VPN", channel=help_)
    await tom.says("Which one?", reply_to=first)
    await server.settled()
    heard = client.latest("message")
    assert heard.channel.id == help_.id
    assert heard.reference.message_id == first.id
    assert heard.reference.resolved.content == "VPN"
    assert [each.id for each in heard.mentions] == [ana.id]


async def test_files_come_along(server, client, help_, ana):
    await ana.says("", channel=help_, files=[("screen.png", b"\x89PNG", "image/png")])
    await server.settled()
    (attachment,) = client.latest("message").attachments
    assert (attachment.filename, attachment.content_type) == ("screen.png", "image/png")
    assert await attachment.read() == b"\x89PNG"


async def test_edits_reactions_and_deletions_are_heard(server, client, help_, ana):
    said = await ana.says("one", channel=help_)
    await ana.edits(said, "two")
    await ana.reacts("🎫", on=said)
    await ana.unreacts("🎫", on=said)
    await ana.deletes(said)
    await server.settled()
    assert client.latest("raw_message_edit").message.content == "two"
    assert str(client.latest("raw_reaction_add").emoji) == "🎫"
    assert client.latest("raw_reaction_remove").user_id == ana.id
    assert client.latest("raw_message_delete").message_id == said.id


async def test_a_forum_post_is_a_thread_and_its_first_message(server, client, ideas, ana, tom):
    post = await ana.opens_post(ideas, "VPN is slow", "since Monday", tags=["vpn"])
    await tom.says("here too", thread=post)
    await server.settled()
    heard = client.latest("thread_create")
    assert (heard.name, heard.id, heard.owner_id) == ("VPN is slow", post.id, ana.id)
    assert [each.name for each in heard.applied_tags] == ["vpn"]
    words = [each.content for each in client.all_of("message")]
    assert words == ["since Monday", "here too"]
    with pytest.raises(AssertionError, match="moderators"):
        await ana.opens_post(ideas, "x", "x", tags=["solved"])
    with pytest.raises(AssertionError, match="no messages"):
        await ana.says("x", channel=ideas)


async def test_a_thread_is_begun_at_a_message_or_in_a_channel(server, client, help_, ana, tom):
    said = await ana.says("VPN", channel=help_)
    thread = await tom.opens_thread("VPN of Ana", on=said)
    await ana.says("thanks", thread=said)
    assert [each.content for each in thread][-1] == "thanks"
    await ana.says("again", thread=thread)
    private = await ana.opens_thread("hush", on=help_, private=True)
    with pytest.raises(AssertionError, match="may not"):
        await tom.says("?", thread=private)
    with pytest.raises(AssertionError, match="already"):
        await ana.opens_thread("twice", on=said)
    await server.settled()
    names = [each.name for each in client.all_of("thread_create")]
    assert names == ["VPN of Ana", "hush"]  # the bot manages threads, so it sees each


async def test_nobody_does_what_they_may_not(guild, help_, ana, tom):
    hidden = guild.text("desk", private=True, members=[tom])
    said = await tom.says("for us", channel=hidden)
    for forbidden in (
        ana.says("x", channel=hidden),
        ana.reacts("👀", on=said),
        ana.deletes(said),
        ana.presses("x", on=said),
        ana.uses_command("desk", channel=hidden),
    ):
        with pytest.raises(AssertionError, match="Ana Ruiz may not"):
            await forbidden
    with pytest.raises(AssertionError, match="only their own"):
        await ana.edits(said, "y")
    with pytest.raises(AssertionError, match="nothing to send"):
        await ana.says("", channel=help_)


async def test_who_moderates_deletes_what_others_said(guild, help_, ana, tom):
    said = await tom.says("x", channel=help_)
    guild.role("Moderators", [ana], Permission.MANAGE_MESSAGES)
    await ana.deletes(said)
    assert list(help_) == []


async def test_a_locked_thread_takes_no_words(server, guild, help_, ana, tom):
    thread = await tom.opens_thread("VPN", on=await ana.says("VPN", channel=help_))
    server.posting.threads.change(thread, locked=True)
    with pytest.raises(AssertionError, match="locked"):
        await ana.says("x", thread=thread)


async def test_people_come_and_go(server, client, guild, help_):
    zoe = server.person("Zoe")
    with pytest.raises(AssertionError, match="share no guild"):
        await zoe.says("hello")
    with pytest.raises(AssertionError, match="may not"):
        await zoe.says("hello", channel=help_)
    await zoe.joins(guild)
    await zoe.says("hello", channel=help_)
    await zoe.types(help_)
    await zoe.leaves(guild)
    await server.settled()
    assert client.latest("raw_typing").user_id == zoe.id
    assert client.latest("member_join").id == zoe.id
    assert client.latest("member_remove").id == zoe.id


async def test_what_was_deleted_is_seen_no_more(help_, ana):
    said = await ana.says("x", channel=help_)
    await ana.deletes(said)
    with pytest.raises(AssertionError, match="deleted"):
        await ana.reacts("👀", on=said)
