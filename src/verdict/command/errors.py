"""What can be wrong with what the command was given."""


class CommandError(Exception):
    """Bad data, or a file that cannot be read or written; the message is for people."""


class RefusedTokenError(ValueError):
    """The text has a special token, and nobody said what it is to be."""
