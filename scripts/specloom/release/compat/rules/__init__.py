"""The rules of the wire verdict, one module each."""
