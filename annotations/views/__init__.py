"""HTTP in, HTTP out. A view knows no rule: it asks `permissions` and shows the reason."""
