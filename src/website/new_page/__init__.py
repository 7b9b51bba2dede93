"""Begin a page: `make page PART=working-with-text-data NAME=counting-tokens`.

- `website.new_page.begin` writes the page and everything that leads to it.
- `website.new_page.skeletons` says what a new page consists of, before it is put into words.
- `website.new_page.links` puts a page into `nav`, into the lists, and into the chain of *Next:*.
"""
