"""What is selected of news: somebody's inbox, and what a link in a mail is about."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.news import kinds
from core.news.bundles import MOST, Bundle, bundle, of_now
from core.news.models import Notification, Way
from core.news.tokens import EVERYTHING, read_token
from core.people.models import User

if TYPE_CHECKING:
    from core.kit.rooms import News


def inbox_of(person: User, *, only_new: bool) -> list[Bundle]:
    """What the product shows: new bundles, or everything of the last month."""
    rows = Notification.objects.filter(person=person, is_shown=True, is_gone=False)
    if only_new:
        rows = rows.filter(read_at=None)
    return bundle(person, of_now(person, rows.order_by("-at", "-pk")[:MOST]))


@dataclass(frozen=True)
class MailsOff:
    """What a link in a mail switches off: one kind, or everything that comes one way."""

    person: User
    news: "News | None"
    way: str

    @property
    def kinds(self) -> list[str]:
        return [self.news.kind] if self.news else []


def mails_off(token: str) -> MailsOff | None:
    """Nothing for a link that was made up, or when its person is no more."""
    found = read_token(token)
    person = User.objects.filter(pk=found[0], is_active=True).first() if found else None
    if found is None or person is None:
        return None
    way = found[1].removeprefix(EVERYTHING) if found[1].startswith(EVERYTHING) else ""
    news = None if way else kinds.named(found[1])
    return MailsOff(person, news, way) if news or way in Way.values else None
