// node stdlib.js OUT.zip: Pyodide's standard library, with the modules that a start needs compiled. They then load
// in half the time, for 0.7 MB more. It compiles with the very Python that will read them.
import fs from "node:fs"
import { loadPyodide } from "pyodide"

const python = await loadPyodide()
const original = fs.readFileSync(new URL("node_modules/pyodide/python_stdlib.zip", import.meta.url))
python.FS.writeFile("/in.zip", new Uint8Array(original))
python.runPython(fs.readFileSync(new URL("stdlib.py", import.meta.url), "utf8"))
fs.writeFileSync(process.argv[2], python.FS.readFile("/out.zip"))
