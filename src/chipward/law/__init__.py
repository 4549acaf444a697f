"""The law as dated data: read, compiled once, judged in three values, never as code."""
