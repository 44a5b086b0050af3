"""The register: plans of any shape, who answers for what, until when, and how far it is."""
