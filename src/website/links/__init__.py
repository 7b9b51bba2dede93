"""What leads nowhere.

- `internal_links` finds links, anchors and files that the site does not have.
- `external_links` asks, once a week, for the links to other sites.
"""
