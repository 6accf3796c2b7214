"""The production files agree with each other and keep to the rules, checked without an engine."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.once
ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES = COMPOSE["services"]
LASTING = {name: s for name, s in SERVICES.items() if name != "migrate"}
OWN = {name: s for name, s in SERVICES.items() if "build" in s}
EXACT = re.compile(r"^[\w./-]+:\d+\.\d+(\.\d+)?[\w.-]*$")


def test_services_are_the_six_and_the_migration():
    assert set(SERVICES) == {"migrate", "web", "worker", "beat", "postgres", "redis", "nginx"}


@pytest.mark.parametrize("name", SERVICES)
def test_service_has_no_more_power_than_it_needs(name):
    service = SERVICES[name]
    assert service["user"] not in ("root", "0", "0:0")
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "privileged" not in service
    assert "no-new-privileges:true" in service["security_opt"]


@pytest.mark.parametrize("name", LASTING)
def test_service_is_watched_and_restarted(name):
    assert LASTING[name]["healthcheck"]["test"]
    assert LASTING[name]["restart"] == "unless-stopped"
    assert LASTING[name]["logging"]["options"]["max-size"]


def test_foreign_images_are_pinned():
    foreign = [s["image"] for s in SERVICES.values() if "build" not in s]
    assert all(EXACT.match(image) for image in foreign), foreign
    assert len(foreign) == 3


def test_only_nginx_can_be_reached_from_outside():
    assert [name for name, s in SERVICES.items() if "ports" in s] == ["nginx"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert SERVICES["postgres"]["networks"] == SERVICES["redis"]["networks"] == ["inside"]


def test_parts_that_are_named_exist():
    for service in SERVICES.values():
        assert set(service.get("depends_on", {})) <= set(SERVICES)
        assert set(service["networks"]) <= set(COMPOSE["networks"])
        assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
        for mount in service.get("volumes", []):
            source = mount.split(":")[0]
            assert source in COMPOSE["volumes"] or source.startswith("./deploy/"), mount


def test_state_is_on_volumes():
    assert any(m.startswith("database:") for m in SERVICES["postgres"]["volumes"])
    assert any(m.startswith("doorbell:") for m in SERVICES["redis"]["volumes"])
    assert all("var:/app/var" in s["volumes"] for s in OWN.values())


def test_secrets_never_stand_in_the_environment():
    for service in OWN.values():
        names = set(service["environment"])
        assert not names & {"SECRET_KEY", "DATABASE_URL", "FIELD_MASTER_KEY", "INDEX_KEY"}
        for name, value in service["environment"].items():
            if name.endswith("_FILE"):
                assert value.removeprefix("/run/secrets/") in service["secrets"]
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert not re.search(r"^(SECRET_KEY|DATABASE_URL|FIELD_MASTER_KEY|INDEX_KEY)=", example, re.M)


def test_commands_run_this_product():
    assert SERVICES["worker"]["command"][:4] == ["celery", "-A", "courierqa.celery", "worker"]
    assert SERVICES["beat"]["command"][:4] == ["celery", "-A", "courierqa.celery", "beat"]
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "courierqa.wsgi:application" in dockerfile
    assert re.search(r"^USER 10001:10001$", dockerfile, re.M)
    assert all(
        re.match(r"FROM python:\d+\.\d+\.\d+-", line)
        for line in dockerfile.splitlines()
        if line.startswith("FROM")
    )
    copied = set(re.findall(r"^COPY (\w+) \1/$", dockerfile, re.M))
    assert {"courierqa", "staff", "shipments", "complaints", "quality", "kpi"} <= copied


def test_settings_in_the_example_are_read():
    source = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "courierqa").rglob("*.py"))
    names = re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.M)
    assert names
    assert [name for name in names if f'"{name}"' not in source] == []


def test_secrets_are_made_once(tmp_path):
    (tmp_path / "tools").mkdir()
    script = shutil.copy(ROOT / "tools" / "make_secrets.sh", tmp_path / "tools")
    subprocess.run([script], check=True, capture_output=True)
    made = {p.name: p.read_text() for p in (tmp_path / "deploy" / "secrets").iterdir()}
    assert set(made) == set(COMPOSE["secrets"])
    assert made["postgres_password"] in made["database_url"]
    subprocess.run([script], check=True, capture_output=True)
    assert {p.name: p.read_text() for p in (tmp_path / "deploy" / "secrets").iterdir()} == made


def compose_client() -> list[str]:
    for client in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(client[0]):
            asked = subprocess.run([*client, "version"], capture_output=True)
            if asked.returncode == 0:
                return client
    return []


@pytest.mark.skipif(
    not compose_client(),
    reason="Only a container client can read the compose file; none is installed.",
)
def test_compose_reads_the_file(tmp_path):
    for name in ("docker-compose.yml", ".env.example"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copy(ROOT / ".env.example", tmp_path / ".env")
    done = subprocess.run(
        [*compose_client(), "-f", "docker-compose.yml", "config"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(
    not shutil.which("nginx"),
    reason="Only nginx itself can read its configuration; it is not installed.",
)
def test_nginx_reads_the_file(tmp_path):
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    tls = tmp_path / "tls"
    tls.mkdir()
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "1",
            "-subj",
            "/CN=localhost",
            "-keyout",
            tls / "key.pem",
            "-out",
            tls / "fullchain.pem",
        ],
        check=True,
        capture_output=True,
    )
    # Older versions know neither `http2 on` nor the container's folders.
    text = text.replace("http2 on;", "").replace("/tmp/", f"{tmp_path}/")
    text = text.replace("/etc/nginx/tls", str(tls)).replace("server web:8000", "server 127.0.0.1:1")
    (tmp_path / "nginx.conf").write_text(text)
    done = subprocess.run(
        ["nginx", "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
