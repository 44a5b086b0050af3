"""Imports: from a published document to a proposal that a person confirms."""
