//! What the engine fills in: system fields, defaults, currencies, numbers, computed values, rollups.

use std::sync::Arc;

use nexus_model::expr::Expr;
use nexus_model::field::{Default as FieldDefault, Measure, Recompute, RollupOver, Series};
use nexus_model::object::system;
use nexus_model::{Currency, Date, Decimal, FieldError, FieldType, Money, Object, Problem, Record, Uuid, Value};

use crate::Result;
use crate::ctx::Ctx;

impl Ctx {
    /// Id, version and times of a new record; ids and places of its rows.
    pub(super) fn fill_system(&self, record: &mut Record, new: bool) {
        if record.id().is_nil() {
            record.set(system::ID, Uuid::now_v7());
        }
        if new && record.object().child_of.is_none() {
            record.set(system::VERSION, 1);
            record.set(system::CREATED_AT, self.now());
            record.set(system::UPDATED_AT, self.now());
            record.set(system::CREATED_BY, self.vars.user);
            record.set(system::DELETED_AT, Value::Null);
            if record.object().per_company && record.link(system::COMPANY).is_none() {
                record.set(system::COMPANY, self.vars.company);
            }
        }
        self.fill_rows(record);
    }

    /// Ids, owner and places of child rows.
    pub(super) fn fill_rows(&self, record: &mut Record) {
        let object = Arc::clone(record.object());
        let owner = record.id();
        for (field, _) in object.table_fields() {
            let Value::Rows(mut rows) = record.take(&field.name) else { continue };
            for (position, row) in rows.iter_mut().enumerate() {
                row.set(system::PARENT, owner);
                row.set(system::POSITION, i64::try_from(position).unwrap_or_default());
                self.fill_system(row, false);
            }
            record.set_at(object.position(&field.name).unwrap_or_default(), Value::Rows(rows));
        }
    }

    /// Defaults of a new record and of rows that `old` did not have.
    pub(super) async fn fill_defaults(&mut self, record: &mut Record, old: &Record) -> Result<()> {
        let object = Arc::clone(record.object());
        let new = old.id().is_nil();
        for (position, field) in object.fields.iter().enumerate() {
            if let Value::Rows(_) = record.at(position) {
                let Value::Rows(mut rows) = record.take(&field.name) else { continue };
                for row in &mut rows {
                    let known = old.at(position).as_rows().iter().any(|known| known.id() == row.id());
                    if !known {
                        let blank = Record::new(Arc::clone(row.object()));
                        Box::pin(self.fill_defaults(row, &blank)).await?;
                    }
                }
                record.set_at(position, Value::Rows(rows));
                continue;
            }
            if !new || *record.at(position) != Value::Null {
                continue;
            }
            match &field.default {
                Some(FieldDefault::Literal(value)) => record.set_at(position, value.clone()),
                Some(FieldDefault::Computed(expr)) => {
                    let value = self.value_of(expr, record).await?;
                    record.set_at(position, value);
                }
                None if field.kind == FieldType::Boolean => record.set_at(position, Value::Bool(false)),
                None => {}
            }
            if let (FieldType::Sequence(series), true) = (&field.kind, *record.at(position) == Value::Null)
                && !series.gapless
            {
                let date = series.date.as_ref().and_then(|date| record.get(date).as_date());
                let number = self.number_in(&object, &field.name, series, date.unwrap_or_else(|| self.today())).await?;
                record.set_at(position, Value::Text(number));
            }
        }
        if let Some(states) = &object.states
            && new
            && *record.get(&states.field) == Value::Null
        {
            record.set(&states.field, states.initial.as_str());
        }
        Ok(())
    }

    /// Values that come from linked records: of a new record where none is given, and anew where what they come from
    /// has changed and the value is still the one that came from there.
    pub(super) async fn fetch(&mut self, record: &mut Record, old: Option<&Record>) -> Result<()> {
        let object = Arc::clone(record.object());
        if !object.fetches {
            return Ok(());
        }
        for (position, field) in object.fields.iter().enumerate() {
            if let Value::Rows(_) = record.at(position) {
                let Value::Rows(mut rows) = record.take(&field.name) else { continue };
                let known = old.map(|old| old.at(position).as_rows()).unwrap_or_default();
                for row in &mut rows {
                    Box::pin(self.fetch(row, known.iter().find(|known| known.id() == row.id()))).await?;
                }
                record.set_at(position, Value::Rows(rows));
                continue;
            }
            let Some(expr) = &field.fetch else { continue };
            let (given, before) = (record.at(position).clone(), old.map(|old| old.at(position)));
            // Whoever gives a value in this very change means it.
            if before.is_none_or(Value::is_empty) && !given.is_empty() || before.is_some_and(|before| *before != given)
            {
                continue;
            }
            let source = self.value_of(expr, record).await?;
            if let Some(old) = old.filter(|_| !given.is_empty()) {
                let known = self.value_of(expr, old).await?;
                if known != given || known == source {
                    continue;
                }
            }
            record.set_at(position, source);
        }
        Ok(())
    }

    /// Takes out of a record the fetched values that are still the ones that `old` got from what it led to.
    pub(super) async fn forget_fetched(&mut self, record: &mut Record, old: &Record) -> Result<()> {
        let object = Arc::clone(record.object());
        for (position, field) in object.fields.iter().enumerate().filter(|_| object.fetches) {
            if let Value::Rows(_) = record.at(position) {
                let Value::Rows(mut rows) = record.take(&field.name) else { continue };
                for row in &mut rows {
                    if let Some(known) = old.at(position).as_rows().iter().find(|known| known.id() == row.id()) {
                        Box::pin(self.forget_fetched(row, known)).await?;
                    }
                }
                record.set_at(position, Value::Rows(rows));
            } else if let Some(expr) = &field.fetch
                && self.value_of(expr, old).await? == *old.at(position)
            {
                record.set_at(position, Value::Null);
            }
        }
        Ok(())
    }

    async fn value_of(&mut self, expr: &Expr, record: &Record) -> Result<Value> {
        let linked = self.linked_for(&[expr], record).await?;
        Ok(self.eval(expr, record, &linked))
    }

    /// Currencies, then computed values and rollups: rows first, the record over them.
    pub(crate) async fn complete(&mut self, record: &mut Record, old: Option<&Record>) -> Result<()> {
        self.settle_money(record, None)?;
        let object = Arc::clone(record.object());
        for (field, child) in object.table_fields() {
            let child = Arc::clone(self.schema().expect(child));
            if !child.fields.iter().any(|field| field.computed.is_some() && field.stored) {
                continue;
            }
            let Value::Rows(mut rows) = record.take(&field.name) else { continue };
            let known = old.map(|old| old.get(&field.name).as_rows()).unwrap_or_default();
            for row in &mut rows {
                self.derive(row, known.iter().any(|known| known.id() == row.id())).await?;
            }
            record.set_at(object.position(&field.name).unwrap_or_default(), Value::Rows(rows));
        }
        self.derive(record, old.is_some()).await?;
        if let Some(old) = old {
            // What is worked out when read has no part in the difference.
            for (position, field) in object.fields.iter().enumerate() {
                if field.is_virtual() {
                    record.set_at(position, old.at(position).clone());
                }
            }
        }
        Ok(())
    }

    /// Works out what is stored of a record; of one that is `known`, without what was worked out with it for good.
    async fn derive(&mut self, record: &mut Record, known: bool) -> Result<()> {
        let object = Arc::clone(record.object());
        for (position, field) in object.fields.iter().enumerate() {
            if let Some(rollup) = &field.rollup
                && let RollupOver::Rows(table) = &rollup.over
            {
                let rows = record.get(table).as_rows().to_vec();
                let mut counted = Vec::with_capacity(rows.len());
                for row in rows {
                    let counts = match &rollup.when {
                        Some(when) => self.holds(when, &row).await?,
                        None => true,
                    };
                    if counts {
                        counted.push(row);
                    }
                }
                let currency = self.currency_of(record, None, field.currency.as_deref());
                let value = roll(&counted, &rollup.measure, &field.kind, currency)
                    .map_err(|message| Problem::fields(vec![FieldError::new(&field.name, "rollup", message)]))?;
                record.set_at(position, value);
            }
        }
        // Computed fields may use one another; each pass settles at least one more.
        let due = |field: &nexus_model::Field| {
            field.computed.is_some() && field.stored && !(known && field.recompute == Recompute::Create)
        };
        let computed: Vec<usize> = (0..object.fields.len()).filter(|position| due(&object.fields[*position])).collect();
        for _ in 0..computed.len() {
            let mut settled = true;
            for position in &computed {
                let field = &object.fields[*position];
                let Some(expr) = &field.computed else { continue };
                let value = nexus_model::expr::fit(self.value_of(expr, record).await?, field);
                if value != *record.at(*position) {
                    record.set_at(*position, value);
                    settled = false;
                }
            }
            if settled {
                break;
            }
        }
        Ok(())
    }

    /// The currency of a money field: of the named field, else the company's.
    fn currency_of(&self, record: &Record, parent: Option<&Record>, named: Option<&str>) -> Option<Currency> {
        let code = named.map(|named| match named.strip_prefix("parent.") {
            Some(own) => parent.map(|parent| parent.text(own).to_owned()).unwrap_or_default(),
            None => record.text(named).to_owned(),
        });
        code.and_then(|code| code.parse().ok()).or(self.vars.currency)
    }

    /// Gives bare amounts their currency, and refuses one that is not the document's.
    pub(super) fn settle_money(&self, record: &mut Record, parent: Option<&Record>) -> Result<()> {
        let object = Arc::clone(record.object());
        let mut errors = Vec::new();
        for (position, field) in object.fields.iter().enumerate() {
            if let Value::Rows(rows) = record.at_mut(position) {
                let mut rows = std::mem::take(rows);
                for (index, row) in rows.iter_mut().enumerate() {
                    if let Err(problem) = self.settle_money(row, Some(record)) {
                        let place = format!("{}/{index}", field.name);
                        errors.extend(problem.errors.into_iter().map(|error| error.within(&place)));
                    }
                }
                record.set_at(position, Value::Rows(rows));
            }
            if field.kind != FieldType::Money || field.is_virtual() {
                continue;
            }
            let currency = self.currency_of(record, parent, field.currency.as_deref());
            match (record.at(position), currency) {
                (Value::Decimal(amount), Some(currency)) => {
                    let money = Money::new(*amount, currency);
                    record.set_at(position, Value::Money(money));
                }
                (Value::Decimal(_), None) => {
                    errors.push(FieldError::new(
                        &field.name,
                        "currency",
                        "needs a currency, as there is no company yet",
                    ));
                }
                (Value::Money(money), Some(currency)) if field.currency.is_some() && money.currency != currency => {
                    let message = format!("is in {}, but the document is in {currency}", money.currency);
                    errors.push(FieldError::new(&field.name, "currency", message));
                }
                _ => {}
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(Problem::fields(errors)) }
    }

    /// The next number of a field's series.
    pub(crate) async fn next_in_series(&mut self, object: &Arc<Object>, field: &str, date: Date) -> Result<String> {
        match object.field(field).map(|field| &field.kind) {
            Some(FieldType::Sequence(series)) => self.number_in(object, field, series, date).await,
            _ => Err(Problem::internal(format!("{}.{field} is no sequence", object.name))),
        }
    }

    async fn number_in(&mut self, object: &Object, field: &str, series: &Series, date: Date) -> Result<String> {
        let company = if object.per_company { self.vars.company.unwrap_or_default() } else { Uuid::nil() };
        self.number_by(&format!("{}.{field}/{company}", object.name), &series.pattern, date).await
    }

    /// The next number under `key` and the pattern filled with the date.
    pub(crate) async fn number_by(&mut self, key: &str, pattern: &str, date: Date) -> Result<String> {
        let (year, month, day) = (date.year(), date.month(), date.day());
        let pattern = pattern
            .replace("{YYYY}", &format!("{year:04}"))
            .replace("{YY}", &format!("{:02}", year.rem_euclid(100)))
            .replace("{MM}", &format!("{month:02}"))
            .replace("{DD}", &format!("{day:02}"));
        // What the pattern leaves of the date is the period that counts from 1.
        let number = self.tx.next_number(&format!("{key}/{pattern}")).await?;
        let start = pattern.find("{#").unwrap_or_default();
        let end = pattern[start..].find('}').map_or(pattern.len(), |at| start + at + 1);
        let digits = end.saturating_sub(start + 2);
        Ok(format!("{}{number:0digits$}{}", &pattern[..start], &pattern[end..]))
    }
}

fn roll(
    rows: &[Record],
    measure: &Measure,
    kind: &FieldType,
    currency: Option<Currency>,
) -> std::result::Result<Value, String> {
    let of = match measure {
        Measure::Count => return Ok(Value::Int(i64::try_from(rows.len()).unwrap_or(i64::MAX))),
        Measure::Sum(of) | Measure::Min(of) | Measure::Max(of) => of,
    };
    let mut amounts = Vec::new();
    let mut found: Option<Currency> = None;
    for value in rows.iter().map(|row| row.get(of)) {
        match value {
            Value::Money(money) if found.is_some_and(|currency| currency != money.currency) => {
                return Err(format!("adds up {of} in different currencies"));
            }
            Value::Money(money) => {
                found = Some(money.currency);
                amounts.push(money.amount);
            }
            other => amounts.extend(other.as_decimal()),
        }
    }
    let figure = match measure {
        Measure::Min(_) => amounts.iter().min().copied(),
        Measure::Max(_) => amounts.iter().max().copied(),
        _ => {
            let mut sum = Decimal::ZERO;
            for amount in amounts {
                sum = sum.checked_add(amount).ok_or_else(|| format!("the sum of {of} is too large"))?;
            }
            Some(sum)
        }
    };
    Ok(match (kind, figure) {
        (_, None) => Value::Null,
        (FieldType::Money, Some(figure)) => found.or(currency).map(|currency| Money::new(figure, currency)).into(),
        (kind, Some(figure)) if kind.is_integer() => i64::try_from(figure.trunc().mantissa()).ok().into(),
        (_, Some(figure)) => Value::Decimal(figure),
    })
}
