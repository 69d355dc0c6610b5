"""One transaction of the book: everything a plain function can look up and keep."""

from collections.abc import Collection

from bot import diary, known, ledger, post, registers, store
from storage.appointments import Appointments
from storage.articles import Articles
from storage.canned import Canned
from storage.cursors import Cursors
from storage.drafts import Drafts
from storage.duties import Duties
from storage.entries import Entries
from storage.erasure import Erasure
from storage.inbox import Inbox
from storage.joins import Joins
from storage.ledger import Ledger
from storage.links import Links
from storage.notices import Notices
from storage.offers import Offers
from storage.outbox import Outbox
from storage.paces import Paces
from storage.pen import Pen
from storage.people import People
from storage.promises import Promises
from storage.quarantine import Quarantine
from storage.ratings import Ratings
from storage.relations import Relations
from storage.tallies import Tallies
from storage.terms import Terms
from storage.tickets import Tickets
from storage.topics import Topics
from storage.views import Views


class Work:
    """`bot.store.Work` on one connection; a new one for each run of a function."""

    __slots__ = (
        "_outbox",
        "appointments",
        "articles",
        "canned",
        "cursors",
        "drafts",
        "duties",
        "entries",
        "erasure",
        "inbox",
        "joins",
        "ledger",
        "links",
        "notices",
        "offers",
        "outbox",
        "paces",
        "people",
        "promises",
        "quarantine",
        "ratings",
        "relations",
        "tallies",
        "terms",
        "tickets",
        "topics",
        "views",
    )

    def __init__(self, pen: Pen) -> None:
        self._outbox = Outbox(pen)
        self.tickets: store.Tickets = Tickets(pen)
        self.tallies: registers.Tallies = Tallies(pen)
        people = People(pen)
        self.people: store.People = people
        self.entries: store.Entries = Entries(pen)
        self.drafts: registers.Drafts = Drafts(pen)
        self.canned: registers.Canned = Canned(pen)
        links = Links(pen, people)
        self.links: registers.Links = links
        self.joins: registers.Joins = Joins(pen, people, links)
        self.appointments: registers.Appointments = Appointments(pen)
        self.duties: registers.Duties = Duties(pen)
        self.terms: registers.Terms = Terms(pen)
        self.relations: registers.Relations = Relations(pen)
        self.notices: diary.Notices = Notices(pen)
        self.paces: diary.Paces = Paces(pen)
        self.promises: diary.Promises = Promises(pen)
        self.ledger: ledger.Ledger = Ledger(pen)
        self.ratings: registers.Ratings = Ratings(pen)
        self.inbox: post.Inbox = Inbox(pen)
        self.outbox: post.Outbox = self._outbox
        self.quarantine: post.Quarantine = Quarantine(pen)
        self.cursors: post.Cursors = Cursors(pen)
        self.views: registers.Views = Views(pen)
        self.articles: known.Articles = Articles(pen)
        self.offers: known.Offers = Offers(pen)
        self.topics: known.Topics = Topics(pen)
        self.erasure: registers.Erasure = Erasure(pen)

    @property
    def queued(self) -> Collection[str]:
        """The channels for which letters were queued."""
        return self._outbox.queued
