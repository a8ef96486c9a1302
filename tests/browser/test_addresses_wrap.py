"""An address that stands as the text of a link wraps on a phone."""

from random import Random
from typing import Any

import pytest
from django.utils import timezone

from analytics.metrics.models import Post
from tests.browser.conftest import findings_of
from tests.factories.kpis import make_post

pytestmark = pytest.mark.browser


def test_own_posts_without_a_title(world: Any, look: Any) -> None:
    address = "https://www.linkedin.com/feed/update/urn:li:share:7269000000000000000/" + "a" * 60
    account = world.account
    make_post(account, timezone.localdate(), impressions=900, dice=Random(1))
    Post.objects.update(title="", url=address)
    page = look(width=360, by=world.influencer)
    page.goto("/p/nordlichter/my-figures/")
    assert page.get_by_text("linkedin.com/feed").count()
    assert findings_of(page) == []
