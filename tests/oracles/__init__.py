"""Other programs' answers, and the joint distribution's, on the networks of bnlearn."""
