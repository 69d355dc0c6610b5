"""Whatever differs from what the desk knows of a post's tags, people changed: it is heard once."""

from collections import Counter

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from adapters.discord.known_tags import Change, Known, KnownTags

TAGS = ("new", "solved", "urgent", "vpn")
STATES = st.sampled_from(["new", "solved", "urgent"])
ANY = st.sampled_from(TAGS)


def known(*arrangements: str, unheard: str = "") -> Known:
    return Known(
        tuple(frozenset(each.split()) for each in arrangements), frozenset(unheard.split())
    )


def test_what_the_desk_set_itself_is_no_news():
    set_now = known("new").setting(["new"], ["urgent"])
    assert not set_now.change(["urgent"])
    assert set_now.heard(["urgent"]) == known("urgent")


def test_what_people_change_is():
    assert known("new").change(["solved"]) == Change(frozenset({"solved"}), frozenset({"new"}))
    assert known("new").heard(["solved"]) == known("solved")


def test_what_was_changed_before_the_desk_set_others_is_told_without_what_it_replaced():
    set_now = known("new").setting(["new"], ["urgent"])
    assert set_now.change(["new", "vpn"]) == Change(frozenset({"vpn"}), frozenset())
    heard = set_now.heard(["new", "vpn"])
    assert not heard.change(["urgent"])
    assert heard.heard(["urgent"]) == known("urgent")


def test_a_tag_that_the_desk_saw_before_it_heard_of_it_is_still_told():
    seen = known("new").setting(["new", "solved"], ["new", "solved", "urgent"])
    assert seen.unheard == {"solved"}
    assert seen.change(["new", "solved", "urgent"]).put_on == {"solved"}
    assert seen.heard(["new", "solved", "urgent"]) == known("new solved urgent")


def test_few_arrangements_are_remembered_of_a_post():
    grown = known("new")
    for each in ("urgent", "solved", "new", "urgent", "solved"):
        grown = grown.setting(grown.arrangements[-1], [each])
    assert len(grown.arrangements) == 4
    assert not grown.change(["new"])


async def test_a_line_of_the_cursor_keeps_it(office):
    tags = KnownTags(office.notes, "discord")
    assert await tags.of("1") is None
    await tags.heard("1", ["9"])
    assert await tags.of("1") is None  # the desk doesn't keep that one's
    await tags.setting("1", ["7"], ["8", "7"])
    assert await KnownTags(office.notes, "discord").of("1") == known("7", "7 8")
    assert await tags.unseen("1", ["8", "5"]) == {"5"}
    await tags.heard("1", ["7", "8", "5"])
    assert await tags.of("1") == known("7 5", "7 8")


class Post(RuleBasedStateMachine):
    """A post whose tags people and the desk change, and a gateway that tells of it in order, later.

    People put on and take off one tag at a time; the desk sets what its ticket says in place of
    the three that say how it stands, and Discord is at most a change behind. Where it is further
    behind, what people did and undid at once can look like what the desk did.
    """

    @initialize()
    def opens(self):
        self.there = frozenset({"new"})
        self.known = Known((self.there,))
        self.told: list[frozenset[str]] = []
        self.put_on: list[str] = []  # by people, and not heard of yet
        self.heard: list[str] = []
        self.own = 0  # how many are told until the desk hears of what it set itself
        self.listed = False  # then what came and went before isn't told

    @rule(tag=ANY)
    def people_put_on(self, tag):
        if tag not in self.there:
            self.there |= {tag}
            self.told.append(self.there)
            self.put_on.append(tag)

    @rule(tag=ANY)
    def people_take_off(self, tag):
        if tag in self.there:
            self.there -= {tag}
            self.told.append(self.there)

    @precondition(lambda self: len(self.told) <= 1 and not self.own)
    @rule(state=STATES)
    def the_desk_sets(self, state):
        before = self.there
        stays = self.known.unseen(before)
        now = {each for each in before if each == "vpn" or each in stays} | {state}
        self.known = self.known.setting(before, now)
        if now != before:
            self.there = frozenset(now)
            self.told.append(self.there)
            self.own = len(self.told)

    @precondition(lambda self: self.told)
    @rule()
    def discord_tells(self):
        now = self.told.pop(0)
        self.own = max(0, self.own - 1)
        change = self.known.change(now)
        self.heard += change.put_on
        self.known = self.known.heard(now)

    @rule()
    def a_list_shows(self):
        """As after an absence: nothing more is told of what was before."""
        self.told.clear()
        self.own = 0
        self.listed = True
        self.heard += self.known.change(self.there, listed=True).put_on
        self.known = self.known.heard(self.there, listed=True)

    @invariant()
    def nothing_is_heard_that_nobody_put_on(self):
        if getattr(self, "put_on", None) is not None:
            assert not Counter(self.heard) - Counter(self.put_on)

    def teardown(self):
        """What stands there by people's hands was heard, whatever came in between."""
        if getattr(self, "put_on", None) is None:
            return
        while self.told:
            self.discord_tells()
        assert not self.known.change(self.there).put_on
        if not self.listed:  # that one the desk never touches
            assert ("vpn" in self.heard) is ("vpn" in self.put_on)


TestPost = Post.TestCase
TestPost.settings = settings(derandomize=True, deadline=None, max_examples=200)
