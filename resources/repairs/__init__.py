"""Links that are put right: what visits tell becomes a proposal by the link keeper, which people decide.

Repair   one address that should be another one, for one cause, on every page where it stands
Trial    what asking another address told, before it is proposed in place of one
"""
