"""What systems of HR, sales and web analytics call their columns, in English and German, and which sources count as the
program's."""

from __future__ import annotations

import re

from core.sheets.values import normalised

WORDS: dict[str, str] = {
    "applied": "application date | date applied | date of application | applied | applied on | applied at"
    " | applied date | application created | application submitted | submission date | submitted on | bewerbungsdatum"
    " | bewerbungseingang | eingangsdatum | eingang am | beworben am | eingegangen am | datum der bewerbung"
    " | bewerbung vom | bewerbung eingegangen am",
    "hired": "hire date | date hired | date of hire | hired on | hired at | hired date | einstellungsdatum"
    " | eingestellt am | datum der einstellung | vertrag unterschrieben am",
    "starts": "start date | first day | eintrittsdatum | eintritt | eintritt am",
    "asked": "lead date | lead created | lead created date | lead created at | lead create date | lead erstellt am"
    " | anfragedatum | anfrage vom | deal create date | opportunity created date | deal erstellt am",
    "day": "date | day | week | created | created at | created on | created date | create date | date created"
    " | datum | tag | woche | erstellt | erstellt am | erstelldatum | erstellungsdatum | anlagedatum | angelegt am",
    "source": "source | channel | application source | candidate source | applicant source | recruiting source"
    " | recruiting channel | source of hire | hire source | lead source | original source | original traffic source"
    " | first touch | referrer | how did you hear about us | how did you hear about us? | source name | quelle | kanal"
    " | herkunft | bewerbungsquelle | bewerberquelle | bewerbungskanal | recruiting-quelle | recruiting-kanal"
    " | recruitingquelle | recruitingkanal | einstellungsquelle | lead-quelle | leadquelle | ursprüngliche quelle"
    " | wie sind sie auf uns aufmerksam geworden | wie sind sie auf uns aufmerksam geworden?",
    "detail": "source detail | source details | lead source detail | original source drill-down 1 | quelle detail"
    " | quelle (detail) | quellendetail | detailquelle",
    "utm_source": "utm source | utm quelle | source (utm) | session source | session source / medium | source / medium"
    " | quelle / medium | sitzung - quelle | sitzung – quelle | sitzung - quelle/medium | sitzung – quelle/medium"
    " | sitzung – quelle / medium",
    "utm_medium": "utm medium | medium | session medium | sitzung - medium | sitzung – medium",
    "utm_campaign": "utm campaign | utm kampagne | session campaign | session campaign name | sitzung - kampagne"
    " | sitzung – kampagne | kampagne der sitzung",
    "campaign": "campaign | campaign name | lead campaign | primary campaign source | kampagne | kampagnenname",
    "status": "status | stage | phase | current stage | application status | application stage | candidate status"
    " | outcome | bewerbungsstatus | bewerbungsphase | bewerberstatus | stufe | ergebnis",
    "number": "application id | applicant id | candidate id | lead id | opportunity id | deal id | record id"
    " | bewerbungs-id | bewerber-id | bewerbernummer | bewerbungsnummer | kandidaten-id | lead-id | vorgangsnummer",
    "candidate": "candidate | candidate name | applicant | applicant name | application | bewerber | bewerberin"
    " | bewerber/in | bewerber:in | bewerber*in | bewerbende | bewerbung | kandidat | kandidatin | kandidat/in"
    " | kandidat:in | name der bewerberin | name des bewerbers",
    "enquiry": "lead | lead name | lead status | lead owner | opportunity | opportunity name | deal name | deal stage"
    " | leadstatus | lead-status | lead-name | deal-name | deal-phase | verkaufschance | anfrage",
    "applications": "applications | number of applications | bewerbungen | anzahl bewerbungen | anzahl der bewerbungen",
    "hires": "hires | number of hires | einstellungen | anzahl einstellungen | anzahl der einstellungen",
    "leads": "leads | number of leads | anzahl leads | anzahl der leads | anzahl anfragen",
    "web_traffic": "sessions | number of sessions | website sessions | website visits | visits to the website"
    " | nb visits | sitzungen | anzahl sitzungen | anzahl der sitzungen | website-besuche | besuche der website",
}
ROLES = {label.strip(): role for role, labels in WORDS.items() for label in labels.split("|")}
ROLE_OF = ROLES | {label.replace(" ", "_"): role for label, role in ROLES.items()}
#: Columns that say where somebody came from.
SOURCES = ("source", "detail", "utm_source", "utm_medium", "utm_campaign", "campaign")
COUNTS = ("applications", "hires", "leads", "web_traffic")
HIRED = re.compile(
    r"hired|placed|offer accepted|accepted|contract signed|joined"
    r"|eingestellt|einstellung|angenommen|zusage(?: angenommen)?|vertrag unterschrieben"
)
WHO = r"advoca|ambassador|influencer|botschafter|mitarbeite|kolleg|employee|colleague"
PROGRAM = re.compile(WHO)
PEOPLE = re.compile(
    rf"{WHO}"
    r"|\bsocial\b|social[ _-]?media|sozialen? (?:netzwerk|medien)"
    r"|linkedin|xing\b|instagram|facebook|youtube|tiktok|mastodon|bluesky|twitter|\bthreads\b"
)
#: Paid for, or a job board under a network's name: not by way of people.
PAID = re.compile(
    r"\b(?:cpc|ppc|cpm|paid|ads?|advert\w*|display|sponsored|promoted|jobs?|recruiter)\b"
    r"|anzeige|bezahlt|gesponsert|stellenbörse"
)


def role_of(label: str) -> str:
    """What a column is; "" for one that is nothing to us."""
    return ROLE_OF.get(normalised(label), "")


def is_of_program(told: list[str], *, by_mark: bool = False) -> bool:
    """Whether a row came by way of employees or social networks, and was not paid for. `by_mark`: a network alone is
    not enough, since its visitors come from anybody's posts."""
    words = [normalised(each).replace("_", " ") for each in told]
    return any(map((PROGRAM if by_mark else PEOPLE).search, words)) and not any(map(PAID.search, words))
