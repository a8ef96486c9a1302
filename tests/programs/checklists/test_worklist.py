"""The list to work on: a cell in its place, several items at once, and all of it taken back."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lists.models import SavedView
from programs.checklists import batch_services, queries, services
from programs.checklists.models import Batch, Item
from programs.checklists.shifting import SHIFT_BY, distance
from programs.membership import services as membership_services
from programs.membership.models import Role
from tests.factories.checklists import make_item
from tests.world import join, make_user

LIST = "/p/nordlichter/checklists/"
CHANGE = "/p/nordlichter/items/change/"
HTMX = {"HTTP_HX_REQUEST": "true"}


def fresh(item: Item) -> Item:
    return Item.objects.get(pk=item.pk)


def test_a_clean_address_says_only_what_was_chosen(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    answer = manager.get(f"{LIST}?state=open&phase=&owner=nobody&q=&page=1&sort=nonsense")
    assert answer["Location"] == f"{LIST}?owner=nobody"
    assert manager.get(answer["Location"]).status_code == 200
    part = manager.get(f"{LIST}?state=all&q=", **HTMX)
    assert part["HX-Push-Url"] == f"{LIST}?state=all"


def test_the_list_is_searched_sorted_and_grouped(world: Any, sign_in: Any) -> None:
    make_item(world.phase, 8, title_en="Book a room", due_on=world.yesterday)
    manager = sign_in(world.manager)
    page = manager.get(LIST).content.decode()
    assert page.index("Overdue") < page.index("Book a room")
    assert "Item 1" not in manager.get(f"{LIST}?q=book").content.decode()
    page = manager.get(f"{LIST}?sort=-phase").content.decode()
    assert 'aria-sort="descending"' in page
    assert page.index(">Book a room<") < page.index(">Item 1<")


@pytest.mark.parametrize(
    ("cell", "data", "field"),
    [("owner", "coach", "owner"), ("due", {"due_on": "2026-12-24"}, "due_on"), ("state", {"state": "done"}, "state")],
)
def test_a_cell_is_changed_in_its_place_and_taken_back(
    cell: str, data: Any, field: str, world: Any, sign_in: Any
) -> None:
    manager, item = sign_in(world.manager), world.free_item
    before = getattr(fresh(item), field)
    url = f"/p/nordlichter/items/{item.pk}/cell/{cell}/"
    assert "<html" not in manager.get(url, **HTMX).content.decode()
    assert "<html" in manager.get(url).content.decode()
    sent = {"owner": str(world.coach_membership.pk)} if data == "coach" else data
    assert manager.post(url, sent | {"next": f"{LIST}?owner=nobody"})["Location"] == f"{LIST}?owner=nobody"
    assert getattr(fresh(item), field) != before
    manager.post(f"/p/nordlichter/items/changes/{Batch.objects.get().pk}/undo/")
    assert getattr(fresh(item), field) == before


def test_a_cell_says_what_is_wrong_in_its_place(world: Any, sign_in: Any) -> None:
    manager, item = sign_in(world.manager), world.free_item
    url = f"/p/nordlichter/items/{item.pk}/cell/state/"
    answer = manager.post(url, {"state": "na", "reason": ""}, **HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (422, f"#cell-{item.pk}-state")
    assert "Please say why" in answer.content.decode()
    assert manager.post(url, {"state": "flying"}).status_code == 422
    assert manager.get(f"/p/nordlichter/items/{item.pk}/cell/title/").status_code == 404
    assert sign_in(world.coach).get(url).status_code == 403


@pytest.mark.parametrize(
    ("do", "data", "check"),
    [
        ("done", {}, lambda item: item.state == "done" and item.closed_by is not None),
        ("owner", {"owner": "coach"}, lambda item: item.owner is not None),
        ("due", {"due_on": "2027-01-15"}, lambda item: item.due_on == date(2027, 1, 15)),
        ("na", {"reason": "Not here"}, lambda item: (item.state, item.reason) == ("na", "Not here")),
    ],
)
def test_several_at_once_and_back_in_one_go(do: str, data: Any, check: Any, world: Any, sign_in: Any) -> None:
    items = [make_item(world.phase, 20 + n, title_en=f"Many {n}") for n in range(3)]
    was = [vars(fresh(item)) for item in items]
    manager = sign_in(world.manager)
    if data.get("owner"):
        data = {"owner": str(world.coach_membership.pk)}
    manager.post(CHANGE, {"do": do, "pk": [item.pk for item in items], **data})
    assert all(check(fresh(item)) for item in items)
    assert "3 items are changed." in manager.get(LIST).content.decode()
    manager.post(f"/p/nordlichter/items/changes/{Batch.objects.get().pk}/undo/")
    for item, before in zip(items, was, strict=True):
        now = vars(fresh(item))
        assert {key: now[key] for key in now if key != "_state"} == {key: before[key] for key in now if key != "_state"}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"do": "na"}, "Please say why"),
        ({"do": "due"}, "Please choose a day."),
        ({"do": "shift"}, "Please enter by how many."),
        ({"do": "shift", "shift": "0", "unit": "days"}, "greater than or equal to 1"),
        ({"do": "shift", "shift": "2", "unit": "years"}, "Select a valid choice"),
        ({"do": "due", "due_on": "1989-12-31"}, "between 1990 and 2100"),
        ({"do": "fly"}, "Please choose what to do"),
        ({"do": "done", "pk": ["x", "9" * 30]}, "Nothing was selected"),
    ],
)
def test_a_wrong_choice_changes_nothing(data: Any, says: str, world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    manager.post(CHANGE, {"pk": [world.item.pk]} | data)
    assert says in manager.get(LIST).content.decode()
    assert (fresh(world.item).state, Batch.objects.count()) == ("open", 0)


def test_items_of_another_program_are_not_changed(world: Any, sign_in: Any) -> None:
    foreign = make_item(world.other_phase)
    sign_in(world.manager).post(CHANGE, {"pk": [foreign.pk], "do": "done"})
    assert fresh(foreign).is_open


def test_what_changed_since_is_not_overwritten(world: Any) -> None:
    first, second = make_item(world.phase, 30), make_item(world.phase, 31)
    day = date(2027, 3, 1)
    batch = batch_services.change_items(world.program, [first, second], by=world.manager, due_on=day)
    services.edit_item(fresh(first), by=world.coach, due_on=date(2027, 4, 1))
    assert batch_services.undo_batch(batch, by=world.manager) == 1
    assert (fresh(first).due_on, fresh(second).due_on) == (date(2027, 4, 1), second.due_on)
    assert batch_services.undo_batch(batch, by=world.manager) == 0


def test_a_coach_ticks_but_changes_nothing(world: Any, sign_in: Any) -> None:
    page = sign_in(world.coach).get(LIST).content.decode()
    assert "/cell/" not in page
    assert "list-bulk" not in page
    assert f"/items/{world.item.pk}/tick/" in page


def test_a_new_item_in_one_line(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    manager.post("/p/nordlichter/items/add/", {"title": "Print the posters", "phase": world.phase.pk, "next": LIST})
    assert Item.objects.get(title__en="Print the posters").phase == world.phase
    answer = manager.post("/p/nordlichter/items/add/", {"title": "", "phase": world.phase.pk})
    assert answer.status_code == 422


def test_the_file_holds_the_rows_that_are_shown(world: Any, sign_in: Any) -> None:
    make_item(world.phase, 9, title_en="=cmd()", due_on=date(2026, 12, 1))
    text = sign_in(world.manager).get(f"{LIST}?owner=nobody&format=csv").content.decode()
    assert "'=cmd()" in text
    assert "2026-12-01" in text
    assert "Item 1" not in text


def test_a_view_is_there_and_gone_at_once(world: Any, sign_in: Any, django_capture_on_commit_callbacks: Any) -> None:
    manager = sign_in(world.manager)
    kept = {"path": LIST, "query": "owner=nobody", "name": "Without an owner"}
    for address, is_there in (("/lists/views/", True), ("/lists/views/{pk}/delete/", False)):
        manager.get(LIST)  # what is kept is known from now on
        pk = SavedView.objects.values_list("pk", flat=True).first()
        with django_capture_on_commit_callbacks(execute=True):
            manager.post(address.format(pk=pk), kept)
        assert ("Without an owner" in manager.get(LIST).content.decode().split("data-toast")[0]) == is_there


def test_views_are_kept_per_person_and_deleted_with_undo(world: Any, sign_in: Any) -> None:
    manager = sign_in(world.manager)
    manager.post("/lists/views/", {"path": LIST, "query": "owner=nobody", "name": "Free"})
    assert "Free" in manager.get(LIST).content.decode()
    assert "Free" not in sign_in(world.coach).get(LIST).content.decode()
    view = SavedView.objects.get()
    assert sign_in(world.coach).post(f"/lists/views/{view.pk}/delete/").status_code == 404
    manager = sign_in(world.manager)
    manager.post(f"/lists/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()
    manager.post(f"/lists/views/?path={LIST}&query=owner%3Dnobody&name=Free")
    assert SavedView.objects.get().url == f"{LIST}?owner=nobody"
    for path in ("//evil.example/", "https://evil.example/", "/nowhere/"):
        assert manager.post("/lists/views/", {"path": path, "name": "x"}).status_code == 422


def test_what_an_ended_lead_leaves_behind_is_found(
    world: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    lead = join(make_user("former_lead"), world.program, Role.MANAGER)
    theirs = make_item(world.phase, 8, title_en="Book a venue", due_on=world.today, owner=lead)
    manager = sign_in(world.manager)
    assert "Book a venue" not in manager.get(f"{LIST}?owner=orphan").content.decode()
    assert theirs not in queries.items_due_for(world.manager, world.program, world.today)
    with django_capture_on_commit_callbacks(execute=True):
        membership_services.end_membership(lead, by=world.manager)
    page = manager.get(f"{LIST}?owner=orphan").content.decode()
    shown = [words in page for words in ("Book a venue", "no longer in the team", world.free_item.title)]
    assert (shown, world.item.title in page) == ([True, True, True], False)  # that one is the coach's
    assert "1 open item belongs to somebody who is no longer in the team." in manager.get(LIST).content.decode()
    assert theirs in queries.items_due_for(world.manager, world.program, world.today)
    join(lead.user, world.program, Role.COACH)  # somebody who is here in another role still does it
    assert "Book a venue" not in manager.get(f"{LIST}?owner=orphan").content.decode()


def test_several_move_by_the_same_distance_and_back(world: Any, sign_in: Any) -> None:
    """Also over the night the clocks change and a leap day; the history of each says from when to when."""
    days = [date(2028, 2, 27), date(2028, 3, 20), date(2028, 10, 29)]
    items = [make_item(world.phase, 40 + n, title_en=f"Many {n}", due_on=day) for n, day in enumerate(days)]
    manager = sign_in(world.manager)
    chosen = {"do": "shift", "shift": "2", "pk": [item.pk for item in items]}
    manager.post(CHANGE, chosen | {"unit": "weeks"})
    assert [fresh(item).due_on for item in items] == [date(2028, 3, 12), date(2028, 4, 3), date(2028, 11, 12)]
    assert "3 items are moved." in manager.get(LIST).content.decode()
    page = manager.get(f"/p/nordlichter/items/{items[0].pk}/").content.decode()
    assert page.index("27 Feb 2028") < page.rindex("12 Mar 2028")
    manager.post(f"/p/nordlichter/items/changes/{Batch.objects.get().pk}/undo/")
    assert [fresh(item).due_on for item in items] == days
    manager.post(CHANGE, chosen | {"unit": "-days"}, **HTMX)
    assert [fresh(item).due_on for item in items] == [day - timedelta(days=2) for day in days]


def test_what_cannot_move_stays_and_is_said(world: Any, sign_in: Any) -> None:
    moves = make_item(world.phase, 40, due_on=date(2028, 2, 27))
    undated = make_item(world.phase, 41, due_on=None)
    closed = services.tick_item(make_item(world.phase, 42, due_on=date(2028, 2, 27)), by=world.manager)
    far = make_item(world.phase, 43, due_on=date(2100, 12, 31))
    manager = sign_in(world.manager)
    send = {"do": "shift", "shift": "1", "unit": "days"}
    manager.post(CHANGE, send | {"pk": [row.pk for row in (moves, undated, closed, far)]})
    page = manager.get(LIST).content.decode()
    told = "Not moved: 1 item is closed. 1 item has no due date. 1 item would land too far away."
    assert f"1 item is moved. {told}" in page
    assert [fresh(row).due_on for row in (moves, undated, closed, far)] == [
        date(2028, 2, 28), None, date(2028, 2, 27), date(2100, 12, 31)
    ]  # fmt: skip
    manager.post(CHANGE, send | {"pk": [undated.pk]})
    assert "Not moved: 1 item has no due date." in manager.get(LIST).content.decode()
    assert Batch.objects.filter(before={}).count() == 1
    foreign = make_item(world.other_phase, due_on=date(2028, 2, 27))
    manager.post(CHANGE, send | {"pk": [foreign.pk]})
    assert fresh(foreign).due_on == date(2028, 2, 27)


@given(
    st.lists(st.dates(date(1990, 1, 1), date(2100, 12, 31)), min_size=2, max_size=6),
    st.integers(1, 999),
    st.sampled_from(sorted(SHIFT_BY)),
)
def test_distances_stay_and_the_way_back_is_as_long(days: list[date], number: int, unit: str) -> None:
    by = distance(number, unit)
    assert [(day + by) - (days[0] + by) for day in days] == [day - days[0] for day in days]
    back = unit.removeprefix("-") if unit.startswith("-") else f"-{unit}"
    assert distance(number, back) == -by
    assert abs(by.days) in (number, 7 * number)
