PATIENCE = 300
"""Seconds after which a test gives up waiting for something, on however slow a machine."""
