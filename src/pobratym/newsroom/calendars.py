"""A happening as an iCalendar file."""

import datetime as dt

from django.utils import timezone
from icalendar import Calendar, Event

from pobratym.newsroom.models import Happening


def calendar_of(happening: Happening, *, address: str, host: str) -> bytes:
    """One event; moments in UTC, which every calendar shows in its owner's zone, and whole days as days."""
    publication = happening.publication
    event = Event()
    event.add("uid", f"publication-{publication.translation_of_id or publication.pk}@{host}")
    event.add("dtstamp", publication.changed_at.astimezone(dt.UTC))
    event.add("summary", publication.title)
    event.add("description", f"{publication.lead}\n\n{address}")
    event.add("url", address)
    if happening.place or happening.online_url:
        event.add("location", happening.place or happening.online_url)
    if happening.is_all_day:
        first = timezone.localdate(happening.starts_at)
        last = timezone.localdate(happening.ends_at) if happening.ends_at else first
        event.add("dtstart", first)
        # The end of a whole-day event is the day after (RFC 5545, 3.6.1).
        event.add("dtend", last + dt.timedelta(days=1))
    else:
        event.add("dtstart", happening.starts_at.astimezone(dt.UTC))
        if happening.ends_at:
            event.add("dtend", happening.ends_at.astimezone(dt.UTC))
    calendar = Calendar()
    calendar.add("prodid", "-//Pobratym//newsroom//UK")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
