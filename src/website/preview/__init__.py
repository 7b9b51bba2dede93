"""The site while someone writes it.

- `server` builds it on each edit, and shows it.
- `background_proof` proves the pages beside that, by processes of `page_proof`.
- `proof_notes` says on a page of the preview what is wrong with it.
"""
