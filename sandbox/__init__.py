"""Local servers that speak the real wire, for the demo, the tests and the benchmarks."""
