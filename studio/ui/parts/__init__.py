"""Small widgets without domain."""
