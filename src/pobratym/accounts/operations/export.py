"""Everything held about a person in one archive: data for machines, an index for the person, the schema beside it."""

import datetime as dt
import io
import json
import zipfile

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from pobratym.accounts import personal, retention
from pobratym.accounts.models import User
from pobratym.audit import operations as audit
from pobratym.audit.choices import Export

# Raised when the shape of the archive changes.
FORMAT = 1


@transaction.atomic
def export_person(*, language: str = "uk", by: User, at: dt.datetime) -> bytes:
    """The person's own archive as a ZIP; that it was taken is noted among the exports."""
    held = personal.held_about(by, at)
    rows = sum(len(found) for found in held.values())
    audit.note_export(what=Export.ARCHIVE, by=by, at=at, subject=by, rows=rows)
    stream = io.BytesIO()
    with translation.override(language), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for label, found in held.items():
            archive.writestr(f"data/{label}.json", _json({"kind": label, "rows": found}))
        archive.writestr("schema.json", _json(_schema(held, by, at)))
        archive.writestr("index.html", _index(held, by, at, language))
    return stream.getvalue()


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _schema(held: dict[str, list[personal.Row]], person: User, at: dt.datetime) -> dict[str, object]:
    """What the archive is: its format, its files, and for each the fields its rows have."""
    return {
        "format": FORMAT,
        "person": person.pk,
        "made_at": personal.simple(at),
        "moments": "ISO 8601, UTC",
        "kinds": [
            {
                "kind": label,
                "title": str(personal.kinds[label].title),
                "file": f"data/{label}.json",
                "rows": len(rows),
                "fields": sorted({name for row in rows for name in row}),
            }
            for label, rows in held.items()
        ],
    }


def _index(held: dict[str, list[personal.Row]], person: User, at: dt.datetime, language: str) -> str:
    kinds = [
        {
            "title": personal.kinds[label].title,
            "label": label,
            "rows": [[(name, _words(value)) for name, value in row.items()] for row in rows],
            "kept": personal.kinds[label].kept,
            "rule": retention.rules.get(personal.kinds[label].retention),
        }
        for label, rows in held.items()
    ]
    context = {"person": person, "at": at, "kinds": kinds, "language": language}
    return render_to_string("accounts/documents/my_data.html", context)


def _words(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else str(value)
