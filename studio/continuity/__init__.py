"""Continuity: where shots of a scene meet, and where a subject returns; do the pictures agree?"""
