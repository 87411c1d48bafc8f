import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";

import css from "./Button.module.css";
import { classes } from "./classes";
import { Spinner } from "./Spinner";

const ignore = () => undefined;

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children" | "isPending"> {
  isPending?: boolean;
  variant?: "primary" | "secondary" | "quiet" | "danger";
  size?: "small" | "medium";
  /** Fills the width of its container. */
  wide?: boolean;
  className?: string;
  children: ReactNode;
}

/**
 * The button. `isPending` keeps it focusable, shows a spinner and ignores presses. (React Aria's own pending state
 * announces by a reference to the button, which is broken when the button goes away with what it did.)
 */
export function Button(props: ButtonProps) {
  const { variant = "secondary", size = "medium", wide, className, children, isPending = false, ...rest } = props;
  return (
    <AriaButton
      {...rest}
      {...(isPending ? { type: "button", onPress: ignore } : {})}
      className={classes(css.button, css[variant], size === "small" && css.small, wide && css.wide, className)}
    >
      {isPending && <Spinner />}
      {children}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, "wide" | "aria-label"> {
  /** What it does, for those who cannot see the icon. */
  label: string;
}

/** A square button that shows an icon only. */
export function IconButton({ label, variant = "quiet", className, ...rest }: IconButtonProps) {
  return <Button {...rest} variant={variant} aria-label={label} className={classes(css.icon, className)} />;
}
