"""What stands between methods and the runtime: arguments become requests, answers become models."""
