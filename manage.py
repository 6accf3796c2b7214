#!/usr/bin/env python
"""Command line of CourierQA."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courierqa.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- slow import

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
