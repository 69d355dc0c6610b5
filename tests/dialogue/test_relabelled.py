"""People change the labels by which their network lists a conversation: the ticket follows."""

from dataclasses import dataclass, replace

import pytest
from chat_stage import HELP, Chat, Member, said
from stage import LEO, PARLOUR

from bot.model.entry import Event, What
from bot.model.mailroom import Outcome
from bot.model.message import Address, Inbound, Nature, Shows, Speaker
from bot.model.ticket import Status
from bot.model.triage import Kind, Priority

WORDS = "My VPN is down since this morning"


@dataclass
class Post:
    """A conversation that the network lists, begun by somebody."""

    chat: Chat
    root: Inbound

    async def turns(self, *now: str, off: tuple[str, ...] = ()) -> None:
        """Somebody puts these labels on it, and takes others off."""
        inbound = Inbound(
            external_id=self.chat.next_id(HELP),
            address=self.root.address,
            speaker=Speaker("", answerable=False),
            text="",
            replies_to=(self.root.external_id,),
            nature=Nature.LABELS,
            labels=now,
            unlabelled=off,
        )
        await self.chat.takes(inbound)

    @property
    def labels(self) -> list[str]:
        """The first names of what it was last said to be."""
        drawn = [each for each in self.chat.parlour.delivered if each.shows is Shows.LABELS]
        return [each.names[0] for each in drawn[-1].labels]


@pytest.fixture
async def post(chat: Chat, ana: Member) -> Post:
    return Post(chat, await ana.posts(WORDS, listed=True))


async def events(chat: Chat) -> list[tuple[What, tuple[str, ...]]]:
    found = await chat.stage.entries()
    return [(each.what, each.reasons) for each in found if isinstance(each, Event)][1:]


async def test_it_becomes_what_a_label_says(chat, post, ana):
    await post.turns("Complaint", "urgent")
    ticket = await chat.stage.ticket()
    assert (ticket.kind, ticket.priority) == (Kind.COMPLAINT, Priority.URGENT)
    assert post.labels == ["new", "complaint", "urgent"]
    assert await events(chat) == [
        (What.KIND, ("label:Complaint",)),
        (What.PRIORITY, ("label:urgent",)),
    ]
    assert "The tag “urgent” changed the priority from high to urgent" in said(chat.below[-1])


async def test_a_label_that_ends_it_tells_the_requester_who_may_say_no(chat, post, ana):
    await post.turns("Solved")
    assert (await chat.stage.ticket()).status is Status.RESOLVED
    told = ana.letters[-1]
    assert "The tag “Solved” marked this as solved" in told.text
    await ana.commands("/reopen IT-1")
    assert (await chat.stage.ticket()).status is Status.NEW
    assert post.labels[0] == "new"


@pytest.mark.parametrize(
    ("on", "off"), [(("In progress",), ("Solved",)), (("New",), ()), ((), ("Solved",))]
)
async def test_a_label_opens_it_again(chat, post, on, off):
    await post.turns("Solved")
    await post.turns(*on, off=off)
    assert (await chat.stage.ticket()).status is Status.NEW
    assert (await events(chat))[-1][0] is What.REOPENED
    assert post.labels[0] == "new"


async def test_a_label_opens_nothing_again_that_ended_long_ago(chat, post):
    await post.turns("Closed")
    before = len(chat.parlour.delivered)
    chat.stage.clock.move(days=30)
    await post.turns("New", off=("Closed",))
    assert (await chat.stage.ticket()).status is Status.CLOSED
    assert post.labels[0] == "closed"  # it is put right again
    assert len(chat.parlour.delivered) > before


async def test_taking_off_a_label_that_said_how_soon_leaves_an_ordinary_one(chat, post):
    await post.turns("urgent")
    await post.turns(off=("urgent",))
    assert (await chat.stage.ticket()).priority is Priority.NORMAL
    assert (await events(chat))[-1] == (What.PRIORITY, ("unlabel:urgent",))
    assert "Taking off the tag “urgent” changed" in said(chat.below[-1])


@pytest.mark.parametrize(
    ("on", "off"),
    [
        (("In progress",), ("New",)),  # nobody took it
        (("On hold",), ()),  # until when?
        (("Waiting",), ()),  # for what?
        (("Madrid",), ()),
        ((), ("problem",)),
        ((), ("low",)),
    ],
)
async def test_labels_that_can_not_be_followed_are_put_right(chat, post, on, off):
    before = await chat.stage.ticket()
    await post.turns(*on, off=off)
    assert await chat.stage.ticket() == before
    assert len([each for each in chat.parlour.delivered if each.shows is Shows.LABELS]) == 2


async def test_what_asks_for_several_things_gets_each_before_the_end(chat, post):
    await post.turns("Solved", "Question", "High", "Low")
    ticket = await chat.stage.ticket()
    assert (ticket.kind, ticket.priority) == (Kind.QUESTION, Priority.LOW)
    assert ticket.status is Status.RESOLVED
    assert [what for what, _ in await events(chat)] == [What.KIND, What.PRIORITY, What.RESOLVED]


async def test_labels_of_a_joined_ticket_change_neither(chat, post, ana):
    await ana.posts("The printer is on fire")
    leo = Member(chat, LEO.addresses[PARLOUR], LEO.name)
    await leo.commands("/merge IT-2 IT-1")
    before = await chat.stage.ticket(), await chat.stage.ticket(2)
    await post.turns("New", "Urgent", off=("Closed",))
    assert (await chat.stage.ticket(), await chat.stage.ticket(2)) == before


async def test_labels_of_what_is_no_ticket_are_left_alone(chat, ana):
    away = replace(ana.inbound("", HELP), address=Address(PARLOUR, HELP, "99"))
    await Post(chat, away).turns("Solved")
    (account,) = await chat.stage.store.read(lambda work: work.inbox.accounts())
    assert account.outcomes[Outcome.ASIDE] == 1
    assert not chat.parlour.delivered
