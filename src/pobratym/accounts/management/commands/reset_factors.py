"""`pobratym reset_factors EMAIL`: help somebody who lost every second factor."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from pobratym.accounts import operations
from pobratym.accounts.queries import person_with
from pobratym.vocabulary.refusals import Refusal


class Command(BaseCommand):
    help = (
        "Take all second factors from a person who lost them, end their sessions and tell them by mail. "
        "Make sure first, by a call to the number known from before, that it is this person who asks."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *_args: Any, **options: Any) -> None:
        person = person_with(options["email"])
        if person is None:
            raise CommandError(f"No account has the address {options['email']}.")
        try:
            number = operations.reset_factors(person=person, by=None, at=timezone.now())
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Second factors taken away: {number}. The person is told by mail and signs in by password.")
