"""What follows from the OpenAPI document. Written by generate.py from the OpenAPI document: change what is declared, not this."""
