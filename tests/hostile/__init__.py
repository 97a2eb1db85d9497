"""Requests of people who mean no good, put to a running server; ``docs/hostile.md`` shows them and what each gets."""
