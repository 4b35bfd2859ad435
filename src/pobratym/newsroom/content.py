"""What a writer hands in beside the text: authors, quotations, a happening, tags by name."""

import datetime as dt
from dataclasses import dataclass

from pobratym.territory.models import Unit


@dataclass(frozen=True, slots=True)
class TagName:
    """A tag by its names; an empty English name is filled in when someone gives it."""

    uk: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class AuthorLine:
    """An author with post and institution."""

    name: str
    post: str = ""
    institution: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """A quotation; without an own source it has the publication's."""

    text: str
    speaker: str
    office: str = ""
    community: Unit | None = None
    source_name: str = ""
    source_url: str = ""
    is_retold: bool = False


@dataclass(frozen=True, slots=True)
class When:
    """When and where something happens."""

    starts_at: dt.datetime
    ends_at: dt.datetime | None = None
    is_all_day: bool = False
    place: str = ""
    online_url: str = ""
