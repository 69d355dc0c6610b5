"""Assets: the things a desk looks after, whose they are, and which of them a report is about."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from bot.model.fold import fold
from bot.model.phrase import Phrases, plain, spoken
from bot.model.refused import Refused
from bot.model.tags import MOST, listed

_MOST_NEAR = 3  # labels to offer for one that there is none of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """One thing, as the operator wrote it down; without an owner it is its office's."""

    name: str  # what stands on its label: "PC-0231"
    kind: str = ""  # "laptop"
    called: tuple[str, ...] = ()  # what else people say for its kind, phrases as of rules
    owner: str = ""  # one of their addresses
    office: str = ""


def concerning(before: tuple[str, ...], words: str, inventory: "Inventory") -> tuple[str, ...]:
    """The labels after these words: "PC-0231, -PR-2" puts one on and takes another one off.

    Raises `Refused` for a label that there is none of, for too many, and where nothing changes.
    """
    kept = {fold(each): each for each in before}
    for label, off in listed(words):
        asset = inventory.labelled(label)
        if off:
            kept.pop(fold(asset.name if asset else label), None)
        elif asset:
            kept.setdefault(fold(asset.name), asset.name)
        else:
            near = inventory.near(label)
            raise Refused("refused.no_such_asset", value=label, people=near).at("assets")
    after = tuple(kept.values())
    if after == before:
        raise Refused("refused.equipped_already", assets=", ".join(before)).at("assets")
    if len(after) > MOST:
        raise Refused("refused.many_assets", limit=MOST).at("assets")
    return after


@dataclass(frozen=True)
class Inventory:
    """All the assets; looking for thousands of labels costs little more than for one."""

    assets: tuple[Asset, ...] = ()

    def of(self, addresses: Sequence[str]) -> list[Asset]:
        """What somebody at these addresses owns."""
        return [asset for each in addresses for asset in self._owned.get(each.casefold(), ())]

    def nearest(self, addresses: Sequence[str], office: str) -> list[Asset]:
        """All of them: first what somebody at these addresses has, then what their office has."""
        shared = self._shared.get(fold(office), ())
        return list(dict.fromkeys((*self.of(addresses), *shared, *self.assets)))

    def labelled(self, label: str) -> Asset | None:
        """The one of this label, however it is spelled."""
        return self._labels.get(spoken(label).words)

    def near(self, label: str) -> list[str]:
        """Labels that may be meant by one that there is none of."""
        names = {fold(each.name): each.name for each in self.assets}
        return [names[each] for each in get_close_matches(fold(label), names, _MOST_NEAR)]

    def about(
        self, texts: Iterable[str], addresses: Sequence[str], office: str
    ) -> tuple[Asset, ...]:
        """What these texts are about: whatever they name, else "my laptop" where they have one."""
        if not self.assets:
            return ()
        said = [spoken(each).words for each in texts]
        found = [asset for words in said for asset in self._named(words)]
        if not found:
            theirs = [*self.of(addresses), *self._shared.get(fold(office), ())]
            kinds = {each.rule for words in said for each in self._kinds.find(words)}
            found = [each for each in theirs if each.kind in kinds]
        return tuple(dict.fromkeys(found))

    def _named(self, words: tuple[str, ...]) -> Iterator[Asset]:
        for place in range(len(words)):
            for length in self._lengths:
                if asset := self._labels.get(words[place : place + length]):
                    yield asset

    @cached_property
    def _labels(self) -> dict[tuple[str, ...], Asset]:
        """Each asset by the words of its label."""
        return {label: each for each in self.assets if (label := spoken(each.name).words)}

    @cached_property
    def _lengths(self) -> frozenset[int]:
        return frozenset(len(label) for label in self._labels)

    @cached_property
    def _owned(self) -> dict[str, list[Asset]]:
        """What each owner has, by their address."""
        return _grouped((each.owner.casefold(), each) for each in self.assets)

    @cached_property
    def _shared(self) -> dict[str, list[Asset]]:
        """What nobody in an office owns, by the office."""
        shared = (each for each in self.assets if each.office and not each.owner)
        return _grouped((fold(each.office), each) for each in shared)

    @cached_property
    def _kinds(self) -> Phrases:
        words = {
            (plain(word), asset.kind)
            for asset in self.assets
            if asset.kind
            for word in (asset.kind, *asset.called)
        }
        return Phrases((word, kind, 1) for word, kind in sorted(words))


def _grouped(pairs: Iterable[tuple[str, Asset]]) -> dict[str, list[Asset]]:
    """By the words; "" is nobody's."""
    found: dict[str, list[Asset]] = {}
    for words, asset in pairs:
        if words:
            found.setdefault(words, []).append(asset)
    return found
