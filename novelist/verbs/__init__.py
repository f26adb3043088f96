"""What can be asked of `novelist` beside `doit`: one function per verb, each a thin edge."""
