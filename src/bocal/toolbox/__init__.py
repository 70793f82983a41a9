"""The toolbox: ids, acts, access, forms, lists, files, dates. Not one word of the trade in here."""
