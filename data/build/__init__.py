"""Sources -> tables: `make data`."""
