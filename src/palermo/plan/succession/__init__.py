"""A plan that follows another: what is carried forward, and which promises were made before."""
