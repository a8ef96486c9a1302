"""A number made from people goes through the gate: what counts rows about people hands them to `core.disclosure.gate`,
compares them with a limit, or stands here with the reason why its number tells of nobody.

A new count that does neither is red: put it through the gate, or say here what the reader knows anyway.
"""

import ast

import pytest

from tests.house.counting import counts, everywhere

OWN = "the reader's own rows, or made by them on this page just now"
NAMED = "who reads the number sees those it counts one by one, by name, on the same page"
DECIDES = "limits or decides something; nobody is shown the number"
GATED = "each caller hands it to the gate or to publication, which a test of its room holds"
REGISTER = {
    "community/event_photos/services.py:_spare": "compared with a limit: how often one person marked another today",
    "community/journeys/queries.py:due_for": "compared in the question: nobody gets a third letter in a week",
    "analytics/activities/queries.py:week_of": OWN,
    "analytics/activities/views.py:activities_change": OWN,
    "analytics/activities/views.py:activities_restore": OWN,
    "analytics/activities/views_archives.py:activities_unlog": OWN,
    "analytics/dashboards/own.py:months_of": OWN,
    "community/barcamp/placing.py:_compare": DECIDES,
    "community/events/queries.py:said_no": GATED,
    "community/events/queries.py:with_place": "one's place in a waiting list: who stands in it must know when to come",
    "community/forum/health_page.py:health": "topics without an answer, which everybody reads on their boards",
    "community/forum/host_day.py:open_reports": "posts to decide on, each of which the host opens; never who reported",
    "community/newsletters/ledger.py:could_read": GATED,
    "community/newsletters/pages.py:of": GATED,
    "community/newsletters/queries.py:_mails": GATED,
    "community/newsletters/refusals.py:of": DECIDES,
    "community/office_hours/busy.py:reseal": DECIDES,
    "community/office_hours/host_day.py:board": OWN,
    "community/office_hours/queries.py:offers_of": DECIDES,
    "community/office_hours/queue_page.py:line_of": "one's place in the queue: numbers are called one by one, and who "
    "stands there must know when to be at the door; others read a range",
    "community/events/views_guests.py:event_guests": NAMED,
    "community/office_hours/queueing.py:close": OWN,
    "core/comments/thread.py:place_of": DECIDES,
    "core/comments/thread.py:thread_on": NAMED,
    "core/news/pushing.py:plan": DECIDES,
    "programs/casting/mix_kept.py:keep": "how many the ranges were made of; shown to nobody",
    "programs/casting/mix_kept.py:keep_interest": "goes through `interest_range`, and only that range is kept",
    "programs/casting/pages.py:shortlist": NAMED,
    "programs/casting/queries.py:calls_of": NAMED,
    "programs/casting/queries.py:fates": NAMED,
    "programs/casting/queries.py:to_tell": NAMED,
    "programs/casting/services.py:answer": NAMED,
    "programs/consents/queries.py:counts": GATED,
    "programs/generations/deeds.py:note": DECIDES,
    "programs/generations/letters.py:_sent_by_person": DECIDES,
    "programs/generations/paths.py:_done": "of those alone who let the team see them, and are named beside it",
    "programs/generations/merge_services.py:places_taken": NAMED,
    "programs/generations/move_services.py:call_off_moves": NAMED,
    "programs/generations/queries.py:free_places": NAMED,
    "programs/generations/queries.py:moving_alone": NAMED,
    "programs/generations/staying.py:_now": NAMED,
    "programs/generations/roster_services.py:_invite": NAMED,
    "programs/generations/views.py:invitations_change": NAMED,
    "programs/membership/last_days.py:end_guests": "how many guests' access ended; the clock alone reads it",
    "programs/membership/team_services.py:_refuse_too_many": DECIDES,
    "programs/mentors/queries.py:suggestions": DECIDES,
}


def test_every_count_of_people_passes_the_gate_or_has_a_reason() -> None:
    found = everywhere()
    assert {key: counted for key, counted in found.items() if key not in REGISTER} == {}
    assert sorted(REGISTER.keys() - found.keys()) == [], "what counts nobody any more needs no reason"


@pytest.mark.parametrize(
    "code",
    [
        "def page(program):\n    return {'n': Participant.objects.filter(program=program).count()}",
        "def page(generation):\n    rows = generation.participants.all()\n    return {'n': len(rows)}",
        "def page(event):\n    rows = Answer.objects.filter(event=event)\n    return rows.aggregate(n=Count('pk'))",
        "def page(program):\n    return {'n': people_of(program).count()}",
    ],
)
def test_a_new_count_is_seen(code: str) -> None:
    assert [name for name, _counted in counts(ast.parse(code), frozenset({"people_of"}))] == ["page"]


@pytest.mark.parametrize(
    "code",
    [
        "def page(program):\n    return gate.people(Participant.objects.filter(program=program).count())",
        "def may(program):\n    return Participant.objects.filter(program=program).count() >= MOST",
        "def page(phase):\n    return {'n': Item.objects.filter(phase=phase).count()}",
    ],
)
def test_the_gate_a_limit_and_the_plan_are_left_alone(code: str) -> None:
    assert list(counts(ast.parse(code))) == []
