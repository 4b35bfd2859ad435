"""`pobratym invite EMAIL`: invite a moderator from the command line, above all the first one."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from pobratym.accounts import operations
from pobratym.accounts.choices import PLATFORM_ROLES, Role
from pobratym.vocabulary.refusals import Refusal


class Command(BaseCommand):
    help = "Invite a person into a role for the whole platform; prints the link, which is also sent by mail."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--role", default=Role.MODERATOR.value, choices=sorted(PLATFORM_ROLES))

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
            invitation = operations.invite(email=options["email"], role=options["role"], by=None, at=timezone.now())
        except ValidationError as error:
            raise CommandError(f"{options['email']} is not an e-mail address.") from error
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(settings.ADDRESS + reverse("accounts:invitation", args=[invitation.token]))
