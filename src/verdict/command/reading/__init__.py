"""What commands read: files and pipes, with texts, token IDs, or rows of named values."""
