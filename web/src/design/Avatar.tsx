import css from "./Avatar.module.css";
import { classes } from "./classes";
import { hue, initials } from "./initials";

interface AvatarProps {
  name: string;
  /** What the colour depends on; without it, the name. */
  id?: string;
  size?: "small" | "medium" | "large";
}

/** A person's initials on a colour that is always the same for them. Decorative: the name stands beside it. */
export function Avatar({ name, id = name, size = "medium" }: AvatarProps) {
  return (
    <span aria-hidden="true" className={classes(css.avatar, css[size], css[`hue${hue(id)}`])}>
      {initials(name)}
    </span>
  );
}
