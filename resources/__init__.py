"""The knowledge base. The words used here, one word for one idea:

Entry       anything with a page of its own; kinds: Resource, Section (more are to come)
content     the editable fields of an entry as plain data, derived from its model's own fields
Revision    content that was once live, numbered per entry, never changed after
Proposal    content asking to go live; never a revision
publish     the one act that makes content live
Placement   a resource's seat in a section, with its position there
Passage     prose or an unreadable item that stands between the seats of a section
Outline     a README as data: headings, items and the prose between them
Notice      a message to one person about something they watch or did
Event       one line of the audit log
Alias       an address that an entry once had

docs/architecture.md says where everything lives and what may import what.
"""
