"""Goals on the screen: the board, the drawer to set and change one, copies, its revisions."""
