from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from core.journal import jobs as journal_jobs
from core.journal import services as journal
from core.journal.models import Entry
from core.kit.kept import in_numbers
from core.people import services as people
from core.people.verbs import PeopleVerb
from influencer.privacy import map as privacy_map
from influencer.privacy.fields import CONTEXT, LABELS, context_word, personal_word
from programs.consents import hooks
from programs.consents import queries as consent_queries
from programs.consents.models import Purpose


def test_mine_counts_what_is_stored(world: Any, sign_in: Any) -> None:
    page = sign_in(world.influencer).get(f"/p/{world.program.slug}/privacy/")
    counts = {area.rule.label: area.count for area in page.context["areas"]}
    assert counts["core.User"] == 1
    assert counts["programs.Membership"] == 1


def test_old_journal_lines_go_after_a_year(world: Any) -> None:
    Entry.objects.all().delete()
    old, young = (journal.record(PeopleVerb.PROFILE_CHANGED, world.program, by=world.manager) for _ in range(2))
    Entry.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(days=366))
    Entry.objects.filter(pk=young.pk).update(at=timezone.now() - timedelta(days=364))
    assert journal_jobs.retention() == 1
    assert list(Entry.objects.values_list("pk", flat=True)) == [young.pk]


def test_every_field_that_people_read_has_words() -> None:
    rules = privacy_map.rules().values()
    assert all(field.label for rule in rules for field in rule.fields)
    assert all(context_word(rule.label, name) for rule in rules for name in rule.context)
    assert LABELS.keys() - {field.name for rule in rules for field in rule.fields} == set()
    assert CONTEXT.keys() - {name for rule in rules for name in rule.context} == set()


def test_a_field_without_a_word_is_told() -> None:
    """Its model says the word; one that Django makes from the name would be English everywhere."""
    assert personal_word("programs.Membership", "contact_for") == str(LABELS["contact_for"])
    with pytest.raises(LookupError, match="verbose_name"):
        context_word("programs.Program", "archived_at")


def test_the_map_says_who_sees_the_address_of_a_contact(world: Any, sign_in: Any) -> None:
    """Contact persons stand with their address on a page of every member; so the map must say it."""
    page = sign_in(world.influencer).get(f"/p/{world.program.slug}/contacts/").content.decode()
    assert world.manager.email in page
    rules = {field.name: field for field in privacy_map.rules()["core.User"].fields}
    assert "contact persons all members, invited people and everybody who gets the newsletter" in rules["email"].sees
    with override("de"):
        assert "bei Ansprechpersonen alle Mitglieder, Eingeladene und alle, die den Newsletter" in rules["email"].sees


def test_the_question_with_stand_ins_counts_as_one_without(world: Any) -> None:
    """The words of the question are made once for everybody; nobody gets somebody else's numbers."""
    for person in (world.influencer, world.manager, world.coach):
        for purpose in Purpose.values:
            plain = [kind for each in hooks.belongings(purpose) for kind in each.kept(person, world.program)]
            held = [(each.number, each.words) for each in consent_queries.held(person, world.program, purpose)]
            assert held == in_numbers(plain)
    assert consent_queries.held(world.influencer, world.program, Purpose.PARTICIPATION)


def test_the_page_of_rights_names_the_council_as_it_is_called_now(
    world: Any, sign_in: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client, address = sign_in(world.influencer), f"/p/{world.program.slug}/privacy/"
    assert "Council" in client.get(address).content.decode()
    world.council.name = "Hanna Neu"
    with django_capture_on_commit_callbacks(execute=True):
        people.change_profile(world.council, by=world.council)
    assert "Hanna Neu" in client.get(address).content.decode()
