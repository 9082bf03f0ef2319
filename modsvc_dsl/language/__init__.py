"""The module language: options, definitions and imports merged by a lazy evaluator.

It knows nothing of services. The files import one another in one direction only, in the
order of the way that a value takes: written down (provenance, properties, definition),
merged (merge, types), declared (option, target, module), closed (graph, shape), evaluated
(evaluate) and read (configuration, check, history).
"""
