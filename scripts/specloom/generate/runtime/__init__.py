"""Send requests, again where that is safe, and turn every answer into a value or an error of this package."""
