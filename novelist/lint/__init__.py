"""What can be found wrong with a book's prose without asking a model."""
