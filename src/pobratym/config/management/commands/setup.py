"""`pobratym setup`: bring the data folder and the database up to the code; a second run changes nothing."""

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from pobratym.accounts.operations import mark_database
from pobratym.portal.demonstration import story
from pobratym.territory.operations import load_territory


class Command(BaseCommand):
    help = "Migrate, load the territory, collect static files and, in a demonstration, build the story."

    def handle(self, *_args: Any, **_options: Any) -> None:
        settings.DATA.mkdir(parents=True, exist_ok=True)
        self.migrate()
        mark_database(at=timezone.now())
        load_territory(progress=self.count)
        self.collect_static()
        if settings.DEMONSTRATION and not story.exists():
            self.tell("Building the story of Kalush and Zaporizhzhia …")
            story.build(story.DEFAULT_STAGE, at=timezone.now())

    def tell(self, line: str) -> None:
        """A line of progress, seen at once."""
        self.stdout.write(line)
        self.stdout.flush()

    def count(self, done: int, total: int) -> None:
        """Progress over the rows of the codifier."""
        self.tell(f"Loading the codifier: {done} of {total} …")

    def migrate(self) -> None:
        """Apply what is not applied."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.tell("Preparing the database …")
            call_command("migrate", database=DEFAULT_DB_ALIAS, verbosity=0, interactive=False)

    def collect_static(self) -> None:
        """Collect when a source file changed."""
        stamp = settings.DATA / "static.sha256"
        now = fingerprint()
        if stamp.exists() and stamp.read_text(encoding="ascii") == now and Path(settings.STATIC_ROOT).exists():
            return
        self.tell("Collecting static files …")
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(now, encoding="ascii")


def fingerprint() -> str:
    """A digest over names, sizes and times of all static sources."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
