"""Whom a command names: agents, teams, and anybody by address, name or mention."""

from bot.command import Parameter
from bot.introduction import bystander, introduce
from bot.model.fold import fold
from bot.model.message import Speaker
from bot.model.person import Person, Proof
from bot.model.refused import Refused
from bot.model.settings import Team
from bot.reading import Reading
from bot.which import bare, teams_named, teams_near
from bot.who import ADDRESSED, myself, without_joint

_MOST_NAME_WORDS = 3


class Naming(Reading):
    """Reads the names of people and teams."""

    def agent(self, parameter: Parameter) -> Person | None:
        """Whoever works at the desk; None where nobody is named."""
        agents = self.call.work.people.agents()
        names = [each.name for each in agents]
        if speaker := self._mentioned():
            known = self.call.work.people.find(self.call.channel, speaker.external_id)
            if known is None or not known[0].is_agent:
                told = {"value": speaker.name, "people": names}
                raise self.refused("refused.no_such_agent", parameter, **told)
            return known[0]

        def fitting(words: str) -> list[Person] | None:
            return [each for each in agents if self._is(each, words)] or None

        value = self.left.partition(" ")[0]
        if found := self._named_whole(agents) or self.take(_MOST_NAME_WORDS, fitting):
            return self._only(found, value, parameter)
        if not value:
            return None
        raise self.refused("refused.no_such_agent", parameter, value=value, people=names)

    def team(self, parameter: Parameter) -> Team | None:
        """A team by its name or label; None where nothing is left."""
        named = teams_named(self.call.desk.settings)
        most = max(len(each.split()) for each in named)
        self.left = without_joint(self.call.desk.texts, self.left)
        found = self.take(most, lambda words: named.get(bare(words)))
        if found is None and self.left:
            value = self.left.partition(" ")[0]
            people = teams_near(self.call.desk.settings, value)
            raise self.refused("refused.no_such_team", parameter, value=value, people=people)
        return found

    def _named_whole(self, agents: list[Person]) -> list[Person]:
        """Who is called just what is left, by name or by one of their addresses."""
        left = fold(self.left)
        found = [each for each in agents if left == fold(each.name)]
        if not found and left and " " not in left:
            found = [each for each in agents if left in self._addresses(each)]
        if found:
            self.left = ""
        return found

    def _addresses(self, person: Person) -> set[str]:
        return {fold(each.external_id) for each in self.call.work.people.identities(person.id)}

    def person(self, parameter: Parameter) -> Person | None:
        """Anybody, introduced if need be; None where nobody is named."""
        value = self.left.split(maxsplit=1)[0] if self.left else ""
        if speaker := self._mentioned():
            return bystander(
                self.call.work, self.call.desk.settings, self.call.channel, speaker, self.call.now
            )
        if known := self.call.work.people.find(self.call.channel, self.left):
            self.left = ""
            return known[0]
        if named := ADDRESSED.match(self.left):
            self.left = self.left[named.end() :].lstrip()
            return self._by_address(named["address"].lower(), (named["name"] or "").strip(' "'))
        if "@" in value:
            raise Refused("refused.no_address", value=value)

        def fitting(words: str) -> list[Person] | None:
            if fold(words) in myself(self.call.desk.texts):
                return [self.call.by]
            if exact := self._at(words):
                return exact
            people = self.call.work.people.search(words)
            return [each for each in people if fold(words) in fold(each.name)] or None

        if found := self.take(_MOST_NAME_WORDS, fitting):
            return self._only(found, value, parameter)
        if not value:
            return None
        raise self.refused("refused.no_such_person", parameter, value=value)

    def _mentioned(self) -> Speaker | None:
        """Whom the network itself names, as "@Ana Ruiz" or by their id there."""
        for each in sorted(self.call.mentioned, key=lambda one: -len(one.name)):
            # A name that the door doesn't know, as in a command's words, reads as its number.
            for called in (f"@{each.name}", f"@{each.external_id}", each.external_id):
                if self.left == called or self.left.startswith(f"{called} "):
                    self.left = self.left[len(called) :].lstrip()
                    return each
        return None

    def _by_address(self, address: str, name: str) -> Person:
        work, channel = self.call.work, self.call.desk.mail or self.call.channel
        if found := work.people.find(channel, address):
            return found[0]
        if known := self._at(address):  # by what a chat tells of its people
            return known[0]
        if channel in self.call.desk.wording.chats:  # where a mail address reaches nobody
            raise Refused("refused.no_mail_here", value=address)
        settings, now = self.call.desk.settings, self.call.now
        return introduce(work, settings, channel, Speaker(address, name), Proof.TOLD, now)

    def _at(self, address: str) -> list[Person]:
        """Who is known by just this address, on whichever channel."""
        people = self.call.work.people.search(address)
        return [each for each in people if fold(address) in self._addresses(each)]

    def _is(self, agent: Person, words: str) -> bool:
        said, name = fold(words), fold(agent.name)
        if said in myself(self.call.desk.texts):
            return agent.id == self.call.by.id
        if "@" in said:
            return said in self._addresses(agent)
        return name.startswith(f"{said} ") or said == name or said in name.split()

    def _only(self, found: list[Person], value: str, parameter: Parameter) -> Person:
        if len(found) == 1:
            return found[0]
        names = [self._told_apart(each, found) for each in found[:5]]
        raise self.refused("refused.several_people", parameter, value=value, people=names)

    def _told_apart(self, person: Person, among: list[Person]) -> str:
        """Their name, with an address where another one of these bears it, too."""
        if sum(fold(each.name) == fold(person.name) for each in among) == 1:
            return person.name
        known = self.call.work.people.identities(person.id)
        return f"{person.name} ({known[0].external_id})" if known else person.name
