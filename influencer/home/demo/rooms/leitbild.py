"""The demo's guiding statement: one version, and a workshop in which people vote on the next one."""

from datetime import timedelta

from django.utils import timezone

from core.kit.languages import in_language
from influencer.home.demo import texts
from influencer.home.demo.rooms import Demo
from programs.generations.models import Participant
from programs.leitbild import queries, sentences, services, steps
from programs.leitbild.models import LeitbildState, LeitbildVersion, LeitbildWorkshop
from programs.phases.models import Milestone


def load(demo: Demo) -> None:
    plan, language = texts.read("leitbild"), texts.company(demo.company)["language"]
    published_at = timezone.now() - timedelta(days=plan["days_ago"])
    LeitbildVersion.objects.create(program=demo.program, number=1, text=plan["published"], published_at=published_at)
    date = queries.dates_ahead(demo.program, demo.today).filter(kind=Milestone.Kind.EVENT).first()
    row = services.open_workshop(demo.program, question=plan["question"], milestone=date, by=demo.manager)
    headings = {
        in_language(text, language): in_language(group["title"], language)
        for group in plan["groups"]
        for text in group["sentences"]
    }
    hidden = in_language(plan["hidden"], language)
    for text in [*headings, *(in_language(text, language) for text in plan["without"]), hidden]:
        services.contribute(row, text=text, voice=text)
    steps.go(row, to=LeitbildState.SORTING, by=demo.manager)
    for title in dict.fromkeys(headings.values()):
        services.entitle(row, title=title, by=demo.manager)
    row.refresh_from_db()
    keys = {each["title"]: each["key"] for each in row.groups}
    for each in row.sentences:
        if each["text"] == hidden:
            services.hide(row, key=each["key"], is_hidden=True, by=demo.manager)
        elif each["text"] in headings:
            services.put(row, key=each["key"], group=keys[headings[each["text"]]], by=demo.manager)
    steps.go(row, to=LeitbildState.VOTING, by=demo.manager)
    _vote(row)


def _vote(row: LeitbildWorkshop) -> None:
    row.refresh_from_db()
    choices = [choice.key for choice in sentences.choices_of(row)]
    people = (
        Participant.objects.active().filter(program=row.program).select_related("user").order_by("user__date_joined")
    )
    for number, participant in enumerate(people[2:]):
        chosen = {choices[number % 3], choices[(number * 7) % len(choices)]}
        services.vote(row, items=chosen, person=participant.user)
