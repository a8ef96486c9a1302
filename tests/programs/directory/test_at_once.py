"""Twenty saves at the same moment are one."""

from typing import Any

import pytest

from programs.consents.models import ConsentEvent, Purpose
from programs.directory.models import Offer, Profile
from tests.at_once import at_once
from tests.factories.directory import make_profile


@pytest.mark.django_db(transaction=True)
def test_twenty_saves_are_one(world: Any) -> None:
    at_once(lambda: make_profile(world.program, world.influencer2, version_of_form=0, site="Bremen"))
    profile = Profile.objects.get(user=world.influencer2)
    assert (profile.version, profile.site) == (1, "Bremen")
    assert Offer.objects.filter(profile=profile).count() == 1
    assert ConsentEvent.objects.filter(user=world.influencer2, purpose=Purpose.DIRECTORY).count() == 1
