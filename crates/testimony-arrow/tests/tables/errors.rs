//! What is wrong is said.
