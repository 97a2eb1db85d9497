"""What every picture is made of: markup that survives any text, the width of texts, lines of text."""
