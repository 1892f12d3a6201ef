"""Django's own commands: `python -m shouwen.manage makemigrations`."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run a management command with our settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shouwen.project.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
