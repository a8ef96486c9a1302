"""Devices come by one press and go by one; what a browser says is believed as little as anything from outside."""

import json
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from core.kit import fetch
from core.push import keys, services
from core.push.models import PushDevice, PushKey
from tests.factories.push import make_browser

# --- adding ---------------------------------------------------------------------------------------------------------


def test_a_browser_is_added_by_one_press_shown_and_switched_off(world: Any, sign_in: Any, settings: Any) -> None:
    settings.WEB_PUSH_HOSTS = ["*.example.com"]
    PushDevice.objects.all().delete()
    client, page = sign_in(world.influencer), reverse("news:settings")
    assert "data-push-on" in client.get(page).content.decode()
    browser = make_browser()
    for _ in range(2):
        assert client.post(reverse("push:device_add"), browser.says()).status_code == 204
    device = PushDevice.objects.get()
    assert browser.endpoint not in device.sealed
    text = client.get(page).content.decode()
    assert "this device" in text
    assert "data-push-on" not in text
    other = sign_in(world.influencer2)
    assert other.post(reverse("push:device_add"), browser.says()).status_code == 204  # the same browser, another person
    assert PushDevice.objects.get().person == world.influencer2
    assert other.post(reverse("push:device_off", args=[PushDevice.objects.get().pk])).status_code == 302
    assert not PushDevice.objects.exists()


REFUSED = {
    "inside": {"endpoint": "https://127.0.0.1/x"},
    "unlisted": {"endpoint": "https://push.example.net/x"},
    "port": {"endpoint": "https://push.example.com:8443/x"},
    "plain": {"endpoint": "http://push.example.com/x"},
    "userinfo": {"endpoint": "https://a:b@push.example.com/x"},
    "hex": {"endpoint": "https://0x7f.1/x"},
    "long": {"endpoint": "https://push.example.com/" + "x" * 1000},
    "nothing": {"endpoint": ""},
    "no point": {"p256dh": "A" * 87},
    "short secret": {"auth": "AAAA"},
    "umlauts": {"auth": "üüüü"},
    "nul": {"endpoint": "https://push.example.com/\0"},
}


@pytest.mark.parametrize("wrong", REFUSED.values(), ids=REFUSED)
def test_what_is_no_browser_is_refused_in_words(wrong: dict[str, str], world: Any, sign_in: Any, settings: Any) -> None:
    settings.WEB_PUSH_HOSTS = ["*.example.com", "127.0.0.1"]
    count = PushDevice.objects.count()
    answer = sign_in(world.influencer).post(reverse("push:device_add"), make_browser().says(**wrong))
    assert answer.status_code == 422
    assert json.loads(answer.content)["says"]
    assert PushDevice.objects.count() == count


def test_no_more_than_ten_devices_and_no_old_key(world: Any, sign_in: Any, settings: Any, monkeypatch: Any) -> None:
    settings.WEB_PUSH_HOSTS = ["*.example.com"]
    client, add = sign_in(world.influencer), reverse("push:device_add")
    assert client.post(add, make_browser().says(key="old")).status_code == 409
    monkeypatch.setattr(services, "MOST_DEVICES", 1)
    assert "At most 1 device" in json.loads(client.post(add, make_browser("two").says()).content)["says"]


def test_without_the_operators_word_there_is_nothing(world: Any, sign_in: Any) -> None:
    page = sign_in(world.influencer).get(reverse("news:settings")).content.decode()
    assert "data-push" not in page
    with pytest.raises(fetch.NotFetched):
        fetch.check("https://fcm.googleapis.com/x", [])


# --- keys -----------------------------------------------------------------------------------------------------------


def test_the_key_is_sealed_and_exchanged(world: Any) -> None:
    first, device = keys.current(), world.device
    assert "PRIVATE" not in first.sealed
    call_command("rotate_push_key", verbosity=0)
    second = keys.current()
    assert second != first
    assert PushDevice.objects.get(pk=device.pk).key == first  # as the browser knows it
    assert keys.retention() == 0
    services.remove(device)
    assert keys.retention() == 1
    call_command("rotate_push_key", drop_devices=True, verbosity=0)
    assert PushKey.objects.count() == 1


def test_other_keys_of_the_site_reseal_what_is_sealed(world: Any, settings: Any) -> None:
    settings.SECRETS_KEYS = ["a new one that is long enough to be one"]
    before = world.device.sealed
    call_command("reseal_secrets", verbosity=0)
    device = PushDevice.objects.get(pk=world.device.pk)
    assert device.sealed != before
    assert services.opened(device)["endpoint"].startswith("https://")
    PushDevice.objects.filter(pk=device.pk).update(sealed="x")
    assert services.reseal()[1] == 1
