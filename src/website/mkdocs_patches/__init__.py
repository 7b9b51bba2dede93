"""Changes to MkDocs, its theme and its plugins from outside: none of them changes the site.

They rest on private names of those packages, so they stand together, and can go together.

- `speedups` spares a build what costs time and changes nothing in the site.
- `page_cache` spares a preview the pages that an edit leaves alone; `mkdocstrings_calls` has it
  repeat what such a page tells others.
"""
