"""Python for the reader: Pyodide, which is CPython for WebAssembly, in their browser.

- `run_buttons` gives each block its buttons.
- `runtime` puts the files into the site, with the packages that `packages` finds.
- `second_proof` runs the blocks in that very Python first.
- `playground` fills in what a playground shows before anyone has touched it.
"""
