"""Python for the reader: Pyodide, which is CPython for WebAssembly, in their browser.

- `run_buttons` gives each block its buttons.
- `runtime` puts the files into the site, with the packages that `packages` finds.
- `second_proof` runs the blocks in that very Python first.
- `live_figures` fills in what live figures show before anyone has touched them, such as the
  `playground`.
"""
