"""Typed reading of the environment; a secret may also come from a `NAME_FILE`."""

import base64
import json
import os
import secrets
from pathlib import Path

import environ

env = environ.Env()


def secret(name: str, default: str = "") -> str:
    """Return the value of `name`, or the content of the file named by `name_FILE`."""
    path = os.environ.get(f"{name}_FILE")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def local_secrets(folder: Path) -> dict[str, str]:
    """Return this installation's own secrets, made once and kept in `folder`.

    Only the embedded default uses them; production passes secrets in the environment.
    The write is exclusive, so two processes starting together agree on one set.
    """
    path = folder / "secrets.json"
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        made = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "FIELD_MASTER_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
            "INDEX_KEY": base64.b64encode(secrets.token_bytes(32)).decode(),
        }
        draft = folder / f".secrets.{os.getpid()}"
        draft.write_text(json.dumps(made), encoding="utf-8")
        draft.chmod(0o600)
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return json.loads(path.read_text(encoding="utf-8"))
