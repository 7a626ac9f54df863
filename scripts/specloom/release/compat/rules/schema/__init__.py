"""The rules about schemas, one module each."""
