//! Reading with several threads: while one records the lines of a block, the others parse those of the next.
//!
//! Each thread reads a block, parses it, and records it when the blocks before it are on record. Two turns go round for
//! that, one for reading and one for recording, from each thread to the next; a thread that ends takes its turns with it,
//! and so ends the others.

use std::io::BufRead;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

use super::{Line, Loaded, Reader, Recording};
use crate::error::Error;
use crate::ledger::Ledger;

/// The most threads that are of any use.
const MOST: usize = 64;

/// Lines that are parsed at once and recorded behind each other.
const AT_A_TIME: usize = 32;

/// Reads as [`read_into`](super::read_into) does, with up to so many threads, of which the caller's is one: the same
/// ledger, and the same refusals in the same order. More than four are seldom of use, since one records.
///
/// Input that comes slowly is taken by blocks of 64 KiB, so what is refused in it is told later.
///
/// # Errors
///
/// Those of [`read_into`](super::read_into).
///
/// ```
/// use std::num::NonZero;
/// use std::ops::ControlFlow;
/// use testimony::{Ledger, jsonl};
///
/// # fn main() -> Result<(), testimony::Error> {
/// let lines = "{\"source\":{\"id\":\"a\",\"name\":\"A\"}}\n{\"source\":{\"id\":\"b\",\"name\":\"B\"}}\n";
/// let two = NonZero::new(2).expect("it is not nought");
/// let loaded = jsonl::read_with_threads(Ledger::new(), lines.as_bytes(), two, |_| ControlFlow::Break(()))?;
/// assert_eq!(loaded.ledger.sources().len(), 2);
/// # Ok(())
/// # }
/// ```
pub fn read_with_threads(
    ledger: Ledger,
    input: impl BufRead + Send,
    threads: NonZero<usize>,
    on_refusal: impl FnMut(Error) -> ControlFlow<()> + Send,
) -> Result<Loaded, Error> {
    let mut reader = Reader::new(input);
    let mut recording = Recording::new(ledger, &mut reader, on_refusal)?;
    let Some(whole) = reader.advance().transpose()? else { return Ok(recording.loaded) };
    let flow = recording.take(vec![reader.line(whole)]);
    let reading = Mutex::new(Reading { reader, is_over: flow.is_break() });
    let recording = Mutex::new(Ok(recording));
    thread::scope(|scope| {
        let mut workers = ring(threads.get().min(MOST));
        for worker in workers.drain(1..) {
            let (reading, recording) = (&reading, &recording);
            // Where there is no thread to be had the turns end, and the rest is read below.
            let _ = thread::Builder::new().spawn_scoped(scope, move || worker.work(reading, recording));
        }
        for own in workers {
            own.work(&reading, &recording);
        }
    });
    for alone in ring(1) {
        alone.work(&reading, &recording);
    }
    let recording = recording.into_inner().unwrap_or_else(PoisonError::into_inner);
    recording.map(|recording| recording.loaded)
}

/// The file, as far as it was read.
struct Reading<R> {
    reader: Reader<R>,
    is_over: bool,
}

/// One of the threads: the turns that it takes and gives.
struct Worker {
    to_read: Receiver<()>,
    has_read: Sender<()>,
    to_record: Receiver<()>,
    has_recorded: Sender<()>,
}

/// Workers that each give their turns to the next. The first has both.
fn ring(size: usize) -> Vec<Worker> {
    let turns = || -> (Vec<Sender<()>>, Vec<Receiver<()>>) {
        let (mut senders, receivers): (Vec<_>, Vec<_>) = (0..size).map(|_| channel()).unzip();
        let _ = senders[0].send(());
        senders.rotate_left(1);
        (senders, receivers)
    };
    let ((read, to_read), (recorded, to_record)) = (turns(), turns());
    let turns = to_read.into_iter().zip(read).zip(to_record.into_iter().zip(recorded));
    let worker =
        |((to_read, has_read), (to_record, has_recorded))| Worker { to_read, has_read, to_record, has_recorded };
    turns.map(worker).collect()
}

impl Worker {
    /// Takes one block after another, until there is no more. A turn that nobody waits for is of no use to anybody.
    fn work<R: BufRead, F: FnMut(Error) -> ControlFlow<()>>(
        &self,
        reading: &Mutex<Reading<R>>,
        recording: &Mutex<Result<Recording<F>, Error>>,
    ) {
        let mut bytes = Vec::new();
        while self.to_read.recv().is_ok() {
            let block = match &mut *locked(reading) {
                Reading { is_over: true, .. } => return,
                Reading { reader, is_over } => {
                    let block = reader.block(&mut bytes);
                    *is_over = block.is_last;
                    block
                }
            };
            let _ = self.has_read.send(());
            let handfuls: Vec<Vec<Line<'_>>> = block.handfuls(&bytes, AT_A_TIME).collect();
            if self.to_record.recv().is_err() {
                return;
            }
            let flow = match &mut *locked(recording) {
                Ok(recording) => handfuls.into_iter().try_for_each(|lines| recording.take(lines)),
                Err(_) => ControlFlow::Break(()),
            };
            if flow.is_break() {
                locked(reading).is_over = true;
                return;
            }
            if let Some(error) = block.failure {
                *locked(recording) = Err(error);
            }
            let _ = self.has_recorded.send(());
        }
    }
}

/// Takes a lock, poisoned or not: a thread that panics takes all others with it, so nobody sees what it left half done.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
