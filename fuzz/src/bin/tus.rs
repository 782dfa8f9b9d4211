//! Any bytes as a history of uploads: begun, sent in pieces, broken off, left in the middle, asked for, finished, cancelled.
//! A model of one number, how far each came, tells what has to be there; what is whole has the hash of what was sent.
#![no_main]

use std::sync::LazyLock;

use bytes::Bytes;
use futures::executor::block_on;
use futures::{FutureExt, StreamExt, stream};
use libfuzzer_sys::fuzz_target;
use nexus_files::{Depot, FilesError, Uploads};
use uuid::Uuid;

const OWNER: Uuid = Uuid::from_u128(1);
/// Uploads at a time.
const UPLOADS: usize = 3;
/// Bytes of an upload; several parts of what the store takes as one.
const SIZE_MAX: usize = 12 << 20;
/// Steps of a history.
const STEPS_MAX: usize = 40;

/// What uploads contain: no two places of it are alike for long.
static CONTENT: LazyLock<Bytes> = LazyLock::new(|| {
    (0..SIZE_MAX as u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect::<Vec<_>>().into()
});

/// An upload as it has to be.
struct Model {
    id: Uuid,
    size: usize,
    offset: usize,
}

/// How what was sent ends.
#[derive(Clone, Copy, PartialEq)]
enum Ends {
    Whole,
    /// The connection breaks, and what came is kept.
    Broken,
    /// The process dies: nothing is awaited any more.
    Died,
}

struct Input<'a>(&'a [u8]);

impl Input<'_> {
    fn byte(&mut self) -> Option<usize> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(usize::from(*first))
    }

    /// Small numbers, and by their first byte large ones.
    fn number(&mut self) -> Option<usize> {
        let (shift, number) = (self.byte()? % 17, self.byte()?);
        Some(number << shift)
    }
}

fuzz_target!(|data: &[u8]| {
    let mut input = Input(data);
    let depot = Depot::memory();
    let uploads = depot.uploads("t");
    let mut models: Vec<Option<Model>> = (0..UPLOADS).map(|_| None).collect();
    for step in 0..STEPS_MAX {
        let (Some(what), Some(which)) = (input.byte(), input.byte()) else { break };
        let slot = &mut models[which % UPLOADS];
        match (what % 8, slot.as_mut()) {
            (0, None) => {
                let Some(size) = input.number() else { break };
                let id = Uuid::from_u128(step as u128 + 2);
                block_on(uploads.begin(OWNER, id, Bytes::from(vec![what as u8]))).expect("begun");
                assert_eq!(block_on(uploads.about(OWNER, id)).expect("it was begun")[..], [what as u8]);
                *slot = Some(Model { id, size: size.min(SIZE_MAX), offset: 0 });
            }
            (1..=5, Some(model)) => {
                let ends = [Ends::Whole, Ends::Whole, Ends::Whole, Ends::Broken, Ends::Died][what % 8 - 1];
                let mut pieces = Vec::new();
                for _ in 0..input.byte().unwrap_or_default() % 4 {
                    pieces.extend(input.number());
                }
                send(&uploads, model, &pieces, ends);
            }
            (6, Some(model)) => {
                block_on(uploads.remove(OWNER, model.id)).expect("removed");
                assert!(matches!(block_on(uploads.about(OWNER, model.id)), Err(FilesError::NoUpload)));
                *slot = None;
            }
            _ => {}
        }
        for model in models.iter_mut() {
            let Some(known) = model else { continue };
            assert_eq!(block_on(uploads.offset(OWNER, known.id)).expect("it is there"), known.offset as u64);
            if known.offset == known.size && what % 8 == 7 {
                finish(&depot, &uploads, known);
                *model = None;
            }
        }
    }
});

fn send(uploads: &Uploads, model: &mut Model, pieces: &[usize], ends: Ends) {
    let (before, mut given) = (model.offset, model.offset);
    let mut parts: Vec<nexus_files::Result<Bytes>> = Vec::new();
    for piece in pieces {
        // More than was announced is sent as well.
        let end = (given + piece).min(SIZE_MAX);
        parts.push(Ok(CONTENT.slice(given..end)));
        given = end;
    }
    if ends == Ends::Broken {
        parts.push(Err(FilesError::Source("cut off".to_owned())));
    }
    let source = stream::iter(parts);
    let size = model.size as u64;
    if ends == Ends::Died {
        let silent = source.chain(stream::pending());
        assert!(uploads.append(OWNER, model.id, size, silent).now_or_never().is_none_or(|told| told.is_ok()));
        // Whole parts may have been kept, and none of them is lost.
        model.offset = block_on(uploads.offset(OWNER, model.id)).expect("it is there") as usize;
        assert!((before..=given.min(model.size)).contains(&model.offset), "{} is not after {before}", model.offset);
    } else {
        let told = block_on(uploads.append(OWNER, model.id, size, source)).expect("the store answers");
        // The first piece that goes beyond what was announced is refused as a whole.
        let mut kept = before;
        let fits = pieces.iter().all(|piece| {
            let end = (kept + piece).min(SIZE_MAX);
            let fits = end <= model.size;
            if fits {
                kept = end;
            }
            fits
        });
        assert_eq!(told.offset, kept as u64);
        assert_eq!(told.broken.is_some(), ends == Ends::Broken || !fits);
        model.offset = kept;
    }
}

/// What has arrived whole is kept as a content of the hash of what was sent, and is then no upload any more.
fn finish(depot: &Depot, uploads: &Uploads, model: &Model) {
    let sent = CONTENT.slice(..model.size);
    let kept = block_on(async { depot.chunks("t").put(uploads.read(OWNER, model.id).await?).await }).expect("kept");
    assert_eq!((kept.digest, kept.size), (nexus_files::hash(&sent), sent.len() as u64));
    block_on(uploads.remove(OWNER, model.id)).expect("removed");
    assert_eq!(block_on(uploads.offset(OWNER, model.id)).expect("it is asked for"), 0);
}
