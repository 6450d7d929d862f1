"""The whole site as static files, to read without a server: pages, sources, and a search that works from disk."""
