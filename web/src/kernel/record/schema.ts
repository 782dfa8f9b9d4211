/** JSON Schema of an action's input or a report's parameters, as fields that the form renderer knows. */
import type { FieldType, JsonSchema, MetaAction, MetaField } from "../../api/types";
import { today } from "../../ui/format";

const CAREFUL = new Set(["irreversible", "money", "external", "compensatable"]);

/** Effects that are shown in words before they happen. */
export const needsPreview = (action: MetaAction): boolean => CAREFUL.has(action.effect);

export function needsDialog(action: MetaAction): boolean {
  return needsPreview(action) || Object.keys(action.input?.properties ?? {}).length > 0;
}

function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  const name = schema.$ref?.split("/").pop();
  if (name === "Money") return { ...schema, $ref: undefined, "x-type": "money" };
  if (name === "Address") return { ...schema, $ref: undefined, "x-type": "address" };
  const target = name ? root.$defs?.[name] : undefined;
  if (target) return { ...resolve(target, root), ...schema, $ref: undefined };
  // `anyOf: [X, null]` and `allOf: [X]` are X with an annotation.
  const options = (schema.anyOf ?? schema.allOf ?? []).filter((one) => one.type !== "null");
  const only = options.length === 1 ? options[0] : undefined;
  return only ? { ...resolve(only, root), ...schema, anyOf: undefined, allOf: undefined } : schema;
}

const typeOf = (schema: JsonSchema): string | undefined =>
  Array.isArray(schema.type) ? schema.type.find((one) => one !== "null") : schema.type;

function fieldType(schema: JsonSchema, root: JsonSchema): FieldType {
  const marked = schema["x-type"];
  if (schema["x-object"]) return typeOf(schema) === "array" ? "links" : "link";
  if (marked) return marked as FieldType;
  if (schema.enum || schema.oneOf?.every((one) => one.const !== undefined)) return "choice";
  switch (typeOf(schema)) {
    case "integer":
      return "integer";
    case "number":
      return "decimal";
    case "boolean":
      return "boolean";
    case "array": {
      const items = schema.items ? resolve(schema.items, root) : undefined;
      if (items?.["x-object"]) return "links";
      return typeOf(items ?? {}) === "object" ? "table" : "tags";
    }
    case "object":
      return "json";
    default:
      if (schema.format === "date") return "date";
      if (schema.format === "date-time") return "datetime";
      if (schema.format === "email") return "email";
      if (schema.format === "uri") return "url";
      return "text";
  }
}

function labelOf(name: string, schema: JsonSchema): string {
  if (schema["x-label"]) return schema["x-label"];
  if (schema.title && !/^[A-Z]\w*$/.test(schema.title)) return schema.title;
  const words = name.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The fields of an object schema. */
export function schemaFields(schema: JsonSchema | null | undefined): MetaField[] {
  if (!schema) return [];
  const root = schema;
  const fieldsOf = (object: JsonSchema): MetaField[] =>
    Object.entries(object.properties ?? {})
      .map(([name, raw]) => ({ name, property: resolve(raw, root) }))
      .filter(({ property }) => !property.readOnly)
      .map(({ name, property }) => {
        const type = fieldType(property, root);
        const items = property.items ? resolve(property.items, root) : undefined;
        const choices = property.enum?.filter((one) => one !== null).map(String);
        return {
          name,
          label: labelOf(name, property),
          type,
          of:
            choices?.map((value) => ({ value, label: labelOf(value, {}) })) ??
            property.oneOf?.map((one) => ({
              value: String(one.const),
              label: one.title ?? labelOf(String(one.const), {}),
            })),
          to: property["x-object"] ?? items?.["x-object"] ?? null,
          required: object.required?.includes(name) ?? false,
          help: property.description ?? null,
          default: property.default ?? (type === "date" && object.required?.includes(name) ? today() : null),
          columns: type === "table" && items ? fieldsOf(items) : undefined,
        };
      });
  return fieldsOf(resolve(root, root));
}
