import io
import os
import signal
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command, get_commands

from core.kit.messages import compile_catalogue
from core.people.first_word import first_word
from core.people.queries import site_is_empty
from influencer.embedded import static
from influencer.embedded.processes import Crew
from influencer.embedded.servers import bring_back
from influencer.embedded.sink import open_socket

PATIENCE = 90  # seconds until the site must answer


class Stopped(Exception):
    """Ctrl-C, or a polite signal."""


class Held(io.StringIO):
    """Passes the steps on at once and keeps the rest (the sign-ins) for the end, where people look."""

    def __init__(self, out: Any) -> None:
        super().__init__()
        self.out = out

    def write(self, text: str) -> int:
        if text.lstrip().startswith("demo:"):
            self.out.write(text)
            self.out.flush()
            return len(text)
        return super().write(text)


class Command(BaseCommand):
    help = "Everything in one terminal: databases, migrations, demo data, web, worker and beat. Ctrl-C stops it all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="an empty site; its first page sets it up")
        parser.add_argument(
            "--stay-down", action="store_true", help="servers that die are left so, to see what happens"
        )

    def handle(self, *, no_demo: bool, stay_down: bool, **options: Any) -> None:
        for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(each, _stop)
        data = Path(settings.DATA_DIR)
        self.brings_back = not stay_down
        self.sign_ins = Held(self.stdout)
        at_work = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_OWNER_URL")}
        crew = Crew(data / "up.json", at_work)
        try:
            self._prepare(with_demo=not no_demo)
            self._start(crew, data)
            self._wait_until_ready(crew)
            self._tell(data)
            self._watch(crew)
        except Stopped:
            self.stdout.write("\nStopping ...")
        finally:
            for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(each, signal.SIG_IGN)  # a second Ctrl-C must not leave half of it behind
            crew.stop()

    def _prepare(self, *, with_demo: bool) -> None:
        self._say("Bringing the database up to date ...")
        call_command("migrate", verbosity=0)
        compile_catalogue()
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
        if settings.STATIC_HASHED and not static.is_current():
            self._say("Collecting styles, scripts and pictures ...")
            static.collect()
        if with_demo and "demo" in get_commands():
            self._say("Looking after the demo programs ...")
            call_command("demo", stdout=self.sign_ins)

    def _start(self, crew: Crew, data: Path) -> None:
        self._say("Starting web, worker, timetable and mail ...")
        if not os.environ.get("SMTP_HOST"):
            with closing(open_socket()) as listener:
                crew.environment |= {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(listener.getsockname()[1])}
                descriptor = listener.fileno()
                inbox = str(data / "inbox")
                crew.start("mail", "-m", "influencer.embedded.sink", inbox, str(descriptor), keep=[descriptor])
        port = os.environ["PORT"]
        crew.start("web", "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "-b", f"127.0.0.1:{port}")
        crew.start("worker", "-W", "ignore:You're running the worker", *WORKER.split())  # as root, in a container
        crew.start("beat", *BEAT.split(), "-s", str(data / "beat"))

    def _wait_until_ready(self, crew: Crew) -> None:
        deadline = time.monotonic() + PATIENCE
        while not _is_ready():
            self._check(crew)
            if time.monotonic() > deadline:
                raise CommandError(f"The site does not answer after {PATIENCE} seconds. The lines above may say why.")
            time.sleep(0.25)

    def _watch(self, crew: Crew) -> None:
        while True:
            self._check(crew)
            if self.brings_back:
                bring_back()
            time.sleep(0.5)

    def _check(self, crew: Crew) -> None:
        if part := crew.ended():
            code = part.process.returncode
            how = f"was ended by signal {-code}" if code < 0 else f"ended with status {code}"
            raise CommandError(f"The {part.name} process {how}; everything else was stopped too. See the lines above.")

    def _tell(self, data: Path) -> None:
        url = settings.SITE_URL
        self.stdout.write("")
        self.stdout.write(f"  The site:   {url}")
        if not os.environ.get("SMTP_HOST"):
            self.stdout.write(f"  Its email:  {url}/dev/inbox/")
        self.stdout.write(f"  Its data:   {data}")
        self.stdout.write(self.sign_ins.getvalue().rstrip())
        if site_is_empty():
            self.stdout.write("  It is empty: its first page sets up the first administrator and program.")
            self.stdout.write(f"  Setup word: {first_word()}")
        self._say("\nCtrl-C stops everything. The data stays.")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


WORKER = "-m influencer.at_work worker -c 2 -Q default,mail,imports,reports,networks"
BEAT = "-m influencer.at_work beat"


def _stop(*_: Any) -> None:
    raise Stopped


def _is_ready() -> bool:
    address = f"http://127.0.0.1:{os.environ['PORT']}/health/ready"
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # our own address
            return bool(answer.status == 200)
    except OSError:
        return False
