"""What changes a page, in the order in which a page meets it.

- `notebook` turns the page of a notebook into a page like all others; `plot` lets its plots
  follow light and dark.
- `theme_repairs` puts right what the theme leaves wrong.
- `security_policy` shuts out third parties.
- `copied_code` says what the copy button takes.
- `terms` explains a term where a page uses it first.
- `facts` fills in what a page says of the site: figures of the proof, reading times.
- `report_links` puts a link for reports into each mark of the proof.
"""
