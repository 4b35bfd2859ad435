"""The gazetteer: places in texts."""

from collections.abc import Iterable

from hromadkit.places._aboutness import Tag, Tags, weigh
from hromadkit.places._index import Abroad, index
from hromadkit.places._mentions import Mention, find
from hromadkit.places._reading import plain

# So much of a text is read; what is longer is a book, and its subject stands at its beginning.
LONGEST = 5_000_000


class Gazetteer:
    """Finds places in Ukrainian and English texts, and tells which oblasts and communities a text is about.

    Made of the shipped tables; ``abroad`` adds communities abroad. One object serves any number of texts.
    """

    def __init__(self, abroad: Iterable[Abroad] = ()) -> None:
        known = tuple(abroad)
        self._index = index().with_abroad(known) if known else index()

    def find(self, text: str) -> tuple[Mention, ...]:
        """Return the mentions of places in their order; a mention's span counts signs of ``text``."""
        text = text[:LONGEST]
        even, places = plain(text)
        return tuple(find(text, even, places, self._index, frozenset()))

    def tags(self, text: str, *, title: str = "", source: str = "") -> Tags:
        """Return what the text is about.

        The title counts as its first sentence; spans of mentions count signs of title, a line break, and text.
        The source ("Сайт Сумської ОДА") speaks only where the text names no oblast.
        """
        whole = f"{title}\n{text}" if title else text
        whole = whole[:LONGEST]
        even, places = plain(whole)
        said = self.find(source) if source else ()
        hints = frozenset(code[2:4] for mention in said if mention.kind == "oblast" for code in mention.oblasts)
        mentions = find(whole, even, places, self._index, hints)
        found = weigh(whole, even, len(title) + 1 if title else 0, mentions, self._index)
        if found.oblasts or not hints:
            return found
        spoken = tuple(
            Tag(mention.oblasts[0], 1.0, (mention.surface,))
            for mention in said
            if mention.kind == "oblast" and len(mention.oblasts) == 1
        )
        return Tags(spoken[:1], found.hromadas, found.mentions)
