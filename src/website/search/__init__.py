"""The search of the theme, with an index and a search of our own behind its field.

- `entries` lists what can be found: each page, section, term and name.
- `deferred_search` lets it come with the first search, not with every page.

What looks through the entries is src/live/search_engine.js, in the reader's browser.
"""
