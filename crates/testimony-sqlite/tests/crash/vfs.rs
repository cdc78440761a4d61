//! The disk as SQLite asks for one: a VFS whose files are in memory, one disk for each thread. One connection at a time
//! has it, so that there is nothing to lock.
#![allow(unsafe_code, reason = "SQLite is told of a disk by a table of C functions, and rusqlite has no safe way to")]

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ffi::{CStr, c_char, c_int, c_void};
use std::mem::size_of;
use std::ptr;
use std::sync::Once;

use rusqlite::ffi;

use crate::disk::{Change, Disk};

/// A disk with the program that uses it.
#[derive(Default)]
pub(crate) struct Machine {
    pub(crate) disk: Disk,
    /// Each change that was made, in its order.
    pub(crate) log: Vec<Change>,
    /// How many changes go well before one fails.
    fails_at: Option<usize>,
    /// The names of the files that are open, with whether the next wait for one is a wait for its name.
    open: Vec<(String, bool)>,
    /// The memory that connections share.
    shared: BTreeMap<String, Vec<Box<[u64]>>>,
}

thread_local! {
    static MACHINE: RefCell<Machine> = RefCell::default();
}

/// Gives this thread a machine for as long as `act` runs, and gives it back with what became of it.
pub(crate) fn on<T>(machine: Machine, act: impl FnOnce() -> T) -> (T, Machine) {
    register();
    MACHINE.set(machine);
    let done = act();
    (done, MACHINE.take())
}

/// How many changes this thread's machine has made.
pub(crate) fn changes() -> usize {
    MACHINE.with_borrow(|machine| machine.log.len())
}

impl Machine {
    /// A machine that starts from a disk.
    pub(crate) fn new(disk: Disk) -> Self {
        Self { disk, ..Self::default() }
    }

    /// A machine with an empty disk of which one change fails, after so many that go well.
    pub(crate) fn failing_at(change: usize) -> Self {
        Self { fails_at: Some(change), ..Self::default() }
    }

    /// Makes a change; `false` if it failed.
    fn make(&mut self, change: Change) -> bool {
        let fails = self.fails_at == Some(self.log.len());
        if !fails {
            self.disk.apply(&change);
        } else if let Change::Sync { file, .. } = &change {
            self.disk.fail_to_sync(file);
        }
        self.log.push(change);
        !fails
    }
}

/// An open file: its place among those that are open.
#[repr(C)]
struct Handle {
    base: ffi::sqlite3_file,
    place: usize,
}

/// Runs `act` on the machine with the name of an open file.
///
/// # Safety
///
/// `file` was given to [`open`], and not closed since: so SQLite calls these functions.
unsafe fn with<T>(file: *mut ffi::sqlite3_file, act: impl FnOnce(&mut Machine, String) -> T) -> T {
    let place = unsafe { (*file.cast::<Handle>()).place };
    MACHINE.with_borrow_mut(|machine| {
        let name = machine.open[place].0.clone();
        act(machine, name)
    })
}

fn length(amount: c_int) -> usize {
    usize::try_from(amount).unwrap_or_default()
}

fn place(offset: i64) -> usize {
    usize::try_from(offset).unwrap_or_default()
}

fn outcome(went_well: bool, failure: c_int) -> c_int {
    if went_well { ffi::SQLITE_OK } else { failure }
}

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    given: *mut c_int,
) -> c_int {
    const NEW_NAME: c_int = ffi::SQLITE_OPEN_SUPER_JOURNAL | ffi::SQLITE_OPEN_MAIN_JOURNAL | ffi::SQLITE_OPEN_WAL;
    // A file that is not opened has no methods, and is not closed either.
    unsafe { (*file).pMethods = ptr::null() };
    let name = if name.is_null() { None } else { Some(unsafe { CStr::from_ptr(name) }) };
    let opened = MACHINE.with_borrow_mut(|machine| {
        let name = name.map(|name| name.to_string_lossy().into_owned());
        let name = name.unwrap_or_else(|| format!("temporary-{}", machine.open.len()));
        let is_new = !machine.disk.has(&name);
        if is_new && (flags & ffi::SQLITE_OPEN_CREATE == 0 || !machine.make(Change::Create { file: name.clone() })) {
            return None;
        }
        // As on Unix: the folder is waited for where a log is made, with the first wait for the log.
        machine.open.push((name, is_new && flags & NEW_NAME != 0));
        Some(machine.open.len() - 1)
    });
    let Some(place) = opened else { return ffi::SQLITE_CANTOPEN };
    unsafe { file.cast::<Handle>().write(Handle { base: ffi::sqlite3_file { pMethods: &raw const METHODS }, place }) };
    if !given.is_null() {
        unsafe { *given = flags };
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn delete(_: *mut ffi::sqlite3_vfs, name: *const c_char, synced: c_int) -> c_int {
    let file = unsafe { CStr::from_ptr(name) }.to_string_lossy().into_owned();
    let delete = Change::Delete { file, synced: synced != 0 };
    outcome(MACHINE.with_borrow_mut(|machine| machine.make(delete)), ffi::SQLITE_IOERR_DELETE)
}

unsafe extern "C" fn access(_: *mut ffi::sqlite3_vfs, name: *const c_char, _: c_int, is_there: *mut c_int) -> c_int {
    let name = unsafe { CStr::from_ptr(name) }.to_string_lossy();
    let has = MACHINE.with_borrow(|machine| machine.disk.has(&name));
    unsafe { *is_there = c_int::from(has) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn full_name(_: *mut ffi::sqlite3_vfs, name: *const c_char, room: c_int, full: *mut c_char) -> c_int {
    let name = unsafe { CStr::from_ptr(name) }.to_bytes_with_nul();
    if name.len() > length(room) {
        return ffi::SQLITE_CANTOPEN;
    }
    unsafe { ptr::copy_nonoverlapping(name.as_ptr().cast(), full, name.len()) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn randomness(_: *mut ffi::sqlite3_vfs, count: c_int, bytes: *mut c_char) -> c_int {
    unsafe { ptr::write_bytes(bytes, 42, length(count)) };
    count
}

unsafe extern "C" fn sleep(_: *mut ffi::sqlite3_vfs, micros: c_int) -> c_int {
    micros
}

unsafe extern "C" fn time(_: *mut ffi::sqlite3_vfs, days: *mut f64) -> c_int {
    unsafe { *days = 2_460_000.5 };
    ffi::SQLITE_OK
}

unsafe extern "C" fn last_error(_: *mut ffi::sqlite3_vfs, _: c_int, _: *mut c_char) -> c_int {
    0
}

unsafe extern "C" fn close(_: *mut ffi::sqlite3_file) -> c_int {
    ffi::SQLITE_OK
}

unsafe extern "C" fn read(file: *mut ffi::sqlite3_file, to: *mut c_void, count: c_int, at: i64) -> c_int {
    let (count, at) = (length(count), place(at));
    let to = unsafe {
        ptr::write_bytes(to.cast::<u8>(), 0, count);
        std::slice::from_raw_parts_mut(to.cast::<u8>(), count)
    };
    unsafe {
        with(file, |machine, name| {
            let from = machine.disk.read(&name).get(at..).unwrap_or_default();
            let there = from.len().min(count);
            to[..there].copy_from_slice(&from[..there]);
            outcome(there == count, ffi::SQLITE_IOERR_SHORT_READ)
        })
    }
}

unsafe extern "C" fn write(file: *mut ffi::sqlite3_file, from: *const c_void, count: c_int, at: i64) -> c_int {
    let bytes = unsafe { std::slice::from_raw_parts(from.cast::<u8>(), length(count)) }.to_vec();
    let made = unsafe { with(file, |machine, file| machine.make(Change::Write { file, at: place(at), bytes })) };
    outcome(made, ffi::SQLITE_IOERR_WRITE)
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, length: i64) -> c_int {
    let made = unsafe { with(file, |machine, file| machine.make(Change::Resize { file, length: place(length) })) };
    outcome(made, ffi::SQLITE_IOERR_TRUNCATE)
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    let made = unsafe {
        let at = (*file.cast::<Handle>()).place;
        with(file, |machine, file| {
            let names = machine.open[at].1;
            let made = machine.make(Change::Sync { file, names });
            machine.open[at].1 = names && !made;
            made
        })
    };
    outcome(made, ffi::SQLITE_IOERR_FSYNC)
}

unsafe extern "C" fn file_size(file: *mut ffi::sqlite3_file, size: *mut i64) -> c_int {
    let length = unsafe { with(file, |machine, file| machine.disk.read(&file).len()) };
    unsafe { *size = i64::try_from(length).unwrap_or(i64::MAX) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn lock(_: *mut ffi::sqlite3_file, _: c_int) -> c_int {
    ffi::SQLITE_OK
}

unsafe extern "C" fn is_reserved(_: *mut ffi::sqlite3_file, reserved: *mut c_int) -> c_int {
    unsafe { *reserved = 0 };
    ffi::SQLITE_OK
}

unsafe extern "C" fn control(_: *mut ffi::sqlite3_file, _: c_int, _: *mut c_void) -> c_int {
    ffi::SQLITE_NOTFOUND
}

unsafe extern "C" fn sector_size(_: *mut ffi::sqlite3_file) -> c_int {
    4096
}

unsafe extern "C" fn characteristics(_: *mut ffi::sqlite3_file) -> c_int {
    // As on Unix: bytes beside those that were written do not change.
    ffi::SQLITE_IOCAP_POWERSAFE_OVERWRITE
}

unsafe extern "C" fn shared_map(
    file: *mut ffi::sqlite3_file,
    region: c_int,
    size: c_int,
    extend: c_int,
    to: *mut *mut c_void,
) -> c_int {
    let region = length(region);
    let at = unsafe {
        with(file, |machine, file| {
            let regions = machine.shared.entry(file).or_default();
            while extend != 0 && regions.len() <= region {
                regions.push(vec![0; length(size).div_ceil(size_of::<u64>())].into_boxed_slice());
            }
            regions.get_mut(region).map_or(ptr::null_mut(), |region| region.as_mut_ptr().cast())
        })
    };
    unsafe { *to = at };
    ffi::SQLITE_OK
}

unsafe extern "C" fn shared_lock(_: *mut ffi::sqlite3_file, _: c_int, _: c_int, _: c_int) -> c_int {
    ffi::SQLITE_OK
}

unsafe extern "C" fn shared_barrier(_: *mut ffi::sqlite3_file) {}

unsafe extern "C" fn shared_unmap(file: *mut ffi::sqlite3_file, removed: c_int) -> c_int {
    if removed != 0 {
        unsafe { with(file, |machine, file| machine.shared.remove(&file)) };
    }
    ffi::SQLITE_OK
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(lock),
    xCheckReservedLock: Some(is_reserved),
    xFileControl: Some(control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(characteristics),
    xShmMap: Some(shared_map),
    xShmLock: Some(shared_lock),
    xShmBarrier: Some(shared_barrier),
    xShmUnmap: Some(shared_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// Makes this the disk of every connection of the process.
fn register() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let vfs = Box::leak(Box::new(ffi::sqlite3_vfs {
            iVersion: 1,
            szOsFile: c_int::try_from(size_of::<Handle>()).unwrap_or(c_int::MAX),
            mxPathname: 512,
            pNext: ptr::null_mut(),
            zName: c"disk-in-memory".as_ptr(),
            pAppData: ptr::null_mut(),
            xOpen: Some(open),
            xDelete: Some(delete),
            xAccess: Some(access),
            xFullPathname: Some(full_name),
            xDlOpen: None,
            xDlError: None,
            xDlSym: None,
            xDlClose: None,
            xRandomness: Some(randomness),
            xSleep: Some(sleep),
            xCurrentTime: Some(time),
            xGetLastError: Some(last_error),
            xCurrentTimeInt64: None,
            xSetSystemCall: None,
            xGetSystemCall: None,
            xNextSystemCall: None,
        }));
        // SQLite keeps the table for as long as the process lasts, as it is leaked.
        let registered = unsafe { ffi::sqlite3_vfs_register(vfs, 1) };
        assert_eq!(registered, ffi::SQLITE_OK);
    });
}
