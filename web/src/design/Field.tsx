import { Search, X } from "lucide-react";
import type { ReactNode, Ref } from "react";
import { Button as AriaButton } from "react-aria-components/Button";
import { SearchField as AriaSearchField } from "react-aria-components/SearchField";
import { Input, Label, TextField as AriaTextField, type TextFieldProps } from "react-aria-components/TextField";

import css from "./Field.module.css";
import { classes } from "./classes";

/** One line of text with its label above and, when wrong, what is wrong below. */
export function TextField({
  label,
  error,
  trailing,
  ...rest
}: Omit<TextFieldProps, "className" | "style" | "children"> & {
  label: string;
  error?: string | undefined;
  trailing?: ReactNode;
}) {
  return (
    <AriaTextField {...rest} isInvalid={error !== undefined} className={css.field ?? ""}>
      <Label className={css.label ?? ""}>{label}</Label>
      <span className={css.box}>
        <Input className={classes(css.input, trailing !== undefined && css.withTrailing)} />
        {trailing}
      </span>
      {error !== undefined && (
        <p className={css.error} role="alert">
          {error}
        </p>
      )}
    </AriaTextField>
  );
}

/** A search box; Escape or the cross empties it. */
export function SearchField({
  label,
  clearLabel,
  value,
  onChange,
  placeholder,
  autoFocus,
  inputRef,
}: {
  label: string;
  clearLabel: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  autoFocus?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}) {
  return (
    <AriaSearchField aria-label={label} value={value} onChange={onChange} className={css.search ?? ""}>
      <Search size={16} aria-hidden="true" className={css.glass} />
      <Input
        {...(inputRef ? { ref: inputRef } : {})}
        {...(autoFocus ? { autoFocus } : {})}
        placeholder={placeholder ?? label}
        className={css.searchInput ?? ""}
        autoComplete="off"
        spellCheck={false}
      />
      <AriaButton className={css.clear ?? ""} aria-label={clearLabel}>
        <X size={14} aria-hidden="true" />
      </AriaButton>
    </AriaSearchField>
  );
}
