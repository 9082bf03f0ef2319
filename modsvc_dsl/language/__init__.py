"""The module language: options, definitions and imports merged by a lazy evaluator.

It knows nothing of services. Files import one another in one direction only, which is the way
that a value takes:

written down    provenance (places), source (lines of arguments), words (texts for messages),
                errors/ (every mistake), properties (priority, order, condition, later),
                frozen (immutable results)
merged          definition (a located value), merge (which count), types/ (how they become one)
declared        declaration/: option, target (`Owner.option`), record (a module as data), body (a
                class body), instance (keywords), module (`Module`, `define`), importing
                (`@imports`), constructor (`module(...)`), tree (groups and slots)
closed          closure/: graph (imports), routing (definitions to slots), shape (what evaluations
                of the same modules share)
computed        cells/: stack (what is open: cycles, depth), calls (functions run once), cell (one
                option at one place), merging (its value), spot (items of values), reference
evaluated       evaluation/: node (one place), views (`self`), evaluate (the whole), configuration
                (plain data), lookup (paths), fates and history (why a value is what it is),
                renaming (old names), snapshot (pickles)
used            result/: check (force and report all), schema, module_graph, skipped, made_of

An option type is one class in `types/`, a mistake one class in `errors/`.
"""
