"""What the demo's team says about items and phases."""

from datetime import timedelta
from itertools import groupby
from operator import itemgetter

from core.comments.models import Comment
from influencer.home.demo import texts
from influencer.home.demo.people import instant
from influencer.home.demo.rooms import Demo
from programs.checklists.models import Item
from programs.membership.models import Membership
from programs.phases.models import Phase


def load(demo: Demo) -> None:
    program, company, today = demo.program, demo.company, demo.today
    language = texts.company(company)["language"]
    team = Membership.objects.filter(program=program, role__in=["manager", "coach"]).select_related("user")
    people = {row.role: row.user for row in team.order_by("-pk")}  # the first of each role
    named = {role: f"@[{person.pk}]" for role, person in people.items()}
    phases = {phase.key: phase for phase in Phase.objects.filter(program=program)}
    items = {(item.phase_id, item.key): item for item in Item.objects.filter(program=program)}
    for key, rows in groupby(texts.read("comments")["comments"], itemgetter("phase")):
        for place, row in enumerate(rows):
            phase = phases[key]
            target = items[phase.pk, row["item"]] if "item" in row else phase
            comment = Comment.objects.create(
                program_id=program.pk,
                kind="item" if "item" in row else "phase",
                target_id=target.pk,
                by=people[row["who"]],
                text=row[language].format(**named),
            )
            at = instant(today - timedelta(days=row["days"]), 9 + place % 8)
            Comment.objects.filter(pk=comment.pk).update(at=at)
