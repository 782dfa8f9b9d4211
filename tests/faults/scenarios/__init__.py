"""The faults, one file each: `run(context)` brings it about and looks what is left."""
