"""The module language: options, definitions and imports merged by a lazy evaluator.

It knows nothing of services. Files import one another in one direction only, which is the way
that a value takes:

written down    provenance (places), source (lines of arguments), words (texts for messages),
                errors/ (every mistake), properties (priority, order, condition, later),
                frozen (immutable results)
merged          definition (a located value), merge (which count), types/ (how they become one)
declared        option, target (`Owner.option`), record (a module as data), body (a class body),
                instance (keywords), module (`Module`, `define`), importing (`@imports`),
                constructor (`module(...)`), renaming (old names)
closed          graph (imports), tree (groups and slots), routing (definitions to slots),
                shape (what evaluations of the same modules share)
evaluated       stack (what is open: cycles, depth), evaluated (protocols), calls (functions run
                once), cell (one option), spot (items of values), views (`self`), undeclared,
                freeform, node (one place), reference, evaluate (the whole)
read            lookup (paths), configuration (plain data), snapshot (pickles), check (force and
                report all), fates and history (why a value is what it is), skipped

An option type is one class in `types/`, a mistake one class in `errors/`.
"""
