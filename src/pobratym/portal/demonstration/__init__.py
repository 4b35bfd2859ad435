"""The story of Kalush and Zaporizhzhia, built through operations only.

What the founding item and public sources tell is entered as such; every later step is a possible
continuation and each of its records says that it was generated.
"""
