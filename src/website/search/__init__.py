"""The search of the theme, changed in what readers notice.

- `fuzzy_search` lets it look within words, and forgive a typing error.
- `notebook_entries` lets it find a notebook's text as its page shows it.
- `deferred_search` lets it come with the first search, not with every page.
"""
