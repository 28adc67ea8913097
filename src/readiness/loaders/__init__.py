"""Documents become values. A loader reports every fault of a file at once."""
