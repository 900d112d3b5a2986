"""Forms of a Status Keadaan Konflik: one act each."""
