"""A walk through the main job over the network, as a browser does it, that remembers what was answered with a yes.

walk = Walk(site)
walk.sign_in()
for step in walk.steps: step()
walk.nothing_is_lost()
"""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from datetime import date, timedelta
from typing import Any

from tests.site import Site
from tests.worker import PATIENCE

PASSWORD = "a password for this walk"
BORDER = "b0rder"


class Stay(urllib.request.HTTPRedirectHandler):
    """The answer itself, not the page it leads to."""

    def redirect_request(self, *_: Any) -> None:
        return None


class Visitor:
    """A browser without a screen; whatever the answer is, it is an answer."""

    def __init__(self, url: str, language: str = "en") -> None:
        self.url, self.language = url, language
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), Stay)
        self.landed = ""

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(path, None, {})

    def post(self, path: str, **values: Any) -> tuple[int, str]:
        return self._ask(path, urllib.parse.urlencode(values).encode(), {})

    def upload(self, path: str, name: str, content: bytes, **values: str) -> tuple[int, str]:
        parts = [f'name="{key}"\r\n\r\n{value}'.encode() for key, value in values.items()]
        parts += [f'name="file"; filename="{name}"\r\nContent-Type: text/csv\r\n\r\n'.encode() + content]
        body = b"".join(f"--{BORDER}\r\nContent-Disposition: form-data; ".encode() + part + b"\r\n" for part in parts)
        kind = {"Content-Type": f"multipart/form-data; boundary={BORDER}"}
        return self._ask(path, body + f"--{BORDER}--\r\n".encode(), kind)

    def _ask(self, path: str, body: bytes | None, headers: dict[str, str]) -> tuple[int, str]:
        token = next((each.value or "" for each in self.cookies if each.name == "csrftoken"), "")
        headers |= {"Accept-Language": self.language, "X-CSRFToken": token}
        request = urllib.request.Request(self.url + path, body, headers)  # noqa: S310  # our own site
        try:
            answer = self.opener.open(request, timeout=PATIENCE)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        with answer:
            self.landed = urllib.parse.urlsplit(answer.headers.get("Location") or "").path
            return answer.status, answer.read().decode()


class Walk:
    """Home, tick, log, upload, schedule, sign in: a manager and an influencer of the demo."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.manager, self.influencer = Visitor(site.url), Visitor(site.url)
        self.steps = [self.home, self.tick, self.log, self.upload, self.schedule, self.sign_in_again]
        self.ticked: list[int] = []
        self.done: Counter[str] = Counter()

    def sign_in(self) -> None:
        for person, role in ((self.manager, "manager"), (self.influencer, "influencer")):
            assert _sign_in(person, role) == 302, role
            status, page = person.get("/")
            assert status == 200, page
            self.base = re.search(r'href="(/p/[\w-]+/)"', page)[1]  # type: ignore[index]  # it is there, or the walk ends
        rows = self.site.sql(
            "SELECT i.id FROM programs_item i JOIN programs_program p ON p.id = i.program_id"
            " WHERE i.state = 'open' AND i.deleted_at IS NULL AND p.slug = %s ORDER BY i.id",
            self.slug,
        )
        self.open = [pk for (pk,) in rows]
        assert len(self.open) > 10

    @property
    def slug(self) -> str:
        return self.base.strip("/").split("/")[1]

    def home(self) -> None:
        for person in (self.manager, self.influencer):
            status, page = person.get(self.base)
            assert status == 200, page
            assert 'id="content"' in page

    def tick(self) -> None:
        pk = self.open.pop(0)
        assert self.manager.post(f"{self.base}items/{pk}/tick/") == (302, "")
        self.ticked.append(pk)

    def log(self) -> None:
        assert self.influencer.post(f"{self.base}activities/new/", kind="talk", note="on a walk") == (302, "")
        self.done["logged"] += 1

    def upload(self) -> None:
        number = self.done["uploaded"]
        content = f"date,metric,value\n2026-10-05,impressions,{1000 + number}\n".encode()
        answer = self.influencer.upload(f"{self.base}imports/new/", f"walk-{number}.csv", content, whose="own")
        assert answer == (302, "")
        self.done["uploaded"] += 1

    def schedule(self) -> None:
        assert self.manager.post(f"{self.base}newsletters/new/", template="") == (302, "")
        edit = self.manager.landed
        _, page = self.manager.get(edit)
        version = re.search(r'name="version"[^>]* value="(\d+)"', page)
        assert version
        words = {"subject_de": "Auf dem Weg", "body_de": "# Guten Tag {{first_name}}", "subject_en": "", "body_en": ""}
        assert self.manager.post(edit, version=version[1], **words)[0] == 302
        day = (date.today() + timedelta(days=9)).isoformat()
        assert self.manager.post(edit.replace("edit/", "schedule/"), when=f"{day}T10:00") == (302, "")
        assert self.manager.post(edit.replace("edit/", "send/"), when=f"{day}T10:00") == (302, "")
        self.done["planned"] += 1

    def sign_in_again(self) -> None:
        visitor = Visitor(self.site.url)
        assert _sign_in(visitor, "executive") == 302
        assert visitor.get(self.base)[0] == 200
        self.done["signed in"] += 1

    def is_signed_in(self) -> bool:
        """Both are still signed in with the cookies they got at the beginning."""
        return all(person.get(self.base)[0] == 200 for person in (self.manager, self.influencer))

    def kept(self) -> Counter[str]:
        """What the database knows of all that."""

        def count(text: str) -> int:
            return int(self.site.sql(f"SELECT count(*) FROM {text}")[0][0])  # noqa: S608  # our own words

        ticked = ",".join(map(str, self.ticked)) or "0"
        return Counter(
            {
                "ticked": count(f"programs_item WHERE state = 'done' AND id IN ({ticked})"),
                "logged": count("analytics_activity WHERE note = 'on a walk'"),
                "uploaded": count("analytics_importrun WHERE file_name LIKE 'walk-%'"),
                "planned": count("community_issue WHERE subject ->> 'de' = 'Auf dem Weg' AND state = 'scheduled'"),
            }
        )

    def promised(self) -> Counter[str]:
        return Counter({"ticked": len(self.ticked), **{k: v for k, v in self.done.items() if k != "signed in"}})

    def waiting(self) -> int:
        """Uploads that no worker has looked at yet."""
        return int(
            self.site.sql(
                "SELECT count(*) FROM analytics_importrun"
                " WHERE file_name LIKE 'walk-%' AND state IN ('queued', 'reading')"
            )[0][0]
        )


def _sign_in(person: Visitor, role: str) -> int:
    person.get("/accounts/login/")
    return person.post("/accounts/login/", login=f"{role}@demo.example", password=PASSWORD)[0]
