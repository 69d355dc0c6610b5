"""A simulated year at a desk: every reminder, apology, notice and survey is accounted for."""
