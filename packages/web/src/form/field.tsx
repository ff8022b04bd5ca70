import {
  type AllHTMLAttributes,
  type ComponentChildren,
  createContext,
  type FunctionComponent,
} from "preact";
import { useContext, useId } from "preact/hooks";

/** What is wrong with the fields of the form around, by name. */
export const FieldErrors = createContext<Readonly<Record<string, string>>>({});

/** What ties an input to its label, its hint and what is wrong with it. */
export interface Ties {
  readonly id: string;
  readonly name: string;
  readonly "aria-describedby": string;
  readonly "aria-invalid": boolean;
}

interface LabelledProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: ComponentChildren;
  readonly children: (ties: Ties) => ComponentChildren;
}

/** A label, an input, and a line that is there before it is needed, so that nothing moves when it is. */
export function Labelled({ name, label, hint, children }: LabelledProps) {
  const id = useId();
  const error = useContext(FieldErrors)[name];
  const ties = { id, name, "aria-describedby": `${id}-line`, "aria-invalid": error !== undefined };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(ties)}
      <p class={error ? "line wrong" : "line"} id={`${id}-line`}>
        {error ?? hint}
      </p>
    </div>
  );
}

type InputAttributes = AllHTMLAttributes<HTMLInputElement>;

/** Preact's own type of an input wants to know which one it is, and here that comes with the attributes. */
export const Input = "input" as unknown as FunctionComponent<InputAttributes>;

interface FieldProps extends Omit<InputAttributes, "name" | "label"> {
  readonly name: string;
  readonly label: string;
  readonly hint?: ComponentChildren;
}

export function Field({ name, label, hint, ...input }: FieldProps) {
  return (
    <Labelled name={name} label={label} hint={hint}>
      {(ties) => <Input type="text" {...input} {...ties} />}
    </Labelled>
  );
}
