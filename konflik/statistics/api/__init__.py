"""Numbers for machines: live ones for whoever may see the cases behind them, what they mean for everybody."""
