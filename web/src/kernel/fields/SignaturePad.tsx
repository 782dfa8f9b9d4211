/** A signature, drawn with pen, finger or mouse; who cannot draw types a name, which is written in its place. */
import { Button, Group, TextInput } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import Pad from "signature_pad";
import { t } from "../../messages/t";
import classes from "./Fields.module.css";

interface Props {
  label: string;
  onDone: (file: File) => void;
  onClose: () => void;
}

const INK = "#1b1c1f";

export function SignaturePad({ label, onDone, onClose }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<Pad | null>(null);
  const [empty, setEmpty] = useState(true);
  const [name, setName] = useState("");

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const scale = Math.max(1, devicePixelRatio);
    element.width = element.offsetWidth * scale;
    element.height = element.offsetHeight * scale;
    element.getContext("2d")?.scale(scale, scale);
    const made = new Pad(element, { penColor: INK, backgroundColor: "#ffffff" });
    made.addEventListener("endStroke", () => setEmpty(made.isEmpty()));
    pad.current = made;
    return () => made.off();
  }, []);

  const clear = () => {
    pad.current?.clear();
    setEmpty(true);
    setName("");
  };
  const write = (text: string) => {
    setName(text);
    const element = canvas.current;
    const ink = element?.getContext("2d");
    pad.current?.clear();
    if (!element || !ink) return;
    ink.fillStyle = INK;
    ink.font = "italic 32px 'Segoe Script', 'Brush Script MT', cursive";
    ink.textBaseline = "middle";
    ink.fillText(text, 16, element.offsetHeight / 2, element.offsetWidth - 32);
    setEmpty(!text.trim());
  };
  const done = () => {
    canvas.current?.toBlob((blob) => {
      if (blob) onDone(new File([blob], `${label}.png`, { type: "image/png" }));
    }, "image/png");
  };
  return (
    <div className={classes.signing}>
      <canvas
        ref={canvas}
        className={classes.pad}
        role="img"
        aria-label={t("signature.pad", { name: label })}
      />
      <TextInput
        size="xs"
        aria-label={t("signature.type")}
        placeholder={t("signature.type")}
        value={name}
        onChange={(event) => write(event.currentTarget.value)}
      />
      <Group gap="xs">
        <Button size="xs" onClick={done} disabled={empty}>
          {t("signature.take")}
        </Button>
        <Button size="xs" variant="default" onClick={clear}>
          {t("clear")}
        </Button>
        <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
          {t("cancel")}
        </Button>
      </Group>
    </div>
  );
}
