"""Who may take an enterprise out of sight."""

import rules

from pobratym.accounts.rules import is_moderator

rules.add_perm("portal.take_down", is_moderator)
