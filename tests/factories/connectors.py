from datetime import timedelta
from typing import Any

from django.utils import timezone

from analytics.channels.models import Account, Network
from analytics.channels.services import ensure_company_account, ensure_personal_account
from analytics.connectors.models import Connection, Look

ORDER = 62


def make_connection(account: Account, **fields: Any) -> Connection:
    values = {
        "program": account.program,
        "made_by": account.user,
        "host": "nord.example",
        "number": "117020457910412882",
        "handle": "@ines@nord.example",
        "url": "https://nord.example/@ines",
        "due_at": timezone.now() + timedelta(hours=20),
    }
    return Connection.objects.create(account=account, **(values | fields))


def furnish(world: Any) -> None:
    own = ensure_personal_account(world.influencer, world.program, Network.MASTODON)
    company = ensure_company_account(world.program, Network.BLUESKY, "nordwerk.example")
    world.connection = make_connection(own, fetched_at=timezone.now() - timedelta(hours=4))
    Look.objects.create(connection=world.connection, at=world.connection.fetched_at, posts=3, posts_new=3)
    world.company_connection = make_connection(
        company,
        made_by=world.manager,
        host="public.api.bsky.app",
        number="did:plc:nordwerk",
        handle="nordwerk.example",
        url="https://bsky.app/profile/nordwerk.example",
    )
