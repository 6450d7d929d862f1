"""/mcp: what assistants may ask for by the Model Context Protocol. It reads and never writes, and knows nobody.

`tools` does the reading and knows nothing of the protocol; `serving` speaks it, and is imported when it is first asked for,
because the package behind it takes much memory and a second; `views` is the door before both.
"""
