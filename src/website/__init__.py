"""The site: MkDocs builds it, then a step of our own finishes the HTML and checks it.

The finishing step reads nothing but the built site, so it does not depend on MkDocs'
hooks and would outlive a change of generator. In the order in which a page meets them:

- `website.build` runs MkDocs, then everything below, and swaps the new site in whole.
- `website.notebook` turns the page of a notebook into a page like all others.
- `website.plot` lets the plots of a notebook follow light and dark.
- `website.clean` puts right what the theme leaves wrong, and shuts out third parties.
- `website.search` lets the search come with the first search, not with every page.
- `proof.gate` lets no unproven block through (a package of its own).
- `website.facts` fills in what a page says of the site: numbers of the proof, reading times.
- `website.links` finds links, anchors and files that are not there.
- `website.serve` does the same on each edit, and shows it.
"""
