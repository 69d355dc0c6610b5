"""The cast of the demo: who writes to the desk, and who works at it."""

from dataclasses import dataclass

DESK = "help@desk.example"
PASSWORD = "demo"  # of every account of a server that only exists while the demo runs


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, with the mail address that they have, or would have."""

    name: str
    address: str
    language: str

    @property
    def short(self) -> str:
        """The word by which they are called at the prompt."""
        return self.address.partition("@")[0]


ANA = Person("Ana Ruiz", "ana@example.org", "es")
TOM = Person("Tom Baker", "tom@example.org", "en")
LUCIA = Person("Lucía Ferrer", "lucia@example.org", "es")
PRIYA = Person("Priya Nair", "priya@example.org", "en")
MARC = Person("Marc Vidal", "marc@example.org", "es")
SARA = Person("Sara Stone", "sara@desk.example", "en")

CARLA = Person("Carla Gómez", "carla@desk.example", "en")

NURIA = Person("Nuria Sala", "nuria@friends.example", "es")
LEO = Person("Leo Berg", "leo@friends.example", "en")
HUGO = Person("Hugo Sanz", "hugo@desk.example", "en")

PEOPLE = (ANA, TOM, LUCIA, PRIYA, MARC)
EVERYBODY = (*PEOPLE, SARA, CARLA)  # who has a mailbox
COMMUNITY = (NURIA, LEO, HUGO)  # who is on Discord, and nowhere else
