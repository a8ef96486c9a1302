"""A third language costs a line in the settings and a catalogue: no column, no migration, no template."""

import re
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from community.newsletters import checks, letters
from core.kit import cldr
from core.kit.forms import NumberField
from core.kit.templatetags import ui
from programs.consents.models import Purpose
from programs.consents.services import grant
from programs.phases.forms import MilestoneForm
from programs.phases.models import Milestone
from tests.factories.newsletters import make_issue
from tests.house.test_access import ROWS
from tests.in_words import rewrite
from tests.world import client_of

# “lundi, 4 mai”, “4. mai”, “Monday, 4 May” and “14:00 Uhr” are how others write; French says “lundi 4 mai”, “14 h 00”.
DAYS = r"(?:(?:lun|mar|mer|jeu|ven|sam)(?:\.|[a-z]*di)|dim(?:\.|anche)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
MONTHS = "(?:[Jj]an|[Ff][eé][bv]|[Mm]a|[Aa][pv]r|[Jj]u[inl]|[Aa]o|[Aa]ug|[Ss]ep|[Oo][ck]t|[Nn]ov|[Dd][eé][cz])"
FOREIGN_DATES = re.compile(rf"\b{DAYS}, \d|\b\d{{1,2}}\. {MONTHS}|\bUhr\b")
FRENCH = {
    "%(hour)s:%(minute)s": "%(hour)s\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}%(minute)s",
    "Title": "Titre",
    "German": "Allemand",
    "English": "Anglais",
    "French": "Français",
    "Save": "Enregistrer",
}


@pytest.fixture
def french(settings: Any, tmp_path: Path) -> Iterator[None]:
    catalogue = Catalog(locale="fr")
    for text, translated in FRENCH.items():
        catalogue.add(text, translated)
    (folder := tmp_path / "fr/LC_MESSAGES").mkdir(parents=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
    settings.LANGUAGES = [*settings.LANGUAGES, ("fr", translation.gettext_lazy("French"))]
    settings.LOCALE_PATHS = [str(tmp_path), *settings.LOCALE_PATHS]
    with translation.override("fr"):
        yield


@pytest.fixture
def reader(world: Any, french: None) -> Any:
    world.manager.language = "fr"
    world.manager.save()
    return client_of("manager", world)


@pytest.mark.usefixtures("french")
def test_days_times_and_numbers_are_written_as_it_writes_them() -> None:
    monday = date(2026, 12, 7)
    styles = ("short", "weekday", "day", "day_of_year", "full", "month")
    assert [cldr.written(monday, style) for style in styles] == [
        "7 déc. 2026", "lun. 7 déc.", "lundi 7 décembre", "7 décembre", "lundi 7 décembre 2026", "décembre 2026",
    ]  # fmt: skip
    assert cldr.span(monday, date(2026, 12, 13)) == "7–13 décembre 2026"
    assert cldr.span(date(2026, 11, 30), date(2026, 12, 6)) == "30 novembre – 6 décembre 2026"
    assert cldr.clock(time(14, 5)).split() == ["14", "h", "05"]
    assert [ui.number(1234.5).split(), ui.percent(0.823).split(), ui.compact(12_600).split()] == [
        ["1", "234,5"], ["82", "%"], ["12,6", "k"],
    ]  # fmt: skip
    assert NumberField().clean("12 345,5") == Decimal("12345.5")


@pytest.mark.django_db
def test_it_needs_no_migration(french: None) -> None:
    told = StringIO()
    call_command("makemigrations", dry_run=True, stdout=told)
    assert told.getvalue() == "No changes detected\n"


def test_forms_have_a_field_for_it_and_keep_what_is_written(world: Any, reader: Any) -> None:
    address = reverse("programs:milestone_new", args=[world.program.slug])
    page = reader.get(address).content.decode()
    assert "Titre" in page
    assert page.index('name="title_fr"') < page.index('name="title_de"')  # the reader's own comes first
    words = {"title_fr": "Réunion d’équipe", "title_de": "Teamtag"}
    assert reader.post(address, words | {"kind": "event", "on": "2026-12-03"}).status_code == 302
    made = Milestone.objects.get(title__fr="Réunion d’équipe")
    assert made.title.texts == {"fr": "Réunion d’équipe", "de": "Teamtag"}
    assert 'value="Réunion d’équipe"' in str(MilestoneForm(program=world.program, milestone=made)["title"])


def test_what_is_missing_in_it_is_shown_in_another_language(world: Any, reader: Any) -> None:
    assert world.phase.title == "Phase 1 in English"
    rewrite(world.phase, title_fr="Phase un")
    assert world.phase.title == "Phase un"
    with translation.override("en"):
        assert world.phase.title == "Phase 1 in English"
    address = reverse("programs:phase_detail", args=[world.program.slug, world.phase.pk])
    assert "Phase un" in reader.get(address).content.decode()


@pytest.mark.parametrize("words", ["DÉCOUV", "Phase 1 auf", "1 in English"])
def test_search_finds_what_was_written_in_any(world: Any, reader: Any, words: str) -> None:
    rewrite(world.phase, title_fr="Phase de découverte")
    answer = reader.get(reverse("home:search", args=[world.program.slug]), {"q": words})
    assert "Phase de découverte" in [hit.title for group in answer.context["groups"] for hit in group.hits]


def test_a_newsletter_is_written_and_sent_in_it(world: Any, reader: Any) -> None:
    grant(world.program, [Purpose.NEWSLETTER], by=world.manager, channel="settings")
    issue = make_issue(world.program, by=world.manager)
    address = reverse("community:issue_edit", args=[world.program.slug, issue.pk])
    assert [column.code for column in reader.get(address).context["columns"]] == ["de", "en", "fr"]
    assert [check for check in checks.look_at(issue).checks if check.said.startswith("Français: ")]
    assert letters.freeze(issue, world.today)["fr"]["language"] == "en"
    written = {"subject_fr": "Nouvelles", "body_fr": "Bonjour {{first_name}}", "version": issue.version}
    both = {f"{part}_{code}": getattr(issue, part).texts[code] for part in ("subject", "body") for code in ("de", "en")}
    assert reader.post(address, both | written).status_code == 302
    issue.refresh_from_db()
    assert issue.written_in == ["de", "en", "fr"]
    assert letters.freeze(issue, world.today)["fr"]["subject"] == "Nouvelles"


def test_a_consent_says_in_which_language_its_text_was_read(world: Any, reader: Any) -> None:
    [line] = grant(world.program, [Purpose.NEWSLETTER], by=world.manager, channel="settings")
    assert line.language == "en"


@pytest.mark.parametrize(
    "text", ["lundi, 4 mai", "lun., 4.5.", "14:00 Uhr", "Monday, 4 May", "4. mai", "4. Mai", "4. déc."]
)
def test_the_look_at_dates_sees_those_of_other_languages(text: str) -> None:
    assert FOREIGN_DATES.search(text)
    assert not FOREIGN_DATES.search("lundi 4 mai, lun. 4 mai, 14 h 00, 4 déc. 2026")


def test_every_page_works_in_it(world: Any, reader: Any) -> None:
    rows = {name: row for name, row in ROWS.items() if row.method == "get"}
    answers = {name: reader.get(reverse(name, kwargs=row.args(world)), row.data(world)) for name, row in rows.items()}
    found = {name: answer.status_code for name, answer in answers.items()}
    assert found == {name: row.status("manager") for name, row in rows.items()}
    pages = [answer for answer in answers.values() if not answer.streaming and b"<html" in answer.content[:400]]
    assert len(pages) > 50
    others = [answer.request["PATH_INFO"] for answer in pages if b'<html lang="fr"' not in answer.content[:400]]
    # A letter in a language it is written in, a guest's page in the guest's, and the pages for who is offline, in all
    # languages at once.
    others = [path for path in others if not path.startswith("/guest/")]
    assert [path for path in others if not path.endswith(("/preview/", "/mail/", "/offline/", "/unsent/"))] == []
    # A guest's page is in the guest's language, and a call's words are in each language that it is written in.
    read = {page.request["PATH_INFO"]: FOREIGN_DATES.findall(page.content.decode()) for page in pages}
    assert {path: said for path, said in read.items() if said and not re.search("^/guest/|/casting/.*edit", path)} == {}
