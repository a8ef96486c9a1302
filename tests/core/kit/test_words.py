"""Texts in languages: kept together, read in the reader's, searched in all."""

import copy
import json
import pickle
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from core.kit.word_fields import WordsFormField
from core.kit.words import Words
from programs.checklists.models import Item
from programs.phases.models import Phase
from tests.factories.checklists import make_item

BOTH = {"de": "Größe prüfen", "en": "Check the size"}


def test_a_row_shows_the_words_of_its_reader(world: Any) -> None:
    item = make_item(world.phase, 5, title=BOTH)
    with override("de"):
        assert f"{item.title}" == str(item) == "Größe prüfen"
    with override("en"):
        assert json.dumps([item.title]) == '["Check the size"]'
    with override("fr"):  # not a language of this site: the site's own
        assert item.title == "Check the size"
    assert Item.objects.get(pk=item.pk).title.texts == BOTH


@pytest.mark.parametrize(
    ("texts", "reader", "shown"),
    [
        (BOTH, "de", "Größe prüfen"),
        ({"de": "Nur deutsch"}, "en", "Nur deutsch"),
        ({"en": "Only English"}, "de", "Only English"),
        ({"de": " ", "en": "Only English"}, "de", "Only English"),
        ({"it": "Solo italiano"}, "de", "Solo italiano"),
        ({}, "de", ""),
    ],
)
def test_what_is_missing_is_shown_in_another_language(texts: dict[str, str], reader: str, shown: str) -> None:
    with override(reader):
        assert str(Words(texts)) == shown


def test_words_are_the_same_when_all_languages_are() -> None:
    assert Words(BOTH) == Words(BOTH | {"fr": ""}) == BOTH
    assert Words(BOTH) != Words(BOTH | {"de": "Anderes"})
    assert copy.deepcopy(Words(BOTH)).texts == pickle.loads(pickle.dumps(Words(BOTH))).texts == BOTH  # noqa: S301
    with override("en"):
        assert Words(BOTH) == "Check the size"


def test_a_text_without_a_language_is_refused() -> None:
    with pytest.raises(TypeError, match="Say in which language"):
        Item(title="Check the size")


@pytest.mark.parametrize("words", ["größe", "GRÖSSE", "the SIZE", "%", "_"])
def test_search_finds_every_language_and_nothing_of_its_storage(world: Any, words: str) -> None:
    item = make_item(world.phase, 5, title=BOTH)
    found = Item.objects.filter(title__icontains=words)
    assert (item in found) == (words in ("größe", "the SIZE"))
    for stored in ("de", '"', "{", ": "):
        assert not Item.objects.filter(pk=item.pk, title__icontains=stored).exists()


@pytest.mark.parametrize(
    "texts",
    ['"bare"', '["Title"]', '{"de": 5}', '{"de": ["Title"]}', '{"de": ""}', "{}", json.dumps({"de": "ß" * 201})],
)
def test_the_database_takes_nothing_but_texts(world: Any, texts: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Phase.objects.raw(  # what no form and no service would write
            "UPDATE programs_phase SET title = %s::jsonb WHERE id = %s RETURNING id", [texts, world.phase.pk]
        )[0]
    assert Phase.objects.get(pk=world.phase.pk).title


def test_only_what_may_be_blank_is(world: Any) -> None:
    world.phase.aim = {}
    world.phase.save()
    assert Phase.objects.get(pk=world.phase.pk).aim.texts == {}


def test_a_form_says_what_is_wrong_in_which_language() -> None:
    field = WordsFormField(label="Title", max_length=5)
    assert field.clean({"de": " Titel ", "en": ""}) == {"de": "Titel"}
    with pytest.raises(Exception, match="German: Ensure this value has at most 5 characters"):
        field.clean({"de": "Überschrift"})
    with pytest.raises(Exception, match="in at least one language"):
        field.clean({"de": " ", "en": ""})
    with pytest.raises(Exception, match="English: "):
        field.clean({"en": "a\nb"})
    assert WordsFormField(rows=3).clean({"en": "a\nb"}) == {"en": "a\nb"}
    with pytest.raises(Exception, match=r"English: .*control character"):
        WordsFormField(rows=3).clean({"en": "a\u202eb"})
    assert field.has_changed(Words(BOTH), {"de": "Neu", "en": "New"})
    assert not field.has_changed(Words(BOTH), BOTH | {"fr": ""})
