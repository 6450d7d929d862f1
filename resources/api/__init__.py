"""The door for programs: /api/v1/. It reads what pages read, and writes through the same acts as the forms."""
