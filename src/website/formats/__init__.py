"""The text of the site in other forms.

- `markdown` publishes each page as Markdown too; `llms_txt` lists them.
- `notebook` and `script` publish the pages with code so that they run; `cells` takes them apart.
- `book` takes the parts and the glossary as one text; `epub` and `pdf` bind it.
- `sitemap` lists the pages for search engines.
- `feed` makes the feed of changes from the changelog.
"""
