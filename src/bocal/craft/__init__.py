"""The ground: the rules of the trade, in plain Python.

No Django, no clock, no input or output: whatever is needed is handed in, so every rule can be tested
alone, thousands of times a second.
"""
