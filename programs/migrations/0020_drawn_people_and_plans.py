from django.db import migrations

from core.kit.drawn import drawn, in_turn
from core.kit.tables import NumberAnew


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0019_series_since"),
    ]

    operations = [
        NumberAnew(
            {
                "baseline": in_turn,
                "batch": in_turn,
                "budgetline": in_turn,
                "call": in_turn,
                "channel": in_turn,
                "commitment": in_turn,
                "decision": in_turn,
                "duty": in_turn,
                "evidence": drawn,
                "finding": in_turn,
                "generation": in_turn,
                "guidelinecase": in_turn,
                "guidelinesection": in_turn,
                "handbookpage": in_turn,
                "helper": in_turn,
                "invitation": drawn,
                "item": in_turn,
                "itemfield": in_turn,
                "itemscore": drawn,
                "leitbildworkshop": in_turn,
                "membership": in_turn,
                "milestone": in_turn,
                "neededdocument": in_turn,
                "participant": drawn,
                "phase": in_turn,
                "program": in_turn,
                "readinessround": in_turn,
                "removedphase": in_turn,
                "review": in_turn,
                "reviewaction": in_turn,
                "risk": in_turn,
                "roster": in_turn,
                "sketch": drawn,
                "stakeholder": in_turn,
                "step": in_turn,
                "teaminvitation": in_turn,
                "templateuse": in_turn,
            }
        ),
    ]
