"""The translations: collected from Python and templates, kept in one catalogue, compiled without system tools."""

import fcntl
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / "locale/de/LC_MESSAGES/django.po"
MO = PO.with_suffix(".mo")
PACKAGES = ("influencer", "programs", "community", "analytics")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "N_": None,
}


def compile_catalogue() -> None:
    """Write the .mo file when the .po file is newer."""
    if MO.exists() and MO.stat().st_mtime >= PO.stat().st_mtime:
        return
    with _locked():
        _compile(_read())


def update() -> Catalog:
    """Collect every text, keep the translations there are, drop what is gone."""
    with _locked():
        return _store(_merged(_read()))


def fill(translations: dict[str, str | list[str]]) -> list[str]:
    """Put German texts into the catalogue; return the English ones that the code does not (yet) contain."""
    with _locked():
        catalogue = _merged(_read())
        unknown = []
        for english, german in translations.items():
            message = catalogue.get(english)
            if message is None:
                unknown.append(english)
                continue
            message.string = tuple(german) if isinstance(german, list) else german
            message.flags.discard("fuzzy")
        _store(catalogue)
        return unknown


def missing() -> list[str]:
    """Texts without German."""
    return [_id(message) for message in _merged(_read()) if message.id and not _is_translated(message)]


def is_current() -> bool:
    """Whether the catalogue holds exactly the texts of the code."""
    stored = {(message.context, _id(message)) for message in _read() if message.id}
    return stored == {(message.context, _id(message)) for message in _collected() if message.id}


def _id(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (tuple, list)) else message.id


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return bool(strings) and all(strings) and "fuzzy" not in message.flags


def _collected() -> Catalog:
    catalogue = Catalog(locale="de", project="Botschaft", charset="utf-8")
    for path, source in _sources():
        place = str(path.relative_to(ROOT))
        for line, found, comments, context in extract(
            "python", io.BytesIO(source.encode()), KEYWORDS, ["Translators:"]
        ):
            del line, comments
            catalogue.add(found, locations=[(place, 0)], context=context)
    return catalogue


def _sources() -> Iterator[tuple[Path, str]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_text()
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in (".html", ".txt"):
            # what stands around the texts becomes letters; its indentation would not be Python's
            code = templatize(path.read_text(), origin=str(path))
            yield path, "\n".join(line.strip() for line in code.splitlines())


def _merged(stored: Catalog) -> Catalog:
    catalogue = _collected()
    for message in catalogue:
        known = stored.get(message.id, context=message.context) if message.id else None
        if known is not None and known.string:
            message.string = known.string
    return catalogue


def _read() -> Catalog:
    if not PO.exists():
        return Catalog(locale="de")
    with PO.open("rb") as file:
        return read_po(file, locale="de")


def _store(catalogue: Catalog) -> Catalog:
    out = io.BytesIO()
    catalogue.fuzzy = False  # the head of the file is as it should be
    write_po(out, catalogue, sort_output=True, width=118, omit_header=False, include_lineno=False)
    kept = [line for line in out.getvalue().split(b"\n") if not line.startswith((b'"POT-Creation', b'"PO-Revision'))]
    PO.parent.mkdir(parents=True, exist_ok=True)
    PO.write_bytes(b"\n".join(kept))
    _compile(catalogue)
    return catalogue


def _compile(catalogue: Catalog) -> None:
    part = MO.with_suffix(".part")
    with part.open("wb") as file:
        write_mo(file, catalogue)
    part.rename(MO)


@contextmanager
def _locked() -> Iterator[None]:
    PO.parent.mkdir(parents=True, exist_ok=True)
    with open(PO.with_suffix(".lock"), "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def load(file: Path) -> dict[str, str | list[str]]:
    return json.loads(file.read_text())
