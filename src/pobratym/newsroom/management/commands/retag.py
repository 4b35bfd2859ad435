"""`pobratym retag`: bring the communities under an archive up to its texts."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from pobratym.newsroom import operations
from pobratym.newsroom.models import Publication
from pobratym.newsroom.parts import retagging

BATCH = 200


class Command(BaseCommand):
    help = (
        "Tell what tagging would change under published items, or with --write change it. Communities that a person "
        "put under an item stay. Interrupted, it goes on with --after NUMBER, which it prints."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--write", action="store_true", help="change the items; without it they are only reported")
        parser.add_argument("--after", type=int, default=0, metavar="NUMBER", help="begin after this item")
        parser.add_argument("--batch", type=int, default=BATCH, metavar="N", help=f"items at a time ({BATCH})")

    def handle(self, *_args: Any, **options: Any) -> None:
        after, seen, changed = options["after"], 0, 0
        items = Publication.objects.published().order_by("pk")
        total = items.filter(pk__gt=after).count()
        while batch := list(items.filter(pk__gt=after)[: max(options["batch"], 1)]):
            for item in batch:
                changed += self._bring_up(item, write=options["write"])
                after = item.pk
            seen += len(batch)
            self.stderr.write(f"{seen} of {total}, {changed} with changes; go on with --after {after}")
        done = "changed" if options["write"] else "would change; nothing is written without --write"
        self.stdout.write(f"{seen} items read, {changed} {done}.")

    def _bring_up(self, item: Publication, *, write: bool) -> bool:
        change = operations.retag_publication(publication=item, at=timezone.now()) if write else retagging(item)
        if change is None:
            return False
        words = [f"+{unit.pk} {unit.name}" for unit in change.added]
        words += [f"-{unit.pk} {unit.name}" for unit in change.removed]
        self.stdout.write(f"{item.pk}\t{item.title}\t{', '.join(words)}")
        return True
