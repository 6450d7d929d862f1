"""The only code that opens connections to the outside: it visits addresses that strangers typed, politely and safely.

Knows neither the database nor Django's models, so that it also runs in a Ray task or on a README alone.
"""
