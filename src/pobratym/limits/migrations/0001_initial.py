from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Meter",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("busy_until", models.BigIntegerField(db_index=True)),
            ],
        ),
    ]
