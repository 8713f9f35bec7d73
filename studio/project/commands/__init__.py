"""Every edit of the film as a plain function `(session, ...) -> Changes`, one file for each domain word."""
