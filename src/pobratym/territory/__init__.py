"""Oblasts, raions, hromadas, settlements and communities abroad, with dated statuses."""
