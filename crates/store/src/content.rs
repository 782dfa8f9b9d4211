//! The hash by which two databases are known to hold the same.

use nexus_model::Schema;

use crate::cells::Stored;
use crate::database::lock;
use crate::home::Links;
use crate::link::Link;
use crate::live::live_columns;
use crate::tables::{Row, Table};
use crate::{Home, StoreError};

/// What a database holds.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Content {
    pub rows: u64,
    /// The sum, modulo 2^256, of the BLAKE3 hashes of all rows with their tables' names; the same on every database.
    pub hash: String,
}

/// Adds up rows to a [`Content`]. The order of the rows does not matter, and one that changes is taken out and put in
/// again, so that the hash of all follows a change of few. It tells of mistakes, not of forgery: who may choose rows
/// freely can bring any sum about, and the log's chain is what holds against that.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    rows: u64,
    /// Least significant part first.
    total: [u64; 4],
}

impl Sum {
    pub(crate) fn of(table: &Table, rows: &[Row]) -> Sum {
        let mut sum = Sum::default();
        for row in rows {
            sum.add(&Sum { rows: 1, total: hash(&table.name, row) });
        }
        sum
    }

    /// Everything in these tables.
    pub(crate) fn all(link: &mut Link, tables: &[Table]) -> Result<Sum, StoreError> {
        let mut sum = Sum::default();
        for table in tables {
            table.pages(link, |rows| {
                sum.add(&Sum::of(table, &rows));
                Ok(())
            })?;
        }
        Ok(sum)
    }

    pub(crate) fn add(&mut self, other: &Sum) {
        self.rows = self.rows.wrapping_add(other.rows);
        let mut carry = false;
        for (part, more) in self.total.iter_mut().zip(other.total) {
            let (sum, over) = part.overflowing_add(more);
            let (sum, over_again) = sum.overflowing_add(carry.into());
            (*part, carry) = (sum, over || over_again);
        }
    }

    pub(crate) fn take(&mut self, other: &Sum) {
        self.rows = self.rows.wrapping_sub(other.rows);
        let mut borrow = false;
        for (part, less) in self.total.iter_mut().zip(other.total) {
            let (rest, under) = part.overflowing_sub(less);
            let (rest, under_again) = rest.overflowing_sub(borrow.into());
            (*part, borrow) = (rest, under || under_again);
        }
    }

    pub(crate) fn content(&self) -> Content {
        let parts: Vec<String> = self.total.iter().rev().map(|part| format!("{part:016x}")).collect();
        Content { rows: self.rows, hash: parts.concat() }
    }
}

fn hash(table: &str, row: &[Stored]) -> [u64; 4] {
    let mut hasher = blake3::Hasher::new();
    let sized = |hasher: &mut blake3::Hasher, tag: u8, bytes: &[u8]| {
        hasher.update(&[tag]).update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    };
    sized(&mut hasher, 4, table.as_bytes());
    for cell in row {
        match cell {
            Stored::Null => drop(hasher.update(&[0])),
            Stored::Int(number) => drop(hasher.update(&[1]).update(&number.to_le_bytes())),
            Stored::Text(text) => sized(&mut hasher, 2, text.as_bytes()),
            Stored::Bytes(bytes) => sized(&mut hasher, 3, bytes),
        }
    }
    let hash = hasher.finalize();
    let (parts, _) = hash.as_bytes().as_chunks::<8>();
    std::array::from_fn(|at| u64::from_le_bytes(parts[at]))
}

/// What the database at a home holds, as one snapshot.
pub fn content_of(home: &Home, schema: &Schema) -> Result<Content, StoreError> {
    let links = Links::open(home, 1)?;
    let lease = links.begin(false)?;
    let link = &mut *lock(lease.link());
    let live = live_columns(link)?;
    // A table that was never needed, as one of an app that the tenant has not, is an empty one.
    let tables: Vec<Table> = Table::all(schema)?.into_iter().filter(|table| live.contains_key(&table.name)).collect();
    let found = Sum::all(link, &tables);
    link.rollback()?;
    Ok(found?.content())
}

#[cfg(test)]
mod tests {
    use super::Sum;

    #[test]
    fn what_was_put_in_can_be_taken_out_in_any_order() {
        let [a, b] = [[u64::MAX, u64::MAX, 0, u64::MAX], [1, u64::MAX, u64::MAX, u64::MAX]];
        let [a, b] = [a, b].map(|total| Sum { rows: 1, total });
        let (mut one, mut other) = (a.clone(), b.clone());
        one.add(&b);
        other.add(&a);
        assert_eq!(one, other);
        // 2^64 - 1 + 1 carries into the second part, and so on; the last carry is beyond 2^256.
        assert_eq!(one, Sum { rows: 2, total: [0, u64::MAX, 0, u64::MAX] });
        one.take(&a);
        assert_eq!(one, b);
    }
}
