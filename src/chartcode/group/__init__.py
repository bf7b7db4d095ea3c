"""What a case is paid by: the group of its codes, and the codes that decide it."""
