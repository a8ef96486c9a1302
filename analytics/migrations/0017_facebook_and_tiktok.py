"""Facebook and TikTok are networks of their own; what is stored moves to them where it can be told apart.

Posts say by their address that they are Facebook's: they move with the imports that named them, which hold no others.
Figures that a table kept under "other" move where every import of that account was a file of one of the two. What
cannot be told apart stays where it is: the chart of one figure of Facebook (it says a day and a number), and an account
that files of several of them filled. It can be undone within 30 days and imported again.
"""

from typing import Any

from django.db import migrations, models

from core.kit.drawn import drawn

FACEBOOK_HOST = r"^https?://([a-z0-9-]+\.)*(facebook\.com|fb\.com|fb\.watch)([/:?#]|$)"
NETWORKS = [
    ("linkedin", "LinkedIn"), ("xing", "XING"), ("mastodon", "Mastodon"), ("bluesky", "Bluesky"),
    ("instagram", "Instagram"), ("facebook", "Facebook"), ("tiktok", "TikTok"), ("youtube", "YouTube"), ("x", "X"),
    ("blog", "blog"), ("podcast", "podcast"), ("internal", "within the company"), ("other", "other"),
]  # fmt: skip


def move(apps: Any, schema_editor: Any) -> None:
    Account = apps.get_model("analytics", "Account")
    for account in list(Account.objects.filter(network="instagram")):
        _posts_of_facebook(apps, account)
    for account in list(Account.objects.filter(network="other").exclude(kind="records")):
        _of_one(apps, account)


def _posts_of_facebook(apps: Any, account: Any) -> None:
    Account, Post, PostId, PostListing, Run, Reading, Version, Echo, Edition = (
        apps.get_model("analytics", name)
        for name in (
            "Account", "Post", "PostId", "PostListing", "ImportRun", "Reading", "ReadingVersion", "Echo", "Edition",
        )
    )  # fmt: skip
    posts = set(Post.objects.filter(account=account, url__iregex=FACEBOOK_HOST).values_list("pk", flat=True))
    named = PostListing.objects.filter(account=account)
    while mixed := set(  # an import that names others too would be in two accounts: it stays, with all that it names
        named.filter(number__post__in=posts, run_id__in=named.exclude(number__post__in=posts).values("run_id"))
        .values_list("number__post", flat=True)
    ):
        posts -= mixed
    if not posts:
        return
    runs = set(named.filter(number__post__in=posts).values_list("run_id", flat=True))
    target = Account.objects.create(
        id=drawn(), program=account.program, kind=account.kind, user=account.user, network="facebook",
        handle=account.handle, owner_name=account.owner_name,
    )  # fmt: skip
    edition = Edition.objects.filter(account=account).first()
    if edition is not None:
        Edition.objects.create(account=target, number=edition.number)
    Reading.objects.filter(account=account, post__in=posts).update(account=target)
    for table in (Version, Echo, PostListing):
        table.objects.filter(account=account, run_id__in=runs).update(account=target)
    PostId.objects.filter(account=account, post__in=posts).update(account=target)
    Post.objects.filter(pk__in=posts).update(account=target)
    Run.objects.filter(account=account, pk__in=runs).update(account=target, kind="facebook_content")
    if not (Run.objects.filter(account=account).exists() or Reading.objects.filter(account=account).exists()):
        account.delete()


def _of_one(apps: Any, account: Any) -> None:
    Run, Connection = apps.get_model("analytics", "ImportRun"), apps.get_model("analytics", "Connection")
    if Connection.objects.filter(account=account).exists():
        return
    runs = Run.objects.filter(account=account, state__in=("applied", "undone", "undoing", "applying"))
    told = {_network_of(run) for run in runs.only("kind", "owner_name")}
    if len(told) == 1 and (network := told.pop()):
        account.network = network
        account.save(update_fields=["network"])


def _network_of(run: Any) -> str:
    said = run.owner_name.casefold()
    if run.kind.startswith("tiktok_"):
        return "tiktok"
    return next((each for each in ("facebook", "tiktok") if said.startswith(each)), "")


class Migration(migrations.Migration):

    dependencies = [
        ('analytics', '0016_records'),
    ]

    operations = [
        migrations.AlterField(
            model_name='account',
            name='network',
            field=models.CharField(choices=NETWORKS, default='linkedin', max_length=10),
        ),
        migrations.AlterField(
            model_name='activity',
            name='channel',
            field=models.CharField(choices=NETWORKS, default='linkedin', max_length=10, verbose_name='channel'),
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
