from typing import Any

from analytics.activities.models import Activity, ActivityTopic
from analytics.channels.services import ensure_personal_account
from analytics.imports.models import ImportRun, RunState
from tests.house.access_table import Form, Row, in_program

# Whoever does not take part sees the program and is refused; whoever does takes part sees the own activities only.
MEMBERS = dict.fromkeys(("manager", "coach", "team", "executive", "council"), 403)
LEADS = MEMBERS | {"influencer": 403, "influencer2": 403}
OWN = MEMBERS | {"influencer": 200}


def own_archive(world: Any) -> ImportRun:
    """An archive that the influencer imported."""
    account = ensure_personal_account(world.influencer, world.program)
    found = ImportRun.objects.filter(account=account, kind="linkedin_archive").first()
    return found or ImportRun.objects.create(
        pk=account.pk,  # whoever looks twice is at the same address
        program=world.program,
        account=account,
        uploaded_by=world.influencer,
        file_name="archive.zip",
        size=1,
        sha256="",
        kind="linkedin_archive",
        state=RunState.APPLIED,
    )


ROWS = {
    "analytics:activity_list": Row(in_program(), expect=OWN | {"influencer2": 200}),
    "analytics:activity_new": Row(in_program(), expect=OWN | {"influencer2": 200}),
    "analytics:activities_change": Row(in_program(), "post", expect=MEMBERS | {"influencer": 302, "influencer2": 302}),
    "analytics:activities_restore": Row(in_program(), "post", expect=MEMBERS | {"influencer": 302, "influencer2": 302}),
    "analytics:activities_archived": Row(in_program(pk=lambda world: own_archive(world).pk), expect=OWN),
    "analytics:activities_unlog": Row(
        in_program(),
        "post",
        lambda world: {"rows": str(world.activity.pk)},
        expect=MEMBERS | {"influencer": 302, "influencer2": 302},
    ),
    # of nobody as far as the device knows: refused before anything is looked up
    "analytics:activity_sync": Row(in_program(), method="post", others=409),
    "analytics:activity_edit": Row(in_program(pk=lambda world: world.activity.pk), expect=OWN),
    "analytics:activity_delete": Row(
        in_program(pk=lambda world: world.activity.pk), "post", expect=MEMBERS | {"influencer": 302}
    ),
    "analytics:activity_restore": Row(
        in_program(pk=lambda world: world.deleted_activity.pk), "post", expect=MEMBERS | {"influencer": 302}
    ),
    "analytics:activities_group": Row(in_program(), expect=LEADS | {"manager": 200}),
    "analytics:activity_topic_new": Row(in_program(), expect=LEADS | {"manager": 200}),
    "analytics:activity_topic_remove": Row(
        in_program(pk=lambda world: world.log_topic.pk), "post", expect=LEADS | {"manager": 302}
    ),
    "analytics:activity_topic_restore": Row(
        in_program(pk=lambda world: world.removed_log_topic.pk), "post", expect=LEADS | {"manager": 302}
    ),
    "analytics:own_score": Row(in_program(), expect=OWN | {"influencer2": 200}),
    "analytics:own_week": Row(in_program(), expect=OWN | {"influencer2": 200}),
    "analytics:own_week_hide": Row(in_program(), "post", expect=MEMBERS | {"influencer": 302, "influencer2": 302}),
    "analytics:own_week_show": Row(in_program(), "post", expect=MEMBERS | {"influencer": 302, "influencer2": 302}),
    "analytics:own_year": Row(in_program(), expect=OWN | {"influencer2": 200}),
}

SAFE_TWICE = {
    "analytics:own_score": "a month has one score, which is written again",
    "analytics:own_week": "a week has one note, which is written again",
    "analytics:own_week_hide": "hidden twice is hidden",
    "analytics:own_week_show": "shown twice is shown",
    "analytics:activities_archived": "an entry's key is made of its post",
}
ONCE = {
    "analytics:activity_topic_new": Form(ActivityTopic, lambda world: {"word": "Once"}),
    "analytics:activity_new": Form(
        Activity,
        lambda world: {
            "kind": "comment",
            "purpose": "value",
            "label": "open",
            "minutes": 10,
            "on": world.today.isoformat(),
            "channel": "linkedin",
            "note": "Once",
        },
        by="influencer",
    ),
}
