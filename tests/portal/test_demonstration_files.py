"""A demonstration that starts anew forgets its files with all their versions."""

import datetime as dt

from django.db import connection

from pobratym.files import operations
from pobratym.files.models import StoredFile
from pobratym.organisations.models import Body
from pobratym.portal.demonstration import story
from tests.files.made import PDF, pdf
from tests.portal.conftest import NOW


def test_reset_clears_files_and_their_versions(demonstration, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    story.build(story.DEFAULT_STAGE, at=NOW)
    partnership, body = story.current(), Body.objects.first()
    file = operations.store(content=PDF, name="a.pdf", owner=partnership, holder=body, by=None, at=NOW)
    operations.replace(file=file, content=pdf("x"), name="b.pdf", version=1, by=None, at=NOW)

    story.reset()
    connection.check_constraints()

    assert StoredFile.objects.count() == 0
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=2)
    assert operations.sweep_orphans(at=later) == 2
