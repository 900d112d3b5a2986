"""Writers of the ledger. What must leave a line in the journal is done by `konflik.acts`."""
