"""The translations: collected from Python and templates, a catalogue per package, compiled without system tools.

A package's catalogue holds the texts of its code and of its templates. A text that several packages use stands in each
of them with the same translation. The languages are the folders in `core/locale`: a new one begins as an empty folder.
"""

import fcntl
import io
import json
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from core.kit.product import NAME, PACKAGES

ROOT = Path(__file__).resolve().parents[2]
# Folders of templates under the roof; core has the rest.
ROOF = ("home", "privacy", "operate", "calendar", "closing", "embedded")
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


VOLATILE = (b'"POT-Creation', b'"PO-Revision')  # times: two branches would always collide there
Catalogues = dict[str, Catalog]  # by package


def languages() -> list[str]:
    """Languages with a catalogue; English needs none."""
    return sorted(path.name for path in (ROOT / "core/locale").iterdir() if path.is_dir())


def compile_catalogue() -> None:
    """Write each .mo file whose .po file is newer."""
    for language in languages():
        for package in PACKAGES:
            po, mo = _po(package, language), _mo(package, language)
            if po.exists() and not (mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime):
                with _locked():
                    _compile(_read(package, language), mo)


def update() -> None:
    """Collect every text, keep the translations there are, drop what is gone."""
    with _locked():
        for language in languages():
            _store(_merged(language), language)


def fill(translations: dict[str, str | list[str]], language: str = "de") -> list[str]:
    """Put translations into the catalogues; return the English texts that the code does not (yet) contain."""
    with _locked():
        catalogues = _merged(language)
        unknown = []
        for english, translated in translations.items():
            found = [message for catalogue in catalogues.values() if (message := catalogue.get(english)) is not None]
            for message in found:
                if message.pluralizable != isinstance(translated, list):
                    raise ValueError(f"one form or several, as in the code: {english}")
                message.string = tuple(translated) if isinstance(translated, list) else translated
                message.flags.discard("fuzzy")
            if not found:
                unknown.append(english)
        _store(catalogues, language)
        return unknown


def missing(language: str = "de") -> list[str]:
    """Texts without a translation."""
    found = (message for catalogue in _merged(language).values() for message in catalogue)
    return list(dict.fromkeys(_id(message) for message in found if message.id and not _is_translated(message)))


def broken(language: str = "de") -> list[str]:
    """Translations whose placeholders are others than those of the English: they would fail where they are shown."""
    return [
        _id(message)
        for catalogue in (_read(package, language) for package in PACKAGES)
        for message in catalogue
        if message.id and message.python_format and (message.check(catalogue) or not _can_be_filled(message))
    ]


def _can_be_filled(message: Message) -> bool:
    """One form of several may leave a name out, but each must take what it is given."""
    try:
        for form in message.string if isinstance(message.string, (tuple, list)) else [message.string]:
            str(form) % defaultdict(int)
    except (ValueError, TypeError):
        return False
    return True


def is_current(language: str = "de") -> bool:
    """Whether the catalogues hold exactly the texts of the code, package by package."""
    return all(
        {(message.context, _id(message)) for message in _read(package, language) if message.id}
        == {(message.context, _id(message)) for message in collected if message.id}
        for package, collected in _collected(language).items()
    )


def told_twice(language: str = "de") -> list[str]:
    """Texts that two packages translate differently: which one is shown would be chance."""
    known: dict[tuple[str | None, str], set[str]] = {}
    for package in PACKAGES:
        for message in _read(package, language):
            if message.id:
                known.setdefault((message.context, _id(message)), set()).add(str(message.string))
    return [english for (_, english), translated in known.items() if len(translated) > 1]


def _po(package: str, language: str) -> Path:
    return ROOT / package / "locale" / language / "LC_MESSAGES/django.po"


def _mo(package: str, language: str) -> Path:
    return _po(package, language).with_suffix(".mo")


def _id(message: Message) -> str:
    return message.id[0] if isinstance(message.id, (tuple, list)) else message.id


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (tuple, list)) else [message.string]
    return bool(strings) and all(strings) and "fuzzy" not in message.flags


def _collected(language: str) -> Catalogues:
    catalogues = {package: Catalog(locale=language, project=NAME, charset="utf-8") for package in PACKAGES}
    for package, source in _sources():
        for _line, found, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
            catalogues[package].add(found, context=context)
    return catalogues


def _sources() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield package, path.read_text()
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in (".html", ".txt"):
            # what stands around the texts becomes letters; its indentation would not be Python's
            code = templatize(path.read_text(), origin=str(path))
            yield _package_of(path), "\n".join(line.strip() for line in code.splitlines())


def _package_of(template: Path) -> str:
    folder = template.relative_to(ROOT / "templates").parts[0]
    return folder if folder in PACKAGES else "influencer" if folder in ROOF else "core"


def _merged(language: str) -> Catalogues:
    """The texts of the code with the translations there are: the package's, else another package's."""
    stored = {package: _read(package, language) for package in PACKAGES}
    catalogues = _collected(language)
    for package, catalogue in catalogues.items():
        for message in catalogue:
            if not message.id:
                continue
            for place in (stored[package], *stored.values()):
                known = place.get(message.id, context=message.context)
                if known is not None and _is_translated(known):
                    message.string = known.string
                    break
    return catalogues


def _read(package: str, language: str) -> Catalog:
    po = _po(package, language)
    if not po.exists():
        return Catalog(locale=language)
    with po.open("rb") as file:
        return read_po(file, locale=language)


def _store(catalogues: Catalogues, language: str) -> None:
    for package, catalogue in catalogues.items():
        out = io.BytesIO()
        catalogue.fuzzy = False  # the head of the file is as it should be
        write_po(out, catalogue, sort_output=True, width=118, no_location=True)
        kept = [line for line in out.getvalue().split(b"\n") if not line.startswith(VOLATILE)]
        po = _po(package, language)
        po.parent.mkdir(parents=True, exist_ok=True)
        po.write_bytes(b"\n".join(kept))
        _compile(catalogue, _mo(package, language))


def _compile(catalogue: Catalog, mo: Path) -> None:
    part = mo.with_suffix(".part")
    with part.open("wb") as file:
        write_mo(file, catalogue)
    part.rename(mo)


@contextmanager
def _locked() -> Iterator[None]:
    with open(ROOT / "core/locale/.lock", "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def load(file: Path) -> dict[str, str | list[str]]:
    found: dict[str, str | list[str]] = json.loads(file.read_text())
    return found
