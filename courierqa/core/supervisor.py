"""Keep the web and worker processes of the embedded default running, and stop them together.

`manage.py serve` runs this file as a script, so that watching imports no Django and costs a few
megabytes: `python -P courierqa/core/supervisor.py NAME=COMMAND…` (each command is JSON).
"""

from __future__ import annotations

import ctypes
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

PR_SET_PDEATHSIG = 1
GRACE_SECONDS = 20
STABLE_SECONDS = 30
GIVE_UP_AFTER = 5


def die_with_parent() -> None:
    """Ask Linux to end this process when its parent dies, even by `kill -9`."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def free_port(host: str, wanted: int, *, tries: int = 50) -> int:
    """Return `wanted`, or the next port nobody listens on."""
    for port in range(wanted, wanted + tries):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise OSError(f"No free port between {wanted} and {wanted + tries - 1}.")


@dataclass
class Child:
    """One process that must run: how to start it, and how often it failed lately."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    start_at: float = 0.0

    def start(self) -> None:
        """Start the process in a session of its own, so that Ctrl-C reaches only us."""
        self.process = subprocess.Popen(
            self.command, start_new_session=True, preexec_fn=die_with_parent
        )
        self.started = time.monotonic()

    def has_ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def plan_restart(self) -> float:
        """Return the seconds to wait before the next start: 1, 2, 4 … while it keeps failing."""
        stable = time.monotonic() - self.started > STABLE_SECONDS
        self.failures = 1 if stable else self.failures + 1
        wait = min(2 ** (self.failures - 1), 30)
        self.process = None
        self.start_at = time.monotonic() + wait
        return wait


@dataclass
class Supervisor:
    """Starts children, restarts those that die, stops all together."""

    children: list[Child]
    say: Callable[[str], None]
    wake: tuple[int, int] = field(default_factory=os.pipe)
    asked_to_stop: bool = False

    def run(self) -> int:
        """Watch until a signal comes; return the exit code."""
        self._listen()
        for child in self.children:
            child.start()
        while not self.asked_to_stop:
            if not self._look_after_all():
                self._stop_all()
                return 1
            select.select([self.wake[0]], [], [], 0.5)
        self.say("Stopping.")
        self._stop_all()
        return 0

    def _listen(self) -> None:
        def note(_number: int, _frame: object) -> None:
            self.asked_to_stop = True
            os.write(self.wake[1], b".")

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, note)

    def _look_after_all(self) -> bool:
        return all(self._look_after(child) for child in self.children)

    def _look_after(self, child: Child) -> bool:
        if child.has_ended():
            code = child.process.returncode if child.process else 0
            wait = child.plan_restart()
            if child.failures >= GIVE_UP_AFTER:
                self.say(f"{child.name} ended {child.failures} times in a row; giving up.")
                return False
            self.say(f"{child.name} ended with code {code}; starting it again in {wait:.0f} s.")
        if child.process is None and time.monotonic() >= child.start_at:
            child.start()
        return True

    def _stop_all(self) -> None:
        running = [child.process for child in self.children if child.process]
        for process in running:
            if process.poll() is None:
                process.terminate()
        limit = time.monotonic() + GRACE_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def say(text: str) -> None:
    """Write a line for the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(arguments: Sequence[str]) -> int:
    """Run `NAME=JSON-COMMAND` arguments until told to stop."""
    children = []
    for argument in arguments:
        name, _, command = argument.partition("=")
        children.append(Child(name, json.loads(command)))
    return Supervisor(children, say).run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
