"""`pobratym load_statuses FILE.csv`: load the ministry's list of territories, or refuse it whole."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from pobratym.territory.operations import StatusesRefused, load_statuses


class Command(BaseCommand):
    help = "Load wartime statuses of territories from a CSV file: code, status, valid_from, valid_to, source."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            text = path.read_text(encoding="utf-8-sig")
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{path} is not in UTF-8: save it as “CSV UTF-8” and try again.") from error
        try:
            changed = load_statuses(text=text, by=None, at=timezone.now())
        except StatusesRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Statuses loaded: {changed} changed.")
