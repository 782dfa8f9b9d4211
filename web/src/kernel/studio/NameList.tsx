/** Fields in an order: dragged or moved by keys, taken out, and further ones put at the end. */
import { monitorForElements } from "@atlaskit/pragmatic-drag-and-drop/element/adapter";
import { ActionIcon, Input, NativeSelect } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useId, useRef } from "react";
import { t } from "../../messages/t";
import { moved } from "../report/edit/arrange";
import arrange from "./Arrange.module.css";
import { Grip, refocus } from "./Grip";

interface Props {
  label: string;
  names: string[];
  options: { value: string; label: string }[];
  error?: string;
  onNames: (names: string[]) => void;
}

export function NameList({ label, names, options, error, onNames }: Props) {
  const kind = useId();
  const latest = useRef({ names, onNames });
  latest.current = { names, onNames };
  useEffect(
    () =>
      monitorForElements({
        canMonitor: ({ source }) => source.data.kind === kind,
        onDrop: ({ source, location }) => {
          const onto = location.current.dropTargets[0]?.data.at;
          if (typeof onto !== "number") return;
          latest.current.onNames(moved(latest.current.names, Number(source.data.at), onto));
        },
      }),
    [kind],
  );
  const labelOf = (name: string) => options.find((one) => one.value === name)?.label ?? name;
  const others = options.filter((one) => !names.includes(one.value));
  return (
    <Input.Wrapper label={label} error={error} labelElement="div">
      <ol className={arrange.list} aria-label={label}>
        {names.map((name, at) => (
          <Grip
            key={name}
            kind={kind}
            data={{ at }}
            label={labelOf(name)}
            onStep={(by) => {
              onNames(moved(names, at, at + by));
              refocus(labelOf(name));
            }}
          >
            <span className="truncate">{labelOf(name)}</span>
            <ActionIcon
              size={24}
              aria-label={t("studio.list.take", { name: labelOf(name) })}
              onClick={() => onNames(names.filter((one) => one !== name))}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </Grip>
        ))}
      </ol>
      <NativeSelect
        aria-label={t("studio.list.put", { name: label })}
        data={[{ value: "", label: t("studio.list.add") }, ...others]}
        value=""
        onChange={(event) => event.currentTarget.value && onNames([...names, event.currentTarget.value])}
      />
    </Input.Wrapper>
  );
}
