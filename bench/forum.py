"""The forum with 10,000 topics and 200,000 posts: its pages against bare pages with the same markup, whose values are
already at hand (a topic's asks three plain questions, a list's as many as the list); the search in turns with the same
search over a tenth; what 500 open pages ask for."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import include, path, reverse

from bench.freezing import ask_plainly, counted, frozen
from bench.harness import Report, side_by_side
from bench.two_sizes import in_both, keep_few
from community.forum import searching, services
from community.forum.models import Board, Reading, Topic
from core.kit import search_words
from core.people.models import User
from programs.membership.models import Membership, Program, Role

NAME = "forum"
TOPICS, POSTS, PEOPLE, FOLLOWED, LONG = 10_000, 20, 60, 300, 2_000
EACH, OPEN, EVERY = 3, 500, 30  # requests per sample; pages that are open, and how often each asks
OF_TOPIC = 3
WANTED = "furnace 7007", "workshop", "hall furnace", "7007work", "shop", "7007wor"
KNOWN = "community_topic, community_post, community_board, community_reading, core_user, programs_membership"
_shown: dict[str, tuple[str, dict[str, Any]]] = {}
_asks: dict[str, int] = {}
TEXT = (
    "Ask them first, and say what for: **by word of mouth** is better than nothing, number {n}.\n\n"
    "- The display of the furnace stays out of the picture\n- Nobody is shown during a break\n\n"
    "We did it in the spring with the workshop of hall {n}, as shift{n}work asks, and it took two days."
)
MADE = """
INSERT INTO community_topic (id, program_id, board_id, by_id, title, is_question, last_at, posts_made, replies,
  replies_of_others, created_at, deleted_because)
SELECT %(base)s + n, %(program)s, (%(boards)s)[1 + n %% 3], (%(people)s)[1 + n %% %(count)s],
  'What do you do about the furnace ' || n || ' in hall ' || n %% 40, n %% 3 = 0,
  now() - n * interval '3 minutes', %(posts)s, %(posts)s - 1, %(posts)s - 1, now() - n * interval '4 minutes', ''
FROM generate_series(%(first)s, %(last)s) n;
INSERT INTO community_post (id, program_id, topic_id, number, key, by_id, text, version, at, told_at, deleted_because,
  line, is_unnamed)
SELECT topic.id * %(most)s + m, program_id, topic.id, m, gen_random_uuid(),
  (%(people)s)[1 + (topic.id + m) %% %(count)s],
  replace(%(text)s, '{n}', (topic.id * 7 + m)::text), 1, last_at - (%(posts)s - m) * interval '1 minute',
  now(), '', '', false
FROM community_topic topic, generate_series(1, %(posts)s) m WHERE posts_made = %(posts)s AND last_post_id IS NULL;
UPDATE community_topic topic SET last_post_id = post.id FROM community_post post
WHERE post.topic_id = topic.id AND post.number = posts_made AND posts_made = %(posts)s;
"""
INDEXED = """UPDATE community_post SET search = to_tsvector('german', text) || to_tsvector('english', text)
  || to_tsvector('simple', lower(text)), word_parts = array_to_tsvector(%(ends)s
  || ARRAY[topic_id * 7 + number || 'work', 'ft' || topic_id * 7 + number || 'work']),
  line = left(text, 150) WHERE search IS NULL"""  # as `sums.index` does

LENGTHENED = """
INSERT INTO community_post (id, program_id, topic_id, number, key, by_id, text, version, at, told_at, deleted_because,
  line, is_unnamed)
SELECT topic_id * %(most)s + m, program_id, topic_id, m, gen_random_uuid(),
  (%(people)s)[1 + m %% %(count)s], text, 1, at, at, '', '', false
FROM community_post, generate_series(%(posts)s + 1, %(long)s) m WHERE topic_id = %(topic)s AND number = 1;
UPDATE community_topic SET posts_made = %(long)s WHERE id = %(topic)s
"""


def bare(request: HttpRequest, name: str) -> HttpResponse:
    template, context = _shown[name]
    ask_plainly(request, _asks[name])
    return render(request, template, context)


def nothing(request: HttpRequest) -> HttpResponse:
    str(request.user)
    return HttpResponse(status=204)


urlpatterns = [
    path("bare/", nothing),
    path("bare/<str:name>/", bare),
    path("", include("influencer.urls")),
]


def run(report: Report) -> None:
    program, person = _found()
    _fill(program, 1, TOPICS // 10)
    keep_few()
    _fill(program, TOPICS // 10 + 1, TOPICS)
    _follow(program, person)
    settings.ROOT_URLCONF = "bench.forum"
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(person)
    board = Board.objects.get(program=program, key="questions")
    topics = Topic.objects.filter(board=board, posts_made=POSTS).order_by("-last_at")
    forum = reverse("community:forum", args=[program.slug])
    middle, end = topics[1000], topics[3000]
    behind = f"{forum}?show=all&board=questions&after="
    pages = [
        ("topic page of 20 posts", reverse("community:topic_detail", args=[program.slug, middle.pk]), 1.8, 8),
        ("board page, first", f"{forum}?show=all&board=questions", 1.3, 7),
        ("board page, last", f"{behind}{end.last_at.isoformat().replace('+', '%2B')}_{end.pk}", 1.3, 7),
        (f"overview of who follows {FOLLOWED} topics", forum, 1.5, 8),
    ]
    for name, address, target, most in pages:
        _page(report, client, name, address, target, most)
    last, first = (lambda: client.get(pages[2][1])), (lambda: client.get(pages[1][1]))
    got, limit = side_by_side(last, first, each=EACH)
    report.page("board page, last against first", got, limit, 1.1)
    _search(report, program)
    _live(report, client, program, middle)
    _long(report, client, program, topics[50])


def _page(report: Report, client: Client, name: str, address: str, target: float, most: int) -> None:
    _shown[name] = frozen("community.forum.views", client, address)
    ours, asked = counted(client, address)
    _asks[name] = OF_TOPIC if name.startswith("topic") else asked
    theirs, plain = counted(client, f"/bare/{name}/")
    assert plain == _asks[name], f"{name}: the bare page asks {plain} times"
    assert ours.status_code == theirs.status_code == 200
    difference = abs(len(ours.content) - len(theirs.content)) / len(ours.content)
    assert difference < 0.02, f"{name}: the bare page has other markup ({difference:.0%})"
    got, limit = side_by_side(lambda: client.get(address), lambda: client.get(f"/bare/{name}/"), each=EACH)
    report.page(name, got, limit, target)
    report.line(f"{name}: queries", [asked], "queries", [most], 1.0)


def _search(report: Report, program: Program) -> None:
    """For a rare word, for one that stands in every post, for two, and for parts of words."""
    boards = list(Board.objects.filter(program=program, is_for_hosts=False))
    tenth, whole = in_both({words: partial(searching.found, boards, searching.Search(words)) for words in WANTED})
    for words, got in whole.items():
        report.line(f"search for “{words}” in {TOPICS * POSTS:,} posts", got, "ms", [20.0], 1.0)
        report.line(f"search for “{words}”: against a tenth of the posts", got, "ms", tenth[words], 1.5, in_turns=True)


def _live(report: Report, client: Client, program: Program, topic: Topic) -> None:
    """What pages ask while nothing is said; one core serves so many open pages."""
    address = f"{reverse('community:topic_news', args=[program.slug, topic.pk])}?after={topic.posts_made}"
    assert client.get(address).status_code == 204
    got, limit = side_by_side(lambda: client.get(address), lambda: client.get("/bare/"), each=EACH * 2)
    report.page("nothing new: 204", got, limit, 4.0)
    share = [100 * each * OPEN / EVERY for each in got]
    report.line(f"{OPEN} open pages, each asking every {EVERY} s", share, "% of one core", [25.0], 1.0)


def _long(report: Report, client: Client, program: Program, topic: Topic) -> None:
    """The last page of a long topic costs what its second one does; the first one has the question."""
    values = {"topic": topic.pk, "posts": POSTS, "long": LONG, "count": PEOPLE, "most": 10_000}
    values["people"] = list(Membership.objects.filter(program=program).values_list("user", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(LENGTHENED, values)
        cursor.execute("VACUUM ANALYZE community_post")
    address = reverse("community:topic_detail", args=[program.slug, topic.pk])
    last, second = f"{address}?from={LONG - POSTS + 1}", f"{address}?from={POSTS + 1}"
    shown = [client.get(each).content.count(b'<article class="fpost') for each in (last, second)]
    assert shown == [POSTS, POSTS], shown
    got, limit = side_by_side(lambda: client.get(last), lambda: client.get(second), each=EACH)
    report.page(f"last page of a topic of {LONG:,} posts, against its second", got, limit, 1.1)


def _found() -> tuple[Program, User]:
    program = Program.objects.create(slug="large", name="Large", company_name="Large", start_on="2026-01-05")
    people = User.objects.bulk_create(
        User(email=f"p{number}@example.com", name=f"Person {number}", language="en") for number in range(PEOPLE)
    )
    Membership.objects.bulk_create(
        Membership(program=program, user=each, role=Role.INFLUENCER if place else Role.MANAGER)
        for place, each in enumerate(people)
    )
    services.open_forum(program, by=people[0])
    return program, people[1]


def _fill(program: Program, first: int, last: int) -> None:
    boards = Board.objects.filter(program=program, is_for_hosts=False)
    values = {
        "program": program.pk,
        "boards": list(boards.values_list("pk", flat=True)),
        "people": list(Membership.objects.filter(program=program).values_list("user", flat=True)),
        "count": PEOPLE,
        "posts": POSTS,
        "base": 10**9,  # numbers of rows that no other has
        "most": 10_000,
        "first": first,
        "last": last,
        "text": TEXT,
    }
    with connection.cursor() as cursor:
        for statement in filter(str.strip, MADE.split(";\n")):
            cursor.execute(statement, values)
        cursor.execute(INDEXED, {"ends": _ends()})
        cursor.execute(f"VACUUM ANALYZE {KNOWN}")


def _ends() -> list[str]:
    """Of the long words that stand in every post."""
    with connection.cursor() as cursor:
        parts = search_words.parts_vector(TEXT.replace("{n}", " "))
        sql, values = User.objects.annotate(ends=parts).values("ends").query.sql_with_params()
        cursor.execute(f"SELECT tsvector_to_array(ends) FROM ({sql} LIMIT 1) found", values)
        return list(cursor.fetchone()[0])


def _follow(program: Program, person: User) -> None:
    followed = Topic.objects.filter(program=program, posts_made=POSTS).order_by("-last_at")[: FOLLOWED * 2 : 2]
    Reading.objects.bulk_create(
        Reading(topic=topic, person=person, read_to=POSTS - place % 3, follows=True)
        for place, topic in enumerate(followed)
    )
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {KNOWN}")  # as a site does by itself within a minute
