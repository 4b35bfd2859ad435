"""Who is told what and how: kinds that contexts register, each person's choice, mail at once or gathered."""
