"""What participants do for themselves; `test_nothing_private.py` proves that nobody else sees it."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from analytics.activities import score_services as own_scores
from analytics.activities import services as activities
from analytics.activities import week_services as own_weeks
from community.barcamp import services as barcamp
from community.events import attending as events
from community.events.models_after import Attendance, Feedback
from community.forum import polls
from community.forum import services as forum
from community.office_hours import notes
from community.office_hours import services as office_hours
from community.pulses import services as pulses
from community.recognition import services as recognition
from core.kit.words import Words
from core.lists import services as lists
from core.news import kinds, wishes
from core.news import services as news
from core.push import services as push
from core.writing import services as drafts
from influencer.calendar import services as calendar
from programs.casting import services as casting
from programs.consents import services as consents
from programs.consents.models import Purpose
from programs.generations import invitation_services as invitations
from programs.generations import services as generations
from programs.generations import step_services
from programs.guidelines import profile_guide
from programs.guidelines import services as guidelines
from programs.leitbild import services as leitbild
from programs.mentors import services as mentors
from programs.mentors.models import Pairing, PairKind
from programs.readiness import services as readiness
from programs.support import incidents as support
from tests.factories.casting import GIVEN
from tests.factories.generations import make_invitation
from tests.factories.kpis import make_person
from tests.factories.readiness import said


def take_a_step(world: Any) -> None:
    generations.finish_step(world.participant.generation.steps.last(), world.participant)
    step_services.write_text(world.participant.generation.steps.last(), world.participant, text="For nobody else")


def log(world: Any) -> None:
    activities.log_activity(world.program, {"on": world.today, "minutes": 45}, by=world.influencer)


def keep_the_own_week(world: Any) -> None:
    monday = world.today - timedelta(days=world.today.weekday() + 7)
    more = {"on": monday, "minutes": 10, "kind": "mentoring", "topics": ["Materials"]}
    activities.log_activity(world.program, more, by=world.influencer)
    own_weeks.keep_note(world.program, week=monday, text="For nobody else", by=world.influencer)
    own_weeks.hide_moment(world.program, by=world.influencer)
    parts = dict.fromkeys(("brand", "people", "insights", "relations"), Decimal(20))
    own_scores.keep_score(world.program, month=monday.replace(day=1), parts=parts, by=world.influencer)


def decide(world: Any) -> None:
    for purpose in (Purpose.OWN_FIGURES, Purpose.GROUP_FIGURES, Purpose.NEWSLETTER):
        consents.grant(world.program, [purpose], by=world.influencer, channel="settings")
    consents.withdraw(world.program, [Purpose.GROUP_FIGURES], by=world.influencer, channel="settings")


def say_where_one_was(world: Any) -> None:
    events.take_back(Attendance.objects.get(person=world.influencer).event, person=world.influencer)
    Attendance.objects.create(event=world.event, person=world.influencer, with_code=True)
    Feedback.objects.create(event=world.event, person=world.influencer, worth=1, pace=2, next_step=3, helped="Words")


def vote_at_a_barcamp(world: Any) -> None:
    barcamp.vote(world.wish, person=world.influencer, wants=True)


def vote_in_a_poll(world: Any) -> None:
    polls.vote(world.poll, choices=[world.poll.choices.last()], by=world.influencer)


def read_the_forum(world: Any) -> None:
    forum.read(world.topic, to=2, by=world.influencer)
    forum.follow(world.topic, by=world.influencer, follows=False)
    forum.read_everything(world.program, by=world.influencer, until=timezone.now())


def ask_for_help(world: Any) -> None:
    helped = support.ask_for_help(world.program, text="Words", helpers=[], by=world.influencer)
    support.say(helped, text="More", by=world.influencer)
    support.close(helped, learnt="", by=world.influencer)


def agree_to_the_guideline(world: Any) -> None:
    guidelines.accept(world.guideline_version, by=world.influencer)


def check_the_own_profile(world: Any) -> None:
    profile_guide.mark(world.program, marks={"photo": "done", "banner": "skip"}, by=world.influencer)


def vote_for_the_statement(world: Any) -> None:
    leitbild.vote(world.leitbild, items=[world.leitbild.sentences[0]["key"]], person=world.influencer)


def write_drafts(world: Any) -> None:
    for key in (forum.topic_draft(world.program), forum.post_draft(world.topic), f"comment:item:{world.item.pk}"):
        drafts.keep_draft(world.influencer, key, "Words that nobody has read yet")


def choose_what_to_hear(world: Any) -> None:
    forum.follow_board(world.topic.board, by=world.influencer, follows=False)
    forum.change_settings(world.program, by=world.influencer, interests=["photos"])
    quiet = {each.kind: wishes.Ways(is_shown=True, mail="never") for each in kinds.every()}
    wishes.choose(world.influencer, quiet)
    wishes.choose_hours(world.influencer, days=[1, 3], start=9, end=12)
    news.read(world.influencer)


def keep_what_is_ones_own(world: Any) -> None:
    lists.save_view(world.influencer, path="/p/nordlichter/checklists/", query="?state=open", name="Mine")
    calendar.make_address(world.influencer)
    push.forget_person(world.influencer)


def use_office_hours(world: Any) -> None:
    """A note for oneself, other words in it, and hearing once of what becomes free."""
    own = {"host": None, "shared_until": None, "follow_up": ""}
    note = notes.write(world.program, text="What I take with me", by=world.influencer, **own)
    notes.change(note, **own | {"text": "What I took with me"})
    office_hours.wait(world.program, host=world.hours, by=world.influencer)


def answer_the_survey(world: Any) -> None:
    readiness.answer(world.readiness_round, said(5))


def answer_the_pulse(world: Any) -> None:
    pulses.settle(world.pulse, answers={"satisfaction": 1, "time": 2}, comment="For nobody", by=world.influencer)


def think_better_of_it(world: Any) -> None:
    """Interest in a call is read by who leads while it stands. Taken back it leaves nothing: no line, no number."""
    interest = casting.declare(world.call, person=world.influencer, given=GIVEN)
    interest = casting.declare(world.call, person=world.influencer, given=GIVEN | {"site": "A place of one"})
    casting.withdraw(interest)
    casting.restore(interest)
    casting.withdraw(interest)


def two_outside(world: Any) -> None:
    """Before the first look: two who are none of the cast, with what one asks of the other, and somebody invited. One
    withdrew a portrait, and a thank-you was taken back."""
    joined = world.today - timedelta(days=90)
    world.asks, world.asked = (
        make_person(world.program, world.generation, name, joined_on=joined) for name in ("Ada", "Bo")
    )
    both = {"asker": world.asks, "partner": world.asked}
    world.asking = Pairing.objects.create(program=world.program, kind=PairKind.MENTOR, **both)
    world.asked_too = make_invitation(world.generation, "silent@example.com", state="sent", sent_at=timezone.now())
    world.thanks, world.more_thanks = (
        recognition.say_thanks(world.program, by=world.asks, to=world.asked, text=text) for text in ("One", "Two")
    )
    recognition.take_back(world.thanks, by=world.asked)
    world.withdrawn = recognition.release_portrait(world.program, user=world.asked, text=Words({"en": "Me"}))
    recognition.take_back_portrait(world.withdrawn)


def say_no(world: Any) -> None:
    """Who said no cannot be told from who said nothing."""
    invitations.decline(world.asked_too)
    mentors.finish(world.asking, by=world.asked)
    recognition.take_back(world.more_thanks, by=world.asked)


def have_never_said_it(world: Any) -> None:
    """What was taken back cannot be told from what never was."""
    world.thanks.delete()
    world.withdrawn.delete()


ACTS: tuple[Callable[[Any], None], ...] = (
    take_a_step,
    log,
    keep_the_own_week,
    decide,
    read_the_forum,
    say_where_one_was,
    vote_at_a_barcamp,
    vote_in_a_poll,
    ask_for_help,
    agree_to_the_guideline,
    check_the_own_profile,
    vote_for_the_statement,
    write_drafts,
    choose_what_to_hear,
    keep_what_is_ones_own,
    use_office_hours,
    answer_the_survey,
    answer_the_pulse,
    think_better_of_it,
    say_no,
    have_never_said_it,
)
