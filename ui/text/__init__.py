"""All wording and number formatting, ready for translation.

`formats` turns values into text; `words` holds what several screens share; each screen keeps its own
sentences in a module beside these. Every literal passes through `QCoreApplication.translate`, so that
lupdate finds it. Sentences name the chair, the value, the time and the next step; they blame nobody
and order no treatment.
"""
