"""The law for machines: its limits, when one of them would end, working days. Open without a login: it names nobody."""
