//! The best hits among those that may be told.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::net::Ipv6Addr;

use nexus_kernel::model::{Timestamp, Uuid};
use nexus_kernel::search::{Candidate, Question};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, TantivyError};

use crate::shape::{AT, ID, OBJECT, OWNER, USES, uuid};

const DAY: i64 = 24 * 3_600 * 1_000_000;
/// Points of recency: changed within so many days.
const RECENT: [(i64, u64); 4] = [(1, 40), (7, 30), (30, 20), (365, 10)];
/// Most points of use: one for each doubling of the number of changes.
const USES_MAX: u64 = 20;
/// How much a point of the words is worth in those of recency and use: all of them together never outweigh it.
const WORTH: u64 = 64;

/// Collects the best candidates of a question.
pub(crate) struct Best<'a> {
    pub(crate) question: &'a Question<'a>,
}

/// A hit, ordered by how good it is; what is as good goes by time and id, so that the order is one and the same however
/// an index is cut into parts.
type Ranked = (u64, i64, Uuid, usize, Option<Uuid>);

/// The best of one part of an index.
pub(crate) struct BestOfPart {
    /// The question's scope by the number of an object in this part.
    scopes: Vec<Option<usize>>,
    object: Column<u64>,
    id: Column<Ipv6Addr>,
    owner: Option<Column<Ipv6Addr>>,
    at: Column<i64>,
    uses: Column<u64>,
    asked_owner: Option<Uuid>,
    from: i64,
    to: i64,
    now: i64,
    limit: usize,
    best: BinaryHeap<Reverse<Ranked>>,
}

impl Collector for Best<'_> {
    type Fruit = Vec<Candidate>;
    type Child = BestOfPart;

    fn for_segment(&self, _: SegmentOrdinal, part: &SegmentReader) -> tantivy::Result<BestOfPart> {
        let columns = part.fast_fields();
        let missing = || TantivyError::SchemaError("an index without objects".to_owned());
        let objects = columns.str(OBJECT)?.ok_or_else(missing)?;
        let mut scopes = Vec::with_capacity(objects.num_terms());
        let mut name = String::new();
        for number in 0..objects.num_terms() as u64 {
            objects.ord_to_str(number, &mut name)?;
            scopes.push(self.question.scopes.iter().position(|scope| scope.object == name));
        }
        let micros = |at: Option<Timestamp>, without: i64| at.map_or(without, Timestamp::as_microsecond);
        Ok(BestOfPart {
            scopes,
            object: objects.ords().clone(),
            id: columns.ip_addr(ID)?,
            owner: columns.column_opt(OWNER)?,
            at: columns.i64(AT)?,
            uses: columns.u64(USES)?,
            asked_owner: self.question.owner,
            from: micros(self.question.from, i64::MIN),
            to: micros(self.question.to, i64::MAX),
            now: self.question.now.as_microsecond(),
            limit: self.question.limit,
            best: BinaryHeap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, parts: Vec<Vec<Ranked>>) -> tantivy::Result<Vec<Candidate>> {
        let mut best: Vec<Ranked> = parts.into_iter().flatten().collect();
        best.sort_unstable_by(|one, other| other.cmp(one));
        best.truncate(self.question.limit);
        let candidate = |(_, at, id, scope, owner): Ranked| Candidate {
            scope,
            id,
            owner,
            at: Timestamp::from_microsecond(at).unwrap_or(Timestamp::UNIX_EPOCH),
        };
        Ok(best.into_iter().map(candidate).collect())
    }
}

impl BestOfPart {
    /// A document, if it is one that was asked for.
    fn ranked(&self, doc: DocId, score: Score) -> Option<Ranked> {
        let scope = *self.scopes.get(usize::try_from(self.object.first(doc)?).ok()?)?;
        let at = self.at.first(doc)?;
        if at < self.from || at >= self.to {
            return None;
        }
        let owner = self.owner.as_ref().and_then(|owner| owner.first(doc)).map(uuid);
        if self.asked_owner.is_some() && owner != self.asked_owner {
            return None;
        }
        let age = self.now.saturating_sub(at) / DAY;
        let recent = RECENT.iter().find(|(days, _)| age < *days).map_or(0, |(_, points)| *points);
        let uses = u64::from(self.uses.first(doc)?.checked_ilog2().unwrap_or(0)).min(USES_MAX);
        let rank = (score as u64) * WORTH + recent + uses;
        Some((rank, at, uuid(self.id.first(doc)?), scope?, owner))
    }
}

impl SegmentCollector for BestOfPart {
    type Fruit = Vec<Ranked>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let Some(ranked) = self.ranked(doc, score) else { return };
        if self.best.len() < self.limit {
            self.best.push(Reverse(ranked));
        } else if let Some(mut worst) = self.best.peek_mut()
            && worst.0 < ranked
        {
            *worst = Reverse(ranked);
        }
    }

    fn harvest(self) -> Vec<Ranked> {
        self.best.into_iter().map(|Reverse(ranked)| ranked).collect()
    }
}
