"""Proof that a documentation page tells the truth about its code.

The parts, in the order in which a page meets them:

- `proof.fences` finds the code fences of a Markdown page as the site renders them.
- `proof.session` reads those in which Python's prompt stands, with code and outputs.
- `proof.page` pairs each Python block with the output block right below it, for Sybil.
- `proof.runner` runs the blocks of one page, in order, in one fresh interpreter.
- `proof.machine_paths` finds outputs that no reader gets, and `proof.second_run` those that come
  out otherwise in another order of sets (`proof.set_order`) or on another machine
  (`proof.other_machine`).
- `proof.unavailable` says whether what cannot be had must fail.
- `proof.supervisor` ends with a page all that it started, and `proof.spawning` lets new processes
  import what its blocks define; both run beside the runner. `proof.processes` starts it.
- `proof.plugin` is the pytest side: rewriting outputs, annotations, the record.
- `proof.notebook` does for notebooks what `proof.page` does for pages.
- `proof.record` is the file that says what was proven, and on which Python.
- `proof.lock` keeps two processes from writing it at once.
- `proof.markup` reads the HTML of a page, and `proof.rendered` finds the blocks in it.
- `proof.gate` lets no Python block into the built site that the record does not know.
- `proof.mutants` breaks pages on purpose, to see that all of the above notices, and
  `proof.notebook_mutants` notebooks. `proof.kept_results` keeps what came of it until something
  changes that a page depends on, which `proof.dependencies` finds.
- `proof.confinement` keeps those broken pages from writing outside their own folders.
"""
