"""The `pobratym` command: Django's management commands under the product's settings."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command given on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pobratym.config.settings")
    # A command of two words is written as people write options: import-item.
    execute_from_command_line([*sys.argv[:1], *(_module_of(word) for word in sys.argv[1:2]), *sys.argv[2:]])


def _module_of(command: str) -> str:
    return command if command.startswith("-") else command.replace("-", "_")


if __name__ == "__main__":
    main()
