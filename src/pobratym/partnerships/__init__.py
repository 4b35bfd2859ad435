"""Partnerships of two and more parties: stages, answers, commitments, values."""
