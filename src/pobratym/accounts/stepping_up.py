"""A view that asks for a fresh proof of who is at the keyboard."""

from pobratym.ui.pages import View


def fresh(view: View) -> View:
    """Ask to prove oneself again before the view if the session's last proof is old."""
    return view
