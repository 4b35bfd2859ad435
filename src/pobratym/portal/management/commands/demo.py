"""`pobratym demo --stage STAGE`: show the story at a stage, in a demonstration database only."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from pobratym.partnerships.choices import Stage
from pobratym.portal.demonstration import story
from pobratym.vocabulary.refusals import Refusal


class Command(BaseCommand):
    help = "Build the story of Kalush and Zaporizhzhia anew, up to a stage."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stage", choices=Stage.values, default=story.DEFAULT_STAGE)

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            story.show(Stage(options["stage"]), at=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"The story stands at: {Stage(options['stage']).label}")
