"""Say what a changed spec means for those who use the API: the wire verdict and the client verdict."""
