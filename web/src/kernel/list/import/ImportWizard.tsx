/** Import: a file, what its columns become, what that would do, then it is done, and can be undone. */
import { Modal, Stepper } from "@mantine/core";
import { useState } from "react";
import type { ImportReply, Inspection, InspectionMapping, MetaObject } from "../../../api/types";
import { t } from "../../../messages/t";
import { ColumnsStep } from "./ColumnsStep";
import { FileStep } from "./FileStep";
import classes from "./Import.module.css";
import { PreviewStep } from "./PreviewStep";
import { RunStep } from "./RunStep";

interface Props {
  object: MetaObject;
  onClose: () => void;
}

/** What is known of the file so far. */
interface Read {
  file: File;
  inspection: Inspection;
  mapping: InspectionMapping;
}

type Step = "file" | "columns" | "preview" | "run";
const STEPS: Step[] = ["file", "columns", "preview", "run"];

export function ImportWizard({ object, onClose }: Props) {
  const [step, setStep] = useState<Step>("file");
  const [read, setRead] = useState<Read | null>(null);
  const [preview, setPreview] = useState<ImportReply | null>(null);
  return (
    <Modal
      opened
      onClose={onClose}
      size={step === "file" ? "lg" : "min(1080px, 96vw)"}
      title={t("import.title", { names: object.plural.toLowerCase() })}
      closeOnClickOutside={step === "file"}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stepper
        active={STEPS.indexOf(step)}
        size="xs"
        className={classes.steps}
        allowNextStepsSelect={false}
        onStepClick={(at) => {
          const to = STEPS[at];
          if (to && step !== "run") setStep(to);
        }}
      >
        {STEPS.map((one) => (
          <Stepper.Step key={one} label={t(`import.step.${one}`)} />
        ))}
      </Stepper>
      {step === "file" && (
        <FileStep
          object={object}
          onRead={(file, inspection) => {
            setRead({ file, inspection, mapping: inspection.mapping });
            setPreview(null);
            setStep("columns");
          }}
          onClose={onClose}
        />
      )}
      {step === "columns" && read && (
        <ColumnsStep
          object={object}
          {...read}
          onRead={(inspection) => setRead({ ...read, inspection, mapping: inspection.mapping })}
          onMapping={(mapping) => setRead({ ...read, mapping })}
          onBack={() => setStep("file")}
          onPreview={(reply) => {
            setPreview(reply);
            setStep("preview");
          }}
        />
      )}
      {step === "preview" && read && preview && (
        <PreviewStep
          object={object}
          mapping={read.mapping}
          reply={preview}
          onBack={() => setStep("columns")}
          onRun={() => setStep("run")}
        />
      )}
      {step === "run" && read && (
        <RunStep object={object} file={read.file} mapping={read.mapping} onClose={onClose} />
      )}
    </Modal>
  );
}
