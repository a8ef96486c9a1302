from typing import Any

from django.utils import timezone

from community.newsletters import envelopes
from community.newsletters.models import Issue, NewsletterPart, NewsletterRules, NewsletterTemplate
from community.newsletters.models_audiences import SavedAudience
from community.newsletters.models_clicks import CountedLink
from community.newsletters.outline import Outline
from core.notify.models import OutgoingMail
from tests.house.access_table import Form, Row, in_program

READERS = dict.fromkeys(("manager", "influencer", "influencer2", "coach", "team", "executive"), 200) | {"council": 403}
ONLY_MEMBERS = dict.fromkeys(("influencer", "influencer2", "coach", "team", "executive", "council"), 403)


def draft(world: Any) -> int:
    return world.draft_issue.pk


def planned(world: Any) -> int:
    return world.planned_issue.pk


def running(world: Any) -> int:
    return world.running_issue.pk


def sent(world: Any) -> int:
    return world.sent_issue.pk


def deleted(world: Any) -> int:
    world.draft_issue.deleted_at = world.draft_issue.updated_at
    world.draft_issue.save()
    return world.draft_issue.pk


def _writes(pk: Any, status: int = 302, **more: Any) -> Row:
    return Row(in_program(pk=pk), expect=ONLY_MEMBERS | {"manager": status}, **more)


def own_template(world: Any) -> int:
    return world.newsletter_template.pk


def deleted_template(world: Any) -> int:
    world.newsletter_template.put_away()
    return world.newsletter_template.pk


def audience(world: Any) -> int:
    return world.audience.pk


def deleted_audience(world: Any) -> int:
    world.audience.put_away()
    return world.audience.pk


def to_publish(world: Any) -> int:
    NewsletterRules.objects.update_or_create(program=world.program, defaults={"has_public_archive": True})
    return sent(world)


def published(world: Any) -> Issue:
    """The issue that went out, where everybody can read it."""
    NewsletterRules.objects.update_or_create(program=world.program, defaults={"has_public_archive": True})
    Issue.objects.filter(pk=world.sent_issue.pk).update(is_public=True)
    return world.sent_issue


def a_link(world: Any) -> str:
    leads = {"issue": world.sent_issue, "url": "https://nordwerk.example/", "until": timezone.now()}
    return CountedLink.objects.get_or_create(token="linkofanissue", defaults=leads)[0].token


def part(world: Any) -> int:
    return world.newsletter_part.pk


def deleted_part(world: Any) -> int:
    world.newsletter_part.put_away()
    return world.newsletter_part.pk


def with_a_section(world: Any) -> int:
    world.draft_issue.body = {"en": "## Imprint\n\nNordwerk AG"}
    world.draft_issue.save()
    return world.draft_issue.pk


def _first_section(world: Any) -> dict[str, Any]:
    return {"section": 0, "name": "Imprint"}


def _for_influencers(world: Any) -> dict[str, str]:
    return {"seen": world.draft_issue.audience.mark, "roles": "influencer", "name": "Everybody who takes part"}


def _in_two_days(world: Any) -> dict[str, str]:
    return {"when": f"{world.planned_issue.scheduled_at.date().isoformat()}T09:00"}


def _first_down(world: Any) -> dict[str, str]:
    return {"move": Outline.of(world.draft_issue, "en").rows[0].down}


ROWS = {
    "community:newsletters": Row(in_program(), expect=READERS),
    "community:issue_new": Row(in_program(), expect=ONLY_MEMBERS | {"manager": 200}),
    "community:issue_read": Row(in_program(pk=sent), expect=READERS),
    "community:issue_edit": _writes(draft, 200),
    "community:issue_preview": _writes(draft, 200),
    "community:issue_checks": _writes(draft, 200),
    "community:issue_test": _writes(draft, method="post"),
    "community:issue_writers": _writes(draft, 204, method="post"),
    "community:issue_move": _writes(draft, method="post", data=_first_down),
    "community:issue_schedule": _writes(draft, method="post", data=_in_two_days),
    "community:issue_unschedule": _writes(planned, method="post"),
    "community:issue_send": _writes(draft, 200),
    "community:issue_progress": _writes(running, 200),
    "community:issue_pause": _writes(running, method="post"),
    "community:issue_resume": _writes(running, method="post"),
    "community:newsletter_archive": Row(in_program(), method="post", expect=ONLY_MEMBERS | {"manager": 302}),
    "community:newsletter_clicks": Row(in_program(), method="post", expect=ONLY_MEMBERS | {"manager": 302}),
    "community:counted_link": Row(lambda world: {"token": a_link(world)}, others=302),
    "community:issue_public": _writes(to_publish, method="post", data=lambda world: {"on": "1"}),
    "community:public_archive_list": Row(
        lambda world: {"slug": published(world).program.slug}, others=200, visitor=200
    ),
    "community:public_issue": Row(
        lambda world: {"slug": world.program.slug, "pk": published(world).pk}, others=200, visitor=200
    ),
    "community:issue_part_new": _writes(with_a_section, method="post", data=_first_section),
    "community:issue_part_delete": _writes(part, method="post"),
    "community:issue_part_renew": _writes(part, method="post"),
    "community:issue_part_restore": _writes(deleted_part, method="post"),
    "community:issue_cancel": _writes(running, 200),
    "community:issue_audience": _writes(draft, method="post", data=_for_influencers),
    "community:issue_audience_use": _writes(draft, method="post", data=lambda world: {"saved": world.audience.pk}),
    "community:audience_delete": _writes(audience, method="post"),
    "community:audience_restore": _writes(deleted_audience, method="post"),
    "community:issue_delete": _writes(draft, method="post"),
    "community:issue_restore": _writes(deleted, method="post"),
    "community:issue_template_new": _writes(draft, method="post", data=lambda world: {"name": "Ours"}),
    "community:issue_template_delete": _writes(own_template, method="post"),
    "community:issue_template_restore": _writes(deleted_template, method="post"),
    "community:issue_approve": _writes(draft, method="post", data=lambda world: {"version": world.draft_issue.version}),
    "community:issue_unapprove": _writes(draft, method="post"),
    "community:newsletter_rules": Row(in_program(), method="post", expect=ONLY_MEMBERS | {"manager": 302}),
    "community:unsubscribe": Row(
        lambda world: {"token": envelopes.unsubscribe_url(world.program.pk, world.influencer.pk).split("/")[-2]},
        others=200,
        visitor=200,
    ),
}

ONCE = {
    "community:issue_new": Form(Issue, lambda world: {"template": ""}),
    "community:issue_template_new": Form(
        NewsletterTemplate, lambda world: {"name": "Once"}, page="community:issue_edit"
    ),
    "community:issue_audience": Form(SavedAudience, _for_influencers, page="community:issue_edit"),
    "community:issue_part_new": Form(NewsletterPart, _first_section, page="community:issue_edit"),
    "community:issue_test": Form(OutgoingMail, lambda world: {"language": "en"}, page="community:issue_edit"),
}
TAKEN_BACK_BY = {
    "community:newsletter_archive": "community:newsletter_archive",
    "community:issue_public": "community:issue_public",
}
SAFE_TWICE = {
    "community:issue_cancel": "it is cancelled already",
    "community:issue_send": "it is being sent already",
    "community:issue_schedule": "it is scheduled already",
}
