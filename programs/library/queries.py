"""What is selected of templates, and what in a program came from them."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from core.kit.languages import localised
from core.kit.rooms import Act, Hit
from programs.checklists.models_uses import TemplateUse
from programs.library.models import PlanTemplate, PlanVersion
from programs.library.opened import Opened, programs_led
from programs.library.shape import Content
from programs.library.shipped import shipped
from programs.membership.access import Ability, can
from programs.membership.models import Program
from programs.phases.models import Phase, PhaseState

if TYPE_CHECKING:
    from core.people.models import User

NEWER = gettext_lazy("Newer version of “{name}”: see what is different")


def templates_of(user: "User") -> QuerySet[PlanTemplate]:
    """The company's own that this person may take, the latest first."""
    return PlanTemplate.objects.present().filter(program__in=programs_led(user)).select_related("program")


def called(rows: QuerySet[PlanTemplate], words: str) -> QuerySet[PlanTemplate]:
    return rows.filter(Q(title__icontains=words) | Q(key__icontains=words))


def phases_of(program: Program) -> QuerySet[Phase]:
    return Phase.objects.filter(program=program)


def open_phases(program: Program) -> list[Phase]:
    """Into which something can still be taken."""
    return list(Phase.objects.filter(program=program, state__in=(PhaseState.PLANNED, PhaseState.ACTIVE)))


def last_day(program: Program) -> date | None:
    """On which the last phase ends."""
    end: date | None = Phase.objects.filter(program=program).aggregate(last=Max("end_on"))["last"]
    return end


def namesake(program: Program, content: Content) -> PlanTemplate | None:
    """The template of this program that an imported one may be a newer version of: the one with its key, else one that
    is called the same in some language."""
    rows = PlanTemplate.objects.present().filter(program=program)
    names = set(content["name"].items())
    found = rows.filter(key=content["key"]).first()
    return found or next((row for row in rows if names & set(row.title.texts.items())), None)


def versions_of(row: PlanTemplate) -> QuerySet[PlanVersion]:
    """The newest first, without what they say."""
    return PlanVersion.objects.filter(template=row).defer("content")


def version_of(row: PlanTemplate, number: int) -> PlanVersion | None:
    return PlanVersion.objects.filter(template=row, number=number).first()


def uses_of(program: Program) -> list[TemplateUse]:
    return list(TemplateUse.objects.filter(program=program, undone_at=None))


def uses_of_template(opened: Opened) -> QuerySet[TemplateUse]:
    """What this template brought to the program and was not undone, the latest first."""
    template_pk = opened.row.pk if opened.row else None
    uses = TemplateUse.objects.filter(program=opened.program, undone_at=None, key=opened.content["key"])
    return uses.filter(template_pk=template_pk)


def acts(user: "User", program: Program) -> Iterator[Act]:
    """For each template of the program that has a newer version: what is different."""
    if not can(user, Ability.MANAGE_PROGRAM, program):
        return
    now = PlanTemplate.objects.present().filter(pk=OuterRef("template_pk"), program__in=programs_led(user))
    rows = TemplateUse.objects.filter(program=program, undone_at=None).annotate(now=Subquery(now.values("version")))
    for use in rows.values("pk", "key", "template_pk", "version", "now", "content__name"):
        product = shipped().get(use["key"]) if use["template_pk"] is None else None
        current = product["version"] if product else use["now"]
        if current and current > use["version"]:
            url = reverse("programs:template_news", args=[program.slug, use["pk"]])
            yield Act(format_lazy(NEWER, name=localised(use["content__name"])), url, 24, icon="versions")


def latest_of(user: "User", pks: Collection[int]) -> dict[int, tuple[PlanTemplate, Content]]:
    """What templates say now, those that this person may see."""
    if not pks:
        return {}
    rows = {row.pk: row for row in templates_of(user).filter(pk__in=pks)}
    versions = PlanVersion.objects.filter(template__in=rows, number=F("template__version"))
    return {each.template_id: (rows[each.template_id], each.content) for each in versions}


def find_templates(user: "User", program: Program, words: str, most: int) -> Iterator[Hit]:
    if not can(user, Ability.MANAGE_PROGRAM, program):
        return
    found = [(row.ref, str(row.title), row.program.name) for row in called(templates_of(user), words)[:most]]
    for row in shipped().values():
        if any(words.casefold() in text.casefold() for text in row["name"].values()):
            found.append((row["key"], localised(row["name"]), ""))
    for ref, title, home in found[:most]:
        yield Hit(title, reverse("programs:template_detail", args=[program.slug, ref]), home)
