"""What rules about similar keywords share."""
