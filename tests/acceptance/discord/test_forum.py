"""A forum's posts: their tags say what a ticket is, and how it stands."""

import pytest

from bot.model.ticket import Status
from bot.model.triage import Kind, Priority

TITLE = {"ana": "La impresora de la tercera", "tom": "The printer on the third floor"}
SAID = {"ana": "¿puede venir alguien?", "tom": "can somebody come?"}
TAGS = {
    "ana": ["Queja", "Urgente", "Nuevo", "En curso", "Resuelto", "Madrid"],
    "tom": ["Complaint", "Urgent", "New", "In progress", "Solved", "London"],
}
KIND, URGENT, NEW, GOING, SOLVED, OWN = range(6)
both = pytest.mark.parametrize("key", ["ana", "tom"])


def shown(stage, forum, post) -> set[str]:
    """The tags that people see at a post."""
    applied = stage.guild.threads[post.channel_id].tags
    return {each.name for each in forum.tags if each.id in applied}


@both
async def test_tags_are_heard_and_kept_in_step(stage, key):
    names = TAGS[key]
    forum = stage.guild.forum("help-forum", tags=names)
    person = stage.person(key)
    said = f"<@{stage.discord.bot.id}> {SAID[key]}"
    chosen = [names[KIND], names[URGENT], names[OWN]]
    post = await person.opens_post(forum, TITLE[key], said, tags=chosen)
    await stage.rests()
    ticket = await stage.ticket()
    assert (ticket.kind, ticket.priority) == (Kind.COMPLAINT, Priority.URGENT)
    assert shown(stage, forum, post) == {*chosen, names[NEW]}
    assert names[KIND] in stage.card().words  # why it is one
    sara = stage.person("sara")
    await sara.presses("Take it", on=stage.card())
    await stage.rests()
    assert shown(stage, forum, post) == {*chosen, names[GOING]}
    await sara.reacts("✅", on=stage.card())
    await stage.rests()
    assert (await stage.ticket()).status is Status.RESOLVED
    assert shown(stage, forum, post) == {*chosen, names[SOLVED]}


async def test_an_archived_post_is_archived_again(stage, tom, sara):
    names = TAGS["tom"]
    forum = stage.guild.forum("help-forum", tags=names)
    said = f"<@{stage.discord.bot.id}> {SAID['tom']}"
    post = await tom.opens_post(forum, TITLE["tom"], said)
    await stage.rests()
    stage.guild.threads[post.channel_id].archived = True
    await sara.reacts("👀", on=stage.card())
    await stage.rests()
    assert names[GOING] in shown(stage, forum, post)
    assert stage.guild.threads[post.channel_id].archived


async def test_a_forum_without_tags_is_left_as_it_is(stage, tom):
    forum = stage.guild.forum("help-forum")
    post = await tom.opens_post(forum, TITLE["tom"], f"<@{stage.discord.bot.id}> {SAID['tom']}")
    await stage.rests()
    assert (await stage.ticket()).status is Status.NEW
    assert shown(stage, forum, post) == set()
