"""`pobratym audit verify | seal | protect | export-seal`: check the trail, seal it, keep a seal outside."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pobratym.audit import operations, protection
from pobratym.audit.checking import Report, check
from pobratym.audit.choices import Export
from pobratym.audit.models import Seal
from pobratym.audit.queries import seal_file
from pobratym.audit.seal_file import NotASeal, SealFile


class Command(BaseCommand):
    help = "Check the trail, seal it, or write a seal as a file to keep elsewhere."

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        verify = actions.add_parser("verify", help="Check every chain and every seal; exit status 1 if one is wrong.")
        verify.add_argument(
            "--seal", action="append", default=[], type=Path, metavar="FILE",
            help="also check against a seal that was kept elsewhere; may be given several times",
        )  # fmt: skip
        actions.add_parser("seal", help="Write a seal now.")
        actions.add_parser("protect", help="Have the database refuse changes to the trail again.")
        export = actions.add_parser("export-seal", help="Write a seal to standard output.")
        export.add_argument("--number", type=int, help="the newest one if not given")

    def handle(self, *_args: Any, **options: Any) -> None:
        action = {
            "verify": self._verify,
            "seal": self._seal,
            "protect": self._protect,
            "export-seal": self._export,
        }[options["action"]]
        action(options)

    def _verify(self, options: dict[str, Any]) -> None:
        try:
            files = [SealFile(path) for path in options["seal"]]
        except NotASeal as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        report = check(files)
        if not report.found:
            self.stdout.write(_summary(report, files))
            return
        for finding in report.findings:
            self.stderr.write(finding.sentence())
        told = ngettext(
            "The trail is not sound: %(found)s finding.", "The trail is not sound: %(found)s findings.", report.found
        )
        raise CommandError(told % {"found": report.found}, returncode=1)

    def _seal(self, _options: dict[str, Any]) -> None:
        seal = operations.seal(at=timezone.now())
        self.stdout.write(f"{seal.number} {seal.digest}")

    def _protect(self, _options: dict[str, Any]) -> None:
        with transaction.atomic():
            protection.protect(connection)

    def _export(self, options: dict[str, Any]) -> None:
        number = options["number"]
        seals = Seal.objects.order_by("number")
        seal = seals.last() if number is None else seals.filter(number=number).first()
        if seal is None:
            raise CommandError(_("There is no such seal. Make one: pobratym audit seal."))
        operations.note_export(what=Export.SEAL, by=None, at=timezone.now(), subject=seal, rows=seal.subjects)
        for piece in seal_file(seal):
            self.stdout.write(piece, ending="")


def _summary(report: Report, files: list[SealFile]) -> str:
    said = _("The trail is sound: %(entries)s entries of %(subjects)s subjects, %(seals)s seals.") % {
        "entries": report.entries,
        "subjects": report.subjects,
        "seals": report.seals,
    }
    if files:
        numbers = ", ".join(str(file.statement.number) for file in files)
        return said + " " + _("Seals from outside: %(numbers)s.") % {"numbers": numbers}
    return said + " " + _("A forgery that includes the seals shows only against a seal that is kept elsewhere.")
