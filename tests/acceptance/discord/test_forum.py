"""A forum's posts: their tags say what a ticket is, and how it stands."""

import pytest
from discord_desk import desk_of
from discord_office import open_office

from bot.model.entry import Event, What
from bot.model.ticket import Status
from bot.model.triage import Kind, Priority

TITLE = {"ana": "La impresora de la tercera", "tom": "The printer on the third floor"}
SAID = {"ana": "¿puede venir alguien?", "tom": "can somebody come?"}
TAGS = {
    "ana": ["Queja", "Urgente", "Nuevo", "En curso", "Resuelto", "Madrid"],
    "tom": ["Complaint", "Urgent", "New", "In progress", "Solved", "London"],
}
KIND, URGENT, NEW, GOING, SOLVED, OWN = range(6)
MARKED = {"ana": "La etiqueta «Resuelto» lo ha dado por", "tom": "The tag “Solved” marked this"}
AT_THE_DESK = {"ana": "hugo", "tom": "sara"}
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


async def opened(stage, key, *chosen: int):
    """A post in a forum whose tags say something, which is a ticket."""
    known = [each for each in stage.guild.channels.values() if each.name == "help-forum"]
    forum = known[0] if known else stage.guild.forum("help-forum", tags=TAGS[key])
    said = f"<@{stage.discord.bot.id}> {SAID[key]}"
    tags = [TAGS[key][each] for each in chosen]
    post = await stage.person(key).opens_post(forum, TITLE[key], said, tags=tags)
    await stage.rests()
    return forum, post


@both
async def test_tags_that_are_changed_by_hand_change_the_ticket(stage, key):
    names, person = TAGS[key], stage.person(key)
    forum, post = await opened(stage, key)
    await person.retags(post, names[URGENT], names[KIND], names[OWN])
    await stage.rests()
    ticket = await stage.ticket()
    assert (ticket.kind, ticket.priority) == (Kind.COMPLAINT, Priority.URGENT)
    assert shown(stage, forum, post) == {names[each] for each in (NEW, KIND, URGENT, OWN)}
    assert f"“{names[URGENT]}”" in "".join(stage.below())
    await person.retags(post, off=[names[URGENT], names[NEW]])
    await stage.rests()
    assert (await stage.ticket()).priority is Priority.NORMAL
    assert shown(stage, forum, post) == {names[each] for each in (NEW, KIND, OWN)}


@both
async def test_the_tag_that_says_solved_ends_it_and_another_opens_it_again(stage, key):
    names, person = TAGS[key], stage.person(key)
    forum, post = await opened(stage, key)
    await person.retags(post, names[SOLVED])
    await stage.rests()
    assert (await stage.ticket()).status is Status.RESOLVED
    assert shown(stage, forum, post) == {names[SOLVED]}
    assert MARKED[key] in stage.read(post)
    await person.retags(post, names[NEW], off=[names[SOLVED]])
    await stage.rests()
    assert (await stage.ticket()).status is Status.NEW
    assert shown(stage, forum, post) == {names[NEW]}


@pytest.mark.parametrize(("key", "held"), [("ana", "En pausa"), ("tom", "On hold")])
async def test_a_tag_that_calls_for_more_than_a_word_is_put_right(stage, key, held):
    names, person = TAGS[key], stage.person(key)
    forum = stage.guild.forum("help-forum", tags=[*names, held])
    post = (await opened(stage, key))[1]
    await person.retags(post, held, off=[names[NEW]])
    await stage.rests()
    assert (await stage.ticket()).status is Status.NEW
    assert shown(stage, forum, post) == {names[NEW]}
    assert TITLE[key] in stage.read(post)


@both
async def test_of_the_tags_that_the_desk_sets_itself_it_hears_nothing(stage, key):
    names, agent = TAGS[key], stage.person(AT_THE_DESK[key])
    forum, post = await opened(stage, key)
    for sign in ("🚨", "👀", "✅"):
        await agent.reacts(sign, on=stage.card())
        await stage.rests()
    told = {"ana": "Hugo Sanz lo ha dado por resuelto", "tom": "Sara Stone marked this as solved"}
    assert told[key] in stage.read(post)
    history = [each.what for each in await stage.entries() if isinstance(each, Event)]
    assert history == [What.OPENED, What.PRIORITY, What.CLAIMED, What.RESOLVED]
    assert shown(stage, forum, post) == {names[URGENT], names[SOLVED]}
    await stage.caught_up()
    assert len(await stage.entries()) == len(history) + 1


@both
async def test_tags_that_were_changed_while_nobody_listened_are_heard_later(
    book_url, tmp_path, clock, key
):
    names = TAGS[key]
    async with open_office(clock) as office:
        config, person = office.config(book_url, tmp_path), office.people[key]
        async with desk_of(office, config, clock) as stage:
            forum, post = await opened(stage, key)
            _, other = await opened(stage, key)
            await stage.caught_up()
        await person.retags(post, names[SOLVED])
        await person.retags(other, names[URGENT])
        office.discord.archive(office.guild.threads[other.channel_id])
        async with desk_of(office, config, clock) as stage:
            await stage.caught_up()
            await stage.rests()
            assert (await stage.ticket()).status is Status.RESOLVED
            assert (await stage.ticket(2)).priority is Priority.URGENT
            assert shown(stage, forum, post) == {names[SOLVED]}
            assert MARKED[key] in stage.read(post)


@both
async def test_an_archived_post_is_archived_again(stage, key):
    names = TAGS[key]
    forum, post = await opened(stage, key)
    stage.guild.threads[post.channel_id].archived = True
    await stage.person(AT_THE_DESK[key]).reacts("👀", on=stage.card())
    await stage.rests()
    assert names[GOING] in shown(stage, forum, post)
    assert stage.guild.threads[post.channel_id].archived


@both
async def test_a_forum_without_tags_is_left_as_it_is(stage, key):
    stage.guild.forum("help-forum")
    forum, post = await opened(stage, key)
    assert TITLE[key] in stage.read(post)
    assert (await stage.ticket()).status is Status.NEW
    assert shown(stage, forum, post) == set()
