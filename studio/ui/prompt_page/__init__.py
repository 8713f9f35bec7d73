"""The page of one shot's prompt: its draft, what was proposed part by part, and the pictures that go along."""
