"""Texts in several languages as one field of a table: `{language: text}`.

`item.title` is the reader's text, in templates and in code; `item.title.texts` holds all of them. Templates of the
product are copied as they stand: `Item(title=row["title"])`.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.lookups import IContains
from django.db.models.query_utils import DeferredAttribute

from core.kit.languages import in_language
from core.kit.loading import Loaded
from core.kit.word_fields import WordsFormField


class Words(str):
    """A text as its reader sees it, which knows the other languages as well. Two are the same when all of them are."""

    __slots__ = ("texts",)
    texts: dict[str, str]

    def __new__(cls, texts: Mapping[str, str]) -> "Words":
        return cls.of(written(texts))

    @classmethod
    def of(cls, kept: dict[str, str]) -> "Words":
        """Of texts in which nothing is empty, as a row has them."""
        made = super().__new__(cls, in_language(kept))
        made.texts = kept
        return made

    def __reduce__(self) -> tuple[type["Words"], tuple[dict[str, str]]]:
        return Words, (self.texts,)

    def __eq__(self, other: object) -> bool:
        return self.texts == written(other) if isinstance(other, Words | Mapping) else super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


def written(value: "Words | Mapping[str, str]") -> dict[str, str]:
    """The texts alone: nothing is kept for a language in which nothing was written."""
    if not value and type(value) is dict:  # a long list has hundreds of fields that nobody filled in
        return {}
    texts = value.texts if isinstance(value, Words) else value
    if not isinstance(texts, Mapping):
        raise TypeError(f"Say in which language it is: {{language: {texts!r}}}")
    return {language: text for language, text in texts.items() if text and text.strip()}


class WordsAttribute(DeferredAttribute):
    """Read, it is the text in the language of the reader at that moment."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        kept = instance.__dict__.get(self.field.attname)
        return Words.of(kept.copy()) if type(kept) is dict else Words(super().__get__(instance, cls))

    def __set__(self, instance: Any, value: Any) -> None:
        # an expression of the database stays one until the row is read again
        instance.__dict__[self.field.attname] = value if hasattr(value, "as_sql") else written(value or {})


if TYPE_CHECKING:
    Base = models.JSONField[Words | Mapping[str, str], Words]
else:
    Base = models.JSONField


class WordsField(Base):
    """A text in languages; `max_length` holds for each. Unless it may be blank, one language at least is written.

    The database takes nothing else: an object of texts, none of them empty or too long. Django writes this check when
    it adds the column; a migration that changes `max_length` or `blank` later has to write it anew.
    """

    descriptor_class = WordsAttribute

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("default", dict)
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {key: value for key, value in options.items() if (key, value) != ("default", dict)}

    def db_check(self, connection: Any) -> str:
        column = connection.ops.quote_name(self.column)
        wrong = '@.type() != "string" || @ == ""'
        if self.max_length:
            wrong += f' || @ like_regex "^.{{{self.max_length + 1}}}" flag "s"'
        texts = f"NOT jsonb_path_exists({column}, 'strict $.* ? ({wrong})', '{{}}', true)"
        return f"jsonb_typeof({column}) = 'object' AND {texts}" + ("" if self.blank else f" AND {column} <> '{{}}'")

    def to_python(self, value: Any) -> Any:
        return Words(value) if isinstance(value, Mapping) else value

    def get_prep_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, Words | Mapping) else super().get_prep_value(value)

    def value_to_string(self, obj: models.Model) -> Any:
        return self.value_from_object(obj).texts

    def formfield(self, **options: Any) -> Any:
        return models.Field.formfield(self, **{"form_class": WordsFormField, "max_length": self.max_length} | options)


class InAnyLanguage(IContains):
    """`title__icontains`: found whatever language it was written in."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, column_values = compiler.compile(self.lhs)
        pattern, values = self.process_rhs(compiler, connection)
        found = f"UPPER(each.value) {self.get_rhs_op(connection, pattern)}"
        sql = f"EXISTS (SELECT 1 FROM jsonb_each_text({column}) each WHERE {found})"  # noqa: S608 - names of columns
        return sql, (*column_values, *values)


WordsField.register_lookup(InAnyLanguage)


class Titled(Loaded):
    """A row with a title, in one language at least."""

    title = WordsField(max_length=200)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title
