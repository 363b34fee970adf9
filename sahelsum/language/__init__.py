"""What the program knows of German and English: word lists, numbers, dates, names. Pure functions and data."""
