"""Option types: what fits an option, in words; how its definitions become one value.

`option_type` holds the protocol, `annotation` turns annotations into types, `refinements`
holds what users write inside `Annotated`, and every other file is one family of types.
"""
