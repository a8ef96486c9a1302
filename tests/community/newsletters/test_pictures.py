"""Pictures of an issue: added by its writers, opened in a mail without a sign-in."""

import re
import uuid
from typing import Any
from urllib.parse import urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from community.newsletters import letters
from community.newsletters.checks import look_at
from tests.factories.attachments import picture_bytes
from tests.in_words import rewrite


def test_pictures_are_added_to_an_issue_and_open_in_its_mail(world: Any, sign_in: Any, client: Any) -> None:
    manager, issue = sign_in(world.manager), world.draft_issue
    page = manager.get(reverse("community:issue_edit", args=[world.program.slug, issue.pk])).content.decode()
    upload = reverse("attachments:picture_add", args=["issue", issue.pk])
    assert upload in page
    assert "[[contacts]]" in page.partition("data-inserts")[2]
    file = SimpleUploadedFile("rig.jpg", picture_bytes())
    source = manager.post(upload, {"file": file}).json()["source"]
    assert sign_in(world.influencer).post(upload).status_code in (403, 404)
    issue.body = {"en": f"![The rig]({source})\n\n![gone](attachment:{uuid.uuid4()})"}
    issue.save()
    letter = letters.compose(issue, "en", world.today)
    found = re.search(r'<img src="(http://[^"]+)" alt="The rig">', letter.as_page(""))
    assert found
    assert client.get(urlsplit(found[1]).path).status_code == 200
    assert "[The rig]" in letter.text
    assert "English, line 3: A picture is no longer there. Please add it again." in look_at(issue).faults


def test_the_name_of_its_file_is_no_description_of_a_picture(world: Any, sign_in: Any) -> None:
    """An issue goes out with words for each picture, or where somebody said that it only decorates."""
    manager, issue = sign_in(world.manager), world.draft_issue
    upload = reverse("attachments:picture_add", args=["issue", issue.pk])
    file = SimpleUploadedFile("The rig at night.jpg", picture_bytes())
    source = manager.post(upload, {"file": file}).json()["source"]

    def faults(text: str) -> list[str]:
        rewrite(issue, body_de="Hallo", body_en=text)
        return look_at(issue).faults

    fault = (
        "English, under “Pier”: A picture has no alternative text. "
        "Describe what it shows between the brackets: ![text](address)."
    )
    assert faults(f"## Pier\n\n![The rig at night]({source})") == [fault]
    assert faults(f"## Pier\n\n![]({source})") == [fault]
    assert faults(f"## Pier\n\n![The rig, lit by two cranes]({source})") == []
    assert faults(f'## Pier\n\n![]({source} "decorative")') == []
    letter = letters.compose(issue, "en", world.today)
    assert 'alt=""' in letter.as_page("")
    assert "decorative" not in letter.as_page("") + letter.text
