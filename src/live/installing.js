// Give Python modules of this site.

/** Makes modules of `sources`, each after those that it imports. */
export const INSTALL = `
import sys, types
live = sys.modules.setdefault("live", types.ModuleType("live"))
live.__path__ = []
for name, source in sources.items():
    module = sys.modules[name] = types.ModuleType(name)
    setattr(live, name.removeprefix("live."), module)
    exec(compile(source, name + ".py", "exec"), module.__dict__)
`
/** The start of the Python that has them. @type {WeakMap<object, Promise<void>>} */
const starts = new WeakMap()

/**
 * Start Python, if need be, with these modules.
 * @param {import("./python.js").Python} python
 * @param {Record<string, string>} sources by the modules' names, each after those that it imports
 * @param {string[]} needs packages that they import
 */
export async function installed(python, sources, needs) {
  const started = python.start()
  if (starts.get(python) === started) return
  await started
  await python.run("", { needs })
  await python.call("builtins", "exec", INSTALL, { sources })
  starts.set(python, started)
}
