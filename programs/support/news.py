"""Who is told of an incident: who is in it. A mail says that there is something, never what."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.kit.rooms import News, Told
from core.news import services as news
from programs.membership.access import roles_by_program
from programs.support.models_incidents import Incident, IncidentEntry, IncidentPerson

if TYPE_CHECKING:
    from core.people.models import User

ASKED, SAID, AFTERWARDS = "support.asked", "support.said", "support.afterwards"


def tell_asked(incident: Incident, entry: IncidentEntry, people: Iterable["User"]) -> None:
    news.tell(ASKED, people, about=incident.pk, item=entry.pk, program_id=incident.program_id)


def tell_said(incident: Incident, entry: IncidentEntry, people: Iterable["User"]) -> None:
    news.tell(SAID, people, about=incident.pk, item=entry.pk, program_id=incident.program_id)


def tell_afterwards(incident: Incident, left: int) -> None:
    item = f"after-{left}"
    news.tell(AFTERWARDS, [incident.reporter], about=incident.pk, item=item, program_id=incident.program_id)


def look(person: "User", rows: Sequence[Any]) -> dict[int, Told]:
    """Whoever is no longer in it, or has left the program, is told nothing."""
    programs = roles_by_program(person)
    mine = IncidentPerson.objects.filter(person=person, incident__in=[row.about for row in rows])
    found = {
        str(each.incident_id): each.incident
        for each in mine.select_related("incident__program", "incident__reporter")
        if each.incident.program in programs
    }
    return {
        row.pk: Told(
            incident.program.name,
            reverse("programs:incident", args=[incident.program.slug, incident.pk]),
            str(incident.reporter),
            program=incident.program.name,
        )
        for row in rows
        if (incident := found.get(row.about)) is not None
    }


GROUP = _("Help")
OPEN = _("Open")
NEWS = (
    News(
        ASKED,
        _("Somebody asks me for help"),
        GROUP,
        50,
        ngettext_lazy("%(name)s is asking you for help", "%(count)s people are asking you for help", "count"),
        _("You are receiving this email because somebody in the program asks you for help."),
        look,
        mail="now",
        button=OPEN,
        icon="lifebuoy",
        each=True,
        asks=True,
    ),
    News(
        SAID,
        _("News where I help or asked for help"),
        GROUP,
        51,
        ngettext_lazy("News on a request for help", "%(count)s new messages on a request for help", "count"),
        _("You are receiving this email because you are one of the few people involved."),
        look,
        mail="now",
        button=OPEN,
        icon="lifebuoy",
    ),
    News(
        AFTERWARDS,
        _("How I am, a few days later"),
        GROUP,
        52,
        ngettext_lazy("How are you today?", "How are you today?", "count"),
        _("You are receiving this email because you asked for help a few days ago."),
        look,
        mail="now",
        button=OPEN,
        icon="lifebuoy",
    ),
)
