/** Records of other objects that lead to this one, and new ones that do. */
import { Button, Menu, Skeleton, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Meta, MetaField, MetaObject, RecordData } from "../../../api/types";
import { t } from "../../../messages/t";
import { Icon } from "../../../ui/Icon";
import { StateBadge, toneOf } from "../../../ui/StateBadge";
import { listAddress, newAddress, recordAddress } from "../../addresses";
import { Moment } from "../../fields/Moment";
import { searchOf } from "../../list/views";
import { can, choicesOf, fieldOf, pagesOf, titleOf, useMeta } from "../../meta";
import { type About, aboutQuery } from "../hanging";
import classes from "./Panel.module.css";

/** Rows of one kind that are shown; the rest is a click away. */
const SHOWN = 5;

interface Relation {
  object: MetaObject;
  field: MetaField;
}

/** The link fields of other objects that may lead here; what people do around records has places of its own. */
function relationsOf(meta: Meta, name: string): Relation[] {
  return meta.apps.flatMap(pagesOf).flatMap((object) => {
    if (object.hangs_on) return [];
    return object.fields
      .filter((field) => !field.system && field.in_filter)
      .filter((field) =>
        field.type === "dynamic_link"
          ? (field.to_any ?? []).length === 0 || field.to_any?.includes(name)
          : field.type === "link" && field.to === name,
      )
      .map((field) => ({ object, field }));
  });
}

export function Related({ about }: { about: About }) {
  const meta = useMeta();
  const { target } = about;
  const relations = relationsOf(meta, target.object);
  const queries = useQueries({
    queries: relations.map(({ object, field }) =>
      aboutQuery(object.path, field.name, target.id, {
        sort: "-created_at",
        limit: SHOWN,
        count: "capped",
      }),
    ),
  });
  const pending = queries.some((query) => query.isPending);
  const found = relations
    .map((relation, at) => ({ ...relation, reply: queries[at]?.data }))
    .filter(({ reply }) => reply && reply.data.length > 0);
  const makers = relations.filter(({ object, field }) => can(object, "create") && !field.readonly);
  return (
    <div className={classes.stack}>
      {makers.length > 0 && (
        <div>
          <Menu position="bottom-start">
            <Menu.Target>
              <Button size="xs" variant="default" leftSection={<IconPlus size={14} stroke={1.6} />}>
                {t("related.new")}
              </Button>
            </Menu.Target>
            <Menu.Dropdown mah={360} style={{ overflowY: "auto" }}>
              {makers.map(({ object, field }) => (
                <Menu.Item
                  key={`${object.path}/${field.name}`}
                  component={Link}
                  to={newAddress(object.path)}
                  search={
                    (field.type === "dynamic_link"
                      ? { [field.name]: JSON.stringify(target) }
                      : { [field.name]: target.id }) as never
                  }
                  leftSection={<Icon name={object.icon} size={16} />}
                >
                  {makers.filter((one) => one.object === object).length > 1
                    ? `${object.label} (${field.label})`
                    : object.label}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        </div>
      )}
      {pending && <Skeleton h={60} aria-label={t("loading")} />}
      {!pending && found.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("related.empty")}
        </Text>
      )}
      {found.map(({ object, field, reply }) => {
        const heading =
          found.filter((one) => one.object === object).length > 1
            ? `${object.plural}: ${field.label}`
            : object.plural;
        return (
          <section key={`${object.path}/${field.name}`} aria-label={heading}>
            <h3 className={classes.heading}>{heading}</h3>
            <ul className={classes.related}>
              {reply?.data.map((record) => (
                <Row key={String(record.id)} object={object} record={record} />
              ))}
            </ul>
            {reply?.count !== undefined && reply.count !== null && reply.count > SHOWN && (
              <Link
                to={listAddress(object.path)}
                search={searchOf(object, `${field.name} == ${JSON.stringify(target.id)}`) as never}
                className={classes.more}
              >
                {t("overdue.all", { count: reply.count, names: object.plural.toLowerCase() })}
              </Link>
            )}
          </section>
        );
      })}
    </div>
  );
}

function Row({ object, record }: { object: MetaObject; record: RecordData }) {
  const { states } = object;
  const state = states && record[states.field];
  const field = states && fieldOf(object, states.field);
  const label = field && choicesOf(object, field).find((choice) => choice.value === state)?.label;
  return (
    <li className={classes.relatedRow}>
      <Icon name={object.icon} size={16} />
      <Link to={recordAddress(object.path, record.id)} className="truncate">
        {titleOf(object, record)}
      </Link>
      {label ? (
        <StateBadge label={label} tone={toneOf(String(state), states?.initial)} />
      ) : (
        <span className="quiet">
          <Moment value={String(record.created_at)} relative />
        </span>
      )}
    </li>
  );
}
