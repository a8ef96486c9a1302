"""Deleting in time: every room names what it keeps no longer (`settings.RETENTION`)."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from core.journal.models import Entry
from core.notify.models import MailState, OutgoingMail

JOURNAL = timedelta(days=365)
MAILS = timedelta(days=30)


def retention() -> int:
    """Remove what is past its time in every room; safe to run at any hour, any number of times."""
    removed = sum(import_string(name)() or 0 for name in settings.RETENTION)
    return removed + old_entries() + old_mails()


def old_entries() -> int:
    """Journal lines older than twelve months."""
    return Entry.objects.filter(at__lt=timezone.now() - JOURNAL).delete()[0]


def old_mails() -> int:
    """Single mails a month after they were sent or given up."""
    done = OutgoingMail.objects.filter(state__in=[MailState.SENT, MailState.FAILED])
    return done.filter(created_at__lt=timezone.now() - MAILS).delete()[0]
