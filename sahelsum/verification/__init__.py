"""Whether a sentence says nothing but what the sentences say that it was written for. Pure: texts in, a reason out."""
