"""The site: MkDocs builds it, then a step of our own finishes the HTML and checks it.

The finishing step reads the built site and the sources beside it, so it does not depend on
MkDocs' hooks and would outlive a change of generator. In the order in which a page meets them:

- `website.build` runs MkDocs, then everything below, and swaps the new site in whole.
- `website.notebook` turns the page of a notebook into a page like all others.
- `website.plot` lets the plots of a notebook follow light and dark.
- `website.clean` puts right what the theme leaves wrong, and shuts out third parties.
- `website.search` lets the search come with the first search, not with every page.
- `proof.gate` lets no unproven block through (a package of its own).
- `website.facts` fills in what a page says of the site: figures of the proof, reading times.
- `website.markdown` publishes each page as Markdown too, with lists of them.
- `website.cards` draws the picture that other sites show beside a link to a page.
- `website.feed` makes the feed of changes from the changelog.
- `website.issues` puts a link for reports into each mark of the proof.
- `website.forgiving_search` lets the search look within words, and forgive a typing error.
- `website.wheel` adds the packages as files, and shows their addresses.
- `website.styles` joins the style sheets of a page into one.
- `website.purge` leaves out of it what no page can use.
- `website.lean` spares the build what costs time and changes nothing in the site.
- `website.kept` spares a preview the pages that an edit leaves alone.
- `website.live` lets readers run the blocks, with the files that `website.runtime` puts into the
  site and the packages that `website.packages` finds; `website.second_proof` runs them first.
- `website.fonts` lets a page load its faces at once.
- `website.links` finds links, anchors and files that are not there.
- `website.external` asks, once a week, for the links to other sites.
- `website.serve` does the same on each edit, and shows it.
- `website.background_proof` proves the pages beside that, by processes of `website.page_proof`;
  `website.proof_notes` says on a page of the preview what is wrong with it.
"""
