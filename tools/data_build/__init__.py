"""How the package's data files are made from the public counts they rest on."""
