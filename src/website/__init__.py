"""The site: MkDocs builds it, then a step of our own finishes the HTML and checks it.

The finishing step reads the built site and the sources beside it, so it does not depend on
MkDocs' hooks and would outlive a change of generator.

- `website.build` runs MkDocs, then everything below, and swaps the new site in whole.
- `website.pages` changes what a page says and how it is marked up.
- `website.assets` makes the files that pages load, or show beside themselves.
- `website.formats` publishes the same text in other forms: Markdown, a feed.
- `website.search` lets the search load late, and forgive.
- `website.pyodide` lets readers run the blocks in their browser.
- `website.links` finds what leads nowhere.
- `website.preview` builds and proves again on each edit, and shows it.
- `website.mkdocs_patches` makes MkDocs faster from outside.
- `website.new_page` begins a page.

What a page and a built site are made of stands in `website.editor` and `website.sources`. No
unproven block gets through: `proof.gate`, a package of its own, looks at every page.
"""
