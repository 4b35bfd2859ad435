"""Mail written in the operation's transaction and sent once per key."""
