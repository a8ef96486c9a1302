"""The demo's forum: what people ask each other, over the last days."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.utils import timezone

from community.forum import box, lifecycle, polls, posts, ritual_days, rituals, rota, services, shuffling
from community.forum.models import Board, Post, ReactionKind, Reading, Topic
from community.forum.models_polls import Poll
from community.forum.models_rituals import Ritual, RitualDay
from community.forum.ritual_templates import ritual_templates
from community.forum.sums import sum_up
from core.people.models import User
from influencer.home.demo import texts
from influencer.home.demo.people import instant
from influencer.home.demo.rooms import Demo
from programs.membership.models import Membership, Program

KEYS = UUID("6a1a51c8-3d0f-4b7e-9a55-0c6c7f5f1d11")
FIRST_DAYS = 40  # the forum was opened that long ago
AS_IN_TEAM = ("manager", "coach", "mentor", "influencer", "influencer2")


def load(demo: Demo) -> None:
    program, company, today = demo.program, demo.company, demo.today
    services.open_forum(program, by=demo.manager)
    _put_back(Topic.objects.get(program=program), instant(today - timedelta(days=FIRST_DAYS), 9))
    language = texts.company(company)["language"]
    people = people_by_name(program, company)
    boards = {board.key: board for board in Board.objects.filter(program=program).select_related("program")}
    for place, row in enumerate(texts.read("forum")["topics"]):
        _topic(boards[row["board"]], row, row.get("only", language), people, today, place)
    _series(demo, boards, language, people)
    packages = dict.fromkeys(("purpose", "people", "hosting", "content", "place"), "holds") | {"peers": "work"}
    lifecycle.answer(program, stage="working", packages=packages, version=1, by=demo.manager)
    _rota(program, [demo.manager, people["coach"]], by=demo.manager)
    _everybody_has_read_the_welcome(program)
    for row in texts.read("forum")["interests"]:
        services.change_settings(program, by=people[row["who"]], interests=row[language])
    for place, row in enumerate(texts.read("forum")["box"]):
        key = uuid5(KEYS, f"{program.pk}.box.{place}")
        box.drop(program, key=key, title=row["title"][language], text=row["text"][language])
    shuffling.shuffle(today + timedelta(days=1))
    Post.objects.filter(program=program).update(told_at=instant(today))  # these are old news: no mails about them


def _topic(board: Board, row: dict[str, Any], language: str, people: dict[str, User], today: date, place: int) -> None:
    named = {role: f"@[{person.pk}]" for role, person in people.items() if role.isidentifier()}
    topic: Topic | None = None
    for number, said in enumerate(row["posts"]):
        by, text = people[said["who"]], said[language].format(**named)
        key = uuid5(KEYS, f"{board.program_id}.{place}.{number}")
        if topic is None:
            topic = services.open_topic(
                board, key=key, title=row["title"][language], text=text, by=by, poll=_poll(row, language)
            )
            _vote(topic, row, people)
            post = topic.posts.get()
        else:
            post = services.add_post(topic, key=key, text=text, by=by)
        post.topic = topic
        at = instant(today - timedelta(days=said["days"]), said["hour"], 7 * place % 60)
        at = min(at, timezone.now() - timedelta(minutes=50 - number))  # of a demo that is made before that hour
        Post.objects.filter(pk=post.pk).update(at=at)
        for kind in ReactionKind.values:
            for name in said.get(kind, ()):
                posts.react(post, kind=kind, by=people[name])
        if said.get("answer"):
            services.mark_answer(post, by=by)
    if topic is not None:
        _put_back(topic, None)


def _poll(row: dict[str, Any], language: str) -> dict[str, Any] | None:
    if (poll := row.get("poll")) is None:
        return None
    return {
        "question": poll["question"][language],
        "choices": [choice[language] for choice in poll["choices"]],
        "takes_several": False,
        "closes_at": None,
    }


def _vote(topic: Topic, row: dict[str, Any], people: dict[str, User]) -> None:
    """Participants in turn, as often as the choice says."""
    if (poll := Poll.objects.filter(post__topic=topic).first()) is None:
        return
    voters = iter([person for name, person in people.items() if name not in AS_IN_TEAM])
    for choice, told in zip(poll.choices.all(), row["poll"]["choices"], strict=True):
        for _number in range(told["votes"]):
            if voter := next(voters, None):
                polls.vote(poll, choices=[choice], by=voter)


def _series(demo: Demo, boards: dict[str, Board], language: str, people: dict[str, User]) -> None:
    """Monday's question runs and was asked this week, Friday's success runs, a third one waits for a host's yes."""
    program, templates = demo.program, ritual_templates(language)
    monday, friday, _faces = (
        rituals.begin(program, templates[key], by=demo.manager)
        for key in ("monday-question", "friday-success", "new-faces")
    )
    for ritual, host in ((monday, demo.manager), (friday, people["coach"])):
        rituals.approve(ritual, version=1, weeks=12, by=host)
    day = demo.today - timedelta(days=demo.today.weekday() or 7)
    title, text = templates["monday-question"].texts[0]
    board = boards["ideas"]
    topic = services.begin_topic(
        board, key=uuid5(KEYS, f"{program.pk}.monday"), title=title, text=text, by=demo.manager, is_question=False
    )
    opened = instant(day, 8, 30)
    topic.posts.update(at=opened)
    now = timezone.now()
    for number, row in enumerate(texts.read("forum")["monday"]):
        at = opened + timedelta(hours=row["hours"], minutes=11)
        if at > now:
            break
        key = uuid5(KEYS, f"{program.pk}.monday.{number}")
        post = services.add_post(topic, key=key, text=row[language], by=people[row["who"]])
        Post.objects.filter(pk=post.pk).update(at=at)
        post.topic = topic
        for name in row.get("thanks", ()):
            posts.react(post, kind=ReactionKind.THANKS, by=people[name])
    _put_back(topic, None)
    RitualDay.objects.create(ritual=monday, day=day, topic=topic)
    Ritual.objects.filter(pk=monday.pk).update(turn=1)


def _rota(program: Program, hosts: list[User], *, by: User) -> None:
    """This week and the next ones in turn; the fourth is still open."""
    first = rota.this_week(program)
    for number in range(3):
        rota.plan(program, week=first + number * ritual_days.WEEK, person=hosts[number % len(hosts)], was=None, by=by)


def _put_back(topic: Topic, at: datetime | None) -> None:
    """The times of a topic are those of its posts."""
    if at is not None:
        topic.posts.update(at=at)
    first = topic.posts.order_by("number").first()
    if first is not None:
        Topic.objects.filter(pk=topic.pk).update(created_at=first.at)
    sum_up([topic.pk])


def _everybody_has_read_the_welcome(program: Program) -> None:
    welcome = Topic.objects.exclude(pinned_at=None).get(program=program)
    people = Membership.objects.active().filter(program=program).values_list("user", flat=True).distinct()
    rows = [Reading(topic=welcome, person_id=person, read_to=1) for person in people]
    Reading.objects.bulk_create(rows, ignore_conflicts=True)


def people_by_name(program: Program, company: str) -> dict[str, User]:
    """By name, the second one of a name with a number; and those of the cast by what they are as well."""
    people: dict[str, User] = {}
    for user in User.objects.filter(memberships__program=program).distinct().order_by("date_joined"):
        people[f"{user.name} (2)" if user.name in people else user.name] = user
    for role in AS_IN_TEAM:
        row = texts.cast(company)[role]
        people[role] = people[f"{row['first']} {row['last']}"]
    return people
