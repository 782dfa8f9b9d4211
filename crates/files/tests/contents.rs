//! What holds of contents, whatever they are: they come back whole and in part, share chunks, and are swept only when
//! nothing needs them.

use std::collections::HashSet;
use std::time::Duration;

use bytes::Bytes;
use futures::{StreamExt, TryStreamExt, stream};
use nexus_files::cut::{CHUNK_MAX, CHUNK_MIN, Cutter};
use nexus_files::{Chunks, Content, Depot, FilesError, GRACE, Result, Swept, Uploads};
use proptest::prelude::*;
use uuid::Uuid;

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(work)
}

/// Bytes that nothing compresses or repeats, the same for a seed.
fn noise(seed: u64, bytes: usize) -> Vec<u8> {
    let mut reader = blake3::Hasher::new().update(&seed.to_le_bytes()).finalize_xof();
    let mut noise = vec![0; bytes];
    reader.fill(&mut noise);
    noise
}

/// The bytes in portions of a size.
fn portions(bytes: &[u8], portion: usize) -> impl futures::Stream<Item = Result<Bytes>> {
    let parts: Vec<_> = bytes.chunks(portion).map(|part| Ok(Bytes::copy_from_slice(part))).collect();
    stream::iter(parts)
}

async fn whole(chunks: &Chunks, content: &Content) -> Result<Vec<u8>> {
    let parts: Vec<Bytes> = chunks.get_range(content, 0..content.size).await?.try_collect().await?;
    Ok(parts.concat())
}

#[test]
fn where_a_content_is_cut_does_not_depend_on_how_it_came() {
    let bytes = noise(1, 9 << 20);
    let cut = |portion: usize| {
        let mut cutter = Cutter::default();
        let mut chunks: Vec<Bytes> = bytes.chunks(portion).flat_map(|part| cutter.push(part)).collect();
        chunks.extend(cutter.finish());
        chunks
    };
    let at_once = cut(bytes.len());
    assert_eq!(at_once.concat(), bytes);
    assert!(at_once.len() > 3, "{} chunks", at_once.len());
    assert!(at_once.iter().all(|chunk| chunk.len() <= CHUNK_MAX));
    assert!(at_once.iter().rev().skip(1).all(|chunk| chunk.len() >= CHUNK_MIN));
    assert_eq!(cut(4_097), at_once);
    assert_eq!(cut(CHUNK_MAX + 1), at_once);
}

#[test]
fn a_version_with_one_byte_inserted_shares_all_but_a_few_chunks() {
    run(async {
        let chunks = Depot::memory().chunks("kibo");
        let mut bytes = noise(2, 16 << 20);
        chunks.put(portions(&bytes, 65_536)).await.expect("done");
        let before = chunks.sweep(&HashSet::new(), GRACE).await.expect("done").left;
        bytes.insert(100, 7);
        chunks.put(portions(&bytes, 65_536)).await.expect("done");
        let after = chunks.sweep(&HashSet::new(), GRACE).await.expect("done").left;
        assert!(before > 8, "{before} objects");
        // The list of the new version, and the chunks until the cuts fall into place again.
        assert!(after - before <= 4, "{} more", after - before);
    });
}

#[test]
fn a_content_that_is_damaged_or_lost_is_told_of_and_not_handed_out() {
    run(async {
        let folder = tempfile::tempdir().expect("done");
        let chunks = Depot::folder(folder.path()).expect("done").chunks("kibo");
        let content = chunks.put(portions(&noise(3, 5 << 20), 1_000_000)).await.expect("done");
        chunks.check(&content).await.expect("done");
        let files = |what: &str| {
            let folders = std::fs::read_dir(folder.path().join("kibo").join(what)).expect("done");
            let files = folders.flat_map(|inner| std::fs::read_dir(inner.expect("done").path()).expect("done"));
            files.map(|file| file.expect("done").path()).collect::<Vec<_>>()
        };
        let chunk = files("chunks").pop().expect("done");
        let mut bytes = std::fs::read(&chunk).expect("done");
        bytes[17] ^= 1;
        std::fs::write(&chunk, &bytes).expect("done");
        assert!(matches!(chunks.check(&content).await, Err(FilesError::Damaged(..))));
        assert!(matches!(whole(&chunks, &content).await, Err(FilesError::Damaged(..))));
        std::fs::remove_file(&chunk).expect("done");
        assert!(matches!(chunks.check(&content).await, Err(FilesError::Missing(_))));
        let list = files("lists").pop().expect("done");
        let text = std::fs::read(&list).expect("done");
        std::fs::write(&list, &text[..text.len() - 36]).expect("done");
        assert!(matches!(chunks.check(&content).await, Err(FilesError::Damaged(..))));
        // Not knowing what it needs, a sweep removes nothing.
        let left = files("chunks").len();
        assert!(chunks.sweep(&HashSet::from([content]), Duration::ZERO).await.is_err());
        assert_eq!(files("chunks").len(), left);
    });
}

#[test]
fn what_is_young_is_not_swept_and_what_one_tenant_has_is_not_anothers() {
    run(async {
        let depot = Depot::memory();
        let (kibo, other) = (depot.chunks("kibo"), depot.chunks("kibo-two"));
        let content = kibo.put(portions(b"hello", 2)).await.expect("done");
        assert_eq!(content.digest, blake3::hash(b"hello"));
        assert!(matches!(whole(&other, &content).await, Err(FilesError::Missing(_))));
        assert_eq!(kibo.sweep(&HashSet::new(), GRACE).await.expect("done"), Swept { removed: 0, bytes: 0, left: 1 });
        other.sweep(&HashSet::new(), Duration::ZERO).await.expect("done");
        assert_eq!(whole(&kibo, &content).await.expect("done"), b"hello");
        assert_eq!(
            kibo.sweep(&HashSet::new(), Duration::ZERO).await.expect("done"),
            Swept { removed: 1, bytes: 5, left: 0 }
        );
        assert!(matches!(whole(&kibo, &content).await, Err(FilesError::Missing(_))));
    });
}

#[test]
fn an_upload_knows_its_owner_and_expires_when_nothing_is_added() {
    let folder = tempfile::tempdir().expect("done");
    for depot in [Depot::memory(), Depot::folder(folder.path()).expect("done")] {
        run(expires(depot.uploads("kibo")));
    }
}

async fn expires(uploads: Uploads) {
    let (ada, ben, id) = (Uuid::now_v7(), Uuid::now_v7(), Uuid::now_v7());
    uploads.begin(ada, id, "a letter".into()).await.expect("done");
    assert_eq!(uploads.about(ada, id).await.expect("done"), "a letter");
    assert!(matches!(uploads.about(ben, id).await, Err(FilesError::NoUpload)));
    assert_eq!((uploads.count(ada).await.expect("done"), uploads.count(ben).await.expect("done")), (1, 0));
    let more = uploads.append(ada, id, 5, portions(b"hello, world", 5)).await.expect("done");
    assert_eq!(more.offset, 5);
    assert!(more.broken.is_some_and(|why| why.to_string().contains("more than the 5 bytes")));
    assert_eq!(uploads.expire(GRACE).await.expect("done"), 0);
    assert_eq!(uploads.expire(Duration::ZERO).await.expect("done"), 1);
    assert!(matches!(uploads.about(ada, id).await, Err(FilesError::NoUpload)));
    assert_eq!((uploads.offset(ada, id).await.expect("done"), uploads.count(ada).await.expect("done")), (0, 0));
}

/// Uploads `bytes` in requests that break off at `cuts`, on a place that is opened anew for each.
async fn upload(folder: &std::path::Path, bytes: &[u8], cuts: &[usize], portion: usize) -> Content {
    let (owner, id) = (Uuid::now_v7(), Uuid::now_v7());
    let open = || Depot::folder(folder).expect("done");
    open().uploads("kibo").begin(owner, id, Bytes::new()).await.expect("done");
    let size = bytes.len() as u64;
    for cut in cuts.iter().copied().chain([bytes.len()]) {
        let uploads: Uploads = open().uploads("kibo");
        let offset = uploads.offset(owner, id).await.expect("done");
        let begin = usize::try_from(offset).expect("done");
        let end = cut.clamp(begin, bytes.len());
        let broken = stream::iter([Err(FilesError::Source("the line broke".to_owned()))]);
        let appended =
            uploads.append(owner, id, size, portions(&bytes[begin..end], portion).chain(broken)).await.expect("done");
        assert_eq!(appended.offset, end as u64);
        assert!(appended.broken.is_some());
    }
    let depot = open();
    depot.chunks("kibo").put(depot.uploads("kibo").read(owner, id).await.expect("done")).await.expect("done")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn an_upload_cut_anywhere_ends_with_the_same_hash(
        seed: u64,
        bytes in prop_oneof![0_usize..2_000, 0_usize..(6 << 20)],
        cuts in prop::collection::vec(0_usize..(6 << 20), 0..6),
        portion in 1_000_usize..2_000_000,
    ) {
        run(async {
            let folder = tempfile::tempdir().expect("done");
            let bytes = noise(seed, bytes);
            let content = upload(folder.path(), &bytes, &cuts, portion).await;
            prop_assert_eq!(content, Content { digest: blake3::hash(&bytes), size: bytes.len() as u64 });
            let chunks = Depot::folder(folder.path()).expect("done").chunks("kibo");
            prop_assert_eq!(whole(&chunks, &content).await.expect("done"), bytes);
            Ok(())
        })?;
    }

    #[test]
    fn a_range_is_that_part_of_the_content(
        bytes in 0_usize..(5 << 20),
        from in 0_u64..(6 << 20),
        length in 0_u64..(6 << 20),
    ) {
        run(async {
            let chunks = Depot::memory().chunks("kibo");
            let bytes = noise(4, bytes);
            let content = chunks.put(portions(&bytes, 1 << 20)).await.expect("done");
            let range = from..from + length;
            let parts: Vec<Bytes> = chunks.get_range(&content, range).await.expect("done").try_collect().await.expect("done");
            let at = |at: u64| usize::try_from(at).expect("done").min(bytes.len());
            prop_assert_eq!(parts.concat(), &bytes[at(from)..at(from + length)]);
            Ok(())
        })?;
    }

    #[test]
    fn a_sweep_leaves_whole_what_is_needed_and_nothing_else(
        sizes in prop::collection::vec((0_u64..6, 0_usize..(3 << 20)), 1..6),
        needed in any::<u8>(),
    ) {
        run(async {
            let chunks = Depot::memory().chunks("kibo");
            let mut kept = Vec::new();
            for (seed, size) in &sizes {
                // Equal seeds begin alike, so that contents share chunks.
                let bytes = noise(*seed, *size);
                kept.push((chunks.put(portions(&bytes, 1 << 20)).await.expect("done"), bytes));
            }
            let needed: HashSet<Content> =
                kept.iter().enumerate().filter(|(at, _)| needed & (1 << at) != 0).map(|(_, (content, _))| *content).collect();
            chunks.sweep(&needed, Duration::ZERO).await.expect("done");
            for (content, bytes) in &kept {
                if needed.contains(content) {
                    chunks.check(content).await.expect("done");
                    prop_assert_eq!(&whole(&chunks, content).await.expect("done"), bytes);
                }
            }
            let again = chunks.sweep(&needed, Duration::ZERO).await.expect("done");
            prop_assert_eq!(again.removed, 0);
            if needed.iter().all(|content| content.size == 0) {
                prop_assert_eq!(again.left, 0);
            }
            Ok(())
        })?;
    }
}
