"""`pobratym import-item FILE`: take over an item from a copied page."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from pobratym.newsroom.importing import Taken, import_item
from pobratym.vocabulary.refusals import Refusal


class Command(BaseCommand):
    help = "Write a draft from the copied text of a page (- is standard input) and tell what was found in it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--address", default="", help="the page’s own address, kept as the source’s")
        parser.add_argument("--dry-run", action="store_true", help="tell what is found, write nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        page = _read(options["file"])
        try:
            with transaction.atomic():
                taken = import_item(page=page, source_url=options["address"], by=None, at=timezone.now())
                self._tell(taken, written=not options["dry_run"])
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal

    def _tell(self, taken: Taken, *, written: bool) -> None:
        item, reprint = taken.publication, taken.reprint
        lines = [f"title\t{item.title}", f"date\t{item.dated_on}"]
        lines += [f"text\t{text}" for text in reprint.paragraphs]
        lines += [f"quotation\t{voice.speaker}, {voice.office}\t{voice.text}" for voice in reprint.voices]
        lines += [f"oblast\t{unit.pk}\t{unit.everyday_name}" for unit in item.oblasts.all()]
        lines += [f"hromada\t{unit.pk}\t{unit.everyday_name}" for unit in item.hromadas.all()]
        lines += [f"unclear\t{name}" for name in taken.unclear]
        lines += [f"source\t{item.source_name}"]
        lines += [f"related\t{teaser.dated_on or '-'}\t{teaser.title}" for teaser in reprint.teasers]
        lines += [f"draft\t{item.pk}" if written else "nothing is written"]
        self.stdout.write("\n".join(lines))


def _read(name: str) -> str:
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(f"{name} is not text in UTF-8: save it as UTF-8.") from error
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}.") from error
