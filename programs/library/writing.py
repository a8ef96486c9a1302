"""A template as a YAML file, for people to read and change, and for `reading` to give back the same."""

from typing import Any

import yaml

from programs.library import shape
from programs.library.shape import Content

WIDTH = 110


class _Dumper(yaml.SafeDumper):
    """Every place is written out: the reader takes no references."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)


def write(content: Content) -> str:
    whole = {"format": shape.FORMAT, **shape.completed(content)}
    return yaml.dump(
        _without_nothing(whole),
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=WIDTH,
        default_flow_style=False,
    )


def _without_nothing(value: Any) -> Any:
    """What was not said is not written."""
    if isinstance(value, dict):
        rows = {key: _without_nothing(each) for key, each in value.items()}
        rows = {key: each for key, each in rows.items() if each not in ("", None, {}, [])}
        usual = (("ask_every", 0), ("column", False))
        return {key: each for key, each in rows.items() if (key, each) not in usual}
    return [_without_nothing(each) for each in value] if isinstance(value, list) else value


SAMPLE = """\
name:
  de: Start einer Arbeitsgruppe
  en: Starting a working group
licence: CC BY 4.0
phases:
- name:
    de: Vorbereiten
    en: Prepare
  weeks: 2
  items:
  - title:
      de: Ziel in einem Satz festhalten
      en: Write down the aim in one sentence
    due_week: 1
  - title:
      de: Termine abstimmen
      en: Agree on the dates
    must: false
"""
