"""The demo's connections: an influencer's account on Bluesky that has brought figures for five weeks; of the company a
podcast, its page on LinkedIn, and an account that was closed. Their servers exist nowhere, so nothing is ever asked."""

from datetime import timedelta

from django.utils import timezone

from analytics.channels.models import Account, Network
from analytics.channels.services import ensure_company_account, ensure_personal_account
from analytics.connectors import jobs, storing
from analytics.connectors.granting import Permit
from analytics.connectors.models import Connection, Look
from analytics.connectors.networks import bluesky, feeds
from analytics.connectors.networks.base import Profile, Tally, Told
from core.people.models import User
from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo
from programs.consents.access import has_granted
from programs.consents.models import Purpose

DAYS, POSTS = 35, 4
FIRST_FOLLOWERS = 188
EPISODES = (
    "Warum die Halle nachts leuchtet",
    "Mit dem Rad zum Schmelzofen",
    "Ausbildung mit 41",
    "Was wir am Wind lernen",
)


def load(demo: Demo) -> None:
    person = User.objects.get(email="influencer@demo.example")
    if has_granted(person, demo.program, Purpose.OWN_FIGURES):
        account = ensure_personal_account(person, demo.program, Network.BLUESKY)
        _bring(_connect(account, person, "ines.bluesky.example"), demo.company)
    company = ensure_company_account(demo.program, Network.MASTODON, "@team@social.example")
    closed = _connect(company, demo.manager, "@team@social.example")
    Look.objects.create(connection=closed, at=timezone.now() - timedelta(days=2), code="gone")
    Connection.objects.filter(pk=closed.pk).update(due_at=None, stopped_for="gone")
    _podcast(demo)
    _page(demo)


def _page(demo: Demo) -> None:
    """The company's page on LinkedIn: its figures come, and the permission ends in ten days."""
    account = ensure_company_account(demo.program, Network.LINKEDIN)
    connection, now = _connect(account, demo.manager, demo.program.company_name), timezone.now()
    until = now + timedelta(days=10)
    number, url = "urn:li:organization:1", "https://www.linkedin.com/company/nordwerk-demo"
    Connection.objects.filter(pk=connection.pk).update(
        host="api.linkedin.com", number=number, url=url, fetched_at=now - timedelta(hours=2),
        permit_sealed=Permit("demo", until.timestamp()).sealed(), permit_until=until,
    )  # fmt: skip
    Look.objects.create(connection=connection, at=now - timedelta(hours=2), figures_new=6, figures_changed=2)


def _podcast(demo: Demo) -> None:
    """The company's own: episodes with their day, and no figures."""
    account = ensure_company_account(demo.program, Network.PODCAST, "Schichtwechsel")
    connection = _connect(account, demo.manager, "Schichtwechsel")
    address, now = "https://podcast.example/", timezone.now()
    Connection.objects.filter(pk=connection.pk).update(host="podcast.example", number=f"{address}feed.xml", url=address)
    profile = Profile(connection.number, connection.handle, connection.handle, address, None, Network.PODCAST)
    look = Look.objects.create(connection=connection, at=now - timedelta(hours=3), posts=len(EPISODES))
    told = Told(profile, [
        Tally(f"episode-{nth}", f"{address}{nth}", now - timedelta(days=10 + 14 * (len(EPISODES) - nth)), title, {})
        for nth, title in enumerate(EPISODES, 1)
    ])  # fmt: skip
    counts = storing.store(connection, look, told, feeds.scheme)
    Look.objects.filter(pk=look.pk).update(posts_new=counts.posts_new)
    Connection.objects.filter(pk=connection.pk).update(fetched_at=look.at, due_at=jobs.next_look(connection, look.at))


def _connect(account: Account, by: User, handle: str) -> Connection:
    return Connection.objects.create(
        program=account.program, account=account, made_by=by, host=handle.rpartition("@")[2], number=f"demo {handle}",
        handle=handle, url=f"https://{handle.rpartition('@')[2]}/", due_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip


def _bring(connection: Connection, company: str) -> None:
    """One look a day, as the clock would have made them; every post gets a little more each day."""
    now = timezone.now()
    titles = [row["title"] for row in texts.posts(company)[:POSTS]]
    for ago in range(DAYS, 0, -1):
        at, day = now - timedelta(days=ago, hours=3), DAYS - ago
        profile = Profile(
            connection.number, connection.handle, connection.handle, connection.url, FIRST_FOLLOWERS + day * 5 // 3
        )
        posts = [
            Tally(f"at://demo/{nth}", connection.url, now - timedelta(days=DAYS - 8 * nth), title, {
                "reactions": min(day - 8 * nth, 14 + 5 * nth), "comments": min(day - 8 * nth, 9) // 3, "reposts": nth,
            })
            for nth, title in enumerate(titles)
            if day > 8 * nth
        ]  # fmt: skip
        look = Look.objects.create(connection=connection, at=at, posts=len(posts))
        counts = storing.store(connection, look, Told(profile, posts), bluesky.scheme)
        Look.objects.filter(pk=look.pk).update(
            posts_new=counts.posts_new, figures_new=counts.new, figures_changed=counts.changed
        )
    Connection.objects.filter(pk=connection.pk).update(fetched_at=at, due_at=jobs.next_look(connection, at))
