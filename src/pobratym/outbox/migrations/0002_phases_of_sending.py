from django.db import migrations, models


def doubt_old_claims(apps, _schema_editor):
    """A claim of the earlier worker covered the hand-over too: nobody knows whether the server had the mail."""
    apps.get_model("outbox", "Message").objects.filter(state="sending").update(state="handing")


class Migration(migrations.Migration):
    dependencies = [
        ("outbox", "0001_initial"),
    ]

    operations = [
        migrations.RemoveField(model_name="message", name="claimed_at"),
        migrations.AddField(
            model_name="message",
            name="claimed_by",
            field=models.CharField(blank=True, max_length=32),
        ),
        migrations.AddField(
            model_name="message",
            name="claimed_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="message",
            name="doubted",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="message",
            name="unsubscribe",
            field=models.CharField(blank=True, max_length=600),
        ),
        migrations.AlterField(
            model_name="message",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "waiting"),
                    ("sending", "being sent"),
                    ("handing", "being handed over"),
                    ("sent", "sent"),
                    ("failed", "given up"),
                ],
                default="queued",
                max_length=8,
            ),
        ),
        migrations.RunPython(doubt_old_claims, migrations.RunPython.noop),
    ]
