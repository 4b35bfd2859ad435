"""People, memberships, invitations and the second person."""
