from datetime import date, timedelta

from analytics.listening.models import ListenedName, ListeningSearch, Mention
from tests.house.access_table import Form, Row, in_program

YESTERDAY = date.today() - timedelta(days=1)

# Program managers decide what is listened to; the management reads along, nobody else does.
NOBODY = dict.fromkeys(("manager", "influencer", "influencer2", "coach", "team", "executive", "council"), 403)
READ = NOBODY | {"manager": 200, "executive": 200}
LEAD = NOBODY | {"manager": 200}
POST = NOBODY | {"manager": 302}

ROWS = {
    "analytics:listening": Row(in_program(), expect=READ),
    "analytics:listening_search_new": Row(in_program(), expect=LEAD),
    "analytics:listening_search_remove": Row(
        in_program(pk=lambda world: world.listening_search.pk), "post", expect=POST
    ),
    "analytics:listening_search_restore": Row(
        in_program(pk=lambda world: world.removed_listening_search.pk), "post", expect=POST
    ),
    "analytics:listening_name_new": Row(in_program(), expect=LEAD),
    "analytics:listening_name_remove": Row(in_program(pk=lambda world: world.listened_name.pk), "post", expect=POST),
    "analytics:listening_name_restore": Row(
        in_program(pk=lambda world: world.removed_listened_name.pk), "post", expect=POST
    ),
    "analytics:mentions": Row(in_program(), expect=READ),
    "analytics:mentions_import": Row(in_program(), expect=LEAD),
    "analytics:mention_edit": Row(in_program(pk=lambda world: world.mention.pk), expect=LEAD),
    "analytics:mention_tone": Row(
        in_program(pk=lambda world: world.mention.pk), "post", lambda world: {"tone": "friendly"}, expect=POST
    ),
    "analytics:mention_remove": Row(in_program(pk=lambda world: world.mention.pk), "post", expect=POST),
    "analytics:mention_restore": Row(in_program(pk=lambda world: world.removed_mention.pk), "post", expect=POST),
}
EDITING: dict[str, tuple[dict[str, object], ...]] = {"analytics:mention_edit": ()}
ONCE = {
    "analytics:listening_search_new": Form(
        ListeningSearch, lambda world: {"name": "Once", "url": "https://once.example/feed.xml"}
    ),
    "analytics:listening_name_new": Form(ListenedName, lambda world: {"name": "Once"}),
    "analytics:mentions_import": Form(
        Mention,
        lambda world: {},
        files={"file": f"Link,Title,Date\nhttps://once.example/1,Once,{YESTERDAY.isoformat()}\n".encode()},
    ),
}
