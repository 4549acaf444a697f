"""The lenses: control and supply so far, each facts, judge, explain; none imports another."""
