"""The proposer's first words, and who reads them."""

from pobratym.organisations.visibility import circle_of
from pobratym.partnerships.models import Partnership


def first_words(partnership: Partnership, user: object) -> str:
    """The words, for people of the parties and moderators; empty for others, who may see the partnership itself."""
    mine = circle_of(user)
    insider = mine.is_moderator or any(party.body_id in mine.bodies for party in partnership.parties.all())
    return partnership.message if insider else ""
