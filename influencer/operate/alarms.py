"""Administrators need not look whether everything is running: what goes on for ten minutes is mailed to them, once, and
that it is over too."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.kit.templatetags.ui import ago
from core.notify.letters import PRODUCT, Letter, compose
from core.notify.services import queue_mail
from core.people.models import User
from influencer.operate import queries
from influencer.operate.models import Alarm
from influencer.operate.state import Trouble, state

PATIENCE = timedelta(minutes=10)  # what is over by itself before that needs nobody
COMES_BACK = timedelta(hours=6)  # within that it is the same trouble, and not told again
ALARMS_KEPT = timedelta(days=120)
ALARM = "operate.alarm"


@transaction.atomic
def watch() -> None:
    """Compare what needs somebody with what was known, and tell what went on long enough. Two at once tell it once."""
    now = timezone.now()
    troubles = {trouble.key: trouble for trouble in state(now).troubles if not trouble.is_off}
    known = {alarm.key: alarm for alarm in Alarm.objects.select_for_update().filter(over_at=None)}
    for key in troubles.keys() - known.keys():
        back = Alarm.objects.filter(key=key, over_at__gt=now - COMES_BACK).order_by("-over_at").first()
        if back:
            Alarm.objects.filter(pk=back.pk).update(over_at=None)
        else:
            Alarm.objects.get_or_create(key=key, over_at=None)
    over = [alarm for key, alarm in known.items() if key not in troubles]
    Alarm.objects.filter(pk__in=[alarm.pk for alarm in over]).update(over_at=now)
    new = Alarm.objects.filter(over_at=None, told_at=None, since__lte=now - PATIENCE)
    keys = list(new.values_list("key", flat=True))
    new.update(told_at=now)
    if keys:
        _tell(keys)
    elif not troubles and any(alarm.told_at for alarm in over):
        _all_clear(min(alarm.since for alarm in over))


def retention() -> int:
    return Alarm.objects.filter(over_at__lt=timezone.now() - ALARMS_KEPT).delete()[0]


def _tell(keys: list[str]) -> None:
    for person in queries.administrators():
        with translation.override(person.language), timezone.override(person.time_zone):
            troubles = [trouble for trouble in state().troubles if trouble.key in keys]
            if troubles:
                letter = _letter(_subject(troubles), [f"{_big(each.title)}. {each.text}" for each in troubles])
                _send(person, letter)


def _all_clear(since: datetime) -> None:
    for person in queries.administrators():
        with translation.override(person.language), timezone.override(person.time_zone):
            text = _("The problem we wrote about is over. It started %(ago)s.") % {"ago": ago(since)}
            _send(person, _letter(_("Everything is running again"), [text]))


def _subject(troubles: list[Trouble]) -> str:
    if len(troubles) == 1:
        return _("Needs you: %(what)s") % {"what": troubles[0].title}
    return ngettext("%(count)s thing needs you", "%(count)s things need you", len(troubles)) % {"count": len(troubles)}


def _big(title: str) -> str:
    return title[:1].upper() + title[1:]


def _letter(subject: str, paragraphs: list[str]) -> Letter:
    return compose(
        subject,
        _("You are receiving this email because you are an administrator of this site."),
        paragraphs,
        button=_("Open the health page"),
        url=settings.SITE_URL + reverse("operate:health"),
        sender=PRODUCT,
    )


def _send(person: User, letter: Letter) -> None:
    queue_mail(person.email, letter.subject, letter.text, letter.html, reason=ALARM, person=person)
