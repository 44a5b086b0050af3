"""The register of numbers: what each series means, every value with its source, and what became of it."""
