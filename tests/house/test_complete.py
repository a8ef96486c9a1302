"""Nothing is half there: migrations, translations, privacy map, explained settings."""

import ast
import re
from io import StringIO
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from django.core.management import call_command

from core.kit import messages
from influencer.privacy.map import unmapped
from tests.house.code import ROOT, files, place, tree

READERS = {"text", "address", "choice", "boolean", "integer", "words", "secret", "signing_key"}


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    told = StringIO()
    call_command("makemigrations", dry_run=True, stdout=told)
    assert told.getvalue() == "No changes detected\n"


def test_every_text_is_there_in_german() -> None:
    assert messages.missing() == []
    assert messages.is_current()
    assert messages.told_twice() == []
    assert messages.broken() == []


def test_a_translation_that_would_fail_where_it_is_shown_is_seen(monkeypatch: Any) -> None:
    catalogue = Catalog(locale="de")
    catalogue.add(("%(name)s answered", "%(count)s answers"), ("%", "("), flags=("python-format",))
    catalogue.add("Dear %(name)s", "Liebe %(nam)s", flags=("python-format",))
    monkeypatch.setattr(messages, "_read", lambda package, language: catalogue)
    assert set(messages.broken()) == {"%(name)s answered", "Dear %(name)s"}


def test_several_forms_are_not_filled_with_one(monkeypatch: Any) -> None:
    catalogue = Catalog(locale="de")
    catalogue.add(("%(n)s answer", "%(n)s answers"))
    monkeypatch.setattr(messages, "_merged", lambda language: {"core": catalogue})
    with pytest.raises(ValueError, match="as in the code"):
        messages.fill({"%(n)s answer": "%(n)s Antwort"})


def test_every_personal_field_is_in_the_privacy_map() -> None:
    assert unmapped() == []


def _read_names() -> set[str]:
    """Every name of the environment that the site's code reads."""
    found: set[str] = set()
    for path in files(".py"):
        if place(path).startswith(("tests/", "bench/", "tools/", "influencer/testing.py")):
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = ast.unparse(node.func)
                if called in {f"env.{reader}" for reader in READERS} | {"os.environ.get", "os.getenv"}:
                    found.add(str(node.args[0].value))
    return found


def test_every_setting_is_explained() -> None:
    text = (ROOT / ".env.example").read_text()
    explained = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", text, re.M))
    assert len(_read_names()) > 15
    assert sorted(_read_names() - explained) == []


def test_nothing_is_explained_that_nobody_reads() -> None:
    text = (ROOT / ".env.example").read_text() if (ROOT / ".env.example").exists() else ""
    explained = set(re.findall(r"^#? ?([A-Z][A-Z0-9_]+)=", text, re.M))
    elsewhere = (ROOT / "docker-compose.yml").read_text() + (ROOT / "Makefile").read_text()
    elsewhere += (ROOT / "deploy/Caddyfile").read_text()
    unread = {name for name in explained - _read_names() if not re.search(rf"\b{name}\b", elsewhere)}
    assert unread == set()
