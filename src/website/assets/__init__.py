"""The files that pages load, or that stand beside them.

- `stylesheets` joins the style sheets of a page into one; `unused_css` leaves out of it what no
  page can use.
- `scripts` puts the scripts in place that need no Node.js.
- `fonts` lets a page load its faces at once.
- `social_cards` draws the picture that other sites show beside a link to a page.
- `wheels` adds the packages as files, and shows their addresses.
"""
