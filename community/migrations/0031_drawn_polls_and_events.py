from django.db import migrations

from core.kit.drawn import drawn, in_turn
from core.kit.tables import NumberAnew


class Migration(migrations.Migration):
    dependencies = [
        ("community", "0030_link_looks"),
    ]

    operations = [
        NumberAnew(
            {
                "board": in_turn,
                "busytime": drawn,
                "cafetable": in_turn,
                "camproom": in_turn,
                "campslot": in_turn,
                "event": in_turn,
                "hourshost": drawn,
                "issue": in_turn,
                "journey": in_turn,
                "journeyletter": in_turn,
                "newslettertemplate": in_turn,
                "poll": drawn,
                "rearrangement": drawn,
                "ritual": in_turn,
                "takenslot": drawn,
            }
        ),
    ]
