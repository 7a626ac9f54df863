"""Rules about a whole API: operations, servers, security schemes, webhooks."""
