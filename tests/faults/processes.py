"""Real processes of the product for fault tests: started apart, killed by their own group.

Everything here runs in processes of its own against databases of its own; the test process only
watches, sends scans like a phone, and kills.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests import servers

ROOT = Path(__file__).resolve().parents[2]
MANAGE = [sys.executable, "manage.py"]


@dataclass
class Stack:
    """One installation in a folder: its environment, its processes, its figures."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    commands: dict[str, Sequence[str]] = field(default_factory=dict)
    kills: int = 0
    key: str = ""
    redis: servers.Redis | None = None

    def __post_init__(self) -> None:
        keep = {n: v for n, v in os.environ.items() if not n.startswith(("DATABASE_", "REDIS_"))}
        keep |= {"DJANGO_SETTINGS_MODULE": "courierqa.settings", "LOG_LEVEL": "WARNING"}
        self.env = {**keep, "COURIERQA_VAR": str(self.folder / "var"), **self.env}

    def manage(self, *arguments: str, seconds: float = 300) -> str:
        """Run a command to its end and return what it printed."""
        done = subprocess.run(
            [*MANAGE, *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=seconds,
        )
        if done.returncode:
            raise AssertionError(f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def ask(self, name: str) -> Any:
        """Run a question of tests/faults/questions.py in the stack's own database."""
        code = f"from tests.faults import questions; questions.{name}()"
        return json.loads(self.manage("shell", "--no-imports", "-v", "0", "-c", code))

    def start(self, name: str, *command: str) -> None:
        """Start a process in a session of its own; again with the same command when none."""
        self.commands[name] = command or self.commands[name]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                self.commands[name],
                cwd=ROOT,
                env=self.env,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                preexec_fn=servers.die_with_parent(signal.SIGTERM),
            )

    def kill(self, name: str) -> None:
        """End the process and its children as `kill -9` does; count it if it was still at work."""
        process = self.running.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        self.kills += process.wait() == -signal.SIGKILL

    def stop_all(self) -> None:
        for name in list(self.running):
            self.kill(name)

    def start_web(self) -> str:
        """Start gunicorn on a free port and return its address."""
        port = servers.free_port()
        command = [sys.executable, "-m", "gunicorn", "courierqa.wsgi:application"]
        command += ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "4"]
        self.start("web", *command, "--workers", "2", "--no-control-socket")
        return f"http://127.0.0.1:{port}"

    def log(self, name: str) -> str:
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace")[-3000:] if path.exists() else ""


def answers(url: str) -> bool:
    """Say whether the web process is there, whatever it says."""
    try:
        urllib.request.urlopen(f"{url}/healthz", timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@dataclass
class Phone:
    """Sends scans and keeps a ledger: what was sent, what the server said about each.

    It never gives up on a batch: what was not answered is sent again, as a phone does.
    """

    url: str
    key: str
    device: str
    events: list[dict[str, Any]]
    seed: int = 7
    pace: float = 0.02
    said: dict[str, list[str]] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)
    failures: int = 0
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def begin(self) -> None:
        self.thread = threading.Thread(target=self._work, daemon=True)
        self.thread.start()

    def finish(self, seconds: float) -> None:
        """Wait until every event has its answer."""
        assert self.thread is not None
        self.thread.join(seconds)
        assert not self.thread.is_alive(), f"{self.device} still waits for answers"

    def _work(self) -> None:
        chance = random.Random(self.seed)
        # A fifth is sent twice, and nothing arrives in the order in which it happened.
        queue = [*self.events, *chance.sample(self.events, len(self.events) // 5)]
        chance.shuffle(queue)
        while queue and not self.stop.is_set():
            size = chance.randint(1, 12)
            batch, queue = queue[:size], queue[size:]
            while not self._send(batch) and not self.stop.is_set():
                self.failures += 1
                time.sleep(0.2)
            time.sleep(self.pace)

    def _send(self, batch: list[dict[str, Any]]) -> bool:
        request = urllib.request.Request(
            f"{self.url}/api/v1/scans/batch",
            data=json.dumps({"events": batch}).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {self.key}"},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                results = json.load(answer)["results"]
        except urllib.error.HTTPError as error:
            # 503 means: nothing was written, come again. Anything else is a finding.
            if error.code != 503:
                self.odd.append(f"{error.code} {error.read()[:300]!r}")
            return False
        except (OSError, ValueError):
            return False
        for result in results:
            self.said.setdefault(result["id"], []).append(result["result"])
        return True


# Minutes ago, what was scanned, why: the last leg of a parcel with one failed try.
LAST_LEG = (
    (90, "AST", None),
    (80, "OFD", None),
    (60, "ATT", "absent"),
    (50, "AST", None),
    (30, "OFD", None),
    (10, "DLV", None),
)


def scans_for(parcels: Sequence[dict[str, Any]], *, device: str, now: datetime) -> list[dict]:
    """Return the last leg of each parcel, delivered at the second try."""
    return [
        {
            "id": str(uuid.uuid5(uuid.NAMESPACE_OID, f"{device}|{parcel['waybill']}|{minutes}")),
            "waybill": parcel["waybill"],
            "code": code,
            "reason": reason,
            "happened_at": (now - timedelta(minutes=minutes, seconds=number)).isoformat(),
            "site": parcel["site"],
            "device": device,
        }
        for number, parcel in enumerate(parcels)
        for minutes, code, reason in LAST_LEG
    ]


class Chaos:
    """Kills the named parts one after the other and brings each back."""

    def __init__(self, stack: Stack, *, seed: int, database: servers.Postgres | None) -> None:
        self.stack, self.database = stack, database
        self.chance = random.Random(seed)
        self.done: list[str] = []

    def run(self, names: Sequence[str], *, rounds: int, pause: float) -> None:
        """Kill every name `rounds` times in a random order, waiting up to `pause` between."""
        plan = list(names) * rounds
        self.chance.shuffle(plan)
        for name in plan:
            time.sleep(self.chance.uniform(pause / 2, pause))
            self.strike(name)

    def strike(self, name: str) -> None:
        if name == "database":
            assert self.database is not None
            self.database.kill()
            self.database.start()
            return
        self.done.append(name)
        # On a fast machine a job may be over before its turn comes: then the next one is killed.
        if self.stack.running[name].poll() is not None:
            self.stack.kill(name)
            self.stack.start(name)
            time.sleep(self.chance.uniform(0.2, 0.6))
        self.stack.kill(name)
        self.stack.start(name)
