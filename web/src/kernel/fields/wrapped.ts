/** Label, help and error of a control that is made of several, or is no input. */
import type { CommonProps } from "./FieldInput";

export const wrapped = ({ label, labelProps, description, error, required }: CommonProps) => ({
  label,
  labelProps,
  labelElement: "div" as const,
  description,
  error,
  required,
  withAsterisk: false,
});
