"""Checks of arguments: bad input raises at once, with what was wrong and what to do."""
