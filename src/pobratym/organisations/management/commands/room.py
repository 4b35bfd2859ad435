"""`pobratym room BODY [MEGABYTES]`: how much room for files a body uses and has, or another amount for it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from pobratym.files.operations import set_quota
from pobratym.files.queries import usage_of
from pobratym.organisations.models import Body


class Command(BaseCommand):
    help = "Show or set the room for files of a body, given by its number."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("body", type=int, help="the body's number, as its people's page shows it")
        parser.add_argument("megabytes", nargs="?", help="a whole number, or “usual” for what all bodies have")

    def handle(self, *_args: Any, **options: Any) -> None:
        body = Body.objects.filter(pk=options["body"]).first()
        if body is None:
            raise CommandError(f"There is no body {options['body']}.")
        wanted = options["megabytes"]
        if wanted is not None:
            if wanted != "usual" and not (wanted.isascii() and wanted.isdigit()):
                raise CommandError("Name a whole number of megabytes, or “usual”.")
            megabytes = None if wanted == "usual" else int(wanted)
            set_quota(holder=body, megabytes=megabytes, by=None, at=timezone.now())
        room = usage_of(body)
        self.stdout.write(f"{body}: {room.used_mb} of {room.limit_mb} MB are used.")
