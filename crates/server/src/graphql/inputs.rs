//! The types of what goes in, from the JSON Schemas of actions and reports. They help whoever writes a question; what
//! is refused, and why, is the kernel's to say.

use async_graphql::dynamic::{InputObject, InputValue, Type, TypeRef};
use indexmap::IndexMap;
use nexus_kernel::Action;
use nexus_kernel::faces::schema::{component, components};
use nexus_kernel::model::{Object, Schema};
use serde_json::{Map, Value as Plain};

use super::types::choice_type;

/// Where shared schemas are referred to.
const SHARED: &str = "#/components/schemas/";
/// Where a schema refers to its own.
const OWN: &str = "#/$defs/";

/// The input types of a schema by name. None stands for one that is being made, or that has no members.
pub(super) struct Inputs<'s> {
    schema: &'s Schema,
    shared: Map<String, Plain>,
    made: IndexMap<String, Option<InputObject>>,
}

/// Where a schema stands: the name that its types get, what it may refer to, and the object whose fields it has.
#[derive(Clone, Copy)]
struct Place<'a> {
    name: &'a str,
    own: &'a Plain,
    object: Option<&'a Object>,
}

impl<'s> Inputs<'s> {
    pub(super) fn new(schema: &'s Schema) -> Inputs<'s> {
        Inputs { schema, shared: components(schema), made: IndexMap::new() }
    }

    pub(super) fn schema(&self) -> &'s Schema {
        self.schema
    }

    pub(super) fn into_types(self) -> Vec<Type> {
        self.made.into_values().flatten().map(Type::from).collect()
    }

    /// The argument `input` of an action; none when it takes nothing.
    pub(super) fn whole(&mut self, name: &str, action: &Action) -> Option<InputValue> {
        let object = action.object.as_deref().filter(|_| action.generic);
        let place = Place { name, own: &action.input["$defs"], object };
        let made = self.object(place, &action.input)?;
        let must = action.input["required"].as_array().is_some_and(|required| !required.is_empty());
        let kind = TypeRef::named(made);
        Some(InputValue::new("input", if must { TypeRef::NonNull(Box::new(kind)) } else { kind }))
    }

    /// The members of a schema as arguments by name.
    pub(super) fn arguments(&mut self, name: &str, schema: &Plain) -> IndexMap<String, InputValue> {
        let members = self.members(Place { name, own: &schema["$defs"], object: None }, schema);
        members.into_iter().collect()
    }

    fn members(&mut self, place: Place<'_>, schema: &Plain) -> Vec<(String, InputValue)> {
        let required: Vec<&str> =
            schema["required"].as_array().into_iter().flatten().filter_map(Plain::as_str).collect();
        let mut members = Vec::new();
        for (name, member) in schema["properties"].as_object().into_iter().flatten() {
            let inner = format!("{}_{name}", place.name);
            let kind = self.kind(Place { name: &inner, ..place }, member, name);
            let must = required.contains(&name.as_str()) && member.get("default").is_none();
            let kind = if must { TypeRef::NonNull(Box::new(kind)) } else { kind };
            let mut value = InputValue::new(name, kind);
            if let Some(about) = member["description"].as_str() {
                value = value.description(about);
            }
            members.push((name.clone(), value));
        }
        members
    }

    /// The type of an object with members; none when it has none.
    fn object(&mut self, place: Place<'_>, schema: &Plain) -> Option<String> {
        if let Some(known) = self.made.get(place.name) {
            return known.as_ref().map(|made| made.type_name().to_owned());
        }
        if schema["properties"].as_object().is_none_or(Map::is_empty) {
            return None;
        }
        // One that contains itself is told as any value there.
        self.made.insert(place.name.to_owned(), None);
        let mut made = InputObject::new(place.name);
        if let Some(about) = schema["description"].as_str() {
            made = made.description(about);
        }
        for (_, member) in self.members(place, schema) {
            made = made.field(member);
        }
        self.made.insert(place.name.to_owned(), Some(made));
        Some(place.name.to_owned())
    }

    /// The type of a member; what no type says exactly is any value.
    fn kind(&mut self, place: Place<'_>, schema: &Plain, field: &str) -> TypeRef {
        let any = || TypeRef::named("JSON");
        if let Some(target) = schema["$ref"].as_str() {
            return self.referred(place, target);
        }
        for several in ["anyOf", "oneOf", "allOf"] {
            let Some(variants) = schema[several].as_array() else { continue };
            let mut variants = variants.iter().filter(|variant| variant["type"] != "null");
            return match (variants.next(), variants.next()) {
                (Some(one), None) => self.kind(place, one, field),
                (Some(first), Some(_)) if first["const"].is_string() => TypeRef::named(TypeRef::STRING),
                _ if schema["x-type"] == "money" => TypeRef::named("MoneyInput"),
                _ => any(),
            };
        }
        match schema["x-type"].as_str() {
            Some("money") => return TypeRef::named("MoneyInput"),
            Some("decimal") => return TypeRef::named("Decimal"),
            _ => {}
        }
        let names = match &schema["type"] {
            Plain::Array(several) => several.iter().filter_map(Plain::as_str).filter(|name| *name != "null").collect(),
            one => Vec::from_iter(one.as_str()),
        };
        let [name] = names.as_slice() else { return any() };
        match (*name, schema["format"].as_str()) {
            ("string", Some("uuid")) => TypeRef::named(TypeRef::ID),
            ("string", Some("date")) => TypeRef::named("Date"),
            ("string", Some("date-time")) => TypeRef::named("DateTime"),
            ("string", _) => {
                let choice = place.object.and_then(|object| choice_type(object, object.field(field)?));
                TypeRef::named(choice.map_or_else(|| TypeRef::STRING.to_owned(), |(name, _)| name))
            }
            ("integer", _) => TypeRef::named("Long"),
            ("number", _) => TypeRef::named(TypeRef::FLOAT),
            ("boolean", _) => TypeRef::named(TypeRef::BOOLEAN),
            ("array", _) => {
                let items = self.kind(place, &schema["items"], field);
                TypeRef::List(Box::new(TypeRef::NonNull(Box::new(items))))
            }
            ("object", _) => {
                let inner = Place { object: None, ..place };
                self.object(inner, schema).map_or_else(any, TypeRef::named)
            }
            _ => any(),
        }
    }

    fn referred(&mut self, place: Place<'_>, target: &str) -> TypeRef {
        let any = || TypeRef::named("JSON");
        if let Some(name) = target.strip_prefix(OWN) {
            let owner = place.name.split('_').next().unwrap_or_default();
            let inner = format!("{owner}_{name}");
            return self.kind(Place { name: &inner, object: None, ..place }, &place.own[name], "");
        }
        let Some(name) = target.strip_prefix(SHARED) else { return any() };
        let Some(shared) = self.shared.get(name).cloned() else { return any() };
        // A point may also be given as a text.
        if name == "Geo" {
            return any();
        }
        let row = self
            .schema
            .objects()
            .find(|object| name.strip_suffix("Input").is_some_and(|row| row == component(object.name.as_str())));
        let inner = format!("{}_Input", name.strip_suffix("Input").unwrap_or(name));
        self.kind(Place { name: &inner, own: &Plain::Null, object: row.map(AsRef::as_ref) }, &shared, "")
    }
}
