// node webassembly.mjs PYODIDE NUMPY.whl SOURCES.zip NAME: make a recorded run again, on Python and NumPy compiled to
// WebAssembly, and print what the test compares, as JSON.
import { readFileSync } from "node:fs"
import path from "node:path"

const [folder, wheel, sources, name] = process.argv.slice(2)
const { loadPyodide } = await import(path.join(folder, "pyodide.mjs"))
const python = await loadPyodide({ indexURL: folder })
const site = python.runPython("import sysconfig; sysconfig.get_paths()['purelib']")
for (const file of [wheel, sources])
  python.unpackArchive(new Uint8Array(readFileSync(file)), "zip", { extractDir: site })
python.globals.set("name", name)
const found = python.runPython(`
import json, sys
import numpy
from recording.recorded import Training, digest
from recording.runs import RUNS

training = Training(RUNS[name])
losses = [moment.losses for moment in training.steps()]
json.dumps({
    "losses": losses,
    "digest": digest(training.model.parameters),
    "python": sys.platform,
    "numpy": numpy.__version__,
})
`)
process.stdout.write(found)
