"""What the tests of real peers are made of: one idea a module."""
