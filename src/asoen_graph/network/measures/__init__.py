"""What a network can be measured by: who is central, what belongs together, how dense the whole is.

``registry`` says what each measure is, in English and Vietnamese and with the paper behind it; ``computing`` computes
them through networkx; ``parts`` chooses nodes by them; ``forms`` writes them as tables.
"""
