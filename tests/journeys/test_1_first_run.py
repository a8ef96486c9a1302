"""A stranger clones the project and types one command."""

import http.cookiejar
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from tests.worker import PATIENCE

ROOT = Path(__file__).parents[2]
OURS = (
    "DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "TEST_RUN", "STATIC_HASHED", "SECRET_KEY", "DATA_DIR",
    "DJANGO_SETTINGS_MODULE",
)  # fmt: skip
ROLES = ("manager", "influencer", "influencer2", "coach", "executive", "council", "admin")
PASSWORD = "a password for this run"

pytestmark = [
    pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a clone: there is nothing to clone from"),
    pytest.mark.skipif(shutil.which("make") is None, reason="`make` is missing"),
]


class Visitor:
    """A browser without a screen."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def get(self, path: str) -> tuple[str, str]:
        with self.opener.open(self.site + path, timeout=PATIENCE) as answer:
            return answer.url, answer.read().decode()

    def post(self, path: str, page: str, **values: str) -> tuple[str, str]:
        """Send a form of the page at `page`."""
        _, text = self.get(page)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
        assert token
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": token[1], **values}).encode()
        with self.opener.open(urllib.request.Request(self.site + path, data), timeout=PATIENCE) as answer:  # noqa: S310  # our own site
            return answer.url, answer.read().decode()

    def sign_in(self, role: str) -> str:
        """Where the person lands."""
        login = "/accounts/login/"
        url, _ = self.post(login, login, login=f"{role}@demo.example", password=PASSWORD)
        return urllib.parse.urlsplit(url).path

    def home_of(self, role: str) -> str:
        """The address of the program's start page, which they see after signing in."""
        _, page = self.get(self.sign_in(role))
        found = re.search(r'href="(/p/[\w-]+/)"', page)
        assert found, page
        return found[1]


class Run:
    """`make run` in a fresh clone."""

    def __init__(self, folder: Path) -> None:
        self.clone, self.data, self.log = folder / "clone", folder / "data", folder / "run.log"
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.site = f"http://localhost:{self.port}"
        subprocess.run(["git", "clone", "-q", "--no-hardlinks", str(ROOT), str(self.clone)], check=True, umask=0o022)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Everything it says until it is ready."""
        environment = {key: value for key, value in os.environ.items() if key not in OURS}
        environment |= {"DATA_DIR": str(self.data), "PORT": str(self.port), "DEMO_PASSWORD": PASSWORD}
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                ["make", "run"],
                cwd=self.clone,
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                umask=0o022,  # the servers of the tests keep everything to themselves; a stranger's shell does not
            )
        deadline = time.monotonic() + PATIENCE
        while "Ctrl-C stops everything" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.2)
        return self.log.read_text()

    def everything(self) -> list[psutil.Process]:
        """What `make run` started, and the servers with their children."""
        assert self.process
        found = {each.pid: each for each in psutil.Process(self.process.pid).children(recursive=True)}
        for each in psutil.process_iter(["cwd"]):
            if (each.info["cwd"] or "").startswith(str(self.data)):
                found[each.pid] = each
        return list(found.values())

    def interrupt(self) -> list[psutil.Process]:
        """Ctrl-C, which a terminal sends to all of the foreground. Returns who is still there."""
        assert self.process
        everybody = self.everything()
        os.killpg(self.process.pid, signal.SIGINT)
        self.process.wait(PATIENCE)
        return psutil.wait_procs(everybody, timeout=PATIENCE)[1]

    def kill_everything(self) -> None:
        assert self.process
        for each in [*self.everything(), psutil.Process(self.process.pid)]:
            try:
                each.kill()
            except psutil.NoSuchProcess:
                continue
        self.process.wait(PATIENCE)


@pytest.fixture
def run() -> Iterator[Run]:
    folder = Path(tempfile.mkdtemp(prefix="first-"))  # short: sockets live below it
    folder.chmod(0o755)
    run = Run(folder)
    yield run
    if run.process and run.process.poll() is None:
        run.interrupt()
    shutil.rmtree(folder, ignore_errors=True)


def test_make_run_in_a_fresh_clone(run: Run) -> None:
    said = run.start()
    assert run.site in said
    assert PASSWORD in said
    assert all(f"{role}@demo.example" in said for role in ROLES)
    assert "Traceback" not in said

    _, page = Visitor(run.site).get("/")
    assert 'name="password"' in page, "a stranger is asked to sign in"
    for role in ROLES:
        place = Visitor(run.site).sign_in(role)
        assert place == ("/operate/" if role == "admin" else "/"), (role, place)
    person = Visitor(run.site)
    home = person.home_of("influencer")
    person.post(f"{home}activities/new/", f"{home}activities/new/", kind="talk", note="Said before the lights went out")

    run.kill_everything()  # as when somebody pulls the plug
    said = run.start()
    assert "Traceback" not in said
    person = Visitor(run.site)
    _, page = person.get(person.home_of("influencer") + "activities/")
    assert "Said before the lights went out" in page

    assert run.interrupt() == [], "Ctrl-C leaves nothing behind"
    assert "Stopping ..." in run.log.read_text()
    assert "Traceback" not in run.log.read_text()
    with pytest.raises(urllib.error.URLError):
        Visitor(run.site).get("/health/live")
