"""Run the whole product on this machine: web pages, worker and scheduler, started together."""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courierqa.core import supervisor


class Command(BaseCommand):
    help = "Start web and worker, restart what dies, stop both together on Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument(
            "--port", type=int, default=None, help="port to listen on (default: PORT or 8000)"
        )
        parser.add_argument("--threads", type=int, default=8, help="pages answered at once")

    def handle(self, *args: Any, **options: Any) -> None:
        host = options["host"]
        port = self._port(host, options["port"])
        self._tell(f"http://{host}:{port}/")
        os.environ.setdefault("PUBLIC_BASE_URL", f"http://{host}:{port}")
        os.environ["DJANGO_SETTINGS_MODULE"] = "courierqa.settings"
        os.chdir(settings.BASE_DIR)
        python = sys.executable
        web = [python, "-m", "gunicorn", "courierqa.wsgi:application", "--bind", f"{host}:{port}"]
        web += ["--worker-class", "gthread", "--workers", "1"]
        web += ["--threads", str(options["threads"]), "--no-control-socket"]
        web += ["--graceful-timeout", "15", "--log-level", "warning"]
        worker = [python, "manage.py", "run_worker"]
        children = [f"web={json.dumps(web)}", f"worker={json.dumps(worker)}"]
        # Become the small watcher: this process has loaded all of Django and needs none of it.
        os.execv(python, [python, "-P", supervisor.__file__, *children])

    def _port(self, host: str, asked: int | None) -> int:
        text = os.environ.get("PORT", "8000")
        if asked is None and not text.isdigit():
            raise CommandError(f"PORT must be a number between 1 and 65535, not {text!r}.")
        wanted = asked if asked is not None else int(text)
        if not 0 < wanted < 65536:
            raise CommandError(f"PORT must be a number between 1 and 65535, not {wanted}.")
        try:
            port = supervisor.free_port(host, wanted)
        except OSError as error:
            raise CommandError(str(error)) from error
        if port != wanted:
            self.stdout.write(f"Port {wanted} is taken; using {port}.")
        return port

    def _tell(self, address: str) -> None:
        self.stdout.write(self.style.SUCCESS(f"\nCourierQA runs at {address}  (Ctrl-C stops it)"))
        logins = settings.VAR_DIR / "logins.txt"
        if logins.exists():
            self.stdout.write(logins.read_text(encoding="utf-8"))
        self.stdout.flush()
