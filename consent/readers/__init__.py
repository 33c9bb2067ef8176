"""What words mean: patterns, word lists and weights of `consent.replies` and `consent.wording`.

Pure. `manage.py train_readers` fits the weights to `corpora`.
"""
