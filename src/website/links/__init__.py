"""What leads nowhere: `internal_links` finds links, anchors and files that the site does not have.

For the links to other sites asks lychee: see `.github/lychee.toml`.
"""
