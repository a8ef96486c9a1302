"""What a mail provider tells: only a signed call counts, each thing once, and nothing but what came back."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from community.journeys.letters import REASON
from community.newsletters import ledger
from community.newsletters.models import Delivery, DeliveryState, Suppression
from core.notify import bounces, tokens
from core.notify.models import Bouncing, OutgoingMail
from core.notify.services import queue_mail
from core.schedule.models import Fence
from influencer import env
from programs.consents.access import has_granted
from programs.consents.models import Purpose
from programs.consents.services import grant
from tests.factories.newsletters import make_readers, make_running
from tests.world import make_program

pytestmark = pytest.mark.django_db
KEY = "key-of-the-provider"


@pytest.fixture
def mailgun(settings: Any) -> None:
    settings.MAIL_EVENTS, settings.MAIL_EVENTS_KEY = "mailgun", KEY


@pytest.fixture
def row(mailgun: None) -> Delivery:
    program = make_program()
    make_readers(program, 3)
    Delivery.objects.filter(issue=make_running(program)).update(state=DeliveryState.SENT, sent_at=timezone.now())
    return Delivery.objects.select_related("user", "program").first()


def told(row: Delivery, event: str, call_id: str = "t1", key: str = KEY, **more: Any) -> dict[str, Any]:
    stamp = str(timezone.now().timestamp())
    signature = hmac.new(key.encode(), f"{stamp}{call_id}".encode(), "sha256").hexdigest()
    data = {
        "event": event,
        "timestamp": float(stamp),
        "recipient": row.address,
        "message": {"headers": {"message-id": row.message_id.strip("<>")}},
    }
    return {
        "signature": {"timestamp": stamp, "token": call_id, "signature": signature},
        "event-data": data | more,
    }


def call(what: dict[str, Any], path: str = "", **headers: str) -> int:
    answer = Client().post(path or tokens.events_path(), json.dumps(what), "application/json", headers=headers)
    return answer.status_code


HARD = {"severity": "permanent", "reason": "bounce", "delivery-status": {"message": "550 5.1.1 unknown"}}
SOFT = {"severity": "temporary", "reason": "generic", "delivery-status": {"message": "451 4.7.1 later"}}


def test_an_address_that_does_not_exist_is_stopped_and_its_row_has_failed(row: Delivery) -> None:
    assert call(told(row, "failed", **HARD)) == 204
    row.refresh_from_db()
    assert row.state == DeliveryState.FAILED
    assert bounces.resting(row.user).code == "5.1.1"
    assert len(ledger.audience(row.program_id)) == 2


def test_only_a_signed_call_at_the_secret_address_counts(row: Delivery, settings: Any) -> None:
    assert call(told(row, "failed", key="another", **HARD)) == 400
    assert call({"event-data": {}}) == 400
    assert call(told(row, "failed", **HARD), path="/mail/events/0123456789abcdef0123456789abcdef/") == 404
    settings.MAIL_EVENTS = ""
    assert call(told(row, "failed", **HARD)) == 404
    assert not Bouncing.objects.exists()


def test_what_is_told_again_changes_nothing(row: Delivery) -> None:
    """A provider tries a mail for hours and tells of each try; and somebody sends an old call again."""
    first = told(row, "failed", **HARD)
    assert call(first) == 204
    bounces.try_again(row.user)
    assert call(first) == 204
    assert not Bouncing.objects.exists()
    other = Delivery.objects.exclude(pk=row.pk).first()
    for call_id in ("a", "b", "c", "d"):
        call(told(other, "failed", call_id, **SOFT))
    assert (Bouncing.objects.get().soft, Bouncing.objects.get().until) == (1, None)
    late = (timezone.now() - timedelta(days=40)).timestamp()
    call(told(Delivery.objects.last(), "failed", "e", **HARD | {"timestamp": late}))
    assert Bouncing.objects.count() == 1


def test_a_complaint_ends_the_newsletter_until_its_person_wants_it_again(row: Delivery) -> None:
    call(told(row, "complained"))
    assert not has_granted(row.user, row.program, Purpose.NEWSLETTER)
    assert row.address not in str(Suppression.objects.values())
    grant(row.program, [Purpose.NEWSLETTER], by=row.user, channel="settings")
    assert len(ledger.audience(row.program_id)) == 3


def test_a_mail_that_is_not_known_is_told_by_its_address(row: Delivery) -> None:
    call(told(row, "complained", message={"headers": {"message-id": "another@provider.example"}}))
    assert not has_granted(row.user, row.program, Purpose.NEWSLETTER)
    other = Delivery.objects.exclude(pk=row.pk).first()
    call(told(other, "failed", "t2", **HARD | {"message": {"headers": {}}}))
    assert bounces.resting(other.user)


def test_a_complaint_about_a_letter_of_a_journey_counts_as_well(row: Delivery) -> None:
    mail = queue_mail(row.address, "Hello", "t", reason=REASON, person=row.user, program_id=row.program_id)
    row.message_id = mail.message_id
    call(told(row, "complained"))
    assert not has_granted(row.user, row.program, Purpose.NEWSLETTER)
    assert OutgoingMail.objects.count() == 1


def test_who_opened_a_mail_is_not_kept_and_a_restored_site_is_told_later(row: Delivery) -> None:
    before = Delivery.objects.values().get(pk=row.pk)
    for event in ("opened", "clicked", "delivered"):
        assert call(told(row, event, event)) == 204
    assert Delivery.objects.values().get(pk=row.pk) == before
    Fence.objects.update_or_create(defaults={"raised_at": timezone.now(), "database": "1"})
    assert call(told(row, "failed", "x", **HARD)) == 503
    assert not Bouncing.objects.exists()


def test_each_provider_shows_its_own_proof(row: Delivery, settings: Any) -> None:
    """One signs all it says, one shows a name and a password; without it neither counts."""
    settings.MAIL_EVENTS = "mailersend"
    recipient = {"recipient": {"email": row.address}}
    event: dict[str, Any] = {"type": "activity.soft_bounced", "data": {"type": "soft_bounced", "email": recipient}}
    proof = hmac.new(KEY.encode(), json.dumps(event).encode(), hashlib.sha256).hexdigest()
    assert [call(event), call(event, signature=proof)] == [400, 204]
    settings.MAIL_EVENTS, settings.MAIL_EVENTS_KEY = "postmark", "post:secret"
    event = {"RecordType": "Bounce", "Type": "SoftBounce", "Email": row.address, "ID": 7}
    event["BouncedAt"] = timezone.now().isoformat()
    proof = "Basic " + base64.b64encode(b"post:secret").decode()
    assert [call(event), call(event, authorization=proof)] == [400, 204]
    assert (Bouncing.objects.get().soft, Bouncing.objects.get().is_hard) == (2, False)


def test_an_empty_file_is_no_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With an empty one anybody could sign. What may be left out stays left out."""
    empty = tmp_path / "key"
    empty.write_text("\n")
    monkeypatch.setenv("MAIL_EVENTS_KEY_FILE", str(empty))
    with pytest.raises(ImproperlyConfigured):
        env.secret("MAIL_EVENTS_KEY")
    assert env.secret("MAIL_EVENTS_KEY", "") == ""
