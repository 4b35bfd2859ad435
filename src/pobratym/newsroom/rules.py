"""Who may write, change and publish."""

import rules

from pobratym.accounts.models import User
from pobratym.accounts.rules import coordinates_any
from pobratym.newsroom.choices import PublicationState
from pobratym.newsroom.models import Publication
from pobratym.newsroom.queries import edited_by, edits_any


@rules.predicate
def is_an_editor(user: object, _publication: object = None) -> bool:
    """An editor of the platform or of a body."""
    return edits_any(user)


@rules.predicate
def edits(user: object, publication: Publication | None) -> bool:
    """An editor who answers for this item."""
    return publication is not None and edits_any(user) and edited_by(user).filter(pk=publication.pk).exists()


@rules.predicate
def wrote(user: object, publication: Publication | None) -> bool:
    """The item's writer."""
    return publication is not None and isinstance(user, User) and publication.written_by_id == user.pk


@rules.predicate
def is_unfinished(_user: object, publication: Publication | None) -> bool:
    """A draft, or in review."""
    return publication is not None and publication.state in {PublicationState.DRAFT, PublicationState.REVIEW}


may_write = is_an_editor | coordinates_any

rules.add_perm("newsroom.write", may_write)
# What is published is corrected by an editor other than the writer.
rules.add_perm("newsroom.edit", (is_unfinished & ((wrote & may_write) | edits)) | (edits & ~wrote))
rules.add_perm("newsroom.publish", edits & ~wrote)
rules.add_perm("newsroom.withdraw", edits)
rules.add_perm("newsroom.review", is_an_editor)
