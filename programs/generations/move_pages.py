"""What the pages about moving and merging show: from when on, for whom, and what becomes of everything else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.disclosure import gate
from core.kit.rooms import Label, every
from core.kit.templatetags.ui import day
from programs.generations import queries
from programs.generations.merge_services import places_taken
from programs.generations.models import Generation
from programs.generations.move_services import next_monday

MOST_NAMED = 5


@dataclass(frozen=True)
class Effect:
    """What a merger means for one part of the product."""

    label: Label
    lines: Sequence[Label]


def monday(generation: Generation) -> str:
    return day(next_monday(generation.program), "long")


def moving(generation: Generation) -> dict[str, Any]:
    return {
        "generation": generation,
        "monday": monday(generation),
        "enough": gate.enough(generation.program.group_minimum),
        "later": queries.moved_lately(generation),
    }


def in_short(generation: Generation) -> str:
    """The same in the list, above the button."""
    words = {"day": monday(generation), "enough": gate.enough(generation.program.group_minimum)}
    return (
        _(
            "From %(day)s; each person is notified now. In group figures they count with this generation until "
            "at least %(enough)s people have moved the same way. A person can be moved again after 12 weeks."
        )
        % words
    )


def merging(generation: Generation, into: Generation | None) -> dict[str, Any]:
    shown = moving(generation) | {"program": generation.program, "into": into}
    return shown | {"effects": _effects(generation, into) if into else []}


def _effects(generation: Generation, into: Generation) -> list[Effect]:
    named, day_from = {"former": generation.name, "name": into.name}, monday(generation)
    row = queries.generation_row(generation)
    alone = queries.moving_alone(generation)
    goes = row.people - alone
    people = ngettext(
        "%(count)s person from %(former)s takes part in %(name)s from %(day)s and is notified now.",
        "%(count)s people from %(former)s take part in %(name)s from %(day)s and are notified now.",
        goes,
    )
    nobody = _("Nobody is in %(former)s, so nobody is notified.") % named
    own = [people % (named | {"count": goes, "day": day_from})] if goes else [] if alone else [nobody]
    if alone:
        elsewhere = ngettext(
            "%(count)s person moves alone, as arranged before.",
            "%(count)s people move alone, as arranged before.",
            alone,
        )
        own.append(elsewhere % {"count": alone})
    own.append(_("%(former)s is closed from then on and stays in the list with its past.") % named)
    found = [
        Effect(_("People"), own),
        Effect(_("Places"), _places(row.invited, generation, into)),
        Effect(_("Onboarding"), _onboarding(generation, into)),
    ]
    found += [
        Effect(merger.label, lines)
        for room in every()
        for merger in room.on_merger
        if (lines := list(merger.says(generation, into)))
    ]
    found.append(Effect(_("Mentors"), [_("Pairs of mentors and buddies stay as they are.")]))
    return [effect for effect in found if effect.lines]


def _places(invited: int, generation: Generation, into: Generation) -> list[str]:
    lines = []
    if invited:
        told = ngettext(
            "%(count)s open invitation then leads to %(name)s.",
            "%(count)s open invitations then lead to %(name)s.",
            invited,
        )
        lines.append(told % {"count": invited, "name": into.name})
    if (needed := places_taken(generation, into)) > into.places:
        told = _("%(name)s gets %(needed)s places instead of %(places)s, so that there is room for everybody.")
        lines.append(told % {"name": into.name, "needed": needed, "places": into.places})
    return lines


def _onboarding(generation: Generation, into: Generation) -> list[str]:
    """Which steps are the same, and by name which are not."""
    ours, theirs = ({step.is_same_as: step for step in each.steps.on_the_way()} for each in (generation, into))
    lines = [_("Completed steps stay completed where %(name)s has the same step.") % {"name": into.name}]
    if gone := [str(step.title) for key, step in ours.items() if key not in theirs]:
        lines.append(_("Steps that %(name)s does not have: %(steps)s") % {"name": into.name, "steps": _listed(gone)})
    if new := [str(step.title) for key, step in theirs.items() if key not in ours]:
        lines.append(_("Steps that are new for them: %(steps)s") % {"steps": _listed(new)})
    return lines


def _listed(titles: Sequence[str]) -> str:
    shown = [_("“%(title)s”") % {"title": title} for title in titles[:MOST_NAMED]]
    return ", ".join([*shown, "…"] if len(titles) > MOST_NAMED else shown)
