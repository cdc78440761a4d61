//! The formats, as a caller meets them: one program, so that they are built once.

mod hostile;
mod laws;
mod one_way;
mod real;
mod snapshots;
mod tables;
mod workbooks;
