"""One table: until when each meter is busy."""

from django.db import models


class Meter(models.Model):
    """A meter under a pseudonym; a row whose moment has passed means the same as none."""

    key = models.CharField(max_length=64, primary_key=True)
    # The "theoretical arrival time" of the algorithm, microseconds since 1970: a number is the same in both databases.
    busy_until = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return self.key[:8]
