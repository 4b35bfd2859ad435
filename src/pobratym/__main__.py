"""The `pobratym` command: Django's management commands under the product's settings."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command given on the command line."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pobratym.config.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
