"""The text of the site in other forms.

- `markdown` publishes each page as Markdown too, with lists of them.
- `feed` makes the feed of changes from the changelog.
"""
