"""The store against a model in a few lines: what the applied imports say together, the newest first."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analytics.metrics import meeting, services
from analytics.metrics.models import ADDITIVE, Echo, Metric, Post, PostId, Reading, ReadingVersion, WeekTotal
from tests.factories.metrics import FIRST, Named, apply, batch_of, figure, store_of, weeks_of

POST = "7330125177223049218"


def expected(applied: dict[int, tuple[int, list]]) -> dict[tuple, int]:
    """The newest file's value of every figure; of two equally old files the one uploaded later."""
    said: dict[tuple, int] = {}
    for _, (_, rows) in sorted(applied.items(), key=lambda item: (item[1][0], item[0])):
        said |= {(post, Metric[metric.upper()].value, day): value for day, post, metric, value in rows}
    return said


def expected_weeks(store: dict[tuple, int]) -> dict[tuple, int]:
    sums: dict[tuple, int] = {}
    for (post, metric, day), value in store.items():
        if not post and metric in ADDITIVE:
            sums[metric, day // 7] = sums.get((metric, day // 7), 0) + value
    return sums


def expected_days(store: dict[tuple, int]) -> dict[tuple, int]:
    """How many days of each week are known: a week with a gap in it is no whole week."""
    told = Counter((metric, day // 7) for post, metric, day in store if not post and metric in ADDITIVE)
    return dict(told)


def days_of(account: Any) -> dict[tuple, int]:
    rows = WeekTotal.objects.filter(account=account)
    return {(row.metric, (row.week - FIRST).days // 7): row.days for row in rows}


ROW = st.tuples(
    st.integers(0, 9),
    st.sampled_from(["", "", POST]),
    st.sampled_from(["impressions", "followers_total"]),
    st.integers(-2, 3),
)
FILE = st.lists(ROW, max_size=12, unique_by=lambda row: row[:3])
STEP = st.one_of(
    st.tuples(st.just("upload"), st.integers(0, 3), FILE),
    st.tuples(st.just("look"), st.integers(0, 5), st.none()),
    st.tuples(st.just("apply"), st.integers(0, 5), st.booleans()),
    st.tuples(st.just("undo"), st.integers(0, 5), st.none()),
    st.tuples(st.just("forget"), st.integers(0, 5), st.none()),
)


@pytest.mark.parametrize("few", [meeting.FEW, 0], ids=["one by one", "all at once"])
@given(steps=st.lists(STEP, max_size=14))
@settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_any_order_of_applying_and_taking_back_ends_the_same(world: Any, few: int, steps: list) -> None:
    """Whether somebody looked at the preview just before or long ago, and whether the rows are many or few."""
    account, settled = world.account, set()
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as folder:
        patch.setattr(meeting, "FEW", few)
        uploaded: dict[int, tuple[int, list]] = {}
        applied: dict[int, tuple[int, list]] = {}
        for what, number, rows in steps:
            if what == "upload":
                uploaded[len(uploaded) + 1] = (number, rows)
            elif what in ("look", "apply") and number in uploaded and number not in applied:
                age, content = uploaded[number]
                with batch_of(account, number, content, day=age, compared=Path(folder) / f"{number}") as batch:
                    if what == "look" or rows:
                        told = services.diff(batch)
                    if what == "apply":
                        done = services.upsert(batch)
                        assert sum(done.by_kind) == len(content)
                        assert not rows or told.by_kind == done.by_kind
                        applied[number] = uploaded[number]
            elif what == "undo" and number in applied and number not in settled:
                services.undo(account.program_id, account.pk, number)
                del applied[number]
            elif what == "forget":  # those up to here can no longer be taken back
                settled |= {run for run in applied if run <= number}
                services.forget_versions(account, [run for run in applied if run not in settled])
            store = expected(applied)
            assert store_of(account) == store
            assert weeks_of(account) == expected_weeks(store)
            assert days_of(account) == expected_days(store)
        assert Post.objects.filter(account=account).exists() == any(
            post for _, rows in applied.values() for _, post, *_ in rows
        )
        transaction.set_rollback(True)


def rows(*values: int, metric: str = "impressions") -> list:
    return [(day, "", metric, value) for day, value in enumerate(values)]


def test_the_newest_file_wins_and_an_older_one_never_overwrites(world: Any) -> None:
    account = world.account
    apply(account, 1, rows(1, 2), day=5)
    told = apply(account, 2, rows(9, 9, 9), day=3)
    assert (told.new, told.changed, told.unchanged, told.older) == (1, 0, 0, 2)
    assert sorted(store_of(account).values()) == [1, 2, 9]


def test_an_older_value_that_differs_is_told_with_what_stands_and_since_when(world: Any) -> None:
    account = world.account
    apply(account, 1, rows(1, 2), day=5)
    apply(account, 2, rows(1), day=8)  # the same again, newer still
    with batch_of(account, 3, rows(9, 2), day=3) as batch:
        told = services.diff(batch)
    assert (told.older, told.unchanged) == (1, 1)
    [older] = [sample for sample in told.samples if sample.kind == "older"]
    assert (older.value, older.before, older.since) == (9, 1, date(2026, 11, 9))
    assert [sample.value for sample in told.samples if sample.kind == "unchanged"] == [2]


def test_a_day_and_a_period_of_one_day_are_two_figures(world: Any) -> None:
    """An export of a single day says the day's impressions twice: as the day, and as the whole period."""
    account = world.account
    day, window = (figure(r"\N", "impressions", 0, 120 + grain, 2, grain) for grain in (1, 2))
    with batch_of(account, 1, []) as batch:
        batch.rows.write_text(day + window)
        told, done = services.diff(batch), services.upsert(batch)
        assert told.new == done.new == 2
    with batch_of(account, 2, [], day=2) as batch:
        batch.rows.write_text(day + window)
        assert services.upsert(batch).unchanged == 2
    assert sorted(Reading.objects.values_list("grain", "value")) == [(1, 121), (2, 122)]
    assert weeks_of(account) == {(Metric.IMPRESSIONS, 0): 121}


def test_unchanged_rows_are_not_touched(world: Any) -> None:
    account = world.account
    apply(account, 1, rows(1, 2), day=1)
    before = list(Reading.objects.values_list("pk", "run_id"))
    apply(account, 2, rows(1, 2), day=2)
    assert list(Reading.objects.values_list("pk", "run_id")) == before


def test_a_file_that_says_everything_again_is_one_row(world: Any) -> None:
    account = world.account
    for run in (1, 2, 3):
        apply(account, run, rows(1, 2, 3), day=run)
    assert (Echo.objects.count(), ReadingVersion.objects.count()) == (2, 0)
    services.undo(account.program_id, account.pk, 1)  # who said the same holds it now
    assert sorted(store_of(account).values()) == [1, 2, 3]
    apply(account, 4, rows(1, 9, 3), day=4)
    services.undo(account.program_id, account.pk, 4)
    assert sorted(store_of(account).values()) == [1, 2, 3]
    for run in (2, 3):
        services.undo(account.program_id, account.pk, run)
    assert store_of(account) == {}
    assert not Echo.objects.exists()


@pytest.mark.parametrize("meanwhile", ["nothing", "an import", "an import and its end", "another end"])
def test_a_preview_is_worked_out_again_when_the_account_has_changed(
    world: Any, monkeypatch: Any, tmp_path: Path, meanwhile: str
) -> None:
    account = world.account
    monkeypatch.setattr(meeting, "FEW", 0)
    for run, values in ((1, (1, 2, 3)), (2, (1, 2, 4))):
        apply(account, run, rows(*values), day=run)
    with batch_of(account, 3, rows(1, 5, 4), day=8, compared=tmp_path / "compared") as batch:
        assert services.diff(batch).by_kind == (0, 1, 2, 0)
        if "import" in meanwhile:
            apply(account, 4, rows(7, 7, 7, 7), day=9)
        if "end" in meanwhile:
            services.undo(account.program_id, account.pk, 2 if "another" in meanwhile else 4)
        done = services.upsert(batch)
    assert done.by_kind == {"an import": (0, 0, 0, 3), "another end": (0, 2, 1, 0)}.get(meanwhile, (0, 1, 2, 0))
    for run in (1, *([2] if "another" not in meanwhile else [])):
        services.undo(account.program_id, account.pk, run)
    assert sorted(store_of(account).values()) == ([7, 7, 7, 7] if meanwhile == "an import" else [1, 4, 5])


def test_taking_back_a_middle_import_leaves_the_later_value(world: Any) -> None:
    account = world.account
    for run, value in ((1, 10), (2, 20), (3, 30)):
        apply(account, run, rows(value), day=run)
    services.undo(account.program_id, account.pk, 2)
    assert list(store_of(account).values()) == [30]
    services.undo(account.program_id, account.pk, 3)
    assert list(store_of(account).values()) == [10]
    services.undo(account.program_id, account.pk, 1)
    assert store_of(account) == {}
    assert not ReadingVersion.objects.exists()
    assert not WeekTotal.objects.exists()


def test_a_file_that_says_a_figure_twice_counts_as_it_says_last(world: Any) -> None:
    account = world.account
    twice = [*rows(1, 2), *rows(5)]
    with batch_of(account, 1, twice) as batch:
        told = services.diff(batch)
    assert (told.new, told.repeats) == (2, 1)
    apply(account, 1, twice)
    assert sorted(store_of(account).values()) == [2, 5]


def test_accounts_do_not_touch_each_other(world: Any) -> None:
    apply(world.account, 1, rows(1, 2))
    apply(world.company_account, 2, rows(7, 8))
    services.undo(world.program.pk, world.account.pk, 1)
    assert sorted(store_of(world.company_account).values()) == [7, 8]
    services.forget_account(world.company_account)
    assert store_of(world.company_account) == {}
    assert not WeekTotal.objects.filter(account=world.company_account).exists()


def test_old_imports_keep_one_value_per_figure(world: Any) -> None:
    account = world.account
    for run, value in ((1, 10), (2, 20), (3, 30), (4, 40)):
        apply(account, run, rows(value), day=run)
    services.forget_versions(account, [4])  # only the newest can still be taken back
    assert ReadingVersion.objects.count() == 1
    services.undo(account.program_id, account.pk, 4)
    assert list(store_of(account).values()) == [30]


def at(seconds: float) -> datetime:
    return datetime(2026, 10, 6, 9, 0, tzinfo=UTC) + timedelta(seconds=seconds)


@pytest.mark.parametrize(("gap", "posts"), [(4.9, 1), (5.0, 1), (5.1, 2), (-4.9, 1)])
def test_numbers_of_two_kinds_made_within_five_seconds_are_one_post(world: Any, gap: float, posts: int) -> None:
    account = world.account
    apply(account, 1, [], posts=[Named("1111111111", made_at=at(0), title="Told")])
    apply(account, 2, [], posts=[Named("2222222222", "share", made_at=at(gap))])
    apply(world.company_account, 3, [], posts=[Named("3333333333", "share", made_at=at(0))])
    assert Post.objects.filter(account=account).count() == posts
    assert PostId.objects.filter(account=account).count() == 2
    assert Post.objects.filter(account=world.company_account).count() == 1


@pytest.mark.parametrize("apart", [0, 0.5, 3])
def test_two_numbers_of_one_kind_are_two_posts_however_close(world: Any, apart: float) -> None:
    """Planning tools publish two languages in the same second."""
    account = world.account
    posts = [
        Named("1111111111", made_at=at(0)),
        Named("2222222222", made_at=at(apart)),
    ]
    apply(account, 1, [], posts=posts)
    assert Post.objects.filter(account=account).count() == 2
    shares = [
        Named("3333333333", "share", made_at=at(-0.2)),
        Named("4444444444", "share", made_at=at(apart - 0.2)),
    ]
    apply(account, 2, [], posts=shares)
    assert Post.objects.filter(account=account).count() == 2
    assert PostId.objects.filter(account=account).count() == 4


def test_when_a_post_was_published_does_not_make_it_another_one(world: Any) -> None:
    """A file may name another day than the number: the numbers still are of one post."""
    account = world.account
    apply(account, 1, [], posts=[Named("1111111111", "share", published_at=at(-90_000), made_at=at(0))])
    apply(account, 2, [], posts=[Named("2222222222", published_at=at(0.3), made_at=at(0.3))])
    assert Post.objects.filter(account=account).count() == 1


def test_a_number_that_only_an_undone_import_named_goes_with_it(world: Any) -> None:
    account = world.account
    for run, named in enumerate(([Named("11")], [Named("22", "share")], [Named("11"), Named("22", "share")]), start=1):
        for post in named:
            post.made_at = at(0)
        apply(account, run, [], posts=named)
    services.undo(account.program_id, account.pk, 2)
    assert PostId.objects.filter(account=account).count() == 2
    services.undo(account.program_id, account.pk, 3)
    assert list(PostId.objects.filter(account=account).values_list("value", flat=True)) == ["11"]
    assert Post.objects.filter(account=account).count() == 1
    services.undo(account.program_id, account.pk, 1)
    assert not Post.objects.filter(account=account).exists()


def test_the_closest_numbers_of_two_kinds_belong_together(world: Any) -> None:
    """Two posts two seconds apart, each with a share made just before: neither order nor file mixes them up."""
    account = world.account
    shares = [Named("31", "share", made_at=at(1.8)), Named("32", "share", made_at=at(-0.1))]
    activities = [Named("41", made_at=at(0)), Named("42", made_at=at(2))]
    apply(account, 1, [], posts=[*shares, *activities])
    pairs = {frozenset(post.ids.values_list("value", flat=True)) for post in Post.objects.filter(account=account)}
    assert pairs == {frozenset({"32", "41"}), frozenset({"31", "42"})}


def test_what_a_later_file_knows_of_a_post_is_filled_in(world: Any) -> None:
    apply(world.account, 1, [(0, POST, "impressions", 5)])
    apply(world.account, 2, [], posts=[Named(POST, published_at=at(0), title="Test bench")])
    post = Post.objects.get(account=world.account)
    assert (post.title, post.published_at) == ("Test bench", at(0))


def test_samples_show_what_would_change(world: Any) -> None:
    apply(world.account, 1, [(0, POST, "impressions", 5), *rows(1, 2)], day=1)
    with batch_of(
        world.account, 2, [(0, POST, "impressions", 9), (0, "7330125177223049999", "comments", 1), *rows(1)], day=2
    ) as batch:
        told = services.diff(batch)
    samples = {(s.kind, s.value, s.before) for s in told.samples}
    assert samples == {("changed", 9, 5), ("new", 1, None), ("unchanged", 1, None)}
    assert told.posts_new == 1
    assert all(sample.period_start == FIRST for sample in told.samples)


def test_two_posts_of_a_workbook_that_are_one_count_once(world: Any) -> None:
    """A file may list a post by its share and by its activity; the figure it says last counts."""
    account = world.account
    posts = [Named(POST, made_at=at(0)), Named("1", "share", made_at=at(0))]
    said = [(0, POST, "impressions", 5), (0, "1", "impressions", 7), (0, "", "impressions", 1)]
    with batch_of(account, 1, said, posts=posts) as batch:
        told, done = services.diff(batch), services.upsert(batch)
    assert (told.new, told.posts_new, told.repeats) == (done.new, done.posts_new, done.repeats) == (2, 1, 1)
    assert sorted(store_of(account).values()) == [1, 7]
    assert Post.objects.filter(account=account).count() == 1


def test_the_first_figures_of_an_account_are_previewed_as_the_file_has_them(world: Any) -> None:
    account = world.account
    said = [(3, "", "impressions", 1), (0, POST, "reactions", 2)]
    with batch_of(account, 1, said) as batch:
        told = services.diff(batch)
        assert (told.new, [sample.value for sample in told.samples]) == (2, [1, 2])
        services.upsert(batch)
    with batch_of(account, 2, [*said, (4, "", "impressions", 9)], day=2) as batch:
        told = services.diff(batch)
    assert (told.new, told.unchanged, told.posts_new) == (1, 2, 0)
    assert {sample.cell for sample in told.samples} == {"A!B2", "A!B3", "A!B4"}
