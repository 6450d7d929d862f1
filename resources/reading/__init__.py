"""The page of a guide, and what stands around it gathered ahead of its readers."""
