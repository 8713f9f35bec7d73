"""What a panel, a menu or a key can wish for the film, one file a domain word, all through one `Door`."""
