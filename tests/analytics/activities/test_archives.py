"""Posts of an archive are offered for the log: each by choice, none twice, all undone in one step."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.activities.models import Activity
from analytics.channels.services import ensure_company_account, ensure_personal_account
from analytics.imports.models import ImportRun, RunState
from analytics.metrics.models import Post, PostId, PostListing
from core.journal.models import Entry
from programs.membership.models import Role
from tests.analytics.activities.test_views import url
from tests.world import join

LINK = "https://www.linkedin.com/feed/update/urn:li:share:75138557345268702{:02}"


@pytest.fixture
def run(world: Any) -> ImportRun:
    """An applied archive with three recent posts and one that is too old."""
    Activity.objects.all().delete()
    account = ensure_personal_account(world.influencer, world.program)
    made = ImportRun.objects.create(
        program=world.program,
        account=account,
        uploaded_by=world.influencer,
        file="x.zip",
        file_name="x.zip",
        size=1,
        sha256="",
        kind="linkedin_archive",
        state=RunState.APPLIED,
        applied_at=timezone.now(),
    )
    now = datetime.combine(timezone.localdate(), datetime.min.time(), UTC) + timedelta(hours=9)
    for place, days in enumerate((3, 2, 1, 900), start=10):
        post = Post.objects.create(
            program=world.program,
            account=account,
            published_at=now - timedelta(days=days),
            url=LINK.format(place),
            title=f"Lehre {place}\nmehr",
        )
        number = PostId.objects.create(
            program=world.program, account=account, post=post, scheme="share", value=f"75138557345268702{place}"
        )
        PostListing.objects.create(account=account, number=number, run_id=made.pk)
    return made


def offered(page: str) -> int:
    return page.count('name="posts"')


def test_chosen_posts_are_logged_and_undone_in_one_step(world: Any, sign_in: Any, run: ImportRun) -> None:
    client = sign_in(world.influencer)
    address = url(world, "activities_archived", run.pk)
    detail = client.get(url(world, "import_detail", run.pk)).content.decode()
    assert address in detail
    page = client.get(address).content.decode()
    assert (offered(page), " checked" in page, Activity.objects.count()) == (3, False, 0)
    assert "1 post is more than a year old" in page
    before = Entry.objects.count()
    answer = client.post(address, {"posts": ["7513855734526870210", "7513855734526870212"], "minutes": "15"})
    assert answer.status_code == 302
    made = list(Activity.objects.order_by("on"))
    assert [(a.note, a.url, a.minutes, a.kind, a.channel, a.label) for a in made] == [
        (f"Lehre {place} mehr", LINK.format(place), 15, "post", "linkedin", "open") for place in (10, 12)
    ]
    assert [a.on for a in made] == [timezone.localdate() - timedelta(days=days) for days in (3, 1)]
    assert Entry.objects.count() == before, "the log is the person's own"
    again = client.get(address).content.decode()
    assert offered(again) == 1
    assert "2 posts are in your log already" in again
    rows = "-".join(str(a.pk) for a in made)
    assert client.post(f"{url(world, 'activities_unlog')}?rows={rows}").status_code == 302
    assert not Activity.objects.present().exists()
    client.post(address, {"posts": ["7513855734526870210"]})
    back = Activity.objects.present().get()
    assert (back.pk, back.minutes) == (made[0].pk, 15), "the same entry is there again"


def test_a_post_that_was_logged_by_hand_is_known_by_its_cleaned_link(world: Any, sign_in: Any, run: ImportRun) -> None:
    client = sign_in(world.influencer)
    by_hand = "https://linkedin.com/posts/erika_x-share-7513855734526870210-AbCd?utm_source=share&rcm=1"
    client.post(url(world, "activity_new"), {"url": by_hand})
    address = url(world, "activities_archived", run.pk)
    assert offered(client.get(address).content.decode()) == 2
    assert client.post(address, {"posts": ["7513855734526870210"]}).status_code == 422
    assert Activity.objects.count() == 1


def test_nothing_is_chosen_and_nothing_is_logged(world: Any, sign_in: Any, run: ImportRun) -> None:
    client = sign_in(world.influencer)
    answer = client.post(url(world, "activities_archived", run.pk), {})
    assert answer.status_code == 422
    assert "Please choose at least one post." in answer.content.decode()
    wrong = client.post(
        url(world, "activities_archived", run.pk), {"posts": ["7513855734526870210"], "minutes": "9999"}
    )
    assert " checked" in wrong.content.decode(), "what was chosen is kept"
    assert not Activity.objects.exists()


def test_sent_twice_it_is_logged_once(world: Any, sign_in: Any, run: ImportRun) -> None:
    client = sign_in(world.influencer)
    for _ in range(2):
        client.post(url(world, "activities_archived", run.pk), {"posts": ["7513855734526870210"]})
    assert Activity.objects.count() == 1


def test_of_two_companies_each_has_its_own_log(world: Any, sign_in: Any, run: ImportRun) -> None:
    """Logged and deleted here, then the same archive is chosen there: here nothing comes back, there it is logged."""
    client, chosen = sign_in(world.influencer), {"posts": ["7513855734526870210"]}
    client.post(url(world, "activities_archived", run.pk), chosen)
    here = Activity.objects.get()
    client.post(f"{url(world, 'activities_unlog')}?rows={here.pk}")
    join(world.influencer, world.other_program, Role.INFLUENCER)
    account = ensure_personal_account(world.influencer, world.other_program)
    for model in (Post, PostId):
        model.objects.filter(account=run.account).update(program=world.other_program, account=account)
    PostListing.objects.filter(account=run.account).update(account=account)
    ImportRun.objects.filter(pk=run.pk).update(program=world.other_program, account=account)
    there = reverse("analytics:activities_archived", args=[world.other_program.slug, run.pk])
    assert client.post(there, chosen).status_code == 302
    assert [each.program for each in Activity.objects.present()] == [world.other_program]


def test_another_persons_archive_does_not_exist(world: Any, sign_in: Any, run: ImportRun) -> None:
    for person in (world.influencer2, world.manager, world.coach):
        answer = sign_in(person).get(url(world, "activities_archived", run.pk))
        assert answer.status_code in (403, 404), person
    client = sign_in(world.influencer2)
    mine = sign_in(world.influencer)
    mine.post(url(world, "activities_archived", run.pk), {"posts": ["7513855734526870210"]})
    client.post(f"{url(world, 'activities_unlog')}?rows={Activity.objects.get().pk}")
    assert Activity.objects.present().count() == 1


def test_the_companys_archive_is_nobodys_log(world: Any, sign_in: Any, run: ImportRun) -> None:
    """Also for somebody who both takes part and imports for the company."""
    world.program.memberships.create(user=world.influencer, role=Role.MANAGER)
    ImportRun.objects.filter(pk=run.pk).update(account=ensure_company_account(world.program))
    client = sign_in(world.influencer)
    assert client.get(url(world, "import_detail", run.pk)).status_code == 200
    assert client.get(url(world, "activities_archived", run.pk)).status_code == 404


@pytest.mark.parametrize("state", ["preview", "undone"])
def test_only_what_was_applied_is_offered(world: Any, sign_in: Any, run: ImportRun, state: str) -> None:
    ImportRun.objects.filter(pk=run.pk).update(state=state)
    assert sign_in(world.influencer).get(url(world, "activities_archived", run.pk)).status_code == 404


def test_it_asks_as_often_for_many_posts(
    world: Any, sign_in: Any, run: ImportRun, django_assert_num_queries: Any
) -> None:
    client = sign_in(world.influencer)
    address = url(world, "activities_archived", run.pk)
    client.get(address)
    with django_assert_num_queries(6):
        client.get(address)
