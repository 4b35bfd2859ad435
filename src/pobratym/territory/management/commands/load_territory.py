"""`pobratym load_territory`: load the shipped codifier; a second run changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from pobratym.territory.models import Unit
from pobratym.territory.operations import load_territory


class Command(BaseCommand):
    help = "Load oblasts, raions, hromadas and settlements of the shipped codifier."

    def handle(self, *_args: Any, **options: Any) -> None:
        def tell(done: int, total: int) -> None:
            if options["verbosity"] > 0:
                self.stdout.write(f"\r{done} / {total}", ending="")
                self.stdout.flush()

        if load_territory(progress=tell):
            self.stdout.write(f"\rTerritory loaded: {Unit.objects.count()} units.")
        else:
            self.stdout.write("Territory is up to date.")
