from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from analytics.channels.models import Account
from analytics.imports.models import ImportRun, RunState
from programs.consents import access as consents
from programs.consents import services as consent_services

ORDER = 60
SAMPLES = Path(__file__).parents[1] / "samples"
GHE = SAMPLES / "linkedin_company_ghe"
SYNTHETIC = SAMPLES / "synthetic"
PROFILE = SYNTHETIC / "AggregateAnalytics_Erika Beispiel_2026-10-03_2026-11-01.xlsx"
TABLE = b"date,metric,value\n2026-10-05,impressions,100\n2026-10-06,impressions,120\n2026-10-06,comments,-1\n"


def make_run(account: Account, *, content: bytes = TABLE, name: str = "figures.csv", **fields: Any) -> ImportRun:
    by = fields.pop("by", None) or account.user
    return ImportRun.objects.create(
        program=account.program,
        account=account,
        uploaded_by=by,
        file=ContentFile(content, name),
        file_name=name,
        size=len(content),
        sha256=str(abs(hash((content, name)))),
        **fields,
    )


def furnish(world: Any) -> None:
    for person in (world.influencer, world.influencer2):
        if not consents.has_granted(person, world.program, "own_figures"):
            consent_services.grant(world.program, ["own_figures"], by=person, channel="settings")
    world.run = make_run(world.account, state=RunState.PREVIEW, kind="readings_table")
    world.company_run = make_run(world.company_account, by=world.manager, state=RunState.PREVIEW, kind="readings_table")
