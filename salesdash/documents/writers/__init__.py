"""Writers: a document as text of a kind. What people typed stays what it is in each of them."""
