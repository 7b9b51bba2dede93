"""What changes a page, in the order in which a page meets it.

- `notebook` turns the page of a notebook into a page like all others; `plot` lets its plots
  follow light and dark.
- `clean` puts right what the theme leaves wrong, and shuts out third parties.
- `terms` explains a term where a page uses it first.
- `facts` fills in what a page says of the site: figures of the proof, reading times.
- `report_links` puts a link for reports into each mark of the proof.
"""
