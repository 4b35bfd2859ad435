"""`pobratym messages [CONTEXT …] [--check | --compile]`: bring the Ukrainian catalogues up to the code."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pobratym.config import catalogues


class Command(BaseCommand):
    help = "Extract messages into each context's catalogue and compile them."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("contexts", nargs="*", help="only these contexts")
        parser.add_argument("--check", action="store_true", help="write nothing; fail if something is missing")
        parser.add_argument("--compile", action="store_true", help="only compile what is there")

    def handle(self, *_args: Any, **options: Any) -> None:
        wanted = [c for c in catalogues.contexts() if not options["contexts"] or c.name in options["contexts"]]
        problems: list[str] = []
        for context in wanted:
            path = catalogues.catalogue_of(context)
            if not options["compile"]:
                problems += self.bring_up(context, check=options["check"])
            if path.exists() and not options["check"]:
                catalogues.compile_catalogue(context)
        if problems:
            raise CommandError("\n".join(problems))

    def bring_up(self, context: Any, *, check: bool) -> list[str]:
        """Update one catalogue, or with `check` only tell what is missing in it."""
        path = catalogues.catalogue_of(context)
        catalogue, text = catalogues.updated(context)
        if not len(catalogue):
            return []
        gaps = [f"{context.name}: no Ukrainian text for “{message}”" for message in catalogues.missing(catalogue)]
        if check:
            known = path.read_text(encoding="utf-8") if path.exists() else ""
            if known != text and not gaps:
                gaps.append(f"{context.name}: the catalogue is behind the code; run `pobratym messages`")
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        for gap in gaps:
            self.stdout.write(gap)
        return gaps if check else []
