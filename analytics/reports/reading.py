"""A frozen snapshot as its reader sees it: sentences, five figures against target, two pictures."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from analytics.annotations.numbered import notes_then, numbered
from analytics.benefits.queries import ToldSuccess, in_report
from analytics.dashboards import certainty, sentences
from analytics.dashboards.group_past import band_of, past_of
from analytics.dashboards.words import month_and_year, month_name, reason, said
from analytics.kpis.definitions import definitions
from analytics.reports import brought, further, planned, quarter_sums
from analytics.reports.figures import Figure, by_month, decimal_of, figure_of, line_of_target
from analytics.reports.headline import compared_months, suggested_headline
from analytics.reports.layouts import STANDARD, Block, BlockRow, known_blocks, rows_of
from analytics.reports.models import Report
from core.kit.charts import Chart, ChartCell, ChartKind, series_of
from core.kit.full_stops import one_stop
from core.kit.languages import localised
from core.kit.templatetags.ui import NOTHING, day, number


@dataclass(frozen=True)
class UsedFormula:
    """How one figure was calculated when the report was made."""

    name: str
    definition: str
    formula: str
    version: int


@dataclass
class ShownReport:
    """Made from the snapshot alone, in the language that is active; only told successes are read anew."""

    report: Report
    pictures: str = ""  # where a chart is to be had as a file, up to its name; nothing where nobody can

    @property
    def data(self) -> dict[str, Any]:
        return dict(self.report.data)

    @property
    def month(self) -> date:
        return date.fromisoformat(self.data["month"])

    @property
    def title(self) -> str:
        return f"{month_and_year(self.month)}, {self.generation}" if self.generation else month_and_year(self.month)

    @property
    def generation(self) -> str:
        """Whose figures alone it shows; nothing: everybody's."""
        return str(self.data.get("generation", ""))

    @property
    def program(self) -> dict[str, Any]:
        return dict(self.data["program"])

    @property
    def until(self) -> str:
        return day(date.fromisoformat(self.data["until"]))

    @property
    def headline(self) -> str:
        return self.report.headline or suggested_headline(self.data)

    @property
    def decision(self) -> str:
        return self.report.decision

    @property
    def notes(self) -> str:
        return self.report.notes

    @cached_property
    def blocks(self) -> list[str]:
        """What was chosen, in its order. A decision that is asked for is always there to be answered."""
        chosen = known_blocks(self.report.blocks) or list(STANDARD)
        return chosen if not self.decision or Block.DECISION in chosen else [*chosen, Block.DECISION]

    @property
    def rows(self) -> list[BlockRow]:
        """Blocks that have something to say, side by side where they belong together."""
        return self._arranged(self.blocks)

    @property
    def brief(self) -> list[BlockRow]:
        """What is read in a minute: without what a start page says in its own place."""
        apart = (Block.NEXT, Block.DECISION, Block.DEFINITIONS, Block.TOLD, Block.AIMS)
        return self._arranged(each for each in self.blocks if each not in apart)

    @property
    def shared(self) -> list[BlockRow]:
        """What somebody without an account reads: no decision, it is asked of the executives."""
        return self._arranged(each for each in self.blocks if each != Block.DECISION)

    def _arranged(self, blocks: Iterable[str]) -> list[BlockRow]:
        found = rows_of(each for each in blocks if self._has(each))
        for row in found:
            row.charts = [chart for each in row.blocks if (chart := self._made.get(each))]
            row.inputs = [each for each in self.inputs if (Block.COST if each.is_cost else Block.INPUTS) in row.blocks]
        return found

    def _has(self, block: str) -> bool:
        return bool(self._made[block] if block in self._made else self._told.get(block, True))

    @cached_property
    def _told(self) -> dict[str, object]:
        return {
            Block.SUMMARY: self.three,
            Block.INPUTS: [each for each in self.inputs if not each.is_cost],
            Block.COST: [each for each in self.inputs if each.is_cost],
            Block.GOALS: self.goals,
            Block.GENERATIONS: self.generations,
            Block.BEFORE: self.before,
            Block.QUARTER: self.quarter,
            Block.OBJECTIVES: self.objectives,
            Block.AIMS: self.aims,
            Block.TOLD: self.told,
            Block.NOTES: self.notes,
            Block.DECISION: self.decision,
            Block.DEFINITIONS: self.formulas,
        }

    @property
    def deadline(self) -> str:
        """By when the decision is wanted; in the past once it is."""
        until = self.report.decision_until
        if until is None:
            return _("Your decision")
        if until < timezone.localdate():
            return _("Your decision was due on %(day)s") % {"day": day(until)}
        return _("Your decision by %(day)s") % {"day": day(until)}

    @property
    def next(self) -> list[tuple[date, str]]:
        return [(date.fromisoformat(row["on"]), localised(row["title"])) for row in self.data["next"]]

    @cached_property
    def formulas(self) -> list[UsedFormula]:
        """Each figure's rule as it was when the report was made; none in older reports."""
        return [
            UsedFormula(localised(row["name"]), localised(row["definition"]), localised(row["formula"]), row["version"])
            for row in self.data.get("formulas", [])
        ]

    @property
    def about(self) -> list[tuple[str, str]]:
        """What is printed on every form of the report: period, filters, k, number, fingerprint."""
        report = self.report
        made_by = report.made_by.name if report.made_by else ""
        return [
            (_("Program"), f"{self.program['name']}, {self.program['company']}"),
            (_("Period"), _("%(month)s, whole weeks until %(day)s") % {"month": self.title, "day": self.until}),
            (_("Filters"), self._filters),
            (_("Smallest group"), str(self.program["k"])),
            (_("How it was counted"), self.caveat),
            (
                _("Report number"),
                _("%(number)s, edition %(edition)s") % {"number": report.number, "edition": report.edition},
            ),
            (_("Frozen"), f"{day(report.made_at)}, {made_by}" if made_by else day(report.made_at)),
            (_("Formula versions"), ", ".join(f"{each.name} {each.version}" for each in self.formulas) or NOTHING),
            (_("Fingerprint (SHA-256)"), report.sha256),
        ]

    @property
    def _filters(self) -> str:
        if self.generation:
            return _("%(generation)s, all networks") % {"generation": self.generation}
        return _("All generations, all networks")

    def figure(self, kpi: str) -> dict[str, Any]:
        return next(row for row in self.data["five"] if row["kpi"] == kpi)

    def number_of(self, told: dict[str, Any]) -> Decimal | None:
        return decimal_of(told["value"])

    @cached_property
    def three(self) -> list[str]:
        """Three sentences: what people's posts do, how many take part, what it took."""
        found = [self._duel_sentence(), self._reach_sentence(), self._people_sentence(), self._phase_sentence()]
        return [one_stop(sentence) for sentence in found if sentence][:3]

    @property
    def caveat(self) -> str:
        """How people's and the company's interactions were counted; older reports know nothing of what was paid for."""
        sure = self.data.get("sure")
        paid = sure and certainty.of_paid(certainty.paid_month_of(sure["paid"]), is_apart=sure["is_apart"])
        summed = certainty.of_summed((sure or {}).get("summed", ()))
        return " ".join(filter(None, (summed, certainty.how_counted(), paid)))

    @property
    def footnote(self) -> str:
        """For a mail without the picture under which it stands otherwise."""
        compares = {Block.SUMMARY, Block.FIVE, Block.BEFORE} & set(self.blocks)
        is_under = Block.DUEL in self.blocks and self._made[Block.DUEL] is not None
        return self.caveat if compares and not is_under else ""

    @property
    def few(self) -> tuple[Decimal, Decimal] | None:
        """The interactions of people and company, where they are too few to be compared."""
        told = (self.data.get("sure") or {}).get("few")
        return told and (Decimal(told[0]), Decimal(told[1]))

    def _duel_sentence(self) -> str:
        if self.few:
            return sentences.too_few(self.month, *self.few)
        known = compared_months(self.data)
        if not known or known[-1][0] != self.month:
            return ""
        return sentences.duel(*known[-1], past_of(self.figure("people_times").get("usual")))

    def _reach_sentence(self) -> str:
        row = self.figure("impressions")
        if row["value"] is None:
            return ""
        return sentences.sum_beside("impressions", self.month, Decimal(row["value"]), past_of(row.get("usual")))

    def _people_sentence(self) -> str:
        row = self.figure("activity_rate")
        if row["value"] is not None:
            return sentences.active(self.month, Decimal(row["value"]), at_least=row["is_floor"])
        return sentences.members(self.data["members"]) if self.data["members"] else ""

    def _phase_sentence(self) -> str:
        phases = self.data["phases"]
        return sentences.phases(phases["done"], phases["total"]) if phases["total"] else ""

    @cached_property
    def five(self) -> list[Figure]:
        return [figure_of(row, self.program["k"]) for row in self.data["five"]]

    @cached_property
    def inputs(self) -> list[brought.Input]:
        """What goes in: people, time, cost; of these what was chosen."""
        found = brought.inputs(self.data)
        return [each for each in found if (Block.COST if each.is_cost else Block.INPUTS) in self.blocks]

    @cached_property
    def goals(self) -> list[brought.GoalShown]:
        return brought.goals(self.data)

    @cached_property
    def told(self) -> list[ToldSuccess]:
        """The one thing that is not frozen: who told a success may withdraw it, and then only that is said."""
        return in_report(self.report.program, self.data.get("told", []))

    @cached_property
    def before(self) -> brought.TimesBefore | None:
        """The five figures beside those of a quarter and a year before."""
        return brought.comparison(self.data)

    @cached_property
    def generations(self) -> further.GroupsBeside | None:
        return further.generations_shown(self.data)

    @cached_property
    def quarter(self) -> further.GroupsBeside | None:
        return quarter_sums.quarter_shown(self.data)

    @cached_property
    def objectives(self) -> planned.ObjectivesShown | None:
        return planned.objectives_shown(self.data)

    @cached_property
    def aims(self) -> list[planned.RowShown]:
        return planned.map_shown(self.data)

    @property
    def beside(self) -> list[tuple[str, str, str, str, str]]:
        """Inputs, goals, generations and the times before as lines of a table: part, name, period, number, note."""
        lines: list[tuple[str, str, str, str, str]] = []
        for row in self.rows:
            lines += [(_("What goes in"), each.label, self.title, each.value, each.note) for each in row.inputs]
            if Block.GOALS in row.blocks:
                for goal in self.goals:
                    for each in goal.figures:
                        shown = NOTHING if each.hidden else each.value
                        lines.append((goal.text, each.label, self.title, shown, each.hidden or each.target))
            if row.kind == Block.GENERATIONS and self.generations:
                for name, *cells in self.generations.rows:
                    told = zip(self.generations.header[1:], cells, strict=True)
                    lines += [(name, label, self.title, text, "") for label, text in told]
            if row.kind == Block.QUARTER and self.quarter:
                lines += _lines_of(self.quarter)
            if row.kind == Block.OBJECTIVES and self.objectives:
                lines += planned.objective_lines(self.objectives)
            if row.kind == Block.AIMS:
                lines += planned.aim_lines(self.aims, self.title)
            if row.kind == Block.BEFORE and self.before:
                part = _("Beside the quarter and the year before")
                for name, _now, *then in self.before.rows:
                    days = self.before.header[2:]
                    lines += [(part, name, when, text, "") for when, text in zip(days, then, strict=True)]
        return lines

    @cached_property
    def _made(self) -> dict[str, Chart | None]:
        made: dict[str, Chart | None] = {
            Block.DUEL: self._duel(),
            Block.REACH: self._impressions(),
            **further.more_charts(self.data),
        }
        notes = numbered(notes_then(self.data.get("marks", [])), list(made.values()))
        made = {key: each and each.noted(notes) for key, each in made.items()}
        if not self.pictures:
            return made
        return {key: each and replace(each, picture_url=f"{self.pictures}{each.id}.") for key, each in made.items()}

    @property
    def charts(self) -> list[Chart]:
        """Those that were chosen and have something to show, in their order."""
        return [chart for each in self.blocks if (chart := self._made.get(each))]

    def _cell(self, value: str | None, state: str, shown: str) -> ChartCell:
        if state != "shown":
            return ChartCell(hidden=True, reason=reason(state, self.program["k"]))
        return ChartCell(decimal_of(value), shown)

    def _duel(self) -> Chart | None:
        rows = self.data["duel"]
        if not any(row["people"] for row in rows):
            return None
        first = month_name(date.fromisoformat(rows[0]["month"]))
        cells = [
            [
                self._cell(row["people"], row["state"], number(row["people"], 0)),
                ChartCell(decimal_of(row["company"]), number(row["company"], 0)),
            ]
            for row in rows
        ]
        return Chart(
            id="report-duel",
            kind=ChartKind.DUEL,
            size="s",
            sentence=sentences.too_few(self.month, *self.few)
            if self.few
            else sentences.heard([value for _month, value in compared_months(self.data)]),
            sure=certainty.of_frozen(self.data.get("sure")),
            caveat=self.caveat,
            **by_month(rows),
            series=series_of([_("People's profiles"), _("Company account")], cells),
            source=_("Interactions per impression, company in %(month)s = 100") % {"month": first},
            quality="imported",
        )

    def _impressions(self) -> Chart | None:
        rows = self.data["impressions"]
        if not any(row["value"] for row in rows):
            return None
        figure = self.figure("impressions")
        target = decimal_of(figure["target"])
        label = _("Target %(value)s") % {"value": said("impressions", target)}
        cells = [
            [self._cell(row["value"], row["state"], said("impressions", decimal_of(row["value"])))] for row in rows
        ]
        return Chart(
            id="report-impressions",
            kind=ChartKind.BARS,
            size="s",
            sentence=sentences.reach_placed(decimal_of(figure["value"]), past_of(figure.get("usual"))),
            sure=self._sure_of_reach(figure),
            **by_month(rows),
            series=series_of([definitions()["impressions"].name], cells),
            source=_("Per month"),
            quality="imported",
            target=line_of_target(target, label, figure, [row["month"] for row in rows]),
            band=band_of("impressions", [past_of(row.get("usual")) for row in rows]),
        )

    def _sure_of_reach(self, figure: dict[str, Any]) -> str:
        sure = self.data.get("sure")
        if sure is None or figure["value"] is None:
            return ""
        company = sure["company"] or {"value": None, "usual": None}
        found, beside = past_of(figure["usual"]), past_of(company["usual"])
        return certainty.of_sum("impressions", Decimal(figure["value"]), found, decimal_of(company["value"]), beside)


def _lines_of(told: further.GroupsBeside) -> list[tuple[str, str, str, str, str]]:
    """A table of figures by time: part, name, period, number, no note."""
    return [
        (told.sentence, name, when, text, "")
        for name, *cells in told.rows
        for when, text in zip(told.header[1:], cells, strict=True)
    ]
