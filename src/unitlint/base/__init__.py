"""What every room may use: errors, records, findings, late imports."""
