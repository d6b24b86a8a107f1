//! Work on many threads, results in order, bounded memory.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Results that may wait for an earlier one, a thread.
const WINDOW: usize = 8;

/// Does `work` on every item on `jobs` threads and hands the results to `write` in the order of the items.
///
/// `write` runs on the calling thread. At most `WINDOW` results a thread are in flight, however slow one item
/// is. Where `write` fails, no further item is taken and its error comes back. A panic of `work` is passed on.
pub(crate) fn in_order<T, R: Send, E>(
    mut items: impl Iterator<Item = T> + Send,
    jobs: usize,
    work: impl Fn(T) -> R + Sync,
    mut write: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    if jobs <= 1 {
        return items.try_for_each(|item| write(work(item)));
    }
    let line = Line {
        state: Mutex::new(State { items, taken: 0, written: 0, done: BTreeMap::new(), ended: false }),
        room: Condvar::new(),
        ready: Condvar::new(),
        window: jobs * WINDOW,
    };
    thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                while let Some((number, item)) = line.take() {
                    line.hand_in(number, catch_unwind(AssertUnwindSafe(|| work(item))));
                }
            });
        }
        let stop = StopOnDrop(&line);
        while let Some(result) = line.next_result() {
            write(result.unwrap_or_else(|panic| resume_unwind(panic)))?;
        }
        drop(stop);
        Ok(())
    })
}

struct Line<I, R> {
    state: Mutex<State<I, R>>,
    room: Condvar,
    ready: Condvar,
    window: usize,
}

struct State<I, R> {
    items: I,
    taken: usize,
    written: usize,
    done: BTreeMap<usize, thread::Result<R>>,
    ended: bool,
}

impl<I: Iterator, R> Line<I, R> {
    fn lock(&self) -> MutexGuard<'_, State<I, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next item with its number, once there is room for its result.
    fn take(&self) -> Option<(usize, I::Item)> {
        let full = |state: &mut State<I, R>| !state.ended && state.taken - state.written >= self.window;
        let mut state = self.room.wait_while(self.lock(), full).unwrap_or_else(PoisonError::into_inner);
        let item = if state.ended { None } else { state.items.next() };
        match item {
            Some(item) => {
                state.taken += 1;
                Some((state.taken - 1, item))
            }
            None => {
                state.ended = true;
                self.ready.notify_all();
                self.room.notify_all();
                None
            }
        }
    }

    fn hand_in(&self, number: usize, result: thread::Result<R>) {
        self.lock().done.insert(number, result);
        self.ready.notify_all();
    }

    fn next_result(&self) -> Option<thread::Result<R>> {
        let waiting = |state: &mut State<I, R>| {
            let all_written = state.ended && state.written == state.taken;
            !all_written && !state.done.contains_key(&state.written)
        };
        let mut state = self.ready.wait_while(self.lock(), waiting).unwrap_or_else(PoisonError::into_inner);
        let number = state.written;
        let result = state.done.remove(&number)?;
        state.written += 1;
        self.room.notify_all();
        Some(result)
    }
}

/// Ends the work however the writer leaves, so that no thread waits for room for ever.
struct StopOnDrop<'l, I: Iterator, R>(&'l Line<I, R>);

impl<I: Iterator, R> Drop for StopOnDrop<'_, I, R> {
    fn drop(&mut self) {
        self.0.lock().ended = true;
        self.0.room.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    #[test]
    fn results_come_in_order_for_any_number_of_threads() {
        for jobs in [1, 2, 3, 8] {
            let mut seen = Vec::new();
            let slow = |item: usize| {
                thread::sleep(Duration::from_micros((item as u64 * 7919) % 300));
                item * 2
            };
            in_order(0..500, jobs, slow, |result| {
                seen.push(result);
                Ok::<(), ()>(())
            })
            .unwrap();
            assert_eq!(seen, (0..500).map(|item| item * 2).collect::<Vec<_>>(), "{jobs} jobs");
        }
    }

    #[test]
    fn a_slow_item_holds_the_others_back() {
        let taken = AtomicUsize::new(0);
        let work = |item: usize| {
            taken.fetch_add(1, Ordering::SeqCst);
            if item == 0 {
                thread::sleep(Duration::from_millis(100));
            }
            taken.load(Ordering::SeqCst)
        };
        let mut most = 0;
        let mut first = true;
        in_order(0..10_000, 4, work, |seen| {
            if std::mem::take(&mut first) {
                most = seen;
            }
            Ok::<(), ()>(())
        })
        .unwrap();
        assert!(most <= 4 * WINDOW, "{most} items were taken while the first was under way");
    }

    #[test]
    fn a_failing_writer_ends_the_work() {
        for jobs in [1, 4] {
            let end =
                in_order(0.., jobs, |item: usize| item, |item| if item < 10 { Ok(()) } else { Err(item) });
            assert_eq!(end, Err(10));
        }
    }

    #[test]
    fn a_panic_is_passed_on() {
        let work = |item: usize| assert!(item != 20, "twenty");
        let end = catch_unwind(|| in_order(0.., 4, work, |()| Ok::<(), ()>(())));
        assert!(end.is_err());
    }
}
