"""LinkedIn's export of a profile in any language, by its shape: every cell beside a reader that knows zip and XML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from analytics.sources.handover import ParsedFile
from tests.analytics.sources.reading import parsed
from tests.workbooks import place, plain_cells, workbook

DAYS = [date(2026, 3, 1) + timedelta(days=number) for number in range(30)]
URL = "https://www.linkedin.com/feed/update/urn:li:activity:74341{:014}"


@dataclass(frozen=True)
class Tongue:
    """How an interface language names its sheets and labels, and writes days and thousands."""

    sheets: tuple[str, ...]  # summary, days, posts, followers, demographics
    summary: tuple[str, str, str]
    days: tuple[str, str, str]
    posts: tuple[str, str, str, str]
    followers: tuple[str, str]
    kinds: tuple[str, str]
    few: str
    order: str
    mark: str

    def day(self, on: date) -> str:
        return self.order.format(d=on.day, m=on.month, y=on.year)

    def number(self, value: int) -> str:
        return f"{value:,}".replace(",", self.mark)


TONGUES = {
    "it": Tongue(
        ("SCOPERTA", "INTERESSE", "POST PRINCIPALI", "FOLLOWER", "DATI DEMOGRAFICI"),
        ("Prestazioni complessive", "Impressioni", "Utenti raggiunti"), ("Data", "Impressioni", "Interazioni"),
        ("URL del post", "Data di pubblicazione", "Interazioni", "Impressioni"),
        ("Follower totali il {}", "Nuovi follower"), ("Località", "Settori"), "meno di 1%", "{d}/{m}/{y}", ".",
    ),
    "pt": Tongue(
        ("DESCOBERTA", "ENGAJAMENTO", "PUBLICAÇÕES MAIS EM ALTA", "SEGUIDORES", "DADOS DEMOGRÁFICOS DO PÚBLICO",
         "DADOS DEMOGRÁFICOS DO CONTEÚDO"),
        ("Desempenho geral", "Impressões", "Usuários alcançados"), ("Data", "Impressões", "Engajamentos"),
        ("URL da publicação", "Data da publicação", "Engajamentos", "Impressões"),
        ("Total de seguidores em {}", "Novos seguidores"), ("Empresa", "Localidade"), "menos de 1%",
        "{d:02}/{m:02}/{y}", ".",
    ),
    "es": Tongue(
        ("DESCUBRIMIENTO", "INTERACCIÓN", "PUBLICACIONES DESTACADAS", "SEGUIDORES", "DATOS DEMOGRÁFICOS"),
        ("Rendimiento general", "Impresiones", "Miembros alcanzados"), ("Fecha", "Impresiones", "Interacciones"),
        ("URL de la publicación", "Fecha de publicación", "Interacciones", "Impresiones"),
        ("Total de seguidores el {}", "Nuevos seguidores"), ("Ubicación", "Sector"), "menos del 1%", "{d}/{m}/{y}",
        ".",
    ),
    "fr": Tongue(
        ("DÉCOUVERTE", "ENGAGEMENT", "MEILLEURS POSTS", "ABONNÉS", "DONNÉES DÉMOGRAPHIQUES"),
        ("Performance globale", "Impressions", "Membres atteints"), ("Date", "Impressions", "Engagements"),
        ("URL du post", "Date de publication", "Engagements", "Impressions"),
        ("Total des abonnés au {}", "Nouveaux abonnés"), ("Lieu", "Secteur"), "moins de 1%", "{d:02}/{m:02}/{y}",
        "\N{NARROW NO-BREAK SPACE}",
    ),
    "pl": Tongue(
        ("ODKRYWANIE", "ZAANGAŻOWANIE", "NAJLEPSZE POSTY", "OBSERWUJĄCY", "DANE DEMOGRAFICZNE"),
        ("Ogólne wyniki", "Wyświetlenia", "Członkowie"), ("Data", "Wyświetlenia", "Aktywności"),
        ("Adres posta", "Data publikacji", "Aktywności", "Wyświetlenia"), ("Obserwujący dnia {}", "Nowi"),
        ("Lokalizacja", "Branża"), "mniej niż 1%", "{d:02}.{m:02}.{y}", "\N{NO-BREAK SPACE}",
    ),
    "tr": Tongue(
        ("KEŞİF", "ETKİLEŞİM", "ÖNE ÇIKANLAR", "TAKİPÇİLER", "DEMOGRAFİ"),
        ("Genel performans", "Gösterimler", "Erişilen üyeler"), ("Tarih", "Gösterimler", "Etkileşimler"),
        ("Gönderi URL", "Yayın tarihi", "Etkileşimler", "Gösterimler"), ("Toplam takipçi {}", "Yeni takipçiler"),
        ("Konum", "Sektör"), "< 1%", "{d:02}.{m:02}.{y}", ".",
    ),
}  # fmt: skip
WORTH = {"it": "it", "pt": "pt", "es": "es", "fr": "fr"}


def export(folder: Path, tongue: Tongue) -> Path:
    number, day = tongue.number, tongue.day
    shown = [1_000 + 37 * place for place in range(30)]
    rows: list[list[list[object]]] = [
        [[tongue.summary[0], f"{day(DAYS[0])} - {day(DAYS[-1])}"], [tongue.summary[1], number(sum(shown))],
         [tongue.summary[2], number(12_345)]],
        [[*tongue.days], *[[day(on), number(value), str(place - 3)]
                           for place, (on, value) in enumerate(zip(DAYS, shown, strict=True))]],
        [["50"], [], [*tongue.posts[:3], "", *tongue.posts[:2], tongue.posts[3]],
         *[[URL.format(n), day(DAYS[n]), number(1_500 + n), "", URL.format(9 - n), day(DAYS[9 - n]), number(90_000 - n)]
           for n in range(8)]],
        [[tongue.followers[0].format(day(DAYS[-1])), number(2_571)], [], [tongue.days[0], tongue.followers[1]],
         *[[day(on), str(place % 4)] for place, on in enumerate(DAYS)]],
        *[[["Top", "Valor", "%"], [tongue.kinds[0], "Roma", tongue.few], [tongue.kinds[1], "IT", "12%"]]
          for _ in tongue.sheets[4:]],
    ]  # fmt: skip
    return workbook(folder / "export.xlsx", dict(zip(tongue.sheets, rows, strict=True)))


def digits(text: str) -> int:
    """A whole number as anybody reads it who knows that there are no decimals here."""
    return int(re.sub(r"[^0-9-]", "", text))


@pytest.mark.parametrize("language", TONGUES)
def test_every_figure_is_the_cell_it_names_and_every_cell_is_a_figure(language: str, tmp_path: Path) -> None:
    tongue = TONGUES[language]
    path = export(tmp_path, tongue)
    file, raw = parsed(path), plain_cells(path)
    assert (file.refused, file.window_start, file.window_end) == ([], DAYS[0], DAYS[-1])
    assert file.locale[:2] == WORTH.get(language, "")
    seen = set()
    for reading in file.readings:
        sheet, column, row = place(reading.locator)
        assert digits(raw[sheet][f"{column}{row}"]) == reading.value, reading
        if reading.grain == "day" and row > 1:
            assert _day(raw[sheet][f"A{row}"]) == reading.period_start, reading
        if reading.post_ref is not None:
            assert raw[sheet][("A" if column == "C" else "E") + str(row)] == file.posts[reading.post_ref].url
        seen.add((sheet, f"{column}{row}"))
    assert seen == figures_in(raw, tongue)
    assert metrics_by_column(file, tongue) == {
        (0, "B2"): "impressions", (0, "B3"): "members_reached", (1, "B"): "impressions", (1, "C"): "engagements",
        (2, "C"): "engagements", (2, "G"): "impressions", (3, "B1"): "followers_total", (3, "B"): "followers_new",
    }  # fmt: skip
    shares = {(each.share, each.qualifier) for each in file.demographics}
    assert shares == {(Decimal("0.01"), "<"), (Decimal("0.12"), "=")}


def _day(text: str) -> date:
    return datetime.strptime(text.replace(".", "/"), "%d/%m/%Y").date()  # a day alone


def figures_in(raw: dict[str, dict[str, str]], tongue: Tongue) -> set[tuple[str, str]]:
    """Where figures stand, told by nothing but the layout."""
    summary, days, posts, followers = tongue.sheets[:4]
    found = {(summary, "B2"), (summary, "B3"), (followers, "B1")}
    for sheet, columns, first in ((days, "BC", 2), (posts, "CG", 4), (followers, "B", 4)):
        found |= {(sheet, at) for at in raw[sheet] if at[0] in columns and int(at[1:]) >= first}
    return found


def metrics_by_column(file: ParsedFile, tongue: Tongue) -> dict[tuple[int, str], str]:
    found = {}
    for reading in file.readings:
        sheet, column, row = place(reading.locator)
        number = tongue.sheets.index(sheet)
        single = number == 0 or (number == 3 and row == 1)
        found[number, f"{column}{row}" if single else column] = reading.metric
    return found
